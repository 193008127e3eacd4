// Softmax regression on two features of the eight examples, trained in the page from zero weights.
labs.softmax_regression = {
  controls: [
    { name: "rate", label: "learning rate", min: 0.02, max: 0.6, step: 0.02, value: 0.1 },
    { name: "bias", label: "bias", options: ["one per class", "one shared"], value: "one per class" },
    { name: "twice", label: "softmax twice", value: false },
    { name: "updates", label: "updates", min: 0, max: 400, step: 1, value: 0 },
  ],
  plays: "updates",
  pictures: [
    { label: "The plane of the two features with the eight examples, divided into the regions in which each class is answered", width: 290, height: 290 },
    { label: "Curves of the loss over the updates", width: 290, height: 290 },
  ],
  solution: { rate: 0.3, bias: "one per class", twice: true, updates: 400 },

  compute({ rate, bias, twice, updates }) {
    const x = [[1, 1], [3, 2], [3, 4], [5, 5], [5, 5], [5, 6], [6, 6], [7, 7]];
    const target = [2, 2, 2, 1, 1, 1, 0, 0];
    const W = [[0, 0, 0], [0, 0, 0]];
    const b = [0, 0, 0];
    const classes = [0, 1, 2];
    const scores = ([one, other], z) => {
      for (const k of classes) z[k] = one * W[0][k] + other * W[1][k] + b[k];
      return z;
    };
    // The softmax of z, put into p; what comes back is the log-sum-exp.
    const softmax = (z, p) => {
      const largest = Math.max(z[0], z[1], z[2]);
      let sum = 0;
      for (const k of classes) sum += p[k] = Math.exp(z[k] - largest);
      for (const k of classes) p[k] /= sum;
      return largest + Math.log(sum);
    };
    const [losses, real, z, p, q] = [[], [], [], [], []];
    for (let n = 0; ; n++) {
      const slopes = [0, 0, 0, 0, 0, 0, 0, 0, 0];
      let [once, again] = [0, 0];
      for (let i = 0; i < 8; i++) {
        const y = target[i];
        once += (softmax(scores(x[i], z), p) - z[y]) / 8;
        let along = 0;
        if (twice) {
          again += (softmax(p, q) - p[y]) / 8;
          for (const k of classes) along += (q[k] - (k === y)) * p[k];
        }
        for (const k of classes) {
          const error = (twice ? (q[k] - (k === y) - along) * p[k] : p[k] - (k === y)) / 8;
          slopes[k] += error * x[i][0];
          slopes[k + 3] += error * x[i][1];
          slopes[k + 6] += error;
        }
      }
      losses.push(twice ? again : once);
      if (twice) real.push(once);
      if (n + 1 > updates) break;
      // What is one number for all classes moves by the sum.
      const all = slopes[6] + slopes[7] + slopes[8]; // either sign
      for (const k of classes) {
        W[0][k] -= rate * slopes[k];
        W[1][k] -= rate * slopes[k + 3];
        b[k] -= rate * (bias === "one shared" ? all : slopes[k + 6]);
      }
    }
    const answers = x.map((features) => scores(features, z).indexOf(Math.max(...z)));
    const right = answers.filter((one, i) => one === target[i]).length;
    return { x, target, W, b, losses, real, answers, right, answered: twice && right === 8 };
  },

  draw({ updates }, { x, target, W, b, losses, real, answers }, { svg, num, t, axes, line, bar, dot, text }) {
    const looks = ["c0", "c1", "c2"];
    const up = { from: -2, to: 9, ticks: [0, 4, 8] };
    const plane = axes({ left: 30, top: 26, width: 224, height: 224, x: { ...up, title: t("third feature") }, y: { ...up, title: t("fourth feature") } });
    const places = (points) => points.map(([h, v]) => `${plane.x(h).toFixed(1)},${plane.y(v).toFixed(1)}`).join(" ");
    // The part of a polygon in which a class is ahead of another.
    const ahead = (points, k, other) => {
      const by = ([h, v]) => h * (W[0][k] - W[0][other]) + v * (W[1][k] - W[1][other]) + b[k] - b[other];
      return points.flatMap((one, i) => {
        const next = points[(i + 1) % points.length];
        const [here, there] = [by(one), by(next)];
        const cut = here * there < 0 ? [one.map((from, axis) => from + ((next[axis] - from) * here) / (here - there))] : [];
        return here >= 0 ? [one, ...cut] : cut;
      });
    };
    const regions = looks.flatMap((look, k) => {
      if (updates < 1) return [];
      const points = [0, 1, 2].filter((other) => other !== k).reduce((points, other) => ahead(points, k, other), [[-2, -2], [9, -2], [9, 9], [-2, 9]]);
      const area = points.reduce((sum, [h, v], i) => sum + h * points[(i + 1) % points.length][1] - v * points[(i + 1) % points.length][0], 0) / 2;
      const [h, v] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
      return area > 0 ? [svg("polygon", { class: look, "fill-opacity": 0.2, points: places(points) }), ...(area > 3 ? [text(plane.x(h), plane.y(v), `${k}`, look, "middle")] : [])] : [];
    });
    const marks = x.flatMap(([h, v], i) => {
      const [at, over] = [plane.x(h), plane.y(v)];
      const look = looks[target[i]];
      const mark = [dot(at, over, look, 5), bar(at - 4.5, over - 4.5, 9, 9, look), svg("polygon", { class: look, points: `${at - 6},${over + 5} ${at + 6},${over + 5} ${at},${over - 6}` })][target[i]];
      return answers[i] === target[i] ? [mark] : [mark, text(at + 6, over - 4, "✗")];
    });

    const fall = axes({ left: 36, top: 50, width: 244, height: 200, x: { from: 0, to: 400, ticks: [0, 200, 400], title: t("updates") }, y: { from: 0, to: 2.5, ticks: [0, 1, 2], title: "" } });
    const curve = (values, look) => [
      fall.curve(values.map((value, n) => [n, Math.min(value, 2.5)]), look),
      dot(fall.x(values.length - 1), fall.y(Math.min(values.at(-1), 2.5)), look),
    ];
    const key = (look, y, words) => [line([[40, y], [62, y]], look), text(67, y + 4, words)];
    const floor = Math.log(1 + 2 / Math.E);
    const twice = real.length ? [...key("c1", 28, t("true loss")), fall.curve([[0, floor], [400, floor]], "faint"), text(278, fall.y(floor) + 14, t("floor {floor}", { floor: num(floor, 4) }), "", "end"), ...curve(real, "c1")] : [];
    return [
      [...regions, ...plane.nodes, ...marks],
      [...fall.nodes, ...key("c0", 10, t("loss")), ...twice, ...curve(losses, "c0")],
    ];
  },

  say({ rate, bias, twice }, { b, losses, real, right }, { num, t }) {
    const values = { n: losses.length - 1, rate: num(rate), loss: num(losses.at(-1), 4), right, b: (bias === "one shared" ? [b[0]] : b).map((one) => num(one)).join(", ") };
    if (twice) return t("After {n} updates with learning rate {rate}, {right} of 8 are right; the loss is {loss}, the true loss {real}, the bias {b}.", { ...values, real: num(real.at(-1), 4) });
    return t("After {n} updates with learning rate {rate}, {right} of 8 are right; the loss is {loss}, the bias {b}.", values);
  },
};
