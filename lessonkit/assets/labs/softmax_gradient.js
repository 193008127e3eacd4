// Gradient descent on three logits, drawn as the way of their probabilities; class 0 is the right one.
labs.softmax_gradient = {
  controls: [
    { name: "right", label: "probability of the right class at the start", min: 0.01, max: 0.9, step: 0.01, value: 0.09 },
    { name: "share", label: "share of class 1 in the rest", min: 0.01, max: 0.99, step: 0.01, value: 0.27 },
    { name: "rate", label: "learning rate", min: 0.1, max: 3, step: 0.1, value: 1 },
  ],
  pictures: [
    { label: "The triangle of probabilities with the force at the start and the ways of 40 updates", width: 290, height: 250 },
    { label: "Probabilities of the three classes over 40 updates", width: 290, height: 250 },
  ],
  solution: { right: 0.01, share: 0.1, rate: 1 },

  compute({ right, share, rate }) {
    const softmax = (z) => {
      const exps = z.map((one) => Math.exp(one - Math.max(...z))); // either sign
      const total = exps[0] + exps[1] + exps[2];
      return exps.map((one) => one / total);
    };
    const start = [right, (1 - right) * share, (1 - right) * (1 - share)];
    const run = (gradient) => {
      let z = start.map(Math.log);
      const path = [softmax(z)];
      for (let update = 0; update < 40; update++) {
        const slope = gradient(path[update]);
        z = z.map((one, k) => one - rate * slope[k]);
        path.push(softmax(z));
      }
      return path;
    };
    const miss = (p) => p.map((one, k) => (k ? one : one - 1));
    const once = run(miss);
    const twice = run((p) => {
      const g = miss(softmax(p));
      const mean = p[0] * g[0] + p[1] * g[1] + p[2] * g[2];
      return p.map((one, k) => one * (g[k] - mean));
    });
    const rise = Math.max(...[1, 2].map((k) => Math.max(...once.map((p) => p[k])) - once[0][k]));
    return { once, twice, rise, answered: rise > 0.05 };
  },

  drag([x, y]) {
    const clip = (part) => Math.min(0.98, Math.max(0.01, part));
    const second = clip((225 - y) / 208);
    const first = clip((x - 25 - 120 * second) / 240);
    return { right: Math.max(0.01, 1 - first - second), share: first / (first + second) };
  },

  draw(state, { once, twice }, { t, svg, axes, line, dot, text, handle }) {
    const place = ([, one, two]) => [25 + 240 * one + 120 * two, 225 - 208 * two];
    const [[x, y], looks] = [place(once[0]), ["c0", "c1", "c2"]];
    const [h, v] = [x + 0.3 * (25 - x), y + 0.3 * (225 - y)];
    const plane = axes({ left: 30, top: 48, width: 245, height: 158, x: { from: 0, to: 40, ticks: [0, 20, 40], title: t("updates") }, y: { from: 0, to: 1, ticks: [0, 0.5, 1] } });
    const key = [t("answer"), t("class {k}", { k: 1 }), t("class {k}", { k: 2 })].flatMap((name, k) => [line([[34 + 84 * k, 12], [54 + 84 * k, 12]], looks[k]), text(58 + 84 * k, 16, name)]);
    return [
      [
        line([[25, 225], [265, 225], [145, 17], [25, 225]], "axis"),
        text(25, 243, t("answer"), "", "middle"),
        text(265, 243, t("class {k}", { k: 1 }), "", "middle"),
        text(145, 11, t("class {k}", { k: 2 }), "", "middle"),
        line(twice.map(place), "c3"),
        ...twice.map((p) => dot(...place(p), "c3", 3)),
        line(once.map(place), "c0"),
        ...once.map((p) => dot(...place(p), "c0", 3)),
        svg("path", { class: "c4", d: `M${x} ${y}L${h} ${v}m${(x - h) * 0.2 - (y - v) * 0.12} ${(y - v) * 0.2 + (x - h) * 0.12}L${h} ${v}l${(x - h) * 0.2 + (y - v) * 0.12} ${(y - v) * 0.2 - (x - h) * 0.12}` }),
        handle(x, y, "c4"),
      ],
      [...plane.nodes, ...looks.map((look, k) => plane.curve(once.map((p, at) => [at, p[k]]), look)), plane.curve(twice.map((p, at) => [at, p[0]]), "c3"), ...key, line([[34, 30], [54, 30]], "c3"), text(58, 34, t("answer, softmax twice"))],
    ];
  },

  say(state, { once, twice, rise }, { t, num }) {
    const [p, q] = [once[40], twice[40]].map((end) => num(end[0], 4));
    return t("After 40 updates the right class has {p}, with softmax taken twice {q}. On the way a wrong class rose by {rise} at most.", { p, q, rise: num(rise, 4) });
  },
};
