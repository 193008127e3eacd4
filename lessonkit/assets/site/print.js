// On paper what is folded stays folded: Material would open it for who came from a search (theme/main.html). Of all listeners this one is
// heard first.
addEventListener("beforeprint", (event) => event.stopImmediatePropagation(), true);

// Two ways to print a lesson, beside its downloads: without what gives answers away, or with all of it (print.css). Code that a lesson
// folds because not everybody needs it is printed both ways, as nobody unfolds paper; what draws figures is in neither.
{
  const place = document.querySelector("article > .lesson-stamp > details > p");
  const root = document.documentElement;
  const gives = (fold) => !fold.matches(".success") || /answer-/.test(fold.className) || fold.matches(":has(+ .failure)");
  const print = (way) => {
    const folds = [...document.querySelectorAll("article details:not(.lesson-stamp > *)")];
    const before = folds.map(({ open }) => open);
    for (const fold of folds) fold.open = !fold.matches(".drawing") && (way === "with" || !gives(fold));
    root.dataset.print = way;
    addEventListener(
      "afterprint",
      () => {
        folds.forEach((fold, at) => (fold.open = before[at]));
        delete root.dataset.print;
      },
      { once: true },
    );
    window.print();
  };
  if (place) {
    for (const way of ["without", "with"]) {
      const button = reader.button(reader.words("print")[way]);
      button.className = `print-${way}`;
      button.addEventListener("click", () => print(way));
      place.append(" ", button);
    }
  }
}
