// Where NumPy has a rule of its own that is easily missed: expected values are those of NumPy 2.4.
import { DTypeError, isValue, ShapeError } from "@cotangent/core";
import { describe, expect, test } from "vitest";
import * as np from "../index.ts";

/** A result as its dtype and elements, or a list of such. */
function shown(result: unknown): unknown {
  if (isValue(result)) return [result.dtype, result.toList()];
  return Array.isArray(result) ? result.map(shown) : result;
}

/** Each call gives this dtype and these elements. */
function check(cases: Readonly<Record<string, readonly [actual: () => unknown, expected: unknown]>>): void {
  test.each(Object.entries(cases))("%s", (_, [actual, expected]) => expect(shown(actual())).toEqual(expected));
}

/** Each call is refused with an error of this class. */
function checkErrors(
  cases: Readonly<Record<string, readonly [call: () => unknown, kind: new (message: string) => Error]>>,
): void {
  test.each(Object.entries(cases))("%s", (_, [call, kind]) => expect(call).toThrow(kind));
}

const { nan, inf } = np;
const grid = () => np.reshape(np.arange(6), [2, 3]);

describe("reductions", () => {
  check({
    "an array of no axes has one, too": [
      () => [np.sum(np.array(3), 0), np.argmax(np.array(3), -1), np.cumsum(np.array(3), 0)],
      [
        ["int64", 3],
        ["int64", 0],
        ["int64", [3]],
      ],
    ],
    "a mean of integers is rounded towards 0": [() => np.mean([-1, -2, -2], { dtype: "int64" }), ["int64", -1]],
    "complex numbers keep their imaginary parts in a real variance": [
      () =>
        np.var(
          [
            { re: 1, im: 2 },
            { re: 3, im: 4 },
          ],
          { dtype: "float64" },
        ),
      ["float64", 11],
    ],
    "masks hold for the elements that are not NaN": [
      () => [
        np.nanmean([1, nan, 3, 9], { where: [true, true, true, false] }),
        np.nanvar([1, nan, 3, 9], { where: [true, true, true, false], ddof: 1 }),
        np.nanmax([nan, nan], { initial: 2, where: [true, false] }),
        np.nanvar([1.5, 2], { ddof: 2 }),
        np.nanvar([1.5, 2.5], { ddof: 3, axis: 0, keepdims: true }),
      ],
      [
        ["float64", 2],
        ["float64", 2],
        ["float64", 2],
        ["float64", nan],
        ["float64", [nan]],
      ],
    ],
    "medians are means, also of what is infinite": [
      () => [np.median([inf, -3]), np.nanmedian([1, inf, inf, nan, 3])],
      [
        ["float64", inf],
        ["float64", inf],
      ],
    ],
    "an average is in double precision if elements are integers": [
      () => np.average(np.array([1, 2], "int8"), { weights: np.array([1, 3], "float32") }),
      ["float64", 1.75],
    ],
    "weights go by axes in their order": [
      () =>
        np.average(grid(), {
          axis: [1, 0],
          weights: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        }),
      ["float64", 65 / 21],
    ],
  });
  checkErrors({
    "a maximum by a mask needs a start": [() => np.max([1, 2], { where: [true, false] }), RangeError],
    "means have the axes that there are": [() => np.mean(np.array(3), 0), np.AxisError],
    "weights of another shape need an axis": [() => np.average(grid(), { weights: [1, 2, 3] }), TypeError],
    "weights fit their axis": [() => np.average(grid(), { axis: 0, weights: [1, 2, 3] }), ShapeError],
    "integers don't hold NaN": [() => np.nanmean([1.5, nan], { dtype: "int64" }), DTypeError],
    "nothing is between truth values": [() => np.quantile([true, false], 0.5), DTypeError],
  });
});

describe("numbers that give way", () => {
  check({
    "numbers beyond all integers are floats": [() => np.multiply(np.array([2], "int32"), 1e300), ["float64", [2e300]]],
    "bounds beyond a dtype are none": [
      () => [np.clip(np.array([2, 200], "uint8"), -1, 300), np.clip(np.array([2, 200], "uint8"), -5, 100)],
      [
        ["uint8", [2, 200]],
        ["uint8", [2, 100]],
      ],
    ],
    "what is chosen is taken modulo the size of the dtype": [
      () => [
        np.where([true, false], np.array([1, 2], "uint8"), 300),
        np.choose([1, 0], [np.array([1, 2], "uint8"), -1]),
        np.select([[true, false]], [np.array([1, 2], "int8")], 200),
      ],
      [
        ["uint8", [1, 44]],
        ["uint8", [255, 2]],
        ["int8", [1, -56]],
      ],
    ],
    "joined, searched and compared sets of numbers don't": [
      () => [
        np.append(np.array([1], "uint8"), 300),
        np.hstack([np.array([1.5], "float32"), 2.5]),
        np.searchsorted(np.array([1, 2], "uint64"), -4),
        np.isin(np.array([1], "uint8"), [1, -3]),
      ],
      [
        ["int64", [1, 300]],
        ["float64", [1.5, 2.5]],
        ["int64", 0],
        ["bool", [true]],
      ],
    ],
    "of several dtypes one of the highest kind meets each other": [
      () => np.result_type("int16", "uint16", "float32"),
      "float32",
    ],
  });
  checkErrors({
    "what is stored must be in range": [() => np.insert(np.array([1], "uint8"), 0, -200), RangeError],
    "and no complex number": [() => np.set_at(np.array([1.5]), { re: 1, im: 1 }, 0), DTypeError],
    "nor of a higher kind": [() => np.copyto(np.array([1]), [1.5]), DTypeError],
    "also where arrays are joined": [() => np.concatenate([[1.5]], { dtype: "int32" }), DTypeError],
    "or by a stricter rule": [() => np.concatenate([[1]], { dtype: "int32", casting: "safe" }), DTypeError],
    "bounds above a dtype exclude all": [() => np.clip(np.array([1], "uint8"), 300), RangeError],
  });
});

