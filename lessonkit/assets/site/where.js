// Where the reader is. On a narrow page a line below the header says the section, "4/12 · Temperature", and opens a list of all
// of them; on a wide page, where the contents stand beside the text, these lead back to the top as well.
{
  const TEXT = reader.words("where");
  const narrow = matchMedia("(max-width: 59.984375em)");
  const make = (tag, className, ...inside) => {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...inside);
    return made;
  };
  const link = (to, words) => Object.assign(make("a", "", words), { href: `#${to.id}` });

  const first = document.querySelector("article h1[id]");
  for (const contents of first ? document.querySelectorAll(".md-nav--secondary > .md-nav__list") : []) {
    const top = Object.assign(link(first, TEXT.top), { className: "md-nav__link" });
    contents.prepend(make("li", "md-nav__item", top));
  }

  const sections = [...document.querySelectorAll("article h2[id]")];
  if (sections.length > 2 && "popover" in HTMLElement.prototype && !document.querySelector(".parallel-ways, .letters")) {
    const links = sections.map((section) => link(section, reader.text(section)));
    const list = make("ol", "", ...links.map((one) => make("li", "", one)));
    const sheet = make("nav", "where-sheet", ...(first ? [link(first, TEXT.top)] : []), list);
    sheet.popover = "auto";
    sheet.ariaLabel = TEXT.sections;
    const button = make("button", "where-button");
    button.type = "button";
    button.popoverTargetElement = sheet;
    const line = document.querySelector(".where");
    line.append(button, sheet);

    let at;
    const tell = () => {
      const edge = 5.5 * parseFloat(getComputedStyle(document.documentElement).fontSize);
      const now = sections.findLastIndex((section) => section.getBoundingClientRect().top < edge);
      if (now === at) return;
      links[at]?.removeAttribute("aria-current");
      links[(at = now)]?.setAttribute("aria-current", "location");
      line.hidden = at < 0;
      if (at < 0) return;
      button.textContent = `${at + 1}/${sections.length} · ${links[at].textContent}`;
      button.ariaLabel = `${button.textContent}: ${TEXT.sections}`;
    };
    let asked;
    const ask = () => {
      if (!asked && narrow.matches) asked = requestAnimationFrame(() => ((asked = 0), tell()));
    };
    addEventListener("scroll", ask, { passive: true });
    narrow.addEventListener("change", ask);
    ask();

    sheet.addEventListener("toggle", () => sheet.matches(":popover-open") && links[at]?.focus());
    sheet.addEventListener("click", ({ target }) => target.closest("a") && sheet.hidePopover());
  }
}
