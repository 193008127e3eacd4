// A detective's game: which disease has a recorded run?
labs.training_recipe = {
  controls: [
    { name: "run", label: "run", min: 1, max: 11, step: 1, value: 1 },
    { name: "diagnosis", label: "diagnosis", options: ["not yet", "healthy", "all weights zero", "labels shuffled apart", "no zero_grad()", "rate too large", "rate too small", "softmax twice", "too few images", "too small a model", "validation images in training", "weights too large"], value: "not yet" },
    { name: "beside", label: "with the healthy run in gray", value: false },
  ],
  pictures: [
    { label: "Losses of the run over 12 epochs, on a log scale", width: 290, height: 235 },
    { label: "Accuracies of the run over 12 epochs", width: 290, height: 235 },
  ],
  solution: { run: 7, diagnosis: "validation images in training", beside: true },

  compute({ run, diagnosis, beside }, data) {
    const names = Object.keys(data);
    const name = names.at(Math.min(Math.floor(run + 0.5), names.length) - 1);
    const [train, trainRight, val, valRight] = data[name];
    const ends = [train, val, trainRight, valRight].map((values) => values.at(-1));
    const right = diagnosis === name;
    return {
      ends,
      start: train[0] - Math.log(10),
      gap: ends[1] - ends[0],
      jump: Math.max(0, ...train.slice(1).map((loss, index) => loss - train[index])),
      right,
      beside: beside ? data.healthy : [],
      answered: right && ends[1] < data.healthy[2].at(-1),
    };
  },

  draw({ run }, { beside }, { t, data, axes, line, text }) {
    const now = Object.values(data)[run - 1];
    const x = { from: 0, to: 12, ticks: [0, 4, 8, 12], title: t("epoch") };
    const loss = axes({ left: 40, top: 40, width: 240, height: 150, x, y: { from: 0.01, to: 50, log: true, ticks: [[0.01, "0.01"], [0.1, "0.1"], 1, [Math.log(10), "ln 10"], 10], title: "" } });
    const accuracy = axes({ left: 40, top: 40, width: 240, height: 150, x, y: { from: 0, to: 1, ticks: [0, 0.5, 1] } });
    const curve = (plane, values, look) => plane.curve(values.map((value, epoch) => [epoch, value]), look);
    const picture = (plane, title, first) => [
      ...plane.nodes,
      ...(first ? [plane.curve([[0, Math.log(10)], [12, Math.log(10)]], "faint")] : []),
      ...(beside.length ? [0, 2].map((k) => curve(plane, beside[k + (first ? 0 : 1)], k ? "c7" : "faint")) : []),
      ...[0, 2].map((k) => curve(plane, now[k + (first ? 0 : 1)], k ? "c1" : "c0")),
      text(0, 12, title),
      ...[[t("training"), "c0", 110], [t("validation"), "c1", 200]].flatMap(([words, look, at]) => [line([[at, 8], [at + 20, 8]], look), text(at + 24, 12, words)]),
    ];
    return [picture(loss, t("loss"), true), picture(accuracy, t("accuracy"), false)];
  },

  say({ diagnosis }, { ends, start, gap, jump, right }, { t, num }) {
    const why = {
      healthy: t("A healthy run begins near ln 10, comes down, and keeps a small gap."),
      "all weights zero": t("With all weights zero the loss stays at ln 10."),
      "labels shuffled apart": t("Labels apart from their images can only be memorized, so validation gets worse than guessing."),
      "no zero_grad()": t("Without zero_grad() gradients pile up, and the loss climbs above its start."),
      "rate too large": t("With too large a rate both losses stay high together."),
      "rate too small": t("With too small a rate both losses come down in nearly a straight line and have not arrived."),
      "softmax twice": t("A softmax of a softmax keeps the loss above 1.46 although most answers are right."),
      "too few images": t("Few images can be memorized, but they teach too little about others, so validation stays far behind."),
      "too small a model": t("Too small a model levels off early, and most of its answers are wrong."),
      "validation images in training": t("Images that were trained on leave no gap, which is too good to be true."),
      "weights too large": t("Large weights make wrong answers certain, so the first loss is far above ln 10."),
    }[diagnosis];
    const [train, val, trainRight, valRight] = ends.map((value) => num(value, 3));
    const told = t("At the end, losses of {train} in training and {val} in validation (gap {gap}), accuracies of {right} and {valRight}. The first loss is {start} above ln 10, and the largest rise in an epoch {jump}.", { train, val, gap: num(gap, 3), right: trainRight, valRight, start: num(start), jump: num(jump, 3) });
    return why ? `${right ? t("Right.") : t("No, that looks different.")} ${why} ${told}` : told;
  },
};
