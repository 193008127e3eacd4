// A strip above each code block: its own code to copy, and a program that runs alone. The programs are told by pieces of the
// page's own blocks (lessonkit/programs/program_pieces.py); nothing is fetched, so this works from file:// too. Where the repository is
// known, a link leads to the block in Colab. Any button that another script puts into the strip is reached with the arrow keys as well;
// the Tab key stops once a strip.
(() => {
  const blocks = [...document.querySelectorAll("div.cell-code:not(.no-copy)")];
  if (!blocks.length || document.querySelector(".code-strip")) return;

  const text = reader.words("copy");
  const told = document.getElementById("lesson-programs");
  const programs = told ? JSON.parse(told.textContent) : {};
  const colab = document.querySelector("a[data-cells]"); // below the title; with the notebook's cell for each block
  const cells = colab ? colab.dataset.cells.split(" ") : [];
  const lines = (block) => block.querySelector("code").textContent.replace(/\n$/, "").split("\n");
  const program = (pieces) =>
    pieces.map((piece) => (typeof piece === "string" ? piece : lines(blocks[piece[0]]).slice(piece[1], piece[2] + 1).join("\n"))).join("\n");

  const button = (kind, name, source) => {
    const made = reader.button(text[kind], name);
    made.className = `copy-button copy-button--${kind}`;
    made.addEventListener("click", async () => {
      try {
        await reader.copy(`${source()}\n`);
        reader.announce(text.done);
        made.classList.add("copied");
        setTimeout(() => made.classList.remove("copied"), 1500);
      } catch {
        reader.announce(text.failed);
      }
    });
    return made;
  };

  // A screen reader is told the number of a block and its section.
  let section = "";
  for (const one of document.querySelectorAll("article :is(h1, h2, h3), div.cell-code:not(.no-copy)")) {
    const number = blocks.indexOf(one);
    if (number < 0) {
      section = reader.text(one.querySelector("span[lang]") ?? one);
      continue;
    }
    const name = text.block.replace("{number}", number + 1).replace("{section}", section);
    const strip = document.createElement("div");
    strip.className = "code-strip";
    strip.setAttribute("role", "toolbar");
    strip.setAttribute("aria-label", name);
    strip.append(...one.querySelectorAll(":scope > .filename"), button("cell", name, () => lines(one).join("\n")));
    if (programs[number]) strip.append(button("program", name, () => program(programs[number])));
    if (cells[number]) {
      const link = document.createElement("a");
      link.href = `${colab.href}#scrollTo=${cells[number]}`;
      link.textContent = "Colab";
      link.setAttribute("aria-label", `${colab.textContent}: ${name}`);
      strip.append(link);
    }
    one.prepend(strip);

    const buttons = () => [...strip.querySelectorAll(":is(a, button):not([hidden])")];
    const stop = (at) => buttons().forEach((inside) => (inside.tabIndex = inside === at ? 0 : -1));
    stop(strip.querySelector("button"));
    strip.addEventListener("focusin", ({ target }) => stop(target));
    strip.addEventListener("keydown", (event) => {
      const all = buttons();
      const at = all.indexOf(event.target);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
      if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      all[to % all.length].focus();
    });
  }
})();
