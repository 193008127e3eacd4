// Two weights whose data loss is lowest at a place to drag, under a growing penalty: its square (L2) or its size (L1).
// Adam divides a gradient by its size, and a penalty in it too; decoupled decay is not divided, so where both come to rest
// the penalty of a weight counts in proportion to the size of its gradients.
labs.weight_decay = {
  controls: [
    { name: "penalty", label: "penalty", options: ["squared norm (L2)", "sum of sizes (L1)"], value: "squared norm (L2)" },
    { name: "lambda", label: "λ, strength of the penalty", min: 0, max: 3, step: 0.05, value: 0.3 },
    { name: "rho", label: "correlation of the features", min: -0.9, max: 0.9, step: 0.05, value: 0 },
    { name: "decoupled", label: "decoupled decay, as in AdamW", value: false },
    { name: "size", label: "size of the first weight's gradients, by which Adam divides", min: 0.5, max: 5, step: 0.5, value: 2 },
    { name: "first", label: "first weight without a penalty", min: -3, max: 3, step: 0.1, value: 2 },
    { name: "second", label: "second weight without a penalty", min: -3, max: 3, step: 0.1, value: 0.5 },
  ],
  pictures: [
    { label: "Contours of the data loss, the path of the solution as λ grows, and the contour of the penalty", width: 290, height: 284 },
    { label: "Curves of both weights and of their norm for λ from 0 to 3", width: 290, height: 284 },
  ],
  solution: { penalty: "squared norm (L2)", lambda: 0.3, rho: 0.8, decoupled: false, size: 2, first: 2, second: 0.5 },

  compute({ penalty, lambda, rho, decoupled, size, first, second }) {
    const factors = decoupled ? [size, 1] : [1, 1];
    const pull = [first + rho * second, rho * first + second];
    const ridge = (strength) => {
      const [own, other] = factors.map((factor) => 1 + strength * factor);
      const det = own * other - rho * rho;
      return [(other * pull[0] - rho * pull[1]) / det, (own * pull[1] - rho * pull[0]) / det];
    };
    const soft = (value, strength) => Math.sign(value) * Math.max(Math.abs(value) - strength, 0);
    const lasso = (strength) => {
      const w = [first, second];
      for (let turn = 0; turn < 150; turn++) {
        w[0] = soft(pull[0] - rho * w[1], strength * factors[0]);
        w[1] = soft(pull[1] - rho * w[0], strength * factors[1]);
      }
      return w;
    };
    const solve = penalty === "squared norm (L2)" ? ridge : lasso;
    const path = Array.from({ length: 61 }, (_, index) => solve(index / 20));
    const growth = [0, 1].map((k) => Math.max(...path.map((w) => Math.abs(w[k]))) - Math.abs(path[0][k]));
    const now = solve(lambda);
    return { path, now, norm: Math.sqrt(now[0] * now[0] + now[1] * now[1]), growth, decay: [(lambda * factors[0]) / size, lambda], answered: Math.max(...growth) > 0.1 };
  },

  drag: ([x, y], state, picture) => (picture ? {} : { first: (x - 155) / 37.5, second: (125 - y) / 37.5 }),

  draw({ penalty, lambda, rho, decoupled, size, first, second }, { path, now }, { t, axes, line, dot, text, handle }) {
    const plane = axes({ left: 35, top: 5, width: 240, height: 240, x: { from: -3.2, to: 3.2, ticks: [-3, 0, 3], title: t("first weight") }, y: { from: -3.2, to: 3.2, ticks: [-3, 0, 3] } });
    const around = (radius, look, place = [0, 0]) =>
      plane.curve(
        Array.from({ length: 121 }, (_, step) => {
          const [h, v] = [Math.cos((step * Math.PI) / 60), Math.sin((step * Math.PI) / 60)];
          return [place[0] + radius(h, v) * h, place[1] + radius(h, v) * v];
        }),
        look,
      );
    const data = (level) => around((h, v) => Math.sqrt(level / (h * h + 2 * rho * h * v + v * v)), "faint", [first, second]);
    const factor = decoupled ? size : 1;
    const cost = penalty === "squared norm (L2)" ? (h, v) => Math.sqrt(factor * h * h + v * v) : (h, v) => factor * Math.abs(h) + Math.abs(v);
    const ball = (h, v) => cost(...now) / cost(h, v);
    const falls = axes({ left: 35, top: 30, width: 240, height: 204, x: { from: 0, to: 3, ticks: [0, 1, 2, 3], title: "λ" }, y: { from: -3.2, to: 4.3, ticks: [-3, 0, 3] } });
    const curve = (value, look) => falls.curve(path.map((w, index) => [index / 20, value(w)]), look);
    const key = [[t("first"), "c0", 0], [t("second"), "c1", 80], [t("norm"), "c7", 170]].flatMap(([name, look, x]) => [line([[35 + x, 12], [57 + x, 12]], look), text(61 + x, 16, name)]);
    return [
      [...plane.nodes, plane.curve([[-3.2, 0], [3.2, 0]], "faint"), plane.curve([[0, -3.2], [0, 3.2]], "faint"), ...[0.1, 0.5, 1.5].map(data), around(ball, "c1"), plane.curve(path, "c0"), ...plane.dots(path.filter((_, index) => index % 4 === 0), "c0", 2.5), ...plane.dots([now], "c3", 5), handle(plane.x(first), plane.y(second), "c4")],
      [...falls.nodes, falls.curve([[0, 0], [3, 0]], "faint"), falls.curve([[lambda, -3.2], [lambda, 4.3]], "faint"), curve((w) => w[0], "c0"), curve((w) => w[1], "c1"), curve((w) => Math.hypot(...w), "c7"), ...now.map((w, k) => dot(falls.x(lambda), falls.y(Math.max(-3.2, Math.min(4.3, w))), `c${k}`)), ...key],
    ];
  },

  say({ lambda }, { now, norm, growth, decay }, { t, num }) {
    const grown = Math.max(...growth);
    const which = growth[0] === grown ? t("first") : t("second");
    return [
      t("At λ = {lambda} the weights are {first} and {second}, with norm {norm}.", { lambda: num(lambda), first: num(now[0], 4), second: num(now[1], 4), norm: num(norm, 4) }),
      grown < 5e-5 ? t("As λ rises from 0, neither weight grows in size.") : t("As λ rises from 0, the size of the {which} weight grows by up to {grown}.", { which, grown: num(grown, 4) }),
      t("In an update of Adam the penalty acts on them with strengths {a} and {b}.", { a: num(decay[0]), b: num(decay[1]) }),
    ].join(" ");
  },
};
