// Three logits, their probabilities, and what every temperature would make of them.
labs.softmax = {
  controls: [
    { name: "scissors", label: "logit of scissors", min: -5, max: 5, step: 0.1, value: 1 },
    { name: "rock", label: "logit of rock", min: -5, max: 5, step: 0.1, value: 2 },
    { name: "paper", label: "logit of paper", min: -5, max: 5, step: 0.1, value: 3 },
    { name: "temperature", label: "temperature", min: -1, max: 2, step: 0.05, value: 0, shown: (log, { num }) => num(10 ** log) },
    { name: "shift", label: "added to all logits", min: -10, max: 10, step: 0.5, value: 0 },
    { name: "sigmoids", label: "a sigmoid for each instead", value: false },
  ],
  pictures: [
    { label: "Bars of the three probabilities at this temperature", width: 290, height: 150 },
    { label: "Curves of the three probabilities at temperatures from 0.1 to 100", width: 290, height: 190 },
  ],
  solution: { scissors: 1, rock: 2.6, paper: 3, temperature: 0, shift: 0, sigmoids: false },

  compute({ scissors, rock, paper, temperature, shift, sigmoids }) {
    const logits = [scissors, rock, paper].map((logit) => logit + shift);
    const softmax = (T) => {
      const largest = Math.max(...logits);
      const exps = logits.map((logit) => Math.exp((logit - largest) / T)); // either sign
      const total = exps[0] + exps[1] + exps[2];
      return exps.map((one) => one / total);
    };
    const each = (T) => logits.map((logit) => 1 / (1 + Math.exp(-logit / T)));
    const probabilities = sigmoids ? each : softmax;
    const now = probabilities(10 ** temperature);
    const curves = Array.from({ length: 61 }, (_, index) => probabilities(10 ** (index / 20 - 1)));
    const peak = Math.max(...curves.map((p) => p[1]));
    return {
      logits,
      now,
      sum: now[0] + now[1] + now[2],
      entropy: -now.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0),
      curves,
      peak,
      answered: !sigmoids && rock < Math.max(scissors, paper) && peak > 1 / 3 + 0.005,
    };
  },

  draw({ temperature, sigmoids }, { now, curves, sum }, { num, t, axes, line, bar, dot, text }) {
    const names = [t("scissors"), t("rock"), t("paper")];
    const looks = ["c2", "c1", "c0"];
    const bars = now.flatMap((p, index) => {
      const y = 8 + 38 * index;
      return [text(50, y + 18, names[index], "", "end"), bar(56, y, 170 * p, 26, looks[index]), text(62 + 170 * p, y + 18, num(p, 4))];
    });
    bars.push(line([[56, 2], [56, 116]], "axis"), text(56, 136, t("sum {sum}", { sum: num(sum, 4) })));

    const plane = axes({ left: 30, top: 22, width: 250, height: 126, x: { from: 0.1, to: 100, log: true, ticks: [[0.1, "0.1"], 1, 10, 100], title: t("temperature T") }, y: { from: 0, to: 1, ticks: [0, [1 / 3, "1/3"], 1] } });
    const T = 10 ** temperature;
    const third = plane.curve([[0.1, 1 / 3], [100, 1 / 3]], "faint");
    const key = names.flatMap((name, index) => [line([[34 + 88 * index, 8], [54 + 88 * index, 8]], looks[index]), text(58 + 88 * index, 12, name)]);
    const lines = looks.map((look, index) => plane.curve(curves.map((p, at) => [10 ** (at / 20 - 1), p[index]]), look));
    const marks = looks.map((look, index) => dot(plane.x(T), plane.y(now[index]), look));
    return [bars, [...plane.nodes, third, plane.curve([[T, 0], [T, 1]], "faint"), ...lines, ...marks, ...key]];
  },

  say({ temperature, sigmoids }, { now, sum, entropy, logits }, { num, t }) {
    const [scissors, rock, paper] = now.map((p) => num(p, 4));
    const values = { T: num(10 ** temperature), z: logits.map((logit) => num(logit, 1)).join(", "), scissors, rock, paper, sum: num(sum, 4), entropy: num(entropy, 4) };
    if (sigmoids) return t("The logits {z} have, at temperature {T}, the sigmoids {scissors}, {rock}, {paper}, which add up to {sum}.", values);
    return t("The logits {z} give, at temperature {T}, the probabilities {scissors}, {rock}, {paper}; the entropy is {entropy}.", values);
  },
};
