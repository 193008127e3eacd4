// A link to the same page in another language, or in both, keeps the place being read: the section, the block in it, and how
// far it has gone by. The place travels in the fragment (#section~1.2.3.400.500.60), so it needs no storage and works from files;
// the page that opens takes it out of its address. Code, figures and boxes are the same in every language: they hold the
// place where one language has more paragraphs than the other. The state of a lab that somebody shared goes along.
{
  const SAME = ".highlight, .lesson-figure, .math, .admonition, details";
  const NO_PLACE = "script, .parallel-ways, .parallel-contents, .copy-status";
  const PLACE = /^#(.+)~(\d+)\.(\d+)\.(\d+)\.(\d+)\.(\d+)\.(\d+)$/;
  const top = (element) => element.getBoundingClientRect().top;

  // How far down the window is covered by what stays in it.
  const covered = () => [...document.querySelectorAll(".md-header, .parallel-ways")].reduce((sum, bar) => sum + bar.offsetHeight, 0);

  // The article as sections: a heading with an anchor and what follows it, in runs that begin with it or with something
  // that all languages have.
  const sections = () => {
    const found = [];
    const first = document.querySelector("article :is(h1, h2, h3)[id]");
    for (const block of first?.parentElement.children ?? []) {
      if (block.matches(NO_PLACE) || !block.getClientRects().length) continue;
      if (block.matches("h1[id], h2[id], h3[id]")) found.push({ id: block.id, title: block.matches("h1"), runs: [[block]] });
      else if (block.matches(SAME)) found.at(-1)?.runs.push([block]);
      else found.at(-1)?.runs.at(-1).push(block);
    }
    return found;
  };
  const blocks = (found) => found.flatMap(({ runs }) => runs.flat());
  const end = (block, all) => {
    const next = all[all.indexOf(block) + 1];
    return next ? top(next) : block.getBoundingClientRect().bottom;
  };

  // The place at the reader's eye: where a heading, code or a figure begins in the upper third, else a little below the bars.
  const place = () => {
    const found = sections();
    const all = blocks(found);
    const begins = found.flatMap(({ runs }) => runs.map(([block]) => top(block) - covered()));
    const below = Math.round(begins.find((top) => top >= 0 && top < innerHeight / 3) ?? 40);
    const line = covered() + below + 1;
    const share = (from, to) => Math.round(1000 * Math.min(1, Math.max(0, (line - 1 - from) / (to - from || 1))));
    const read = all.filter((block) => top(block) <= line).pop();
    const section = found.find(({ runs }) => runs.flat().includes(read));
    if (!section || scrollY < 1) return "";
    const number = section.runs.findIndex((run) => run.includes(read));
    const run = section.runs[number];
    const inBlock = share(top(read), end(read, all));
    return `${section.id}~${number}.${run.indexOf(read)}.${run.length}.${inBlock}.${share(top(run[0]), end(run.at(-1), all))}.${below}`;
  };

  const go = (id, number, block, length, inBlock, inRun, below) => {
    const found = sections();
    const all = blocks(found);
    const runs = found.find((section) => section.id === id)?.runs;
    if (!runs) return;
    const run = runs[Math.min(number, runs.length - 1)];
    const alike = number < runs.length && run.length === length;
    const [from, to, part] = alike ? [top(run[block]), end(run[block], all), inBlock] : [top(run[0]), end(run.at(-1), all), inRun];
    scrollTo({ top: scrollY + from + ((to - from) * part) / 1000 - covered() - below, behavior: "instant" });
  };

  const [, id, ...numbers] = PLACE.exec(location.hash) ?? [];
  if (id) {
    const title = sections().find((section) => section.id === id)?.title ?? true;
    history.replaceState(history.state, "", title ? location.pathname + location.search : `#${id}`);
    const arrive = () => go(id, ...numbers.map(Number));
    arrive();
    // Once more when the font of the formulas has come, unless the reader has moved on.
    const late = new AbortController();
    for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(moved, () => late.abort(), { once: true });
    addEventListener("load", () => document.fonts.ready.then(() => late.signal.aborted || arrive()), { signal: late.signal });
  }

  const keepPlace = ({ target }) => {
    const link = target.closest?.(".language-switch");
    if (!link) return;
    const shared = [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("lab."));
    if (shared.length) link.search = new URLSearchParams(shared);
    link.hash = place();
  };
  addEventListener("click", keepPlace);
  addEventListener("auxclick", keepPlace);
}
