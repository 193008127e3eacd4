// SGD, momentum and Adam in the ravine 0.1 a^2 + 2 b^2, which can be turned together with the start.
labs.momentum_adam = {
  controls: [
    { name: "angle", label: "turn of the ravine", min: 0, max: 90, step: 5, value: 0, shown: (angle) => `${angle}°` },
    { name: "sgd", label: "learning rate of SGD", min: 0.01, max: 0.6, step: 0.01, value: 0.4 },
    { name: "momentum", label: "learning rate of momentum", min: 0.01, max: 0.8, step: 0.01, value: 0.4 },
    { name: "beta", label: "momentum β", min: 0, max: 0.95, step: 0.05, value: 0.5 },
    { name: "adam", label: "learning rate of Adam", min: 0.01, max: 1, step: 0.01, value: 0.2 },
    { name: "along", label: "start along the ravine", min: -5, max: 5, step: 0.1, value: -5 },
    { name: "across", label: "start across the ravine", min: -2.5, max: -0.1, step: 0.1, value: -2 },
  ],
  pictures: [
    { label: "The ravine with the paths of the three methods", width: 290, height: 270 },
    { label: "The loss over 100 updates, as a part of the first loss, on a log scale", width: 290, height: 270 },
  ],
  solution: { angle: 45, sgd: 0.4, momentum: 0.4, beta: 0.5, adam: 0.2, along: -5, across: -2 },

  compute({ angle, sgd, momentum, beta, adam, along, across }) {
    const run = (degrees, update) => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const [xx, xy, yy] = [0.2 * c * c + 4 * s * s, (0.2 - 4) * c * s, 0.2 * s * s + 4 * c * c];
      const path = [[along * c - across * s, along * s + across * c]];
      const gradient = ([x, y]) => [xx * x + xy * y, xy * x + yy * y];
      for (let t = 1; t <= 100; t++) {
        const [place, g] = [path[t - 1], gradient(path[t - 1])];
        path.push(place.map((w, k) => w - update(g[k], k, t)));
      }
      const losses = path.map((w) => (w[0] * gradient(w)[0] + w[1] * gradient(w)[1]) / 2);
      return { path, losses, there: losses.findIndex((loss) => loss < losses[0] / 1000) };
    };
    const heavy = (rate, kept) => {
      const v = [0, 0];
      return (g, k) => rate * (v[k] = kept * v[k] + g);
    };
    const byAdam = () => {
      const [m, s] = [[0, 0], [0, 0]];
      return (g, k, t) => {
        m[k] = 0.9 * m[k] + 0.1 * g;
        s[k] = 0.999 * s[k] + 0.001 * g * g;
        return (adam * (m[k] / (1 - 0.9 ** t))) / (Math.sqrt(s[k] / (1 - 0.999 ** t)) + 1e-8); // either sign
      };
    };
    const runs = [run(angle, heavy(sgd, 0)), run(angle, heavy(momentum, beta)), run(angle, byAdam())];
    const upright = run(0, byAdam()).there;
    const changed = Math.abs(runs[2].there - upright) >= 5;
    return { runs, upright, answered: angle >= 20 && angle <= 70 && changed && [upright, ...runs.map((one) => one.there)].every((there) => there >= 0) };
  },

  drag([x, y], { angle }) {
    const [h, v, turn] = [(x - 155) / 20, (125 - y) / 20, (angle * Math.PI) / 180];
    return { along: h * Math.cos(turn) + v * Math.sin(turn), across: v * Math.cos(turn) - h * Math.sin(turn) };
  },

  draw({ angle }, { runs }, { t, axes, line, dot, handle, text }) {
    const looks = ["c0", "c2", "c1"];
    const plane = axes({ left: 35, top: 5, width: 240, height: 240, x: { from: -6, to: 6, ticks: [-5, 0, 5] }, y: { from: -6, to: 6, ticks: [-5, 0, 5] } });
    const turn = (angle * Math.PI) / 180;
    const ellipse = (level) =>
      plane.curve(
        Array.from({ length: 61 }, (_, index) => {
          const [a, b] = [Math.sqrt(level / 0.1) * Math.cos((index * Math.PI) / 30), Math.sqrt(level / 2) * Math.sin((index * Math.PI) / 30)];
          return [a * Math.cos(turn) - b * Math.sin(turn), a * Math.sin(turn) + b * Math.cos(turn)];
        }),
        "faint",
      );
    const inside = ({ path }) => {
      const out = path.findIndex((place) => Math.max(...place.map(Math.abs)) > 6);
      return out < 0 ? path : path.slice(0, out);
    };
    const paths = runs.flatMap((run, index) => [
      plane.curve(inside(run), looks[index]),
      ...inside(run).slice(1, 41).map(([x, y]) => dot(plane.x(x), plane.y(y), looks[index], 2.5)),
    ]);
    const [x, y] = runs[0].path[0];
    const fall = axes({ left: 55, top: 42, width: 225, height: 190, x: { from: 0, to: 100, ticks: [0, 50, 100], title: t("updates") }, y: { from: 1e-5, to: 10, log: true, ticks: [[1e-5, "0.00001"], [1e-3, "0.001"], [1, "1"]] } });
    const falls = runs.map(({ losses }, index) => fall.curve(losses.map((loss, at) => [at, loss / losses[0]]).filter(([, part]) => part < 10 && part > 1e-5), looks[index]));
    const marks = runs.flatMap(({ losses, there }, index) => (there < 0 ? [] : [dot(fall.x(there), fall.y(Math.max(1e-5, losses[there] / losses[0])), looks[index])]));
    const key = ["SGD", t("momentum"), "Adam"].flatMap((name, index) => [line([[[40, 112, 216][index], 10], [[62, 134, 238][index], 10]], looks[index]), text([66, 138, 242][index], 14, name)]);
    return [
      [...plane.nodes, ellipse(0.3), ellipse(1.2), ellipse(3.2), ...paths, handle(plane.x(x), plane.y(y), "c4")],
      [...fall.nodes, fall.curve([[0, 1e-3], [100, 1e-3]], "faint"), ...falls, ...marks, ...key],
    ];
  },

  say({ angle }, { runs, upright }, { t, num }) {
    const count = (there) => (there < 0 ? t("more than 100") : num(there, 0));
    const [sgd, momentum, adam] = runs.map(({ there }) => count(there));
    return t("Updates until the loss is 1/1000 of the first: SGD {sgd}, momentum {momentum}, Adam {adam}. Before turning, Adam needed {upright}.", { sgd, momentum, adam, upright: count(upright) });
  },
};
