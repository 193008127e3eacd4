// What Material's search dialog is told. Last part of the search, which Material has instead of its own.

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const [SHOWN, CLOSE] = [2, 0.85]; // how many hits of a page are shown at once, if they are so close to its best
const PAGES = 5; // how many pages are shown at once; below the last one the others are folded

// HTML in which what was asked for is marked.
function marked(html, concepts) {
  const mark = (text) => {
    let done = 0;
    let out = "";
    for (const { start, end } of apart(concepts.flatMap((concept) => matches(fold(text), concept)))) {
      out += `${text.slice(done, start)}<mark>${text.slice(start, end)}</mark>`;
      done = end;
    }
    return out + text.slice(done);
  };
  return html
    .split(/(<[^>]+>|&[a-z]+;)/)
    .map((piece, i) => (i % 2 ? piece : mark(piece)))
    .join("");
}

// The two paragraphs that say most, in their order; of a section whose title says it all, its first one and the next best.
function shown({ blocks = [], titled = 0 }) {
  const worth = blocks.map((value, i) => (titled === 1 && i === 0 ? Infinity : value));
  const order = worth.map((_, i) => i).sort((a, b) => worth[b] - worth[a] || a - b);
  return order
    .slice(0, 2)
    .filter((i, n) => !n || worth[i])
    .sort((a, b) => a - b);
}

// A hit as Material shows it. Of the `terms` it marks on the page those that were found, as they stand there, and names the
// others as missing.
function item(hit) {
  const { doc, score, found = [], missing = [] } = hit;
  const texts = [doc.title, ...shown(hit).map((i) => doc.texts[i])];
  const places = texts.flatMap((text) =>
    found.flatMap((concept) => matches(text, concept).map(({ start, end }) => text.slice(start, end))),
  );
  return {
    ...doc.entry,
    score,
    title: marked(doc.entry.title, found),
    text: shown(hit)
      .map((i) => `<p>${marked(doc.blocks[i], found)}</p>`)
      .join(""),
    terms: Object.fromEntries([...places.slice(0, 6).map((text) => [text, true]), ...missing.map(({ word }) => [word, false])]),
  };
}

// By page. Material shows the page first, then what scores as high as the best of the group, and folds the rest. So hits that
// are nearly as good as the best get its score; a page that is none of them scores 0: it only heads its sections.
function grouped({ hits, meant }) {
  const groups = new Map();
  for (const hit of hits) groups.set(hit.doc.path, [...(groups.get(hit.doc.path) || []), hit]);
  const pages = [...groups.values()].map((group) => {
    const { score } = group[0];
    const isShown = (hit, i) => i < SHOWN && hit.score > CLOSE * score;
    const isPage = ({ doc }) => doc.entry === doc.page;
    const items = group.map((hit, i) => ({ ...hit, score: isShown(hit, i) ? score : isPage(hit) ? 0 : CLOSE * hit.score }));
    if (!items.some(isPage)) items.push({ doc: docs.find(({ entry }) => entry === group[0].doc.page), score: 0 });
    return items.map(item);
  });
  const rest = pages.splice(PAGES).flatMap((page) => page.filter(({ score }) => score));
  pages.at(-1)?.push(...rest.map((it) => ({ ...it, score: 0.01, title: `${it.title} <small>${pageOf(it)}</small>` })));
  if (meant.length) ask(pages[0].find(({ location }) => !location.includes("#")), meant);
  return pages;
}

// A hit of another page says which; what was meant is asked where the reader looks first.
const pageOf = ({ location }) => (location.includes("#") ? docs.find(({ path }) => path === location.split("#")[0]).entry.title : "");
const ask = (first, meant) => Object.assign(first, { title: `<i>${meantAs.replace("{}", meant.join(" "))}</i> ${first.title}` });

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) {
    learn(data.config.words);
    take(data.docs);
    postMessage({ type: READY });
  } else if (type === QUERY) {
    postMessage({ type: RESULT, data: { items: grouped(search(data)) } });
  }
});
