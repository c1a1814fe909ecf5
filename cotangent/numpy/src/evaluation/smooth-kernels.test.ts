// exp, log, sine and their like by kernels, against the engine's functions of one number.
import type { DType } from "@cotangent/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { asArray } from "../as-array.ts";
import { elementsOf } from "../elements.ts";
import type { NDArray } from "../ndarray.ts";
import { slice } from "../views.ts";
import { unaryTable } from "./unary.ts";

const functions = {
  exp: Math.exp,
  exp2: (x: number) => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
};
type Name = keyof typeof functions;
const names = Object.keys(functions) as Name[];

/** Where polynomials end, and what has no neighbours. */
const special = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  0.5,
  5e-324,
  1e-310,
  1e-40,
  1e-30,
  2.2250738585072014e-308,
  1.1754943508222875e-38,
  700,
  709.7,
  709.8,
  -708.5,
  -745,
  -746,
  1000,
  -1000,
  1023,
  1024,
  -1022.5,
  -1074,
  -1075,
  86.9,
  87,
  88.5,
  89,
  -87.1,
  -103,
  -104,
  127,
  128,
  -125,
  -149,
  -150,
  22,
  10,
  -22,
  1e300,
  3e38,
  32768,
  32769,
  8192,
  8193,
  -8193,
  1e6,
  1e22,
  355,
  11,
  Math.PI,
  Math.PI / 2,
  3 * Math.PI,
  0.0027,
  -0.0027,
  0.34,
  0.35,
  1e-9,
];
const numbers = fc.oneof(
  fc.constantFrom(...special),
  fc.double({ min: -20, max: 20 }),
  fc.double({ min: -0.01, max: 0.01 }),
  fc.double({ min: -800, max: 800 }),
);

/** Units in the last place of a result by which it may differ; results below normal ones have fixed units. */
const tolerances: { readonly [Name in "float64" | "float32"]: readonly [relative: number, absolute: number] } = {
  float64: [3.5 * 2 ** -52, 5e-324],
  float32: [2.5 * 2 ** -23, 2 ** -149],
};

function isClose(actual: number, expected: number, dtype: "float64" | "float32"): boolean {
  if (expected === 0 || !Number.isFinite(expected)) return Object.is(actual, expected);
  const [relative, absolute] = tolerances[dtype];
  // What is next to the greatest float32 may be rounded to infinity.
  if (dtype === "float32" && Math.abs(expected) > 3.4028e38) return Math.abs(actual) > 3.4028e38;
  return Math.abs(actual - expected) <= relative * Math.abs(expected) + absolute;
}

function differences(name: Name, x: NDArray, dtype: "float64" | "float32"): readonly unknown[] {
  const actual = elementsOf(unaryTable[name](x)).map(Number);
  const elements = elementsOf(x).map(Number);
  return elements.flatMap((element, place) => {
    const exact = functions[name](element);
    const expected = dtype === "float32" ? Math.fround(exact) : exact;
    const own = actual[place] ?? Number.NaN;
    return isClose(own, expected, dtype) ? [] : [{ name, dtype, element, own, expected }];
  });
}

for (const dtype of ["float64", "float32"] as const) {
  test(`smooth functions of ${dtype} are right wherever elements are, in steps and backwards too`, () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 18, maxLength: 50 }), fc.constantFrom(1, -1, 2), (list, step) => {
        const all = asArray(list, dtype);
        const count = step === 2 ? Math.ceil(list.length / 2) : list.length;
        const x = slice(all, [step < 0 ? list.length - 1 : 0], [count], [step]);
        expect(names.flatMap((name) => differences(name, x, dtype))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test(`special values of ${dtype} are right on both sides of a number`, () => {
    const pairs = special.flatMap((each) => [each, 0.75, 1.25, each, 0.5]);
    expect(names.flatMap((name) => differences(name, asArray(pairs, dtype), dtype))).toEqual([]);
  });
}

test("an element's value is the same in every place", () => {
  const dtypes: readonly DType[] = ["float64", "float32"];
  for (const dtype of dtypes) {
    for (const name of names) {
      const values = elementsOf(
        unaryTable[name](
          asArray(
            Array.from({ length: 23 }, () => 0.7236),
            dtype,
          ),
        ),
      );
      expect(new Set(values).size).toBe(1);
    }
  }
});
