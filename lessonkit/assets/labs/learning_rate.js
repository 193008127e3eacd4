// One step rule on two losses: the parabola w^2, and the cross entropy of targets 0, 0, 1 with the logits (w, 0).
labs.learning_rate = {
  controls: [
    { name: "product", label: "ηλ, learning rate times curvature at the bottom", min: 0, max: 2.6, step: 0.01, value: 0.2 },
    { name: "start", label: "start w", min: -6, max: 6, step: 0.1, value: 5 },
  ],
  pictures: [
    { label: "The parabola with the first 40 updates from the start", width: 290, height: 220 },
    { label: "The cross entropy with the first 40 updates from the start", width: 290, height: 220 },
  ],
  solution: { product: 2.3, start: 5 },

  compute({ product, start }) {
    const run = (gradient, curvature, bottom) => {
      const path = [start];
      for (let update = 0; update < 100; update++) path.push(path[update] - (product / curvature) * gradient(path[update]));
      return { path: path.slice(0, 41), there: path.findIndex((w) => Math.abs(w - bottom) < 0.01) };
    };
    const parabola = run((w) => 2 * w, 2, 0);
    const entropy = run((w) => 1 / (1 + Math.exp(-w)) - 2 / 3, 2 / 9, Math.log(2));
    const swing = Math.abs(entropy.path[40] - entropy.path[39]);
    return { parabola, entropy, swing, answered: Math.abs(parabola.path[40]) > 7 && swing > 0.1 };
  },

  drag: ([x]) => ({ start: ((x - 160) * 7) / 120 }),

  draw({ start }, { parabola, entropy }, { t, axes, svg, dot, handle, text }) {
    const softplus = (w) => Math.max(w, 0) + Math.log1p(Math.exp(-Math.abs(w)));
    const losses = [
      [parabola.path, (w) => w * w, 50, 20, t("parabola"), "c0"],
      [entropy.path, (w) => (2 * softplus(-w) + softplus(w)) / 3, 5, 2, t("cross entropy"), "c1"],
    ];
    return losses.map(([path, loss, top, step, name, look]) => {
      const plane = axes({ left: 40, top: 20, width: 240, height: 150, x: { from: -7, to: 7, ticks: [-5, 0, 5], title: "w" }, y: { from: 0, to: top, ticks: [0, step, 2 * step], title: t("loss") } });
      const far = path.findIndex((w) => Math.abs(w) > 7);
      const seen = far < 0 ? path : [...path.slice(0, far), 7 * Math.sign(path[far])];
      const valley = Array.from({ length: 121 }, (_, index) => ((index - 60) * 7) / 60).map((w) => [w, loss(w)]);
      const points = seen.map((w) => [plane.x(w), plane.y(loss(w))]);
      const hop = ([x, y], index) => {
        const [from, at] = points[index];
        return svg("path", { class: look, d: `M${from} ${at}Q${(from + x) / 2} ${Math.min(at, y) - 10 - Math.abs(from - x) / 6} ${x} ${y}` });
      };
      return [
        ...plane.nodes,
        plane.curve(valley, "c7"),
        ...points.slice(1).map(hop),
        ...points.slice(1).map(([x, y]) => dot(x, y, look, 3)),
        ...(far < 0 ? [] : [text(160, 40, t("out of the valley"), look, "middle")]),
        text(276, 12, name, look, "end"),
        handle(plane.x(start), plane.y(loss(start)), look),
        text(plane.x(start) + (start > 0 ? -12 : 12), Math.min(158, plane.y(loss(start)) + 14), t("start"), "", start > 0 ? "end" : "start"),
      ];
    });
  },

  say({ product, start }, { parabola, entropy, swing }, { num, t }) {
    const fates = [
      [product === 0, t("Nothing moves.")],
      [product < 1, t("On the parabola the ball comes down on one side.")],
      [product === 1, t("On the parabola the ball is at the bottom after one update.")],
      [product < 2, t("On the parabola the ball crosses the bottom each time, by less and less.")],
      [product === 2, t("On the parabola the ball goes to and fro for ever.")],
      [true, t("On the parabola the ball climbs out of the valley.")],
    ];
    const [, fate] = fates.find(([holds]) => holds);
    const count = ({ there }) => (there < 0 ? t("more than 100") : num(there, 0));
    return [fate, t("Updates until 0.01 from the bottom: {parabola} on the parabola, {entropy} on cross entropy.", { parabola: count(parabola), entropy: count(entropy) }), swing > 0.1 && product > 2 ? t("On cross entropy the last step was {swing} long.", { swing: num(swing) }) : ""].join(" ");
  },
};
