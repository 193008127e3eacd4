// The valley of a linear model without bias, with two features of chosen means, spreads and correlation.
labs.standardization = {
  controls: [
    { name: "mean1", label: "mean of feature 1", min: -4, max: 4, step: 0.1, value: 4 },
    { name: "mean2", label: "mean of feature 2", min: -4, max: 4, step: 0.1, value: 3 },
    { name: "std1", label: "standard deviation of feature 1", min: 0.2, max: 3, step: 0.1, value: 2 },
    { name: "std2", label: "standard deviation of feature 2", min: 0.2, max: 3, step: 0.1, value: 1 },
    { name: "rho", label: "correlation", min: -0.9, max: 0.9, step: 0.05, value: 0.6 },
    { name: "start1", label: "start, error of w1", min: -1.9, max: 1.9, step: 0.1, value: 0.4 },
    { name: "start2", label: "start, error of w2", min: -1.9, max: 1.9, step: 0.1, value: 1.8 },
  ],
  pictures: [
    { label: "The contours of the loss and the path of gradient descent from the start", width: 290, height: 280 },
    { label: "A cloud of examples with these means, standard deviations and correlation", width: 290, height: 280 },
  ],
  solution: { mean1: 0.8, mean2: -0.8, std1: 1, std2: 1, rho: 0.6, start1: 0.4, start2: 1.8 },

  compute({ mean1, mean2, std1, std2, rho, start1, start2 }) {
    const H = [2 * (std1 * std1 + mean1 * mean1), 2 * (rho * std1 * std2 + mean1 * mean2), 2 * (std2 * std2 + mean2 * mean2)];
    const [a, b, d] = H;
    const root = Math.sqrt((a - d) * (a - d) + 4 * b * b); // either sign
    const largest = (a + d + root) / 2;
    const smallest = (a * d - b * b) / largest;
    const condition = largest / smallest;
    const rate = 2 / (largest + smallest);
    const loss = ([x, y]) => (a * x * x + 2 * b * x * y + d * y * y) / 2;
    const path = [[start1, start2]];
    for (let update = 0; update < 200; update++) {
      const [x, y] = path[update];
      path.push([x - rate * (a * x + b * y), y - rate * (b * x + d * y)]);
    }
    const there = path.findIndex((place) => loss(place) < loss(path[0]) / 1000);
    return { H, condition, limit: 2 / largest, path: path.slice(0, 31), there, answered: Math.abs(rho) > 0.49 && condition < 2 };
  },

  drag([x, y], state, picture) {
    return picture ? {} : { start1: (x - 155) / 60, start2: (125 - y) / 60 };
  },

  draw({ mean1, mean2, std1, std2, rho }, { H, path }, { axes, dot, handle, line }) {
    const plane = axes({ left: 35, top: 5, width: 240, height: 240, x: { from: -2, to: 2, ticks: [-2, 0, 2], title: "w1" }, y: { from: -2, to: 2, ticks: [-2, 0, 2] } });
    const [a, b, d] = H;
    const contour = (level) =>
      plane.curve(
        Array.from({ length: 121 }, (_, step) => {
          const v = Math.sqrt((level * (a + d)) / (d - (b * b) / a)) * Math.sin((step * Math.PI) / 60);
          return [Math.sqrt((level * (a + d)) / a) * Math.cos((step * Math.PI) / 60) - (b / a) * v, v];
        }),
        "faint",
      );
    const [x, y] = path[0];
    const cloud = axes({ left: 35, top: 5, width: 240, height: 240, x: { from: -10, to: 10, ticks: [-10, 0, 10], title: "x1" }, y: { from: -10, to: 10, ticks: [-10, 0, 10] } });
    const examples = Array.from({ length: 60 }, (_, n) => {
      const [u, v] = [Math.sqrt(-2 * Math.log((n + 0.5) / 60)), n * 2.399963];
      const [one, two] = [u * Math.cos(v), u * Math.sin(v)];
      return [mean1 + std1 * one, mean2 + std2 * (rho * one + Math.sqrt(1 - rho * rho) * two)];
    });
    return [
      [...plane.nodes, ...[0.02, 0.1, 0.3, 0.7].map(contour), dot(plane.x(0), plane.y(0), "c0", 5), plane.curve(path, "c1 solid"), ...plane.dots(path, "c1", 2.5), handle(plane.x(x), plane.y(y), "c1")],
      [...cloud.nodes, cloud.curve([[-10, 0], [10, 0]], "faint"), cloud.curve([[0, -10], [0, 10]], "faint"), ...cloud.dots(examples, "c2", 3)],
    ];
  },

  say(state, { condition, limit, there }, { t, num }) {
    const values = { condition: num(condition), limit: num(limit, 4), updates: there < 0 ? t("more than 200") : num(there, 0) };
    return t("The condition number is {condition}, the largest stable learning rate {limit}. At the best constant rate the loss falls to 1/1000 after {updates} updates.", values);
  },
};
