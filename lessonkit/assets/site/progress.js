// Which lessons the reader has finished, and where they stopped reading. Both stay in this browser (reader.js).
{
  const TEXT = reader.words("progress");
  const make = (tag, className, ...inside) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...inside);
    return made;
  };
  const nameOf = (link) => link.pathname.replace(/(\/index\.html|\.html|\/)$/, "").split("/").pop();
  const finished = () => [reader.recall("finished")].flat().filter((name) => typeof name === "string");

  const place = document.querySelector("[data-lesson]");
  const here = place?.dataset.lesson;
  const map = document.querySelector(".course-map");

  const drawMarks = () => {
    document.querySelectorAll(".finished-mark").forEach((mark) => mark.remove());
    const done = finished();
    const mark = (element) => {
      const made = make("span", "finished-mark", "✓");
      made.setAttribute("role", "img");
      made.setAttribute("aria-label", TEXT.mark);
      element.append(made);
    };
    const links = document.querySelectorAll(".md-nav--primary a.md-nav__link:not([href^='#']), .course-map li strong > a");
    for (const link of links) if (done.includes(nameOf(link))) mark(link);
    if (done.includes(here)) document.querySelectorAll("label.md-nav__link--active").forEach(mark);
  };

  // The front page: how many lessons are finished, and the way back to the section last read, or on to the next lesson.
  const drawMap = () => {
    document.querySelectorAll(".course-progress, .resume").forEach((old) => old.remove());
    document.documentElement.classList.remove("resumes", "progressed"); // theme/partials/early.html
    const lessons = [...map.querySelectorAll("li strong > a")];
    const done = finished();
    const count = lessons.filter((link) => done.includes(nameOf(link))).length;
    if (count) {
      const bar = make("progress", "");
      Object.assign(bar, { max: lessons.length, value: count, ariaHidden: "true" });
      map.prepend(make("p", "course-progress", bar, TEXT.count.replace("{done}", count).replace("{all}", lessons.length)));
    }

    const last = reader.recall("last");
    const at = lessons.findIndex((link) => nameOf(link) === last?.lesson);
    if (at < 0) return;
    const goesOn = !done.includes(last.lesson);
    const next = goesOn ? lessons[at] : [...lessons.slice(at), ...lessons].find((link) => !done.includes(nameOf(link)));
    if (!next) return;
    const link = make("a", "md-button md-button--primary resume", make("span", "", `${TEXT.resume}: ${reader.text(next)}`));
    if (goesOn && last.lang === reader.lang) link.append(make("span", "unseen", " – "), make("span", "", last.title));
    link.title = link.textContent;
    link.href = next.href + (goesOn ? `#${last.section}` : "");
    document.querySelector(".home .md-button")?.before(link);
  };

  const draw = () => {
    if (map) drawMap();
    drawMarks();
  };
  draw();
  addEventListener("storage", draw);
  addEventListener("pageshow", (event) => event.persisted && draw());

  // A lesson: the section being read is remembered when the reader leaves; at its end it can be marked as finished.
  if (here) {
    const sections = [...document.querySelectorAll("article h2[id]")].map((h2) => ({ h2, title: reader.text(h2) }));
    const remember = () => {
      const read = sections.filter(({ h2 }) => h2.getBoundingClientRect().top < 120).pop();
      if (read) reader.keep("last", { lesson: here, section: read.h2.id, title: read.title, lang: reader.lang });
    };
    addEventListener("pagehide", remember);
    document.addEventListener("visibilitychange", () => document.hidden && remember());
  }
  if (here && reader.keep("finished", finished())) {
    const box = make("input", "");
    box.type = "checkbox";
    const show = () => (box.checked = finished().includes(here));
    box.addEventListener("change", () => {
      reader.keep("finished", [...finished().filter((name) => name !== here), ...(box.checked ? [here] : [])]);
      draw();
    });
    show();
    addEventListener("storage", show);
    place.append(make("label", "finish", box, TEXT.finished), make("p", "finish-note", TEXT.note));
  }
}
