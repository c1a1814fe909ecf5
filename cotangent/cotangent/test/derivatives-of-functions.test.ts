// Functions that are made of primitives: their derivatives, and that they compute with traced values what they compute
// with arrays.
import { checkGrads } from "@cotangent/inspect";
import { AbstractValueError, grad, jvp, np, trace, vjp, type Value } from "cotangent";
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
  "a sum by halves": [(value) => np.hypot.reduce(value, 1), x],
  "a fold in order": [(value) => np.divide.reduce(value, 0), x],
  "running extremes": [(value) => np.square(np.maximum.accumulate(value, 1)), x],
  "running sums of logarithms": [(value) => np.logaddexp.accumulate(value, 0), x],
  "running quotients": [(value) => np.divide.accumulate(value, 1), x],
  "all pairs": [(value) => np.multiply.outer(value, np.sin(value)), row],
  "quotients where there are any": [(value) => np.divide(1, value, { where: np.greater(value, 0) }), row],
  "logarithms of what has one": [(value) => np.log(value, { where: np.greater(value, 0) }), row],
  convolution: [(value) => np.convolve(value, np.square(np.getitem(value, ":3")), "same"), row],
};

test.each(Object.entries(functions))("%s", (_, [f, at]) => {
  expect(() => checkGrads({ jvp, vjp }, f, [at])).not.toThrow();
  const { value } = trace(f)(at);
  expect(np.allclose(value, f(at), { rtol: 1e-14, atol: 0 })).toBe(true);
});

test("what is left out has no part in the derivative, where it would be infinite too", () => {
  const at = np.array([0, 4, -1], "float64");
  const parts = (value: Value): Value => np.sqrt(value, { where: np.greater(value, 0) });
  expect(grad((value: Value) => np.sum(parts(value)))(at).toList()).toEqual([0, 0.25, 0]);
  const inverse = (value: Value): Value => np.arccosh(value, { where: np.greater(value, 1) });
  expect(np.round(grad((value: Value) => np.sum(inverse(value)))(np.array([1, Math.SQRT2])), 12).toList()).toEqual([
    0, 1,
  ]);
});

test("what is traced is not written into an array, nor into what is traced", () => {
  const out = np.zeros([7]);
  const expected = new AbstractValueError(
    'add: what is traced can\'t be written into "out"; use what the function returns',
  );
  expect(() => grad((value: Value) => np.sum(np.add(value, 1, { out })))(row)).toThrow(expected);
  expect(() => grad((value: Value) => np.sum(np.add(row, 1, value)))(row)).toThrow(expected);
  expect(out.toList()).toEqual([0, 0, 0, 0, 0, 0, 0]);
});
