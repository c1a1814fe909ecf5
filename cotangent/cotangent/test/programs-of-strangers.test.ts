// Programs as users of NumPy write them, which once met a name that was missing. Expected values are autograd's.
import { hessian, np, valueAndGrad, type Value } from "cotangent";
import { expect, test } from "vitest";

const { add, divide, exp, log, matmul, mean, multiply, square, subtract, sum } = np;

function areClose(value: np.ArrayLike, expected: np.ArrayLike): boolean {
  return np.allclose(value, expected, { rtol: 1e-9, atol: 1e-12 });
}

/** Images [example, channel, row, column] and filters [to, from, row, column]. */
function convolved(images: Value, filters: Value): Value {
  const [, , height = 1, width = 1] = filters.shape;
  const windows = np.lib.stride_tricks.sliding_window_view(images, [height, width], [2, 3]);
  return np.einsum("bchwij,ocij->bohw", windows, filters);
}

function pooled(images: Value): Value {
  const [examples = 1, channels = 1, height = 1, width = 1] = images.shape;
  return np.max(np.reshape(images, [examples, channels, height / 2, 2, width / 2, 2]), [3, 5]);
}

test("a convolutional network by windows", () => {
  const random = np.random.default_rng(1);
  const images = random.normal(0, 1, [4, 1, 12, 12]);
  const first = random.normal(0, 0.3, [6, 1, 3, 3]);
  const second = random.normal(0, 0.3, [5, 6, 3, 3]);
  const last = random.normal(0, 0.1, [20, 3]);
  const loss = ([w1, w2, w3]: readonly [Value, Value, Value]): Value => {
    const features = np.tanh(convolved(pooled(np.maximum(convolved(images, w1), 0)), w2));
    const means = mean(np.reshape(features, [4, 5, 9]), 2);
    const all = np.concatenate([means, square(means), np.sin(means), np.cos(means)], 1);
    const logits = matmul(all, w3);
    return mean(subtract(log(sum(exp(logits), 1)), np.getitem(logits, np.arange(4), [0, 2, 1, 0])));
  };
  const [value, gradients] = valueAndGrad(loss)([first, second, last]);
  expect(areClose(value, 1.0675127550463241)).toBe(true);
  const sums = gradients.map((each: Value) => [sum(each), sum(np.abs(each))]);
  expect(
    areClose(np.array(sums), [
      [0.07442724635441028, 0.3807280120846494],
      [-0.40794792251979095, 1.3851086686625877],
      [0, 4.2236663020369125],
    ]),
  ).toBe(true);
});

test("a Gaussian process by the distances of all pairs", () => {
  const random = np.random.default_rng(3);
  const places = np.sort(random.uniform(-3, 3, [25]), -1);
  const values = add(np.sin(places), random.normal(0, 0.1, [25]));
  const loss = (settings: Value): Value => {
    const [size, length, noise] = np.unstack(exp(settings)) as [Value, Value, Value];
    const distances = divide(np.subtract.outer(places, places), length);
    const covariance = multiply(size, exp(multiply(-0.5, square(distances))));
    const factor = np.linalg.cholesky(add(covariance, multiply(np.eye(25), add(noise, 1e-8))));
    const rest = np.linalg.solve(factor, values);
    const logs = add(sum(log(np.diagonal(factor))), 12.5 * Math.log(2 * Math.PI));
    return add(multiply(0.5, np.dot(rest, rest)), logs);
  };
  const at = np.array([0.1, -0.2, -3]);
  const [value, gradient] = valueAndGrad(loss)(at);
  expect(areClose(value, 3.365075370809084)).toBe(true);
  expect(areClose(gradient, [3.066010942879986, -8.28309339709147, 6.5413156371012855])).toBe(true);
  expect(
    areClose(hessian(loss)(at), [
      [1.4124243935721814, -2.5647540698548394, -0.31308951282585573],
      [-2.5647540698548394, 6.324463525497828, 1.763044397858591],
      [-0.31308951282585573, 1.763044397858591, 2.1064273316953646],
    ]),
  ).toBe(true);
});
