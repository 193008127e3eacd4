// Which sections answer a query, the best first. Second part of the search worker.
//
// A section is worth what it says of each thing that is asked for: in its title, most if that is all the title says; in its
// anchor; in the title of its page; in its text; in the words in which readers ask for it. What few sections speak of counts
// most. It is worth more if it has all of them, in one paragraph or phrase, and next to each other as they were typed. Nothing
// is indexed beforehand: there are some hundreds of sections, and looking through them takes milliseconds.

const WEIGHT = { title: 4, brief: 5, only: 12, anchor: 2.5, page: 2.5, text: 2.4, asked: 2, name: 3 };
const NOTHING = { score: 0, title: 0, brief: 0, blocks: [], asked: [] };

let docs = [];

const plain = (html) =>
  html
    .replace(/<[^>]+>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const best = (places) => Math.max(0, ...places.map(({ quality }) => quality));
const often = (times) => times / (times + 1.5);
const rarity = (number) => Math.log(1 + docs.length / (1 + number));

// Takes the sections of the index. The first one of a path is its page.
function take(entries) {
  const pages = new Map();
  docs = entries.map((said) => {
    const text = said.text.includes("<code>") ? said.text : said.text.replace(/`([^`\n]*)`/g, "<code>$1</code>");
    const entry = { ...said, title: said.title.normalize("NFC"), text: text.normalize("NFC") };
    const [path, anchor = ""] = entry.location.split("#");
    if (!pages.has(path)) pages.set(path, entry);
    const page = pages.get(path);
    const blocks = entry.text.split("\n");
    const texts = blocks.map((block) => fold(plain(block)));
    const [title, about] = [entry, page].map(({ title }) => fold(plain(title)));
    const slug = anchor.replaceAll("-", " ");
    const asked = (entry.asked || "").split("\n").map(fold);
    const all = [title, slug, about, ...texts, ...asked].join("\n");
    return { entry, path, page, blocks, texts, title, about, anchor: slug, asked, all };
  });
  read(
    docs.map(({ all }) => all),
    docs.map(({ title }) => title),
  );
}

// What a section says of a concept: its worth; how well its title does, and whether that says little else (`brief`); how often
// each paragraph does; how well each phrase does by which readers ask for the section.
function said(doc, concept) {
  if (doc.all.search(concept.typed) < 0 && !(concept.others && doc.all.search(concept.others) > -1))
    return NOTHING;
  const parts = doc.title.split(":").map((part) => [part, matches(part, concept)]);
  const title = Math.max(...parts.map(([, places]) => best(places)));
  const named = ({ start, end, quality }) => Math.min(1, quality / SYNONYM) * (end - start); // by whichever of its names
  const shares = parts.map(([part, places]) => sum(places.map(named)) / part.trim().length);
  const blocks = doc.texts.map((text) => sum(matches(text, concept).map(({ quality }) => quality)));
  const anchor = best(matches(doc.anchor, concept));
  const asked = doc.asked.map((phrase) => best(matches(phrase, concept)));
  const score =
    WEIGHT.title * title +
    WEIGHT.anchor * anchor +
    WEIGHT.page * best(matches(doc.about, concept)) +
    WEIGHT.text * often(sum(blocks)) +
    WEIGHT.asked * Math.max(...asked) +
    WEIGHT.name * (concept.name ? often(doc.all.split(concept.name).length - 1) : 0);
  const brief = Math.min(1, Math.max(0, ...shares)) ** 2;
  return { score: title || anchor || sum(blocks) || sum(asked) ? score : 0, title, brief, blocks, asked };
}

// What all sections say of a concept, and how many speak of it.
function column(concept) {
  const column = docs.map((doc) => said(doc, concept));
  return { concept, column, number: column.filter(({ score }) => score).length };
}

// A word that stands nowhere may be a function that is no method, or a Korean verb in another form.
function orElse(it) {
  const { word } = it.concept;
  if (it.number) return it;
  if (word[0] === ".") return orElse(column(concept(stem(word.slice(1)))));
  return isHangul(word) && word.length > 2 ? column(concept(word.slice(0, 2))) : it;
}

// Two words next to each other, as they are typed, with the sections that have them: for messages and code that are pasted.
function pairs(query) {
  const words = query.match(/[a-z0-9]+/g) || [];
  return words.slice(1).flatMap((word, i) => {
    const pair = new RegExp(`(?<![a-z0-9])${words[i]}[^a-z0-9가-힣]{1,3}${word}`);
    const at = new Set(docs.filter(({ all }) => pair.test(all)));
    return at.size ? [{ at, rare: rarity(at.size) }] : [];
  });
}

function search(typed, mended = 0) {
  const query = comparable(typed);
  const instead = (word, right) => {
    const found = search(query.replace(word, right), mended + 1);
    return { ...found, meant: [right, ...found.meant] };
  };
  const other = mended < 3 && otherwiseSet(query);
  if (other) return instead(...other);
  const asFound = concepts(query).map(column);
  for (const { concept, number } of asFound) {
    const word = query.split(/[^a-z0-9가-힣]+/).find((typed) => typed.startsWith(concept.word)) || concept.word; // with its ending
    const right = !number && mended < 3 && (meant(word) || meant(concept.word));
    const name = right && (names.get(right)?.find((name) => squeezed(name) === right) || right);
    if (right) return instead(word, name);
  }
  const columns = asFound.map(orElse);
  const asked = columns.filter(({ number }) => number).map((it) => ({ ...it, rare: rarity(it.number) }));
  const lost = columns.filter(({ number, concept }) => !number && !/[\u1100-\u1112]/.test(concept.word));
  const typedPairs = pairs(query);
  const whole = sum(asked.map(({ rare }) => rare));
  const wholePairs = sum(typedPairs.map(({ rare }) => rare)) || 1;
  const briefly = asked.length === 1 ? WEIGHT.only : WEIGHT.brief; // what a title is worth that says little else
  const weigh = (doc, at) => {
    const row = asked.map(({ column, rare }) => ({ ...column[at], rare }));
    const share = (of) => sum(row.filter(of).map(({ rare }) => rare)) / whole;
    const blocks = doc.blocks.map((_, i) => sum(row.map(({ blocks, rare }) => (blocks[i] ? rare + 0.1 * blocks[i] : 0))));
    const titled = share(({ title }) => title);
    const phrase = Math.max(0, ...doc.asked.map((_, i) => sum(row.map(({ asked, rare }) => (asked[i] || 0) * rare)) / whole));
    const together = Math.min(1, Math.max(titled, Math.max(...blocks) / whole, phrase));
    const pasted = sum(typedPairs.filter(({ at }) => at.has(doc)).map(({ rare }) => rare)) / wholePairs;
    const score =
      sum(row.map(({ score, brief, rare }) => rare * (score && score + briefly * brief) ** 0.7)) *
      share(({ score }) => score) ** 0.7 *
      (0.8 + 0.3 * together) *
      (1 + 0.5 * phrase ** 2) *
      (1 + Math.min(1, typedPairs.length / 8) * pasted) *
      (doc.entry.boost ?? 1);
    const [found, missing] = [true, false].map((is) => asked.filter((_, i) => !!row[i].score === is));
    return {
      doc,
      score,
      blocks,
      titled,
      found: found.map(({ concept }) => concept),
      missing: [...missing, ...lost].map(({ concept }) => concept),
    };
  };
  const hits = asked.length ? docs.map(weigh).filter(({ score }) => score) : [];
  if (!hits.length && isHangul(query.at(-1) || "")) return search(query.slice(0, -1)); // a syllable that is not finished
  return { hits: hits.sort((a, b) => b.score - a.score), meant: [] };
}
