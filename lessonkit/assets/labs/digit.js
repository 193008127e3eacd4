// A digit that is loaded or drawn, shifted, thickened; what softmax regression and a small CNN make of it, and the ten templates of the first.
labs.digit = {
  controls: [
    { name: "image", label: "image", min: 0, max: 30, step: 1, value: 10, shown: (number, { t, data }) => (number ? t("{number}, a {digit}", { number, digit: data.labels[number - 1] }) : t("your drawing")) },
    { name: "right", label: "shift to the right", min: -8, max: 8, step: 1, value: 0 },
    { name: "down", label: "shift down", min: -8, max: 8, step: 1, value: 0 },
    { name: "thickness", label: "thickness", min: -1, max: 1, step: 0.25, value: 0 },
    { name: "temperature", label: "temperature", min: -1, max: 1, step: 0.05, value: 0, shown: (log, { num }) => num(10 ** log) },
    { name: "centered", label: "scaled and centered as in MNIST", value: false },
  ],
  pictures: [
    { label: "Drawing area; arrow keys move the pen, Space lowers or lifts it", width: 290, height: 296 },
    { label: "Probabilities of both models, and the templates under the strokes", width: 290, height: 296 },
  ],
  buttons: [{ label: "Clear the drawing", act: () => (labs.digit.ink.fill(0), { image: 0 }) }],
  solution: { image: 10, right: 0, down: 3, thickness: 0, temperature: 0, centered: false },
  ink: new Float64Array(784),
  pen: { at: [13, 13] },

  compute({ image, right, down, thickness, temperature, centered }, data) {
    const number = Math.round(image);
    const all = Array.from({ length: 784 }, (_, i) => i);
    const raw = number ? data.images[number - 1] : labs.digit.ink;
    const at = (pixels, row, column) => (row < 0 || column < 0 || row > 27 || column > 27 ? 0 : pixels[row * 28 + column]);

    const thick = all.map((i) => {
      if (!thickness) return raw[i];
      const [row, column] = [Math.floor(i / 28), i % 28];
      const around = [];
      for (let y = Math.max(0, row - 1); y <= Math.min(27, row + 1); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(27, column + 1); x++) around.push(raw[y * 28 + x]);
      return raw[i] + thickness * (thickness > 0 ? Math.max(...around) - raw[i] : raw[i] - Math.min(...around));
    });
    const paper = all.map((i) => at(thick, Math.floor(i / 28) - Math.round(down), (i % 28) - Math.round(right)));

    let input = paper;
    const inked = all.filter((i) => input[i] > 0);
    if (centered && inked.length) {
      const side = (places) => Math.max(...places) - Math.min(...places) + 1;
      const scale = 20 / Math.max(side(inked.map((i) => Math.floor(i / 28))), side(inked.map((i) => i % 28)));
      for (const turn of [0, 1]) {
        const center = all.reduce((sum, i) => sum + input[i] * Math.floor(i / 28), 0) / all.reduce((sum, i) => sum + input[i], 0);
        const start = Math.floor(scale * center - 14 + 0.5);
        const [was, made] = [input, Array(784)];
        for (const i of all) {
          const source = (Math.floor(i / 28) + start) / scale;
          const near = Math.floor(source);
          made[(i % 28) * 28 + Math.floor(i / 28)] = (near + 1 - source) * at(was, near, i % 28) + (source - near) * at(was, near + 1, i % 28); // turned over, so that the next turn goes across
        }
        input = made;
      }
    }

    // A fully connected layer is a convolution, too: of channels that are one pixel each.
    const convolved = ({ levels, steps, bias }, x, depth, side, size, stride) => {
      const [wide, each] = [Math.floor((side - size) / stride) + 1, depth * size * size];
      const made = [];
      for (let k = 0; k < bias.length; k++)
        for (let row = 0; row < wide; row++)
          for (let column = 0; column < wide; column++) {
            let sum = 0;
            for (let c = 0, w = k * each; c < depth; c++)
              for (let i = 0; i < size; i++)
                for (let j = 0, from = (c * side + row * stride + i) * side + column * stride; j < size; j++) sum += (levels[w++] - 128) * x[from++];
            made.push(bias[k] + steps[k] * sum);
          }
      return made;
    };
    const relu = (x) => x.map((value) => Math.max(0, value));
    const [first, second, last] = data.cnn;
    const x = input.map((pixel) => pixel / 255);
    const scanned = convolved(second, relu(convolved(first, x, 1, 28, 5, 2)), 8, 12, 3, 1);
    const pooled = Array.from({ length: 400 }, (_, i) => {
      const from = Math.floor(i / 25) * 100 + (Math.floor(i / 5) % 5) * 20 + (i % 5) * 2;
      return Math.max(scanned[from], scanned[from + 1], scanned[from + 10], scanned[from + 11]);
    });
    const softmax = (logits) => {
      const exps = logits.map((z) => Math.exp((z - Math.max(...logits)) / 10 ** temperature)); // either sign
      const total = exps.reduce((sum, one) => sum + one);
      return exps.map((one) => one / total);
    };
    const both = [convolved(data.softmax[0], x, 784, 1, 1, 1), convolved(last, relu(pooled), 400, 1, 1, 1)];
    const answers = both.map((logits) => logits.indexOf(Math.max(...logits)));
    const label = number ? data.labels[number - 1] : -1;
    const moved = Math.round(right) || Math.round(down);
    return { paper, input, softmax: softmax(both[0]), cnn: softmax(both[1]), answers, label, answered: !!moved && answers[0] !== label && answers[1] === label };
  },

  // A stroke of the pen from one place to another. Who begins to draw on an image gets an empty sheet, and the preprocessing of MNIST.
  stroke([x0, y0], [x1, y1], { image, right, down }) {
    const { ink } = labs.digit;
    if (image) [right, down] = [0, ink.fill(0)[0]];
    const [dx, dy] = [x1 - x0, y1 - y0];
    for (let i = 0; i < 784; i++) {
      const [x, y] = [(i % 28) + right - x0, Math.floor(i / 28) + down - y0];
      const part = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
      ink[i] = Math.max(ink[i], Math.min(255, 510 - 255 * Math.hypot(x - part * dx, y - part * dy)));
    }
    return image ? { image: 0, right: 0, down: 0, thickness: 0, centered: true } : {};
  },

  drag([x, y], state, picture, begins) {
    const to = [x / 10 - 1, y / 10 - 1];
    const part = labs.digit.stroke((!begins && labs.digit.last) || to, to, state);
    labs.digit.last = to;
    return part;
  },

  key(pressed, state, { t }) {
    const { pen, stroke } = labs.digit;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[pressed];
    if (pressed === " ") pen.draws = !pen.draws;
    else if (!step) return;
    const from = pen.at;
    if (step) pen.at = from.map((one, n) => Math.min(27, Math.max(0, one + step[n])));
    const [column, row] = pen.at.map((one) => one + 1);
    reader.announce(pen.draws ? t("row {row}, column {column}, pen down", { row, column }) : t("row {row}, column {column}, pen up", { row, column }));
    return pen.draws ? stroke(from, pen.at, state) : {};
  },

  draw(state, { paper, input, softmax, cnn, label }, { svg, num, t, line, bar, text, data }) {
    const lab = labs.digit;
    const dots = (pixels, test) => pixels.map((pixel, i) => (!test(pixel) ? "" : i % 28 && test(pixels[i - 1]) ? "h1" : `M${i % 28} ${Math.floor(i / 28)}.5h1`)).join("");
    const path = (d, look, opacity) => svg("path", { class: `${look} dots`, d, "stroke-opacity": opacity });
    const begins = !lab.cells;
    // What is always there is made once, the templates in seven grays: for new nodes a page with :has() looks at all its styles again.
    if (begins) {
      lab.cells = paper.map((_, i) => bar(10 + (i % 28) * 10, 10 + Math.floor(i / 28) * 10, 10, 10, "axis"));
      lab.cursor = bar(0, 0, 10, 10, "cursor");
      lab.rows = cnn.map((_, k) => [text(18, 33 + 15 * k, "", "", "end"), bar(24, 23 + 15 * k, 0, 5, "c1"), bar(24, 29 + 15 * k, 0, 5, "c0"), text(0, 33 + 15 * k, "")]);
      const { levels, steps } = data.softmax[0];
      const gray = steps.map((step, k) => levels.slice(k * 784, k * 784 + 784).map((level) => Math.round(6 * Math.min(1, Math.max(0, 0.5 + (level - 128) * step)))));
      lab.strokes = steps.map(() => path("", "c1", 0.6));
      lab.templates = gray.map((one, k) =>
        svg("g", { transform: `translate(${58 * (k % 5) + 1} ${k < 5 ? 180 : 238}) scale(1.96)` }, bar(0, 0, 28, 28, "black"), ...[1, 2, 3, 4, 5, 6].map((most) => path(dots(one, (gray) => gray === most), "white", most / 6)), lab.strokes[k]),
      );
    }
    paper.forEach((pixel, i) => lab.was?.[i] === pixel || lab.cells[i].setAttribute("fill-opacity", pixel / 255));
    lab.was = paper;
    const [x, y] = lab.pen.at.map((one) => 10 + 10 * one);
    lab.cursor.setAttribute("transform", `translate(${x} ${y})`);
    const inked = dots(input, (pixel) => pixel > 127);
    lab.strokes.forEach((stroke) => stroke.setAttribute("d", inked));
    if (!paper.some(Boolean)) softmax = cnn = paper; // an empty sheet has no probabilities, only zeros
    lab.rows.forEach(([digit, flat, deep, value], k) => {
      const most = Math.max(softmax[k], cnn[k]);
      digit.firstChild.data = k === label ? `✓ ${k}` : k;
      flat.setAttribute("width", 190 * softmax[k]);
      deep.setAttribute("width", 190 * cnn[k]);
      value.setAttribute("x", 30 + 190 * most);
      value.firstChild.data = most < 0.005 ? "" : `${num(softmax[k])}, ${num(cnn[k])}`;
    });
    if (!begins) return [];
    const box = line([[50, 50], [250, 50], [250, 250], [50, 250], [50, 50]], "faint");
    const key = [bar(24, 6, 14, 5, "c1"), text(42, 13, t("softmax regression")), bar(190, 6, 14, 5, "c0"), text(208, 13, t("CNN"))];
    return [[svg("g", { class: "handle pen" }, bar(10, 10, 280, 280, "sheet"), ...lab.cells, box, lab.cursor)], [...key, ...lab.rows.flat(), ...lab.templates]];
  },

  say({ image }, { paper, softmax, cnn, answers, label }, { num, t }) {
    if (!paper.some(Boolean)) return t("The sheet is empty; draw a digit.");
    const values = { label, flat: answers[0], p: num(softmax[answers[0]], 2), deep: answers[1], q: num(cnn[answers[1]], 2) };
    return (image ? t("The label is {label}.", values) + " " : "") + t("Softmax regression reads {flat} ({p}), the CNN {deep} ({q}).", values);
  },
};
