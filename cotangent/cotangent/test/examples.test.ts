import { np } from "cotangent";
import { expect, test } from "vitest";
import { learn, negativeLogLikelihood } from "../examples/kalman-filter.ts";
import { clouds, fit } from "../examples/logistic-regression.ts";
import { network, predict, train } from "../examples/neural-network.ts";
import { minimise, rosenbrock } from "../examples/rosenbrock.ts";

test("logistic regression tells two clouds apart", () => {
  const { points, labels } = clouds(100, 7);
  const { loss, accuracy } = fit(points, labels, 300, 0.5);
  expect(accuracy).toBeGreaterThan(0.93);
  expect(loss).toBeLessThan(0.2);
});

test("a network learns exclusive or", () => {
  const inputs = np.array(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    "float64",
  );
  const targets = np.array([[0], [1], [1], [0]], "float64");
  const { layers, losses } = train(network([2, 8, 1], 3), inputs, targets, { steps: 400, rate: 0.2 });
  expect(losses.at(-1)).toBeLessThan(0.01);
  expect(np.round(predict(layers, inputs)).toList()).toEqual(targets.toList());
});

test("Newton's method finds the least value of Rosenbrock's function", () => {
  const { x, steps } = minimise(np.full([4], 0.5));
  expect(np.allclose(x, np.ones([4]), { rtol: 1e-8 })).toBe(true);
  expect(rosenbrock(x).item()).toBeLessThan(1e-18);
  expect(steps).toBeLessThan(60);
});

test("the noise of a filter is learned from what was measured", () => {
  const random = np.random.default_rng(5);
  const positions = np.add(np.arange(0, 40, 1, "float64"), np.multiply(random.standard_normal([40]), 0.5));
  const start = { push: np.array(0.5), measurement: np.array(0.5) };
  const learned = learn(positions, 60, 0.02);
  expect(Number(negativeLogLikelihood(learned, positions).item())).toBeLessThan(
    Number(negativeLogLikelihood(start, positions).item()) - 5,
  );
});
