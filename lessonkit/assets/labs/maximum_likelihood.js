// A coin: its likelihood, a prior that has seen heads and tails before, and the posterior; each scaled to its peak.
labs.maximum_likelihood = {
  controls: [
    { name: "flips", label: "number of flips", min: 10, max: 600, step: 5, value: 10 },
    { name: "share", label: "share of heads", min: 0.3, max: 0.9, step: 0.01, value: 0.7 },
    { name: "prior", label: "heads and tails, each seen so often before", min: 0, max: 50, step: 1, value: 1 },
  ],
  pictures: [
    { label: "Curves of likelihood, prior, and posterior over the probability of heads, each scaled to a peak of 1", width: 290, height: 230 },
    { label: "How likely a fair coin is, as a part of the peak, at each number of flips with this share of heads", width: 290, height: 230 },
  ],
  solution: { flips: 500, share: 0.55, prior: 1 },

  compute({ flips, share, prior }) {
    const n = Math.round(flips);
    const heads = Math.round(share * n);
    const log = (h, t, theta) => (h ? h * Math.log(theta) : 0) + (t ? t * Math.log(1 - theta) : 0);
    const part = (h, t) => {
      const all = h + t;
      const peak = all ? h / all : 0.5;
      const top = log(h, t, peak);
      return { peak, curve: Array.from({ length: 199 }, (_, index) => Math.exp(log(h, t, (index + 1) / 200) - top)) };
    };
    const likelihood = part(heads, n - heads);
    const before = part(prior, prior);
    const posterior = part(heads + prior, n - heads + prior);
    const far = Math.abs(heads / n - 0.5);
    const fair = likelihood.curve[99];
    return { heads, likelihood, before, posterior, fair, answered: far > 0.04 && far < 0.06 && fair < 0.1 };
  },

  draw({ flips, share }, { likelihood, before, posterior, fair }, { t, axes, line, dot, text }) {
    const plane = axes({ left: 30, top: 40, width: 245, height: 140, x: { from: 0, to: 1, ticks: [0, 0.5, 1], title: t("probability of heads θ") }, y: { from: 0, to: 1, ticks: [0, 1] } });
    const curve = (part, look) => plane.curve(part.curve.map((value, index) => [(index + 1) / 200, value]), look);
    const key = [["likelihood", "c1", 0], ["prior", "c2", 92], ["posterior", "c0", 182]].flatMap(([name, look, x]) => [line([[20 + x, 14], [40 + x, 14]], look), text(44 + x, 18, { likelihood: t("likelihood"), prior: t("prior"), posterior: t("posterior") }[name])]);
    const fall = axes({ left: 40, top: 40, width: 235, height: 140, x: { from: 0, to: 600, ticks: [0, 200, 400, 600], title: t("flips") }, y: { from: 1e-3, to: 1, log: true, ticks: [[1e-3, "0.001"], [0.01, "0.01"], [0.1, "0.1"], [1, "1"]], title: t("fair coin / peak") } });
    const divergence = share * Math.log(2 * share) + (1 - share) * Math.log(2 * (1 - share));
    const last = Math.min(600, Math.log(1000) / Math.max(divergence, 1e-9));
    return [
      [...plane.nodes, plane.curve([[0.5, 0], [0.5, 1]], "faint"), curve(likelihood, "c1"), curve(before, "c2"), curve(posterior, "c0"), dot(plane.x(0.5), plane.y(fair), "c4", 5), ...key],
      [...fall.nodes, fall.curve([[0, 0.1], [600, 0.1]], "faint"), fall.curve([[0, 1], [last, Math.exp(-divergence * last)]], "c1 solid"), dot(fall.x(flips), fall.y(Math.min(1, Math.max(fair, 1e-3))), "c4", 5)],
    ];
  },

  say({ flips }, { heads, likelihood, posterior, fair }, { t, num }) {
    const values = { heads: num(heads, 0), flips: num(flips, 0), peak: num(likelihood.peak, 4), posterior: num(posterior.peak, 4), fair: num(fair, 4) };
    return t("{heads} heads in {flips} flips. The likelihood peaks at {peak}, and a fair coin has {fair} of that peak. With the prior, the posterior peaks at {posterior}.", values);
  },
};
