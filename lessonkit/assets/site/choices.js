// A quiz question: its list of choices becomes radio buttons, and whoever picks one is told whether it is right, and why. All
// explanations stay in the fold below. Picks are kept in this browser by the words of question and choice (reader.js), so one
// whose words have changed since is forgotten. A page in both languages, where lists stand side by side, stays as it is.
{
  const lesson = document.querySelector("[data-lesson]")?.dataset.lesson;
  const page = `${lesson}/${reader.lang}`;
  const make = (tag, className = "") => Object.assign(document.createElement(tag), { className });
  const words = (element) => element.textContent.trim();
  const kept = () => {
    const all = reader.recall("picks");
    return all && typeof all === "object" ? all : {};
  };
  const keep = (change) => {
    const all = kept();
    const mine = all[page] && typeof all[page] === "object" ? all[page] : {};
    reader.keep("picks", { ...all, [page]: change(mine) });
  };

  const questions = [];
  for (const fold of document.querySelectorAll(".question > details[class*=answer-]")) {
    const list = fold.previousElementSibling;
    const title = fold.parentElement.querySelector(":scope > .admonition-title");
    if (list?.tagName !== "OL" || !title || !lesson) continue;
    const right = Number(/answer-(\d+)/.exec(fold.className)[1]) - 1;
    const reasons = [...fold.querySelectorAll(":scope > ol > li")];
    const question = words(title);
    const box = make("fieldset", "choices");
    const legend = make("legend", title.className);
    legend.append(...title.childNodes);
    title.replaceWith(box);
    box.append(legend);
    while (box.nextSibling !== fold) box.append(box.nextSibling);

    const choices = [...list.children].map((item, at) => {
      const said = words(item);
      const label = make("label");
      const text = make("span");
      const input = make("input");
      const told = make("p", "choice-why");
      Object.assign(input, { type: "radio", name: `choices-${questions.length}`, autocomplete: "off" });
      text.append(...item.childNodes);
      label.append(input, text);
      item.append(label, told);
      told.hidden = true;
      input.addEventListener("change", () => {
        show(at);
        reader.announce(words(told));
        keep((mine) => ({ ...mine, [question]: said }));
      });
      return { item, input, told, said };
    });
    const show = (picked) => {
      choices.forEach(({ item, input, told }, at) => {
        input.checked = at === picked;
        told.hidden = at !== picked;
        item.classList.toggle("right", at === picked && at === right);
        item.classList.toggle("wrong", at === picked && at !== right);
        if (at === picked && !told.firstChild && reasons[at]) told.append(...reasons[at].cloneNode(true).childNodes);
      });
    };
    // Arrows go from choice to choice without picking one: the reason of a wrong one gives the right one away.
    box.addEventListener("keydown", (event) => {
      const at = choices.findIndex(({ input }) => input === event.target);
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Enter: 0 }[event.key];
      if (at < 0 || by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const { input } = choices.at((at + by) % choices.length);
      if (by) input.focus();
      else input.click();
    });
    const recall = () => show(choices.findIndex(({ said }) => said === kept()[page]?.[question]));
    recall();
    questions.push({ box: box.parentElement, show, recall });
  }

  if (questions.length) {
    const text = reader.words("choices");
    const clear = reader.button(text.clear);
    clear.className = "choices-clear";
    clear.addEventListener("click", () => {
      for (const { show } of questions) show(-1);
      keep(() => ({}));
      reader.announce(text.cleared);
    });
    questions.at(-1).box.append(clear); // in the article, it would let a browser style all of it again
    addEventListener("storage", () => questions.forEach(({ recall }) => recall()));
  }
}
