// A guess Q in the triangle of distributions, its cross entropy with P, and its loss on a sample from P.
labs.cross_entropy = {
  controls: [
    { name: "scissors", label: "Q of scissors", min: 0.01, max: 0.98, step: 0.01, value: 0.8 },
    { name: "rock", label: "share of rock in the rest of Q", min: 0.01, max: 0.99, step: 0.01, value: 0.5 },
    { name: "rounds", label: "rounds in the sample", min: 5, max: 200, step: 5, value: 10 },
    { name: "sample", label: "number of the sample", min: 1, max: 30, step: 1, value: 15 },
  ],
  pictures: [
    { label: "The triangle of distributions with P, Q, and the frequencies in the sample", width: 290, height: 250 },
    { label: "Bars of the cross entropy and of the losses on the sample", width: 290, height: 250 },
  ],
  solution: { scissors: 0.1, rock: 0.55, rounds: 10, sample: 15 },

  compute({ scissors, rock, rounds, sample }) {
    const exps = [1, 2, 3].map(Math.exp);
    const P = exps.map((one) => one / (exps[0] + exps[1] + exps[2]));
    const Q = [scissors, (1 - scissors) * rock, (1 - scissors) * (1 - rock)];
    const counts = [0, 0, 0];
    let random = (Math.round(sample) * 2654435761) % 2 ** 32;
    const played = Math.round(rounds);
    for (let round = -3; round < played; round++) {
      random = (1664525 * random + 1013904223) % 2 ** 32;
      const u = random / 2 ** 32;
      if (round >= 0) counts[u < P[0] ? 0 : u < P[0] + P[1] ? 1 : 2] += 1;
    }
    const mean = (weights, dist) => -weights.reduce((sum, weight, hand) => sum + weight * Math.log(dist[hand]), 0);
    const part = counts.map((count) => count / played);
    const [entropy, cross, ofQ, ofP] = [mean(P, P), mean(P, Q), mean(part, Q), mean(part, P)];
    return { P, Q, counts, entropy, cross, kl: cross - entropy, ofQ, ofP, answered: ofQ < ofP - 0.02 };
  },

  drag([x, y]) {
    const paper = Math.min(0.98, Math.max(0.01, (225 - y) / 208));
    const rock = Math.min(0.98, Math.max(0.01, (x - 25 - 120 * paper) / 240));
    const scissors = Math.max(0.01, 1 - rock - paper);
    return { scissors, rock: rock / (rock + paper) };
  },

  draw(state, { P, Q, counts, entropy, cross, kl, ofQ, ofP }, { t, num, line, bar, dot, text, handle }) {
    const place = ([, rock, paper]) => [25 + 240 * rock + 120 * paper, 225 - 208 * paper];
    const loss = (dist) => -P.reduce((sum, p, hand) => sum + p * Math.log(dist[hand]), 0);
    const ring = Array.from({ length: 91 }, (_, step) => {
      const [h, v] = [Math.cos((step * Math.PI) / 45), Math.sin((step * Math.PI) / 45)];
      let [near, far] = [0, 1.5];
      for (let halving = 0; halving < 30; halving++) {
        const r = (near + far) / 2;
        const dist = [P[0] + r * h, P[1] + r * v, P[2] - r * (h + v)];
        if (Math.min(...dist) > 0 && loss(dist) < cross) near = r;
        else far = r;
      }
      return place([P[0] + near * h, P[1] + near * v, P[2] - near * (h + v)]);
    });
    const seen = counts.map((count) => count / (counts[0] + counts[1] + counts[2]));
    // P and the sample turn their words away from each other, and Q has its own where they and the corners leave room.
    const [[x, y], [trueX, trueY], [seenX, seenY]] = [Q, P, seen].map(place);
    const side = Math.abs(seenX - 145) > 85 ? Math.sign(145 - seenX) : seenX < trueX ? -1 : 1;
    const named = (h, v, words, look, side) => text(h + 12 * side, v + 4, words, look, side < 0 ? "end" : "start");
    const taken = [[25, 239], [45, 239], [265, 239], [145, 7], [trueX, trueY], [trueX - 17 * side, trueY], [seenX, seenY], [seenX + 24 * side, seenY]];
    const room = ([h, v]) => Math.min(24, ...taken.map(([a, b]) => Math.hypot(a - h, b - v)));
    const [h, v] = [[x, y + 18], [x, y - 18], [x + 18, y], [x - 18, y]].reduce((best, one) => (room(one) > room(best) ? one : best));
    const triangle = [
      line([[25, 225], [265, 225], [145, 17], [25, 225]], "axis"),
      line(ring, "faint"),
      text(25, 243, t("scissors"), "", "middle"),
      text(265, 243, t("rock"), "", "middle"),
      text(145, 11, t("paper"), "", "middle"),
      dot(trueX, trueY, "c1", 6),
      named(trueX, trueY, "P", "c1", -side),
      dot(seenX, seenY, "c2", 6),
      named(seenX, seenY, t("seen"), "c2", side),
      handle(x, y, "c0"),
      text(h, v + 4, "Q", "c0", "middle"),
    ];
    const wide = (nats) => Math.min(270, 120 * nats);
    const row = (top, words, ...bars) => [text(10, top, words), ...bars];
    return [
      triangle,
      [
        ...row(30, `H(P, Q) ${num(cross, 4)} = H(P) ${num(entropy, 4)} + KL ${num(kl, 4)}`, bar(10, 38, wide(entropy), 24, "c1"), bar(10 + wide(entropy), 38, wide(cross) - wide(entropy), 24, "c0")),
        ...row(100, t("loss of Q on the sample {loss}", { loss: num(ofQ, 4) }), bar(10, 108, wide(ofQ), 24, "c0")),
        ...row(170, t("loss of P on the sample {loss}", { loss: num(ofP, 4) }), bar(10, 178, wide(ofP), 24, "c1")),
      ],
    ];
  },

  say(state, { Q, counts, ofQ, ofP, kl }, { t, num }) {
    const [scissors, rock, paper] = Q.map((q) => num(q));
    return [
      t("Q is {scissors}, {rock}, {paper}; the sample has {counts} (scissors, rock, paper).", { scissors, rock, paper, counts: counts.join(", ") }),
      ofQ < ofP ? t("On the sample Q beats P by {gap}; in future rounds it loses by {kl} on average.", { gap: num(ofP - ofQ, 4), kl: num(kl, 4) }) : t("On the sample Q loses to P by {gap}; in future rounds by {kl} on average.", { gap: num(ofQ - ofP, 4), kl: num(kl, 4) }),
    ].join(" ");
  },
};
