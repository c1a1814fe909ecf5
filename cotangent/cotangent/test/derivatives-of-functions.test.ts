// Functions that are made of primitives: their derivatives, and that they compute with traced values what they compute
// with arrays.
import { checkGrads } from "@cotangent/inspect";
import { jvp, np, trace, vjp, type Value } from "cotangent";
import { expect, test } from "vitest";

const { as_strided, sliding_window_view } = np.lib.stride_tricks;
const x = np.random.default_rng(5).normal(0, 1, [4, 5]);
const row = np.random.default_rng(6).normal(0, 1, [7]);

const functions: Readonly<Record<string, readonly [f: (value: Value) => Value, at: Value]>> = {
  "windows of a matrix": [(value) => np.square(sliding_window_view(value, [2, 3])), x],
  "windows along one axis, twice": [(value) => np.sin(sliding_window_view(value, [2, 2], { axis: [1, 1] })), x],
  "other strides": [(value) => np.square(as_strided(value, [3, 2], [2, 1])), row],
  "elements repeated as often each": [(value) => np.square(np.repeat(value, 3, 1)), x],
  "elements repeated as often as is told": [(value) => np.square(np.repeat(value, [2, 0, 1, 3], 0)), x],
  convolution: [(value) => np.convolve(value, np.square(np.getitem(value, ":3")), "same"), row],
};

test.each(Object.entries(functions))("%s", (_, [f, at]) => {
  expect(() => checkGrads({ jvp, vjp }, f, [at])).not.toThrow();
  const { value } = trace(f)(at);
  expect(np.allclose(value, f(at), { rtol: 1e-14, atol: 0 })).toBe(true);
});
