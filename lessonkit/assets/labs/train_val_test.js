// How often a "95%" interval holds the true accuracy: exact, by adding up all numbers of right answers.
labs.train_val_test = {
  controls: [
    { name: "accuracy", label: "true accuracy", min: 0.5, max: 0.99, step: 0.01, value: 0.8 },
    { name: "examples", label: "test examples", min: 10, max: 500, step: 10, value: 100 },
    { name: "interval", label: "interval", options: ["simple", "Wilson"], value: "simple" },
  ],
  pictures: [
    { label: "Probabilities of the measured accuracy, and the interval of the likeliest one", width: 290, height: 230 },
    { label: "The chance that the interval holds the true accuracy, against the number of test examples", width: 290, height: 230 },
  ],
  solution: { accuracy: 0.97, examples: 100, interval: "simple" },

  compute({ accuracy, examples, interval }) {
    const z = 1.96;
    const ends = (k, n) => {
      const score = k / n;
      const simple = [score, z * Math.sqrt((score * (1 - score)) / n)];
      const wilson = [(score + (z * z) / (2 * n)) / (1 + (z * z) / n), (z * Math.sqrt((score * (1 - score)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)];
      const [middle, half] = interval === "simple" ? simple : wilson;
      return [middle - half, middle + half];
    };
    const count = (n) => {
      let log = n * Math.log(1 - accuracy);
      const sums = [0, 0, 0]; // below the interval, in it, above it
      for (let k = 0; k <= n; k++) {
        if (k) log += Math.log((n - k + 1) / k) + Math.log(accuracy / (1 - accuracy));
        const [low, high] = ends(k, n);
        sums[accuracy < low ? 0 : accuracy > high ? 2 : 1] += Math.exp(log);
      }
      return sums;
    };
    const n = Math.round(examples);
    const [below, coverage, above] = count(n);
    const curve = Array.from({ length: 50 }, (_, index) => count(10 * (index + 1))[1]);
    const likely = ends(Math.round(accuracy * n), n);
    return { coverage, below, above, curve, likely, answered: interval === "simple" && coverage < 0.85 };
  },

  draw({ accuracy, examples }, { coverage, curve, likely }, { t, num, axes, line, bar, dot, text }) {
    const left = Math.max(0, Math.floor(50 * (accuracy - Math.max(0.02, 4 * Math.sqrt((accuracy * (1 - accuracy)) / examples)))) / 50);
    const plane = axes({ left: 30, top: 40, width: 245, height: 140, x: { from: left, to: 1, ticks: [left, 1].map((one) => [one, num(one)]), title: t("measured accuracy") }, y: { from: 0, to: 1, ticks: [] } });
    let log = examples * Math.log(1 - accuracy);
    const chances = Array.from({ length: examples + 1 }, (_, k) => {
      if (k) log += Math.log((examples - k + 1) / k) + Math.log(accuracy / (1 - accuracy));
      return Math.exp(log);
    });
    const most = Math.max(...chances);
    const wide = Math.max(1, Math.min(12, 200 / (examples * (1 - left))));
    const bars = chances.map((chance, k) => [k / examples, chance / most]).filter(([score, height]) => score >= left && height > 0.001);
    const cover = axes({ left: 40, top: 40, width: 235, height: 140, x: { from: 0, to: 500, ticks: [0, 250, 500], title: t("test examples") }, y: { from: 0.5, to: 1, ticks: [0.5, [0.85, "0.85"], [0.95, "0.95"]] } });
    return [
      [
        ...plane.nodes,
        ...bars.map(([score, height]) => bar(plane.x(score) - wide / 2, plane.y(height), wide, 140 * height, "c7")),
        line([[plane.x(accuracy), 36], [plane.x(accuracy), 180]], "c1"),
        text(plane.x(accuracy), 12, t("true accuracy"), "c1", plane.x(accuracy) > 180 ? "end" : "middle"),
        line([[Math.max(30, plane.x(likely[0])), 28], [Math.min(285, plane.x(likely[1])), 28]], "c0"),
        dot(Math.max(30, plane.x(likely[0])), 28, "c0", 3),
        dot(Math.min(285, plane.x(likely[1])), 28, "c0", 3),
      ],
      [...cover.nodes, cover.curve([[0, 0.95], [500, 0.95]], "faint"), cover.curve(curve.map((part, index) => [10 * (index + 1), Math.max(0.5, part)]), "c0"), dot(cover.x(examples), cover.y(Math.max(0.5, coverage)), "c4", 5)],
    ];
  },

  say({ accuracy, examples }, { coverage, below, above, likely }, { t, num }) {
    const values = { n: num(examples, 0), accuracy: num(accuracy), coverage: num(coverage, 3), below: num(below, 3), above: num(above, 3), low: num(likely[0], 3), high: num(likely[1], 3) };
    return t("With {n} examples and a true accuracy of {accuracy}, the interval holds it with a chance of {coverage}; it lies too high with {below} and too low with {above}. The likeliest one reaches from {low} to {high}.", values);
  },
};
