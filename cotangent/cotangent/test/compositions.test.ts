// Functions, and options of functions, that the golden files have no derivatives of.
import { expect, test } from "vitest";
import { jvp, np, vjp, vmap, type Value } from "../src/index.ts";

interface Composition {
  readonly name: string;
  readonly f: (x: Value) => Value;
  readonly x: Value;
  /** The shape of the result depends on elements, so that examples can't be batched. */
  readonly isRagged?: boolean;
}

const random = np.random.default_rng(3);
const normal = (...shape: readonly number[]) => random.standard_normal(shape);
const points = np.array([0, 1, 2.5, 4]);
const heights = [1, 3, 2, 5];
const mask = np.array([true, false, true, true]);
const first = (results: Value | readonly Value[]) =>
  Array.isArray(results) ? (results[0] as Value) : (results as Value);

const compositions: readonly Composition[] = [
  { name: "set_at, values", f: (x) => np.set_at(np.zeros(6), x, [1, 3, 1]), x: normal(3) },
  { name: "set_at, array", f: (x) => np.set_at(x, [1.5, 2], [0, 2]), x: normal(4) },
  { name: "add_at", f: (x) => np.add_at(x, np.getitem(x, ":2"), [1, 1]), x: normal(4) },
  { name: "interp, places", f: (x) => np.interp(x, points, heights), x: np.array([0.3, 1.7, 3.1]) },
  { name: "interp, points", f: (x) => np.interp([0.3, 1.7, 3.1], x, heights), x: points },
  { name: "interp, heights", f: (x) => np.interp([0.3, 1.7, -1, 9], points, x), x: normal(4) },
  { name: "interp, periodic", f: (x) => np.interp(x, points, heights, { period: 5 }), x: np.array([0.3, 7.7, -3.1]) },
  { name: "quantile, hazen", f: (x) => np.quantile(x, [0.2, 0.7], { method: "hazen" }), x: normal(6) },
  { name: "quantile, parts", f: (q) => np.quantile([3, 1, 4, 1.5, 9], q), x: np.array([0.3, 0.6]) },
  { name: "quantile, axis", f: (x) => np.quantile(x, 0.35, { axis: 0, keepdims: true }), x: normal(5, 3) },
  { name: "median of rows", f: (x) => np.median(x, 1), x: normal(3, 4) },
  { name: "nanmedian", f: (x) => np.nanmedian(np.where(mask, x, Number.NaN)), x: normal(4) },
  { name: "nanvar", f: (x) => np.nanvar(np.where(mask, x, Number.NaN)), x: normal(4) },
  { name: "pad, odd", f: (x) => np.pad(x, [7, 9], "reflect", { reflect_type: "odd" }), x: normal(4) },
  {
    name: "pad, ramp",
    f: (x) =>
      np.pad(
        x,
        [
          [1, 2],
          [0, 3],
        ],
        "linear_ramp",
        { end_values: 2 },
      ),
    x: normal(2, 3),
  },
  { name: "pad, median", f: (x) => np.pad(x, 2, "median", { stat_length: 3 }), x: normal(5, 2) },
  { name: "gradient, places", f: (x) => first(np.gradient([1, 4, 2, 8], x)), x: points },
  { name: "gradient, values", f: (x) => first(np.gradient(x, points, { edge_order: 2 })), x: normal(4) },
  { name: "gradient, distance", f: (h) => first(np.gradient([1, 4, 2, 8], h)), x: np.array(0.7) },
  { name: "cov, weighted", f: (x) => np.cov(x, null, { aweights: [1, 2, 1, 3] }), x: normal(2, 4) },
  { name: "corrcoef", f: (x) => np.getitem(np.corrcoef(x), 0, 1), x: normal(2, 4) },
  { name: "average, weights", f: (w) => first(np.average([1, 4, 2], { weights: w })), x: np.array([1, 2, 3.5]) },
  { name: "trapezoid, places", f: (x) => np.trapezoid(heights, x), x: points },
  { name: "unwrap", f: (x) => np.unwrap(x), x: np.array([0, 3, 7, 14, 2.2]) },
  { name: "polydiv, dividend", f: (x) => np.polydiv(x, [1, 2.5])[0], x: normal(4) },
  { name: "polydiv, divisor", f: (x) => np.polydiv([1, 4, 2, 5], x)[0], x: np.array([1.5, 2.5]) },
  { name: "polyfit, values", f: (x) => np.polyfit([0, 1, 2, 3, 4], x, 2), x: normal(5) },
  { name: "polyfit, places", f: (x) => np.polyfit(x, [1, 4, 2, 7], 2), x: np.array([0, 1.1, 2.2, 3.5]) },
  { name: "poly", f: (x) => np.poly(x), x: normal(3) },
  { name: "roots", f: (x) => np.real(np.sort_complex(np.roots(x))), x: np.array([1, -6, 11, -6], "float64") },
  { name: "select", f: (x) => np.select([np.greater(x, 0)], [np.sin(x)], 1.5), x: normal(5) },
  { name: "piecewise", f: (x) => np.piecewise(x, [np.less(x, 0)], [np.negative, np.sin]), x: normal(5) },
  { name: "prod with a zero", f: (x) => np.prod(np.multiply(x, [0, 1, 1])), x: normal(3) },
  { name: "cumprod of columns", f: (x) => np.cumprod(x, 0), x: normal(3, 2) },
  { name: "diff with more in front", f: (x) => np.diff(x, 2, { prepend: np.getitem(x, 1) }), x: normal(4) },
  { name: "sort of columns", f: (x) => np.sort(x, 0), x: normal(4, 2) },
  { name: "unique", f: (x) => first(np.unique(x)), x: normal(4), isRagged: true },
  { name: "a mask of the elements", f: (x) => np.getitem(x, np.greater(x, 0)), x: normal(6), isRagged: true },
  { name: "choose", f: (x) => np.choose([0, 1, 0], [x, np.multiply(x, 2)]), x: normal(3) },
  { name: "histogram, weights", f: (w) => np.histogram([1, 2, 1, 4], 3, { weights: w })[0], x: normal(4) },
  { name: "bincount, weights", f: (w) => np.bincount([0, 1, 1, 3], w), x: normal(4) },
  { name: "insert", f: (x) => np.insert(x, [1, 3], np.getitem(x, ":2")), x: normal(4) },
  { name: "apply_along_axis", f: (x) => np.apply_along_axis((v) => np.multiply(v, np.sum(v)), 0, x), x: normal(3, 2) },
  { name: "ldexp", f: (x) => np.ldexp(x, 3), x: normal(3) },
  { name: "frexp", f: (x) => np.frexp(x)[0], x: normal(3) },
  { name: "correlate", f: (x) => np.correlate(heights, x, "full"), x: normal(3) },
  { name: "a list of values", f: (x) => np.array([np.getitem(x, 0), np.getitem(x, 1), 2.5]), x: normal(2) },
  { name: "geomspace", f: (x) => np.geomspace(np.getitem(x, 0), np.getitem(x, 1), 5), x: np.array([1.5, 9.5]) },
];

