// What the scripts of a page share: its language, a memory, the clipboard, and a voice for screen readers.
const reader = {
  lang: document.documentElement.lang, // as it was written: a page translator changes it

  words: (name) => words[name], // of this page's language; from lessonkit/words

  // Kept in this browser only, and shared by the languages of the site. `keep` tells whether it could.
  keep(name, value) {
    try {
      localStorage.setItem(`${__md_scope.pathname}.${name}`, JSON.stringify(value));
      return !localStorage.refuses; // theme/partials/early.html
    } catch {
      return false;
    }
  },
  recall(name) {
    try {
      return JSON.parse(localStorage.getItem(`${__md_scope.pathname}.${name}`));
    } catch {
      return null;
    }
  },

  // Where navigator.clipboard is not allowed (plain http), a selection is.
  async copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) throw new Error("not copied");
  },

  announce(text) {
    this.status.textContent = "";
    setTimeout(() => (this.status.textContent = text));
  },

  // A button in words; `of` tells a screen reader what it belongs to.
  button(words, of) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    if (of) made.setAttribute("aria-label", `${words}: ${of}`);
    return made;
  },

  // A copy of what an exercise says to the wrong answer `at` of those that are folded below it, before their code.
  reasonBelow(place, at) {
    const follows = (one) => place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const folded = [...place.parentElement.querySelectorAll(":scope > details.failure")].find(follows);
    const found = [];
    let node = folded.querySelectorAll(":scope > .cell-code")[at].previousElementSibling;
    for (; node && !node.matches(".cell-code, summary"); node = node.previousElementSibling) found.unshift(node.cloneNode(true));
    for (const one of found.flatMap((copy) => [copy, ...copy.querySelectorAll("[id]")])) one.removeAttribute("id");
    return found;
  },

  // The words of an element without the link at its end.
  text: (element) =>
    [...element.childNodes].filter((node) => !node.classList?.contains("headerlink")).map((node) => node.textContent).join("").trim(),
};
reader.status = document.createElement("div");
reader.status.className = "unseen";
reader.status.setAttribute("role", "status");
document.querySelector("article")?.append(reader.status);
