// The menu of a narrow page by keyboard. Material opens it with labels, which the Tab key passes over: the first becomes a
// button, those inside can be reached; Enter they know, and Space they learn here.
{
  const TEXT = reader.words("drawer");
  const toggle = document.getElementById("__drawer");
  const label = document.querySelector("label.md-header__button[for='__drawer']");
  const button = document.createElement("button");
  button.type = "button";
  button.className = label.className;
  button.setAttribute("for", "__drawer"); // by which Material's styles know it
  button.setAttribute("aria-label", TEXT);
  button.append(...label.childNodes);
  label.replaceWith(button);
  button.addEventListener("click", () => toggle.click());

  const inside = [...document.querySelectorAll(".md-nav--primary :is(a, label[for^='__'])")];
  const tell = () => {
    button.setAttribute("aria-expanded", toggle.checked);
    const byKey = toggle.checked && button.matches(":focus-visible");
    document.querySelectorAll(".md-header, .md-content, .md-footer").forEach((part) => (part.inert = toggle.checked));
    const shown = (element) => element.tabIndex === 0 && element.checkVisibility({ visibilityProperty: true });
    if (byKey) inside.find(shown)?.focus();
  };
  toggle.addEventListener("change", tell);
  tell();

  const narrow = matchMedia("(max-width: 76.234375em)");
  const reach = () => {
    for (const one of inside) if (one.matches("label:not([for='__drawer'])")) one.tabIndex = narrow.matches ? 0 : -1;
  };
  narrow.addEventListener("change", reach);
  reach();

  addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches?.(".md-nav--primary label")) {
      event.preventDefault();
      event.target.click();
    } else if (event.key === "Escape" && toggle.checked) {
      toggle.click();
      button.focus();
    }
  });
}
