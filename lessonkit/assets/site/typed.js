// Answers that are numbers can be typed, without Python. What is right stands in the page (lessonkit/running/accepted_values.py measures it
// from the exercise's own check), and what was typed stays in this browser, for all languages of a lesson. To one of the wrong answers
// that the page folds below its solution, it says their reason.
{
  const lesson = document.querySelector("[data-lesson]")?.dataset.lesson;
  const text = reader.words("typed");
  const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?(\/(\d+\.?\d*|\.\d+))?$/i; // a fraction is a number, too
  const table = (value) => (value && typeof value === "object" ? value : {});
  const kept = () => table(table(reader.recall("typed"))[lesson]);
  const numbers = (typed, count) => {
    const plain = typed.normalize("NFKC").trim().replaceAll("−", "-").replace(/^\[|\]$/g, "").replace(/ *\/ */g, "/");
    const parts = count > 1 ? plain.split(/[\s,;]+/).filter(Boolean) : [plain.replace(/,(?=\d{3}(?!\d))/g, "")];
    const given = parts.filter((part) => NUMBER.test(part)).map((part) => part.split("/")).map(([over, under = 1]) => over / under);
    return parts.length === count && given.length === count && given.every(Number.isFinite) ? given : null;
  };
  // As TypedRule.accepts in Python.
  const accepts = ({ right, below, above, integer }, given) =>
    given.every(
      (number, at) =>
        (!integer || Number.isInteger(number)) &&
        (below[at] === null || right[at] - number <= below[at]) &&
        (above[at] === null || number - right[at] <= above[at]),
    );

  const places = lesson && !document.querySelector(".parallel-row") ? document.querySelectorAll(".typed-answer") : [];
  for (const place of places) {
    const { exercise, name } = place.dataset;
    const rule = JSON.parse(place.dataset.rule);
    const form = document.createElement("form");
    const label = document.createElement("label");
    const code = document.createElement("code");
    const input = document.createElement("input");
    const verdict = document.createElement("p");
    const button = reader.button(text.check, name);
    const why = document.createElement("div");
    const { length } = rule.right;
    const unclear = length > 1 ? text.several.replace("{count}", length) : text.one;
    code.textContent = `${name} =`;
    code.translate = false;
    Object.assign(input, { type: "text", inputMode: "text", autocomplete: "off", size: 7 + 3 * length });
    input.spellcheck = false;
    label.append(text.label, " ", code, " ", input);
    button.type = "submit";
    button.className = "md-button";
    why.className = "typed-reason";
    form.append(label, button, verdict, why);
    place.append(form);

    const known = JSON.parse(place.dataset.wrong);
    const exactly = { below: rule.below.map(Number), above: rule.above.map(Number) }; // where a side has no limit, 0
    const reason = (given) => {
      const at = known.findIndex((right) => right?.length === length && accepts({ right, ...exactly }, given));
      return at < 0 ? [] : reader.reasonBelow(place, at);
    };

    const judge = () => {
      const given = numbers(input.value, length);
      const right = given && accepts(rule, given);
      verdict.className = given ? (right ? "right" : "wrong") : "";
      verdict.textContent = given ? (right ? text.right : text.wrong) : unclear;
      why.replaceChildren(...(given && !right ? reason(given) : []));
      if (right) reader.solved(exercise);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      judge();
      reader.announce(`${verdict.textContent} ${why.textContent}`.trim());
      reader.keep("typed", { ...table(reader.recall("typed")), [lesson]: { ...kept(), [exercise]: input.value } });
    });
    input.addEventListener("input", () => {
      verdict.textContent = "";
      why.replaceChildren();
    });
    const before = kept()[exercise];
    if (typeof before === "string" && before.trim()) {
      input.value = before;
      judge();
    }
  }
}
