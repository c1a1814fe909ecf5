// A small neural network that learns exclusive or, with the whole of its parameters as one structure.
import { np, valueAndGrad, type Value } from "cotangent";

interface Layer {
  readonly weights: Value;
  readonly offset: Value;
}
export type Network = readonly Layer[];

/** Layers of these widths, with random weights. */
export function network(widths: readonly number[], seed: number): Network {
  const random = np.random.default_rng(seed);
  return widths.slice(1).map((width, place) => ({
    weights: random.standard_normal([widths[place] ?? 0, width]),
    offset: np.zeros([width]),
  }));
}

export function predict(layers: Network, inputs: Value): Value {
  return layers.reduce((activity, { weights, offset }, place) => {
    const sum = np.add(np.matmul(activity, weights), offset);
    return place === layers.length - 1 ? sum : np.tanh(sum);
  }, inputs);
}

/** Trains by gradient descent, and tells the mean square error before each step. */
export function train(
  start: Network,
  inputs: Value,
  targets: Value,
  { steps, rate }: { readonly steps: number; readonly rate: number },
): { readonly layers: Network; readonly losses: readonly number[] } {
  const both = valueAndGrad((layers: Network) => np.mean(np.square(np.subtract(predict(layers, inputs), targets))));
  const losses: number[] = [];
  let layers = start;
  for (let step = 0; step < steps; step++) {
    const [loss, slopes] = both(layers);
    losses.push(Number(loss.item()));
    layers = layers.map(({ weights, offset }, place) => ({
      weights: np.subtract(weights, np.multiply(slopes[place]?.weights ?? 0, rate)),
      offset: np.subtract(offset, np.multiply(slopes[place]?.offset ?? 0, rate)),
    }));
  }
  return { layers, losses };
}
