// The recorded runs of the lesson: what test accuracy a rule for stopping leads to, for each method and seed.
labs.regularization_lab = {
  controls: [
    { name: "rule", label: "stop at", options: ["last epoch", "lowest validation loss", "highest validation accuracy"], value: "lowest validation loss" },
    { name: "patience", label: "patience", min: 5, max: 100, step: 5, value: 20, shown: (n, { t }) => t("{n} epochs", { n }) },
    { name: "method", label: "method", options: ["none", "small", "decay 3", "dropout", "batch norm", "600 images"], value: "none" },
    { name: "seed", label: "seed", min: 0, max: 9, step: 1, value: 0 },
  ],
  pictures: [
    { label: "Losses and validation accuracy of one run up to epoch 100, and the epoch that is chosen", width: 290, height: 250 },
    { label: "Test accuracy of the ten seeds of each method at the chosen epochs", width: 290, height: 250 },
  ],
  solution: { rule: "highest validation accuracy", patience: 5, method: "dropout", seed: 9 },

  compute({ rule, patience, method, seed }, data) {
    const choose = (run, k) => {
      if (rule === "last epoch") return [19, 19];
      const score = rule === "lowest validation loss" ? run.val[k] : run.val_right[k].map((right) => -right);
      let [best, now] = [0, 0];
      for (; now < 20; now++) {
        if (score[now] < score[best]) best = now;
        if (now - best >= Math.round(patience / 5)) return [best, now];
      }
      return [best, 19];
    };
    const chosen = Object.values(data).map((run) => run.val.map((_, k) => choose(run, k)));
    const scores = Object.values(data).map((run, m) => run.test_right.map((right, k) => right[chosen[m][k][0]] / 697));
    const mean = (values) => values.reduce((sum, one) => sum + one, 0) / 10;
    const mine = Object.keys(data).indexOf(method);
    const gaps = scores[mine].map((score, k) => 100 * (score - scores[0][k]));
    const middle = mean(gaps);
    const half = 2.262 * Math.sqrt(mean(gaps.map((gap) => (gap - middle) ** 2)) / 9);
    const [best, end] = chosen[mine][Math.round(seed)];
    const test = scores[mine][Math.round(seed)];
    return { epoch: 5 * best + 5, ended: 5 * end + 5, test, scores, means: scores.map(mean), gap: [middle, middle - half, middle + half], answered: test < 0.5 };
  },

  draw({ method, seed }, { epoch, ended, scores, means }, { t, data, axes, line, dot, text }) {
    const plane = axes({ left: 34, top: 44, width: 245, height: 160, x: { from: 0, to: 100, ticks: [0, 50, 100], title: t("epoch") }, y: { from: 0, to: 2.4, ticks: [0, 1, 2] } });
    const run = data[method];
    const place = (index) => 5 * index + 5;
    const part = (values, look, until = 100) => plane.curve(values.map((value, index) => [place(index), Math.min(2.4, value)]).filter(([x]) => x <= until), look);
    const at = epoch / 5 - 1;
    const key = [["c0", 0], ["c1", 128], ["c2", 0]];
    const named = [t("training loss"), t("validation loss"), t("accuracy")];
    const accuracy = run.val_right[seed].map((right) => (2.4 * right) / 500);
    const methods = Object.keys(data);
    const low = Math.min(...scores.flat()) < 0.68 ? 0.3 : 0.68;
    const plot = axes({ left: 78, top: 12, width: 200, height: 192, x: { from: low, to: 0.96, ticks: low < 0.5 ? [0.3, 0.6, 0.9] : [0.7, 0.8, 0.9], title: t("test accuracy") }, y: { from: 6, to: 0, ticks: methods.map((one, index) => [index + 0.5, t(one)]) } });
    return [
      [
        ...plane.nodes,
        plane.curve([[epoch, 0], [epoch, 2.4]], "faint"),
        ...[run.train[seed], run.val[seed], accuracy].flatMap((values, index) => [part(values, "faint"), part(values, `c${index}`, ended)]),
        dot(plane.x(epoch), plane.y(Math.min(2.4, run.val[seed][at])), "c1", 5),
        dot(plane.x(epoch), plane.y(accuracy[at]), "c2", 5),
        ...[0, 1].map((score) => text(283, plane.y(2.4 * score) + 4, `${score}`, "c2")),
        ...key.flatMap(([look, x], index) => [line([[34 + x, index < 2 ? 10 : 27], [56 + x, index < 2 ? 10 : 27]], look), text(60 + x, index < 2 ? 14 : 31, named[index])]),
      ],
      [
        ...plot.nodes,
        ...scores.flatMap((row, m) => [
          line([[plot.x(means[m]), plot.y(m + 0.1)], [plot.x(means[m]), plot.y(m + 0.9)]], "c7"),
          ...row.map((score, k) => dot(plot.x(score), plot.y(m + 0.5 + (k % 3) / 6 - 1 / 6), methods[m] === method ? "c0" : "c7", 3)),
        ]),
        dot(plot.x(scores[methods.indexOf(method)][seed]), plot.y(methods.indexOf(method) + 0.5), "c4", 5),
      ],
    ];
  },

  say({ method }, { epoch, ended, test, means, gap }, { t, data, num }) {
    const [middle, low, high] = gap.map((points) => num(points, 1));
    const verdict = gap[1] > 0 ? t("better") : gap[2] < 0 ? t("worse") : t("cannot tell");
    const mean = num(means[Object.keys(data).indexOf(method)], 3);
    return t("Training ended at epoch {ended} and keeps the weights of epoch {epoch}, whose test accuracy is {test}. Over ten seeds it is {mean}; minus that of none it is {gap} points [{low}, {high}] ({verdict}).", { ended, epoch, test: num(test, 3), mean, gap: middle, low, high, verdict });
  },
};
