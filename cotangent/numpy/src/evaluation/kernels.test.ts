// Kernels against the plain loops that compute arrays of one element.
import { type DType, type EvaluationTable, type Scalar } from "@cotangent/core";
import { expect, test } from "vitest";
import { asArray } from "../as-array.ts";
import { copy } from "../copies.ts";
import { kindOf } from "../dtype.ts";
import { elementsOf, toComplex } from "../elements.ts";
import { scalar, type NDArray } from "../ndarray.ts";
import * as views from "../views.ts";
import { table } from "./table.ts";
import { unaryTable } from "./unary.ts";

type Operation = (...operands: readonly NDArray[]) => NDArray;

function operation(name: keyof EvaluationTable): Operation {
  const kernel = table[name] as ((...operands: readonly unknown[]) => NDArray) | undefined;
  return (...operands) => {
    if (kernel === undefined) throw new TypeError(`there is no ${name}`);
    return kernel(...operands, {});
  };
}

/** 33 elements of a kind, among them the odd ones. */
function sample(dtype: DType, seed: number): NDArray {
  const kind = kindOf(dtype);
  const odd =
    kind === "float" ? [0, -0, NaN, Infinity, -Infinity, 1e-300, 710, -746, 1e6, 0.5, 2.5, -2.5] : [0, 1, 127];
  const values = Array.from({ length: 33 }, (_, index) => {
    const number = odd[(index * seed) % 37] ?? (((index * 7919 * seed) % 1009) - 504) / (kind === "float" ? 97 : 1);
    if (kind === "bool") return index % (seed + 1) === 0;
    if (kind === "complex") return { re: number / 7, im: ((index * seed) % 11) - 5 };
    return kind === "uint" ? Math.abs(Math.trunc(number)) : kind === "int" ? Math.trunc(number) : number;
  });
  return asArray(asArray(values), dtype);
}

const layouts: Readonly<Record<string, (x: NDArray) => NDArray>> = {
  "in order": copy,
  "in steps": (x) => views.viewOf(copy(views.broadcast(x, [33, 2], [1])), [33], [2], 1),
  backwards: (x) => flipped(copy(flipped(x))),
};

function flipped(x: NDArray): NDArray {
  return views.slice(x, [x.size - 1], x.shape, [-1]);
}

function same(actual: Scalar | undefined, expected: Scalar, dtype: DType): boolean {
  if (actual === undefined) return false;
  if (typeof expected !== "number" && typeof expected !== "object") return actual === expected;
  const [a, b] = [toComplex(actual), toComplex(expected)];
  const size = Math.hypot(b.re, b.im);
  const close = (x: number, y: number): boolean =>
    Object.is(x, y) || Math.abs(x - y) <= (dtype.endsWith("32") || dtype === "complex64" ? 3e-7 : 7e-16) * size;
  return close(a.re, b.re) && close(a.im, b.im);
}

/** Where an operation on whole arrays differs from the same on their elements. */
function differences(name: string, operands: readonly NDArray[]): readonly unknown[] {
  const f = operation(name as keyof EvaluationTable);
  const whole = f(...operands);
  const elements = operands.map(elementsOf);
  return elementsOf(whole).flatMap((actual, index) => {
    const ones = operands.map((each, place) => scalar(elements[place]?.[index] ?? 0, each.dtype));
    const expected = f(...ones).item();
    return same(actual, expected, whole.dtype)
      ? []
      : [{ name, dtype: whole.dtype, operands: ones.map((each) => each.item()), actual, expected }];
  });
}

const numbers: readonly DType[] = ["int8", "int32", "uint32", "int64", "uint64", "float32", "float64"];
const floats: readonly DType[] = ["float32", "float64"];
const inexact: readonly DType[] = [...floats, "complex64", "complex128"];

const unaries: readonly (readonly [readonly DType[], string])[] = [
  [numbers, "neg abs square sign isnan logicalNot"],
  [floats, "floor ceil trunc rint reciprocal exp2 log1p arctan"],
  [inexact, "sqrt exp expm1 log sin cos tanh neg square abs"],
];
const binaries: readonly (readonly [readonly DType[], string])[] = [
  [["bool", ...numbers, ...inexact], "add mul equal notEqual less lessEqual greater greaterEqual maximum minimum"],
  [["bool", ...numbers, ...inexact], "logicalAnd logicalOr logicalXor"],
  [[...numbers, ...inexact], "sub"],
  [inexact, "div"],
  [["bool", "int32", "int64", "uint64"], "bitwiseAnd bitwiseOr bitwiseXor"],
];

for (const [layout, arranged] of Object.entries(layouts)) {
  test(`functions of whole arrays are those of their elements: ${layout}`, () => {
    const found = unaries.flatMap(([dtypes, names]) =>
      dtypes.flatMap((dtype) => names.split(" ").flatMap((name) => differences(name, [arranged(sample(dtype, 5))]))),
    );
    expect(found).toEqual([]);
  });

  test(`functions of two arrays are those of their elements: ${layout}`, () => {
    const found = binaries.flatMap(([dtypes, names]) =>
      dtypes.flatMap((dtype) => {
        const operands = [arranged(sample(dtype, 5)), copy(sample(dtype, 3))];
        return names.split(" ").flatMap((name) => differences(name, operands));
      }),
    );
    expect(found).toEqual([]);
  });

  test(`a choice is made for each element: ${layout}`, () => {
    const found = [...numbers, ...inexact].flatMap((dtype) =>
      differences("select", [arranged(sample("bool", 2)), arranged(sample(dtype, 5)), copy(sample(dtype, 3))]),
    );
    expect(found).toEqual([]);
  });
}