describe("elements", () => {
  check({
    "complex numbers with NaN are in no order": [
      () => [
        np.less([{ re: 1, im: nan }], [{ re: 2, im: 0 }]),
        np.greater_equal([{ re: 1, im: 2 }], [{ re: 1, im: 2 }]),
      ],
      [
        ["bool", [false]],
        ["bool", [true]],
      ],
    ],
    "limits of complex functions": [
      () => [
        np.tanh({ re: 1, im: inf }),
        np.tanh({ re: -inf, im: 2 }),
        np.exp({ re: inf, im: 2 }),
        np.arctanh({ re: inf, im: nan }),
      ],
      [
        ["complex128", { re: nan, im: nan }],
        ["complex128", { re: -1, im: -0 }],
        ["complex128", { re: -inf, im: inf }],
        ["complex128", { re: 0, im: nan }],
      ],
    ],
    "the reciprocal of 0": [
      () => [
        np.reciprocal(np.array([0, 2], "int32")),
        np.reciprocal(np.array([0], "uint32")),
        np.reciprocal({ re: 2, im: 0 }),
      ],
      [
        ["int32", [-2147483648, 0]],
        ["uint32", [0]],
        ["complex128", { re: 0.5, im: -0 }],
      ],
    ],
    "exponents out of range": [
      () => [np.ldexp([0, 1.5], 70_000), np.ldexp(5e-324, 1074 + 1023), np.ldexp(np.array(1, "float32"), -149)],
      [
        ["float64", [0, inf]],
        ["float64", 2 ** 1023],
        ["float32", 2 ** -149],
      ],
    ],
    "parts of complex numbers are rounded each": [
      () => np.round({ re: 1.25, im: -0 }, 1),
      ["complex128", { re: 1.2, im: -0 }],
    ],
    "π in single precision": [() => np.sinc(np.array([0, 1], "float32")), ["float32", [1, Math.fround(-2.7827534e-8)]]],
  });
  checkErrors({
    "truth values have no digits": [() => np.round([true], 1), DTypeError],
    "exponents are signed": [() => np.ldexp(1.5, np.array(1, "uint64")), DTypeError],
    "truth values are not clipped to nothing": [() => np.clip([true]), DTypeError],
  });
});

describe("differences and slopes", () => {
  check({
    "no differences are the array": [
      () => [np.diff(3, 0), np.diff([1, 2], 0, { append: 5 })],
      [
        ["int64", 3],
        ["int64", [1, 2]],
      ],
    ],
    "truth values are added as such": [() => np.trapezoid([true, true, false]), ["float64", 1]],
    "nothing to unwrap": [() => np.unwrap([]), ["float64", []]],
    "covariances are in double precision": [() => np.cov(np.array([1, 3], "float32")), ["float64", 2]],
    "a row as the second argument stays one": [() => np.cov([[1], [3]], [[2, 4]], { rowvar: false }).shape, [2, 2]],
  });
  checkErrors({
    "truth values have no differences": [() => np.ediff1d([true, false]), DTypeError],
    "nor slopes": [() => np.gradient([true, false]), DTypeError],
    "ends are of the kind of elements": [() => np.ediff1d([1, 2], { to_end: 1.5 }), DTypeError],
  });
});

