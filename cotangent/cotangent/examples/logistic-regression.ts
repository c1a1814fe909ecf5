// Logistic regression by gradient descent: which of two clouds of points a point belongs to.
import { grad, np, type Value } from "cotangent";

export interface Fit {
  readonly weights: Value;
  /** The mean of −log of the probability that the model gives to what is true. */
  readonly loss: number;
  /** The share of points that it puts into the right cloud. */
  readonly accuracy: number;
}

/** Points of two clouds, a column of ones for the offset, and 1 for those of the second cloud. */
export function clouds(count: number, seed: number): { readonly points: Value; readonly labels: Value } {
  const random = np.random.default_rng(seed);
  const labels = np.astype(np.greater_equal(np.arange(2 * count), count), "float64");
  const centres = np.multiply(np.expand_dims(labels, 1), [3, 2]);
  const points = np.add(random.standard_normal([2 * count, 2]), centres);
  return { points: np.concatenate([points, np.ones([2 * count, 1])], 1), labels };
}

/** log(1 + exp(−z)) for the true ones, log(1 + exp(z)) for the others, without overflow. */
function meanLoss(weights: Value, points: Value, labels: Value): Value {
  const score = np.matmul(points, weights);
  const signed = np.multiply(score, np.subtract(1, np.multiply(labels, 2)));
  return np.mean(np.logaddexp(0, signed));
}

/** Fits weights to points. */
export function fit(points: Value, labels: Value, steps: number, rate: number): Fit {
  const slope = grad((weights: Value) => meanLoss(weights, points, labels));
  let weights: Value = np.zeros([points.shape[1] ?? 0]);
  for (let step = 0; step < steps; step++) weights = np.subtract(weights, np.multiply(slope(weights), rate));
  const right = np.equal(np.greater(np.matmul(points, weights), 0), np.greater(labels, 0.5));
  return {
    weights,
    loss: Number(meanLoss(weights, points, labels).item()),
    accuracy: Number(np.mean(np.astype(right, "float64")).item()),
  };
}
