// The ¶ of a section, and one on each figure, copies the address of its place; it stays a link, too.
{
  const TEXT = reader.words("anchors");
  for (const figure of document.querySelectorAll("figure[id]")) {
    const link = document.createElement("a");
    Object.assign(link, { className: "headerlink", href: `#${figure.id}`, textContent: "¶" });
    figure.querySelector("figcaption")?.append(link);
  }
  for (const link of document.querySelectorAll(".headerlink")) {
    const place = link.closest("figcaption") ?? link.parentElement;
    place.addEventListener("click", () => link.classList.toggle("shown")); // shows it where nothing hovers
    link.title = link.closest("figure") ? TEXT.figure : TEXT.section;
    link.addEventListener("click", async (event) => {
      event.stopPropagation();
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      try {
        await reader.copy(link.href);
        link.classList.add("copied");
        setTimeout(() => link.classList.remove("copied"), 1500);
        reader.announce(TEXT.done);
      } catch {
        reader.announce(TEXT.failed);
      }
    });
  }

  // What an address leads to is unfolded, where the browser does not do so itself.
  const unfold = () => {
    const fold = document.querySelector(":target")?.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    fold.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  addEventListener("load", unfold);
}
