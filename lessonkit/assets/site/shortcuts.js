// `?` shows the keys of the site and lets the reader switch them off. Material has those of search; the others are here.
// Nothing happens while text is typed, with a modifier, or inside an input method.
{
  const TEXT = reader.words("shortcuts");
  const NEXT = ".md-footer__link--next";
  const PREVIOUS = ".md-footer__link--prev";
  const LINKS = {
    ".": NEXT,
    n: NEXT,
    ",": PREVIOUS,
    p: PREVIOUS,
    l: ".language-switch:not(.language-switch--both)",
    b: ".parallel-link, .language-switch--both",
    d: ".scheme-switch",
  };
  const KEYS = [
    ["search", "/", "s", "f"],
    ["next", ".", "n"],
    ["previous", ",", "p"],
    ["language", "l"],
    ["parallel", "b"],
    ["scheme", "d"],
    ["help", "?"],
    ["close", "Esc"],
  ];
  const there = (key) => !LINKS[key] || document.querySelector(LINKS[key]);
  let dialog;

  const make = (tag, ...inside) => {
    const made = document.createElement(tag);
    made.append(...inside);
    return made;
  };
  const makeDialog = () => {
    const title = make("h2", TEXT.title);
    title.id = "shortcuts-title";
    const list = make("dl");
    for (const [what, ...keys] of KEYS.filter(([, key]) => there(key))) {
      list.append(make("div", make("dt", ...keys.map((key) => make("kbd", key))), make("dd", TEXT[what])));
    }
    list.querySelectorAll("kbd").forEach((kbd) => (kbd.translate = false));
    const box = make("input");
    box.type = "checkbox";
    box.checked = reader.recall("shortcuts") !== false;
    box.addEventListener("change", () => reader.keep("shortcuts", box.checked));
    const close = make("button", TEXT.close);
    close.className = "md-button md-button--primary";
    dialog = make("dialog", make("form", title, list, make("div", make("label", box, TEXT.on), close)));
    dialog.firstChild.method = "dialog";
    dialog.className = "md-typeset shortcuts";
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
  };
  const open = () => {
    if (!dialog) makeDialog();
    dialog.showModal();
  };

  const button = make("button", TEXT.title);
  button.type = "button";
  button.className = "shortcuts-button";
  button.addEventListener("click", open);
  document.querySelector(".md-footer-meta__inner")?.append(button);

  const typed = (target) =>
    target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
  addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      if (key?.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (dialog?.open || (reader.recall("shortcuts") === false && !typed(target))) return event.stopImmediatePropagation();
      if (typed(target) || document.querySelector("dialog[open]")) return;
      // With the Korean keyboard on, some systems send the Hangul letter of a key.
      if (/[ㄱ-ㅣ]/.test(key) && event.code.startsWith("Key")) {
        const latin = { key: event.code.slice(3).toLowerCase(), bubbles: true, cancelable: true };
        event.stopImmediatePropagation();
        target.dispatchEvent(new KeyboardEvent("keydown", latin));
      } else if (key === "?") {
        event.preventDefault();
        open();
      } else if (LINKS[key]) there(key)?.click();
    },
    true,
  );
}
