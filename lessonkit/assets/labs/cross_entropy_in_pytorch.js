// Loss and gradient of the logits [0, z] with class 1 as the right one, in three ways, as float32 has them.
labs.cross_entropy_in_pytorch = {
  controls: [
    { name: "z", label: "logit z of the right class", min: -120, max: 120, step: 0.5, value: -20 },
    { name: "eps", label: "ε, added to the probability", min: -46, max: -1, step: 1, value: -8, shown: (k, { num }) => `1e${num(k, 0)}${k < -45 ? " = 0" : ""}` },
  ],
  pictures: [
    { label: "Curves of the loss against z, and where it is inf or nan", width: 290, height: 262 },
    { label: "Curves of how strongly the gradient pushes z up, and where it is inf or nan", width: 290, height: 262 },
  ],
  solution: { z: -100, eps: -40 },

  compute({ z, eps }) {
    const f = Math.fround;
    // As in torch, what becomes subnormal is rounded to 24 digits before.
    const exp = (x) => f(f(Math.exp(x) * 2 ** 64) / 2 ** 64);
    const log = (x) => f(Math.log(x));
    const small = f(10 ** eps);
    const largest = Math.max(0, f(z));
    const shifted = [f(-largest), f(z - largest)];
    const exps = shifted.map(exp);
    const sum = f(exps[0] + exps[1]);
    const p = exps.map((one) => f(one / sum));
    // What a gradient of the probabilities is for the logits.
    const back = (g) => {
      const along = f(f(g[0] * p[0]) + f(g[1] * p[1]));
      return g.map((one, k) => f(f(one - along) * p[k]));
    };
    const naive = { loss: -log(p[1]), gradient: back([f(0 / p[0]), f(-1 / p[1])]) };
    const raised = f(p[1] + small);
    const epsilon = { loss: -log(raised), gradient: back([0, f(-1 / raised)]) };
    const logs = shifted.map((one) => f(one - log(sum)));
    const stable = { loss: -logs[1], gradient: [exp(logs[0]), f(exp(logs[1]) - 1)] };
    return { p, naive, epsilon, stable, answered: small > 0 && Number.isFinite(epsilon.loss) && !Number.isFinite(epsilon.gradient[1]) };
  },

  drag: ([x]) => ({ z: ((x - 34) / 244) * 240 - 120 }),

  draw({ z, eps }, numbers, { num, t, axes, line, bar, dot, handle, text }) {
    const ways = [["stable", "c0", "F.cross_entropy"], ["naive", "c1", "log(softmax)"], ["epsilon", "c2", `log(softmax + 1e${num(eps, 0)})`]];
    const all = Array.from({ length: 481 }, (_, index) => this.compute({ z: index / 2 - 120, eps }));
    const picture = (of, up) => {
      const plane = axes({ left: 34, top: 34, width: 244, height: 130, x: { from: -120, to: 120, ticks: [-100, -50, 0, 50, 100], title: t("logit z of the right class") }, y: up });
      const curves = ways.map(([way, look]) => plane.curve(all.map((one, index) => [index / 2 - 120, of(one[way])]), look));
      const dots = ways.filter(([way]) => Number.isFinite(of(numbers[way]))).map(([way, look]) => dot(plane.x(z), plane.y(of(numbers[way])), look));
      // Below, for each way, where it breaks.
      const rows = ways.flatMap(([way, look, name], row) => {
        const y = 218 + 18 * row;
        const broken = [-1, 1].flatMap((side) => {
          const from = (index) => of(all[side < 0 ? index : 480 - index][way]);
          const count = all.findIndex((_, index) => Number.isFinite(from(index)));
          const end = plane.x(side * (120.5 - count / 2));
          return count > 0 ? [bar(Math.min(end, plane.x(side * 120)), y - 9, Math.abs(end - plane.x(side * 120)), 10, look), text(end - 4 * side, y, num(from(count - 1)), "", side < 0 ? "start" : "end")] : [];
        });
        return [line([[98, y - 4], [120, y - 4]], look), text(125, y, name), ...broken];
      });
      return [...plane.nodes, plane.curve([[z, up.from], [z, up.to]], "faint"), ...curves, ...dots, ...rows, handle(plane.x(z), plane.y(up.to), "c4")];
    };
    return [
      picture((way) => way.loss, { from: 0, to: 125, ticks: [0, 50, 100], title: t("loss") }),
      picture((way) => 0 - way.gradient[1], { from: 0, to: 1.1, ticks: [0, 0.5, 1], title: t("push on z (minus its gradient)") }),
    ];
  },

  say({ z, eps }, { naive, epsilon, stable }, { num, t }) {
    const both = ({ loss, gradient }) => `(${num(loss, 4)}, ${num(gradient[1], 4)})`;
    return t("For z = {z}, loss and gradient are {naive} with log(softmax), {epsilon} with log(softmax + 1e{eps}), and {stable} with F.cross_entropy.", { z: num(z, 1), eps: num(eps, 0), naive: both(naive), epsilon: both(epsilon), stable: both(stable) });
  },
};