const listed = (value: Value) => np.ravel(value).toList() as readonly number[];
const inner = (x: Value, y: Value) => Number(np.sum(np.multiply(x, y)).item());

/** The largest difference, relative to the largest number if that is above 1. */
function distance(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity;
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((each, place) => Math.abs((actual[place] ?? Number.NaN) - each))) / scale;
}

test.each(compositions)("$name: the tangent is a difference quotient", ({ f, x }) => {
  const dx = normal(...x.shape);
  const [, dy] = jvp(f, [x], [dx]);
  const step = 1e-6;
  const ends = [step, -step].map((size) => f(np.add(x, np.multiply(dx, size)))) as [Value, Value];
  const quotient = np.divide(np.subtract(...ends), 2 * step);
  expect(distance(listed(dy), listed(quotient))).toBeLessThan(1e-6);
});

test.each(compositions)("$name: reverse mode is the adjoint of forward mode", ({ f, x }) => {
  const dx = normal(...x.shape);
  const [, dy] = jvp(f, [x], [dx]);
  const ct = normal(...dy.shape);
  const [, pull] = vjp(f, x);
  const [gradient] = [pull(ct)].flat() as [Value];
  expect(distance([inner(gradient, dx)], [inner(ct, dy)])).toBeLessThan(1e-9);
});

test.each(compositions.filter(({ isRagged }) => isRagged !== true))("$name: vmap is a loop", ({ f, x }) => {
  const examples = [x, np.multiply(x, 1.01)];
  const looped = examples.flatMap((each) => listed(f(each)));
  expect(distance(listed(vmap(f)(np.stack(examples))), looped)).toBeLessThan(1e-9);
});
