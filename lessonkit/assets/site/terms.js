// What a term means, where it is read: on hover, focus and tap, with the way to the glossary. The Escape key and a tap elsewhere
// close it. Where there are no popovers, and without scripts, a term is a plain link with its meaning as its title.
if ("popover" in HTMLElement.prototype) {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const box = make("span", "term-meaning");
  const meaning = make("span", "");
  const more = make("a", "");
  box.popover = "auto";
  more.textContent = reader.words("terms");
  box.append(meaning, more);

  let shown; // the term that was explained last
  let waiting;
  const later = (act, time) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, time);
  };
  const isOpen = () => box.matches(":popover-open");
  const hide = () => isOpen() && !box.contains(document.activeElement) && box.hidePopover();
  const show = (link) => {
    clearTimeout(waiting);
    if (isOpen() && shown === link) return;
    if (isOpen()) box.hidePopover();
    shown = link;
    meaning.textContent = link.ariaDescription;
    meaning.lang = link.closest("[lang]").lang;
    more.href = link.href;
    link.after(box); // so that the Tab key goes from the term into it
    box.showPopover();
    const { left, top, bottom } = link.getBoundingClientRect();
    const end = document.documentElement.clientWidth - box.offsetWidth - 8;
    const below = bottom + box.offsetHeight + 8 < innerHeight || top < box.offsetHeight + 60;
    box.style.left = `${Math.max(8, Math.min(left, end)) + scrollX}px`;
    box.style.top = `${(below ? bottom + 4 : top - box.offsetHeight - 4) + scrollY}px`;
  };

  box.addEventListener("pointerenter", () => clearTimeout(waiting));
  box.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && later(hide, 250));
  box.addEventListener("focusout", ({ relatedTarget }) => later(() => relatedTarget !== shown && hide()));
  for (const link of document.querySelectorAll("a.term[title]")) {
    link.ariaDescription = link.title;
    link.removeAttribute("title");
    let tapped, wasOpen;
    link.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && later(() => show(link), 150));
    link.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && later(hide, 250));
    link.addEventListener("focus", () => link.matches(":focus-visible") && show(link));
    link.addEventListener("blur", () => later(hide));
    link.addEventListener("pointerdown", ({ pointerType }) => {
      tapped = pointerType !== "mouse";
      wasOpen = isOpen() && shown === link;
    });
    link.addEventListener("click", (event) => {
      if (!tapped || !event.detail) return; // a mouse or a key follows the link
      event.preventDefault();
      if (!wasOpen) show(link);
      else hide();
    });
  }
}
