// Which exercises the reader has solved, by their lesson and name: for all its languages, and kept in this browser (reader.js). The
// page tells a lesson's exercises (lessonkit/pages/solved.py), and who has judged an answer as right says so to `solved`.
{
  const end = document.querySelector(".lesson-end[data-exercises]");
  const solvedIn = (lesson) => [reader.recall("solved")?.[lesson]].flat().filter((name) => typeof name === "string");
  const listed = (element) => {
    const [lesson, ...names] = element.dataset.exercises.split(" ");
    const solved = solvedIn(lesson);
    return names.map((name) => solved.includes(name));
  };

  const draw = () => {
    for (const count of document.querySelectorAll(".exercise-count")) {
      count.querySelector("b").textContent = listed(count).filter(Boolean).length;
    }
    document.querySelectorAll(".solved-mark").forEach((mark) => mark.remove());
    const strips = end ? document.querySelectorAll(".cell-starter > .code-strip") : [];
    strips.forEach((strip, at) => {
      if (!listed(end)[at]) return;
      const mark = document.createElement("span");
      mark.className = "solved-mark";
      mark.textContent = "✓";
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", reader.words("exercises").solved);
      strip.querySelector(".filename")?.append(mark);
    });
  };

  reader.solved = (name) => {
    const { lesson } = end.dataset;
    const before = solvedIn(lesson);
    if (before.includes(name)) return;
    reader.keep("solved", { ...reader.recall("solved"), [lesson]: [...before, name] });
    draw();
  };
  draw();
  addEventListener("storage", draw);
  addEventListener("pageshow", (event) => event.persisted && draw());
}
