// What all labs share. A lab is `labs.NAME = {controls, pictures, solution, compute, draw, say}`, and its build adds `words` (the question is "?", the answer "!"):
// controls  {name, label, min, max, step, value}: a slider, `shown` (value) => text;  {.., value: false}: a box;
//           {.., options: ["sgd", ..], value}: a choice of words
// pictures  {label, width, height}, one SVG each
// compute   (state, data) => numbers, pure; numbers.answered tells whether the question is answered; `data`: what the lab's cell names with data="…"
// draw      (state, numbers, kit) => the nodes of each picture;  say (state, numbers, kit) => one or two sentences; kit.data are the data
// drag      (point, state, picture, begins) => the part of the state that a handle (class "handle") at this point stands for; optional.
//           One of class "pen" as well draws where it is touched, so it is asked at the first touch, too
// key       (key, state, kit) => the part of the state that a key changes in the first picture, undefined for keys of no meaning; optional
// buttons   [{label, act: () => a part of the state}]; optional
// plays     the name of a slider that runs by itself at a press, or goes step by step; optional
// solution  a state that answers the question
// The values of a state are those of native inputs, so the keyboard reaches whatever dragging does.
{
  const TEXT = reader.words("labs");
  const html = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };
  const svg = (tag, attributes, ...inside) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };

  // A number as pages write it.
  const num = (value, digits = 2) => {
    if (Number.isNaN(value)) return "nan";
    if (Math.abs(value) === Infinity) return value < 0 ? "−inf" : "inf";
    const text = Math.abs(value).toFixed(digits);
    return value < 0 && Number(text) ? `−${text}` : text;
  };

  const line = (points, look = "c0") =>
    svg("polyline", { class: look, points: points.filter(([x, y]) => Number.isFinite(x + y)).map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ") });
  const bar = (x, y, width, height, look = "c0") => svg("rect", { class: look, x, y, width: Math.max(0, width), height: Math.max(0, height) });
  const dot = (x, y, look = "c0", r = 4) => svg("circle", { class: look, cx: x, cy: y, r });
  const text = (x, y, words, look = "", anchor = "start") => svg("text", { class: look, x, y, "text-anchor": anchor }, words);
  // Something to drag. The ring around it is as wide as a finger needs.
  const handle = (x, y, look = "c0") => svg("g", { class: "handle" }, dot(x, y, "reach", 22), dot(x, y, look, 8));

  // A frame with two axes {from, to, ticks: [value or [value, words]], title, log}: `x` and `y` give places in the picture, `back` their values.
  // What a `curve` would draw beyond the frame is cut off, but for half of a line's width, and `dots` out there are left out.
  const axes = ({ left = 44, top = 14, width, height, x, y }) => {
    const scale = ({ from, to, log }, start, length) => {
      const f = log ? Math.log10 : (value) => value;
      return {
        at: (value) => start + (length * (f(value) - f(from))) / (f(to) - f(from)),
        back: (place) => {
          const value = f(from) + ((place - start) * (f(to) - f(from))) / length;
          return log ? 10 ** value : value;
        },
      };
    };
    const [across, up] = [scale(x, left, width), scale(y, top + height, -height)];
    const nodes = [line([[left, top], [left, top + height], [left + width, top + height]], "axis")];
    const named = (tick) => (Array.isArray(tick) ? tick : [tick, num(tick, Number.isInteger(tick) ? 0 : 1)]);
    for (const [value, words] of x.ticks.map(named)) nodes.push(text(across.at(value), top + height + 16, words, "", "middle"));
    for (const [value, words] of y.ticks.map(named)) nodes.push(text(left - 5, up.at(value) + 4, words, "", "end"));
    if (x.title) nodes.push(text(left + width / 2, top + height + 33, x.title, "", "middle"));
    if (y.title) nodes.push(text(0, top - 11, y.title));
    const [from, to] = [[left - 2, top - 2], [left + width + 2, top + height + 2]];
    const corners = [from, [to[0], from[1]], to, [from[0], to[1]]].map(([h, v]) => `${h}px ${v}px`);
    const places = (points) => points.map(([h, v]) => [across.at(h), up.at(v)]);
    const curve = (points, look) => svg("g", { "clip-path": `polygon(${corners}) view-box` }, line(places(points), look));
    const inside = ([h, v]) => h >= from[0] && h <= to[0] && v >= from[1] && v <= to[1];
    const dots = (points, look, r) => places(points).filter(inside).map(([h, v]) => dot(h, v, look, r));
    return { x: across.at, y: up.at, back: (h, v) => [across.back(h), up.back(v)], nodes, curve, dots };
  };

  labs.show = (figure, name) => {
    const lab = labs[name];
    const id = (part) => `lab--${name}-${part}`;
    const filled = (words, values = {}) => words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    const t = (words, values) => filled(lab.words[words] ?? words, values);
    // Side by side, all words stand there in the other language as well, which is the one of the code: so are those in pictures, as
    // in figures there.
    const others = document.querySelector(".parallel-ways") ? Object.keys(lab.words).filter((key) => key[0] === "?" && key[1]).map((key) => key.slice(1)) : [];
    const both = (words, inOther) => [words, ...others.map((lang) => html("span", { lang, class: "lab-other" }, " ", inOther(lang)))];
    const kit = { svg, num, line, bar, dot, text, handle, axes, t, data: lab.data };
    const inCode = others.length ? { ...kit, t: filled } : kit;
    const inBoth = { ...kit, t: (words, values) => [...new Set([t(words, values), inCode.t(words, values)])].join(" · ") }; // in one text

    // One input for each control, and how it stands there in words.
    const rows = lab.controls.map((control) => {
      const { label, value, options } = control;
      const kind = options ? "choice" : typeof value === "boolean" ? "box" : "slider";
      const input = html(options ? "select" : "input", { id: id(control.name), autocomplete: "off" });
      const shown = html("span", { class: "lab-value", "aria-hidden": "true" }, "");
      if (options) input.append(...options.map((option) => html("option", { value: option }, inBoth.t(option))));
      if (kind === "box") input.type = "checkbox";
      if (kind === "slider") {
        input.type = "range";
        for (const limit of ["min", "max", "step"]) input.setAttribute(limit, control[limit]);
      }
      const digits = (String(control.step).split(".")[1] ?? "").length;
      const row = html("div", { class: `lab-${kind}` }, html("label", { for: input.id }, ...both(t(label), () => label)), input, ...(kind === "slider" ? [shown] : []));
      return {
        ...control,
        row,
        input,
        get: () => (kind === "slider" ? input.valueAsNumber : kind === "box" ? input.checked : input.value),
        set: (to) => (kind === "box" ? (input.checked = to) : (input.value = to)),
        // What an address says, and undefined for nonsense.
        read: (said) => {
          if (kind === "box") return { 0: false, 1: true }[said];
          if (kind === "choice") return options.includes(said) ? said : undefined;
          return /^-?\d+(\.\d+)?$/.test(said) && +said >= control.min && +said <= control.max ? +said : undefined;
        },
        tell: () => {
          if (kind !== "slider") return;
          shown.firstChild.data = control.shown ? control.shown(input.valueAsNumber, inBoth) : num(input.valueAsNumber, digits);
          input.setAttribute("aria-valuetext", shown.textContent);
        },
      };
    });
    const state = () => Object.fromEntries(rows.map(({ name, get }) => [name, get()]));
    const set = (part) => {
      for (const row of rows) if (row.name in part) row.set(part[row.name]);
      redraw();
    };

    const pictures = lab.pictures.map(({ label, width, height }) =>
      svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": inBoth.t(label), translate: "no", ...(others.length ? { lang: others[0] } : {}) }),
    );
    if (lab.key) {
      pictures[0].setAttribute("role", "application"); // its keys are its own, also while a screen reader reads
      pictures[0].setAttribute("tabindex", 0);
      pictures[0].addEventListener("keydown", (event) => {
        const part = !event.ctrlKey && !event.metaKey && !event.altKey && lab.key(event.key, state(), inBoth);
        if (!part) return;
        event.preventDefault();
        set(part);
      });
    }
    const now = html("p", { class: "lab-now" }, ...both("", () => "")); // its text changes, not its nodes, for which a page with :has() looks at all its styles again
    // Its room only grows, as long as it is as wide: what stands below does not jump while a slider moves.
    let wide;
    new ResizeObserver(() => {
      if (wide !== now.offsetWidth) now.style.minHeight = "";
      wide = now.offsetWidth;
      now.style.minHeight = `${now.offsetHeight}px`;
    }).observe(now);
    const answer = html("p", { class: "lab-answer", hidden: "" }, ...both(lab.words["!"], (lang) => lab.words[`!${lang}`]));
    const button = (words, act) => {
      const made = reader.button(words);
      made.addEventListener("click", act);
      return made;
    };

    // What plays stops at the end, out of view, and once its slider is moved; with reduced motion it goes on by a tenth instead.
    const played = rows.find((row) => row.name === lab.plays);
    let frame = 0, stop = () => {};
    const player = () => {
      const { name: slider, min, max, step, get } = played;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const forward = (by) => button(TEXT.step.replace("{count}", by), () => set({ [slider]: Math.min(max, get() + by) }));
      const start = button(TEXT.play, () => {
        if (frame) return stop();
        let [at, before] = [get() < max ? get() : min, performance.now()];
        const next = (now) => {
          at += ((max - min) * Math.min(now - before, 50)) / 8000;
          before = now;
          set({ [slider]: at });
          if (at < max) frame = requestAnimationFrame(next);
          else stop();
        };
        frame = requestAnimationFrame(next);
        start.textContent = TEXT.pause;
      });
      stop = () => {
        cancelAnimationFrame(frame);
        frame = 0;
        start.textContent = TEXT.play;
      };
      played.input.addEventListener("input", stop);
      new IntersectionObserver(([{ isIntersecting }]) => isIntersecting || stop()).observe(start);
      return [still ? forward((max - min) / 10) : start, forward(step)];
    };
    const reset = button(TEXT.reset, () => {
      stop();
      answer.hidden = true;
      set(Object.fromEntries(lab.controls.map((control) => [control.name, control.value])));
    });
    const share = button(TEXT.share, async () => {
      const address = new URL(location);
      address.searchParams.set(`lab.${name}`, rows.map(({ get }) => +get() === +get() ? +get() : get()).join("~"));
      address.hash = figure.id;
      try {
        history.replaceState(history.state, "", address);
        await reader.copy(address.href);
        reader.announce((share.textContent = TEXT.shared));
      } catch {
        reader.announce((share.textContent = TEXT.failed));
      }
      setTimeout(() => (share.textContent = TEXT.share), 2000);
    });

    // What a screen reader hears comes once the reader has stopped moving.
    let waiting, quiet = true;
    const redraw = () => {
      const moved = state();
      const numbers = lab.compute(moved, lab.data);
      rows.forEach(({ tell }) => tell());
      lab.draw(moved, numbers, inCode).forEach((nodes, index) => pictures[index].replaceChildren(...nodes));
      const was = now.textContent;
      now.firstChild.data = lab.say(moved, numbers, kit);
      for (const other of now.children) other.lastChild.data = lab.say(moved, numbers, inCode);
      const found = numbers.answered && answer.hidden;
      if (found) answer.hidden = false;
      if (!found && was === now.textContent) return;
      clearTimeout(waiting);
      if (!quiet) waiting = setTimeout(() => reader.announce(found || !answer.hidden && numbers.answered ? `${answer.textContent} ${now.textContent}` : now.textContent), 700);
    };

    pictures.forEach((picture, index) => {
      picture.addEventListener("pointerdown", (event) => {
        if (!lab.drag || !event.target.closest(".handle")) return;
        event.preventDefault();
        picture.setPointerCapture(event.pointerId);
        if (event.target.closest(".pen")) drag(event);
      });
      // A finger on a handle does not scroll the page: inside of an SVG, `touch-action` has no effect.
      picture.addEventListener("touchstart", (event) => event.target.closest(".handle") && event.preventDefault(), { passive: false });
      const drag = ({ type, clientX, clientY }) => {
        const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(picture.getScreenCTM().inverse());
        set(lab.drag([x, y], state(), index, type === "pointerdown"));
      };
      picture.addEventListener("pointermove", (event) => picture.hasPointerCapture(event.pointerId) && drag(event));
    });

    const controls = html("div", { class: "lab-controls" }, ...rows.map(({ row }) => row));
    controls.addEventListener("input", redraw);
    const box = html(
      "div",
      { class: "lab", role: "group", "aria-label": TEXT.lab },
      html("p", { class: "lab-question" }, ...both(lab.words["?"], (lang) => lab.words[`?${lang}`])),
      html("div", { class: "lab-pictures" }, ...pictures),
      controls,
      now,
      answer,
      html(
        "div",
        { class: "lab-buttons" },
        ...(played ? player() : []),
        ...(lab.buttons ?? []).map(({ label, act }) => button(inBoth.t(label), () => set(act()))),
        reset,
        share,
      ),
    );
    rows.forEach((row) => row.set(row.value));
    const said = new URLSearchParams(location.search).get(`lab.${name}`)?.split("~") ?? [];
    const shared = rows.map((row, index) => row.read(said[index]));
    if (said.length === rows.length && !shared.includes(undefined)) rows.forEach((row, index) => row.set(shared[index]));
    redraw();
    quiet = false;
    figure.classList.add("has-lab");
    figure.querySelector("svg, img").after(box);
  };
}
