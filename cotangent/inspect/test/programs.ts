// Graphs for the tests of what shows graphs.
import { operations, scan, trace, traceAbstract, cond, type Graph, type Value } from "@cotangent/core";
import { array, tinyBackend } from "@cotangent/core/testing";

const { add, exp, less, mul, neg, sin, sub, sum, tanh } = operations;
const vector = { shape: [3], dtype: "float64" } as const;

/** Inputs, constants, parameters and nothing within. */
export const { graph: plain } = trace((x: Value, y: Value) => sum(add(mul(sin(x), 2), mul(y, array([1, 2, 3]))), [0]))(
  array([1, 2, 3]),
  array([4, 5, 6]),
);

/** A loop with a branch in it. */
export const nested: Graph = traceAbstract(
  (x, start) => {
    const [last, all] = scan(
      (state: Value, each: Value) => {
        const next = cond(
          less(each, 0),
          (s: Value) => neg(s),
          (s: Value) => add(exp(s), each),
          state,
        );
        return [next, mul(next, each)];
      },
      start,
      x,
    );
    return [last, all];
  },
  [vector, { shape: [], dtype: "float64" }],
  tinyBackend,
);

/** A chain of this many equations. */
export function chain(length: number): Graph {
  return traceAbstract(
    (x, y) => {
      let state = x;
      for (let step = 0; step < length; step++)
        state = [tanh, sin, (z: Value) => sub(z, y)][step % 3]?.(state) ?? state;
      return [state];
    },
    [vector, vector],
    tinyBackend,
  );
}