describe("options go by name and by place", () => {
  const square = np.array([
    [1, 2],
    [3, 4],
  ]);
  check({
    rot90: [
      () => [np.rot90(square, { k: 2 }), np.rot90(square, 1, [1, 0])],
      [
        [
          "int64",
          [
            [4, 3],
            [2, 1],
          ],
        ],
        [
          "int64",
          [
            [3, 1],
            [4, 2],
          ],
        ],
      ],
    ],
    trim_zeros: [
      () => [
        np.trim_zeros([0, 1, 0], { trim: "f" }),
        np.trim_zeros(
          [
            [0, 0],
            [0, 1],
          ],
          "fb",
          1,
        ),
      ],
      [
        ["int64", [1, 0]],
        ["int64", [[0], [1]]],
      ],
    ],
    tril_indices: [
      () => np.tril_indices(2, { k: -1, m: 3 }),
      [
        ["int64", [1]],
        ["int64", [0]],
      ],
    ],
    triu_indices_from: [
      () => np.triu_indices_from(square, { k: 1 }),
      [
        ["int64", [0]],
        ["int64", [1]],
      ],
    ],
    linspace: [
      () => [np.linspace(0, 1, 2, false), np.linspace(0, 1, 2, true, true)],
      [
        ["float64", [0, 0.5]],
        [
          ["float64", [0, 1]],
          ["float64", 1],
        ],
      ],
    ],
    isclose: [() => np.isclose(nan, nan, 0.1, 0.1, true), ["bool", true]],
    array_equal: [() => np.array_equal([nan], [nan], true), true],
    unique: [
      () => np.unique([2, 1, 2], true),
      [
        ["int64", [1, 2]],
        ["int64", [1, 0]],
      ],
    ],
    interp: [() => np.interp([-1, 5], [0, 1], [2, 3], 7, 8), ["float64", [7, 8]]],
    isin: [() => np.isin([1, 2], [2], false, true), ["bool", [true, false]]],
    setxor1d: [() => np.setxor1d([1, 2], [2, 3], true), ["int64", [1, 3]]],
    rollaxis: [() => np.rollaxis(np.zeros([2, 3, 4]), 2, { start: 1 }).shape, [2, 4, 3]],
    select: [() => np.select([[true, false]], [[1, 2]], { default: 9 }), ["int64", [1, 9]]],
    size: [() => np.size(grid(), { axis: 1 }), 3],
  });
});

describe("products and progressions", () => {
  check({
    "no elements in columns make products of nothing": [
      () => np.inner(np.zeros(0), np.transpose(np.zeros([0, 0, 2, 1]))).shape,
      [1, 2, 0],
    ],
    "a sum of truth values is whether one is true": [() => np.einsum("i->", [true, true]), ["bool", true]],
    "steps of integers are converted first": [() => np.arange(5, 3.5, -0.25, "int64"), ["int64", [5, 4, 3, 2, 1, 0]]],
    "quotients take their ends as arrays": [() => np.geomspace(np.array(1, "float32"), 1, 2), ["float64", [1, 1]]],
    "places of polynomials are arrays, too": [
      () => [np.polyval(np.array([1.5], "float32"), 2.5), np.polyval([], np.array([1], "int8"))],
      [
        ["float64", 1.5],
        ["int8", [0]],
      ],
    ],
    "coefficients are divided as floats each": [
      () => np.polydiv(np.array([4], "int8"), np.array([2], "float32")),
      [
        ["float64", [2]],
        ["float64", [0]],
      ],
    ],
    "draws take their shape by name": [
      () => [
        np.random.default_rng(1).random({ size: [1], dtype: "float32" }).dtype,
        np.random.default_rng(3).permutation([[1, 2]], { axis: 1 }),
      ],
      ["float32", ["int64", [[2, 1]]]],
    ],
  });
});

describe("shapes and places", () => {
  check({
    "an array of no axes has one to lose, to repeat and to take from": [
      () => [np.squeeze(np.array(3), 0), np.repeat(3, 2, 0), np.take(3, [0, -1], 0), np.packbits([true], { axis: 0 })],
      [
        ["int64", 3],
        ["int64", [3, 3]],
        ["int64", [3, 3]],
        ["uint8", [128]],
      ],
    ],
    "no axes to roll along": [() => np.roll([1, 2], 1, []), ["int64", [1, 2]]],
    "powers of small integers": [
      () => np.vander(np.array([2, 3], "int8")),
      [
        "int64",
        [
          [2, 1],
          [3, 1],
        ],
      ],
    ],
    "indices keep their dtype": [
      () => np.ix_(np.array([1, 0], "int8"), []),
      [
        ["int8", [[1], [0]]],
        ["int64", [[]]],
      ],
    ],
    "columns need an axis": [() => np.asfortranarray(2.5), ["float64", [2.5]]],
    "complex numbers of small integers": [
      () => np.sort_complex(np.array([2, 1], "int8")),
      [
        "complex64",
        [
          { re: 1, im: 0 },
          { re: 2, im: 0 },
        ],
      ],
    ],
  });
  checkErrors({
    "no axis is found out where there are no elements": [() => np.reshape([], [0, -1]), ShapeError],
    "a number is not sorted": [() => np.sort(3), np.AxisError],
    "indices of elements are natural": [() => np.unravel_index(-1, [2, 3]), np.IndexError],
    "there is nothing to wrap to": [() => np.take([], [0], { mode: "wrap" }), np.IndexError],
    "truth values are no numbers": [() => np.common_type([true]), DTypeError],
    "floats don't count": [() => np.bincount([1.5]), DTypeError],
    "indices of all elements are a vector": [() => np.take_along_axis([1, 2], [[0]], null), ShapeError],
    "open grids are of vectors": [() => np.ix_([[1]]), ShapeError],
  });
});
