// Five programs whose derivatives are timed: what limits them is arithmetic, memory, or the cost of an operation.
import { grad, hessian, np, type Value } from "cotangent";

/** A program, with its arguments in it. */
export interface Workload {
  readonly forward: () => Value;
  /** The gradient, which runs forward as well. */
  readonly reverse: () => unknown;
}

export const workloadNames = ["mlp", "lse1e5", "chain1000", "ros100", "rnn50"] as const;
export type WorkloadName = (typeof workloadNames)[number];

type Float = "float32" | "float64";

function workload<Input>(f: (input: Input) => Value, input: Input): Workload {
  const gradient = grad(f);
  return { forward: () => f(input), reverse: () => gradient(input) };
}

/** A classifier of 64 vectors of length 256, by way of 128 hidden units, into 10 classes, and its cross-entropy. */
function mlp(dtype: Float): Workload {
  const inputs = normal([64, 256], dtype, 1);
  const classes = Array.from({ length: 64 }, (_, row) => row % 10);
  const targets = np.astype(np.equal(np.reshape(np.array(classes), [64, 1]), np.arange(10)), dtype);
  const parameters = [
    normal([256, 128], dtype, 1 / 16),
    np.zeros([128], { dtype }),
    normal([128, 10], dtype, 1 / 11),
    np.zeros([10], { dtype }),
  ] as const;
  return workload(([first, offset, second, last]: readonly [Value, Value, Value, Value]) => {
    const hidden = np.tanh(np.add(np.matmul(inputs, first), offset));
    const scores = np.add(np.matmul(hidden, second), last);
    const shifted = np.subtract(scores, np.max(scores, { axis: 1, keepdims: true }));
    const logarithms = np.subtract(shifted, np.log(np.sum(np.exp(shifted), { axis: 1, keepdims: true })));
    return np.divide(np.negative(np.sum(np.multiply(targets, logarithms))), 64);
  }, parameters);
}

function logSumExp(dtype: Float): Workload {
  return workload(
    (x: Value) => {
      const largest = np.max(x);
      return np.add(np.log(np.sum(np.exp(np.subtract(x, largest)))), largest);
    },
    normal([100_000], dtype, 1),
  );
}

/** A thousand sines of a scalar: all of it is the cost of an operation. */
function chain(dtype: Float): Workload {
  return workload(sines, np.array(0.5, { dtype }));
}

export function sines(x: Value): Value {
  let y = x;
  for (let step = 0; step < 1000; step++) y = np.sin(y);
  return y;
}

export function rosenbrock(x: Value): Value {
  const [before, after] = [np.getitem(x, np.slice(0, -1)), np.getitem(x, np.slice(1, null))];
  const valley = np.square(np.subtract(after, np.square(before)));
  return np.sum(np.add(np.multiply(valley, 100), np.square(np.subtract(1, before))));
}

/** Fifty steps of a recurrent layer. */
function recurrent(dtype: Float): Workload {
  const start = normal([16, 64], dtype, 1);
  return workload(
    ([weights, offset]: readonly [Value, Value]) => {
      let state = start;
      for (let step = 0; step < 50; step++) state = np.tanh(np.add(np.matmul(state, weights), offset));
      return np.sum(np.square(state));
    },
    [normal([64, 64], dtype, 1 / 8), np.zeros([64], { dtype })],
  );
}

const point = (dtype: Float): Value => np.astype(np.linspace(-1, 1, 100), dtype);

const makers: { readonly [Name in WorkloadName]: (dtype: Float) => Workload } = {
  mlp,
  lse1e5: logSumExp,
  chain1000: chain,
  ros100: (dtype) => workload(rosenbrock, point(dtype)),
  rnn50: recurrent,
};

export function makeWorkload(name: WorkloadName, dtype: Float = "float64"): Workload {
  return makers[name](dtype);
}

/** The Hessian of Rosenbrock's function of a hundred variables. */
export function rosenbrockHessian(dtype: Float): () => unknown {
  const second = hessian(rosenbrock);
  const x = point(dtype);
  return () => second(x);
}

/** Random numbers of this deviation, the same ones each time. */
export function normal(shape: readonly number[], dtype: Float, deviation: number): Value {
  return np.astype(np.multiply(np.random.default_rng(1).standard_normal(shape), deviation), dtype);
}
