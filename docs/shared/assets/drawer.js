// The menu of a narrow page by keyboard. Material makes its buttons of labels, which the Tab key passes over; Enter it knows.
{
  const TEXT = reader.words({ ko: "메뉴", en: "Menu" });
  const toggle = document.getElementById("__drawer");
  const button = document.querySelector(".md-header__button[for='__drawer']");
  const inDrawer = ".md-nav--primary :is(a, label[role])";
  const tell = () => {
    button.setAttribute("aria-expanded", toggle.checked);
    const byKey = toggle.checked && document.activeElement === button;
    document.querySelectorAll(".md-header, .md-content, .md-footer").forEach((part) => (part.inert = toggle.checked));
    const seen = (element) => element.checkVisibility({ visibilityProperty: true });
    if (byKey) [...document.querySelectorAll(inDrawer)].find(seen)?.focus();
  };
  button.setAttribute("aria-label", TEXT);
  toggle.addEventListener("change", tell);
  tell();

  const narrow = matchMedia("(max-width: 76.234375em)");
  const labels = document.querySelectorAll(".md-nav--primary label[for^='__']:not([for='__drawer'])");
  const reach = () => {
    for (const label of [button, ...labels]) {
      if (narrow.matches) label.setAttribute("role", "button");
      else label.removeAttribute("role");
      label.tabIndex = narrow.matches ? 0 : -1;
    }
  };
  narrow.addEventListener("change", reach);
  reach();

  addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches?.("label[role=button]")) {
      event.preventDefault();
      event.target.click();
    } else if (event.key === "Escape" && toggle.checked) {
      toggle.click();
      button.focus();
    }
  });
}
