// Guess first: outputs stay covered until the reader asks for one. A switch below the title, kept in this browser. The style
// covers them from the start (theme/partials/early.html), so that no eye catches one while the page loads.
{
  const stamp = document.querySelector("article > .lesson-stamp");
  const outputs = stamp ? [...document.querySelectorAll("article .cell-output")] : [];
  if (outputs.length && !stamp.querySelector(".guess-switch")) {
    const TEXT = reader.words("guess");
    const { classList } = document.documentElement;
    const made = reader.button(TEXT.switch);
    made.className = "guess-switch";
    made.title = TEXT.why;
    stamp.append(made);

    const cover = (output) => {
      const strip = output.previousElementSibling?.querySelector(":scope > .code-strip");
      const show = reader.button(TEXT.show, strip?.getAttribute("aria-label"));
      show.className = "guess-show";
      show.addEventListener("click", () => {
        output.classList.add("seen");
        output.tabIndex = -1; // what appears is read out, and the Tab key goes on from there
        output.focus({ preventScroll: true });
      });
      output.prepend(show);
    };
    const tell = () => {
      const guesses = classList.contains("guesses");
      made.setAttribute("aria-pressed", guesses);
      for (const output of outputs) {
        if (guesses && !output.querySelector(".guess-show")) cover(output);
        if (!guesses) output.classList.remove("seen");
      }
    };
    made.addEventListener("click", () => {
      reader.keep("guess", classList.toggle("guesses"));
      tell();
      reader.announce(classList.contains("guesses") ? TEXT.covered : TEXT.uncovered);
    });
    tell();
  }
}
