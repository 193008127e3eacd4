// Long lines of code. On a phone they go on in the next row, marked and indented, unless the reader wants it otherwise (the
// switch in the strips of copy.js, kept in this browser); what is still wider than its panel can be scrolled from the keyboard.
(() => {
  const { classList } = document.documentElement;
  const narrow = matchMedia("(max-width: 37.484375em)");
  const wrapping = () => classList.contains("wraps"); // theme/partials/early.html
  const article = document.querySelector("article");
  const panels = [...article.querySelectorAll("pre > code")];

  // Where the rows of a long line may end and where not: not between its indentation and its first word, nor within 1e-5; and of
  // words that are longer than a row of any phone rather at a bracket or a dot than anywhere.
  const ROW = 26;
  const after = (text, sign) => [...text.matchAll(sign)].map((found) => found.index + found[0].length);
  const guide = (line, indent) => {
    const text = line.textContent;
    if (text.length <= ROW) return;
    const places = [...after(text, /^\s+|\de[-+](?=\d)/gi)].map((at) => [at, "glue"]);
    for (const { 0: word, index } of text.matchAll(/\S+/g)) {
      const signs = indent + word.length > ROW ? after(word, /[([{](?=[^)\]}])|[\w)\]](?=\.[a-z_])/gi) : [];
      places.push(...signs.map((at) => [index + at, "end"]));
    }
    const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let [node, from] = [nodes.nextNode(), 0];
    for (const [at, kind] of places.sort(([a], [b]) => a - b)) {
      for (; from + node.length < at; node = nodes.nextNode()) from += node.length;
      if (from + node.length > at) node.splitText(at - from);
      const mark = document.createElement(kind === "end" ? "wbr" : "span");
      if (kind === "glue") mark.className = "glue";
      node.after(mark);
    }
  };

  // Each line gets an element, as wide as its indentation tells; the line breaks between them stay, so that what is selected
  // and copied is the same text.
  const split = (code) => {
    if (code.querySelector(".code-line")) return;
    const lines = [[]];
    for (const node of [...code.childNodes]) {
      node.textContent.split("\n").forEach((text, part) => {
        if (part) lines.push([]);
        if (!text) return;
        const piece = node.cloneNode(node.nodeType === Node.TEXT_NODE);
        piece.textContent = text;
        lines.at(-1).push(piece);
      });
    }
    const parts = lines.flatMap((pieces, number) => {
      const line = document.createElement("span");
      line.className = "code-line";
      line.append(...pieces);
      const indent = line.textContent.search(/\S|$/);
      line.style.setProperty("--indent", indent);
      guide(line, indent);
      return [...(number ? ["\n"] : []), ...(pieces.length ? [line] : [])];
    });
    code.replaceChildren(...parts);
  };

  const switches = new Map();
  for (const code of panels) {
    const strip = code.closest(".cell-code")?.querySelector(".code-strip");
    if (!strip) continue;
    const made = reader.button(reader.words("wrap"), strip.getAttribute("aria-label"));
    made.className = "wrap-switch";
    made.tabIndex = -1;
    made.setAttribute("aria-pressed", wrapping());
    made.addEventListener("click", () => {
      const top = made.getBoundingClientRect().top;
      reader.keep("wrap", !wrapping());
      show(!wrapping());
      scrollBy({ top: made.getBoundingClientRect().top - top, behavior: "instant" });
    });
    strip.append(made);
    switches.set(code, made);
  }

  // To measure what is folded, a browser would lay out each fold for itself.
  const folded = (code) => code.closest("details:not([open])");
  const wraps = (code) => !code.closest(".cell-output, .printed") || code.closest(".cell-prose");
  const tidy = (codes) => {
    if (wrapping()) codes.filter(wraps).forEach(split);
    const long = codes.map((code) => {
      if (code.scrollWidth > code.clientWidth) return "scrolls";
      const row = 1.5 * parseFloat(getComputedStyle(code).lineHeight);
      return [...code.querySelectorAll(".code-line")].some((line) => line.offsetHeight > row) && "wraps";
    });
    codes.forEach((code, number) => {
      if (long[number] === "scrolls") code.tabIndex = 0;
      else code.removeAttribute("tabindex");
      const made = switches.get(code);
      if (!made) return;
      made.hidden = !long[number] && made !== document.activeElement;
      made.setAttribute("aria-pressed", wrapping());
    });
  };

  // All is measured when there is time for it, or after a second without any, but lines that may have to be wrapped are split
  // when they come near: all at once would hold up a phone.
  const waits = (code) => wrapping() && wraps(code);
  const near = new IntersectionObserver(
    (seen) => {
      const codes = seen.filter((one) => one.isIntersecting).map((one) => one.target);
      codes.forEach((code) => near.unobserve(code));
      tidy(codes);
    },
    { rootMargin: "100%" },
  );
  const idle = window.requestIdleCallback ?? setTimeout;
  const all = () => tidy(panels.filter((code) => !folded(code) && !waits(code)));
  const measure = () => idle(all, { timeout: 1000 });
  const begin = () => {
    near.disconnect();
    panels.filter(waits).forEach((code) => near.observe(code));
    measure();
  };
  let width;
  new ResizeObserver(([{ contentRect }]) => {
    if (width === contentRect.width) return;
    width = contentRect.width;
    begin();
  }).observe(article);
  new MutationObserver(measure).observe(article, { subtree: true, attributeFilter: ["open"] });

  const show = (wrapped) => {
    classList.toggle("wraps", wrapped);
    tidy(panels.filter((code) => !folded(code)));
    begin();
  };
  narrow.addEventListener("change", () => show(reader.recall("wrap") ?? narrow.matches));

  // Where a browser does not hold the place that is read, and for who comes to the middle, all lines are split before, so that
  // nothing above moves later.
  const moves = location.hash || !CSS.supports("overflow-anchor", "auto");
  if (moves && wrapping()) panels.filter((code) => wraps(code) && !folded(code)).forEach(split);
})();