test("an operand is repeated along axes that it has not", () => {
  const matrix = copy(views.broadcast(asArray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "float64"), [3, 10], [0]));
  const column = asArray([[100], [200], [300]], "float64");
  expect(operation("add")(matrix, column).toList()).toEqual(
    [100, 200, 300].map((each) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => value + each)),
  );
  expect(operation("sub")(scalar(1, "float64"), views.transpose(matrix, [1, 0])).at(9, 2)).toBe(-9);
});

test("rows, columns and elements are repeated, wherever they are in memory", () => {
  for (const dtype of ["float64", "float32", "int64", "int32"] as const) {
    const shaped = (shape: readonly number[], first: number): NDArray => {
      const size = shape.reduce((product, length) => product * length, 1);
      return views.reshape(
        asArray(
          Array.from({ length: size }, (_, index) => first + index),
          dtype,
        ),
        shape,
      );
    };
    const table = shaped([4, 5, 12], 0);
    const at = (x: NDArray, place: number): number => Number(elementsOf(x)[place]);
    for (const shape of [[12], [1, 12], [4, 5, 1], [5, 12], [5, 1], [4, 1, 12], [1], [1, 1, 1], []]) {
      const other = shaped(shape, 1000);
      const full = copy(views.broadcastTo(other, table.shape));
      const [left, right] = [operation("sub")(table, other), operation("sub")(other, table)];
      for (const place of [0, 1, 11, 12, 59, 60, 131, 239]) {
        expect(at(left, place)).toBe(at(table, place) - at(full, place));
        expect(at(right, place)).toBe(at(full, place) - at(table, place));
      }
    }
  }
});

test("a scalar is computed with wherever its element lies", () => {
  const [sin, mul] = [operation("sin"), operation("mul")];
  const many = copy(views.broadcast(asArray([0.5, 2]), [50, 2], [0]));
  const within = views.viewOf(many, [], [], 3);
  const [apart, typed] = [asArray(2.0, "float64"), scalar(2, "float64")];
  expect([within, apart, typed].map((x) => sin(x).item())).toEqual([Math.sin(2), Math.sin(2), Math.sin(2)]);
  expect([mul(within, typed), mul(typed, within), mul(within, within)].map((x) => x.item())).toEqual([4, 4, 4]);
  const few = Array.from({ length: 600 }, (_, place) => scalar(place, "float64"));
  expect(few.map((x) => x.item())).toEqual(few.map((_, place) => place));
});

test.each(["int8", "uint16", "int32", "int64", "float32", "float64", "complex128"] as const)(
  "a scalar of %s stands beside rows of it, wherever it lies",
  (dtype) => {
    const add = operation("add");
    const rows = sample(dtype, 2);
    const within = views.viewOf(sample(dtype, 3), [], [], 5);
    for (const one of [within, scalar(elementsOf(within)[0] ?? 0, dtype)]) {
      const all = copy(views.broadcastTo(one, rows.shape));
      expect(add(rows, one).toList()).toEqual(add(rows, all).toList());
      expect(add(one, rows).toList()).toEqual(add(all, rows).toList());
      const [table, repeated] = [views.reshape(rows, [3, 11]), views.broadcastTo(one, [3, 11])];
      const column = copy(views.broadcastTo(one, [3, 1]));
      expect(add(repeated, table).toList()).toEqual(add(column, table).toList());
      expect(add(table, repeated).toList()).toEqual(add(table, column).toList());
      expect(add(repeated, repeated).toList()).toEqual(copy(views.broadcastTo(add(one, one), [3, 11])).toList());
    }
  },
);

test("signs, and what is no number or not finite, by kernels as one by one", () => {
  const some = [0, -0, 1.5, -2, Infinity, -Infinity, NaN, 5e-324, -1e300];
  for (const dtype of ["float64", "float32"] as const) {
    const long = asArray([...some, ...some, ...some.slice(0, 4)], dtype);
    const numbers = elementsOf(long).map(Number);
    const strided = views.slice(long, [20], [11], [-2]);
    const backwards = numbers.toReversed().filter((_, place) => place % 2 === 1);
    for (const [array, each] of [[long, numbers] as const, [strided, backwards] as const]) {
      const sign = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : x);
      expect(elementsOf(unaryTable.sign(array))).toEqual(each.map(sign));
      expect(elementsOf(unaryTable.isnan(array))).toEqual(each.map(Number.isNaN));
      expect(elementsOf(unaryTable.isfinite(array))).toEqual(each.map(Number.isFinite));
      expect(elementsOf(unaryTable.isinf(array))).toEqual(each.map((x) => Math.abs(x) === Infinity));
    }
  }
});
