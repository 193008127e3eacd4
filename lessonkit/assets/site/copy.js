// Two copy actions on each code block: its own code, and a program that runs alone. The programs are told by pieces of the
// page's own blocks (lessonkit/programs/pieces.py); nothing is fetched, so this works from file:// too.
document$.subscribe(() => {
  const SHEETS = "M16 1H4a2 2 0 0 0-2 2v14h2V3h12zM19 5H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2zm0 16H8V7h11z";
  const ICON = {
    cell: SHEETS,
    program: `${SHEETS}M11 10v8l6-4z`,
    done: "M21 7 9 19l-5.5-5.5 1.41-1.41L9 16.17 19.59 5.59z",
  };
  const blocks = [...document.querySelectorAll("div.cell-code:not(.no-copy)")];
  if (!blocks.length || document.querySelector(".copy-buttons")) return;

  const text = reader.words("copy");
  const told = document.getElementById("lesson-programs");
  const programs = told ? JSON.parse(told.textContent) : {};
  const lines = (block) => block.querySelector("code").textContent.replace(/\n$/, "").split("\n");
  const program = (pieces) =>
    pieces.map((piece) => (typeof piece === "string" ? piece : lines(blocks[piece[0]]).slice(piece[1], piece[2] + 1).join("\n"))).join("\n");

  const draw = (button, icon) => {
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICON[icon]}"/></svg>`;
  };
  const button = (kind, source) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `copy-button copy-button--${kind}`;
    made.title = text[kind];
    made.setAttribute("aria-label", text[kind]);
    draw(made, kind);
    made.addEventListener("click", async () => {
      try {
        await reader.copy(`${source()}\n`);
        reader.announce(text.done);
        draw(made, "done");
        setTimeout(draw, 1500, made, kind);
      } catch {
        reader.announce(text.failed);
      }
    });
    return made;
  };

  blocks.forEach((block, number) => {
    const group = document.createElement("div");
    group.className = "copy-buttons";
    group.append(button("cell", () => lines(block).join("\n")));
    if (programs[number]) group.append(button("program", () => program(programs[number])));
    block.append(group);
  });
});
