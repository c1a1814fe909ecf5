// A Kalman filter for a body that moves along a line, whose noise is learned by maximum likelihood: the derivative goes
// through the loop over time, and through a solution of linear equations at each step.
import { grad, np, scan, type Value } from "cotangent";

/** Logarithms of the variances of what pushes the body, and of what is measured. */
export interface Noise {
  readonly push: Value;
  readonly measurement: Value;
}

interface Belief {
  readonly mean: Value;
  readonly covariance: Value;
}

const motion = () =>
  np.array(
    [
      [1, 1],
      [0, 1],
    ],
    "float64",
  );
const seen = () => np.array([[1, 0]], "float64");

/** Minus the log-likelihood of positions that were measured one after the other, but for a constant. */
export function negativeLogLikelihood(noise: Noise, positions: Value): Value {
  const start: Belief = { mean: np.zeros([2]), covariance: np.multiply(np.eye(2), 100) };
  const push = np.multiply(np.eye(2), np.exp(noise.push));
  const [, costs] = scan(
    (belief: Belief, position: Value) => measured(predicted(belief, push), noise, position),
    start,
    positions,
  );
  return np.sum(costs);
}

function predicted({ mean, covariance }: Belief, push: Value): Belief {
  const step = motion();
  return {
    mean: np.matmul(step, mean),
    covariance: np.add(np.matmul(np.matmul(step, covariance), np.transpose(step)), push),
  };
}

/** What is believed after a measurement, and how surprising the measurement was. */
function measured({ mean, covariance }: Belief, noise: Noise, position: Value): readonly [Belief, Value] {
  const look = seen();
  const surprise = np.subtract(position, np.matmul(look, mean));
  const spread = np.add(np.matmul(np.matmul(look, covariance), np.transpose(look)), np.exp(noise.measurement));
  const gain = np.transpose(np.linalg.solve(spread, np.matmul(look, covariance)));
  const after = {
    mean: np.add(mean, np.matmul(gain, surprise)),
    covariance: np.subtract(covariance, np.matmul(np.matmul(gain, look), covariance)),
  };
  const cost = np.add(np.linalg.slogdet(spread)[1], np.sum(np.multiply(surprise, np.linalg.solve(spread, surprise))));
  return [after, np.multiply(cost, 0.5)];
}

/** Learns the noise by gradient descent. */
export function learn(positions: Value, steps: number, rate: number): Noise {
  const slope = grad((noise: Noise) => negativeLogLikelihood(noise, positions));
  let noise: Noise = { push: np.array(0.5), measurement: np.array(0.5) };
  for (let step = 0; step < steps; step++) {
    const { push, measurement } = slope(noise);
    noise = {
      push: np.subtract(noise.push, np.multiply(push, rate)),
      measurement: np.subtract(noise.measurement, np.multiply(measurement, rate)),
    };
  }
  return noise;
}
