import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("numbers go up to an end, which must be there", () => {
  expect(typed(np.arange(0, 1, 0.3))).toEqual(["float64", [0, 0.3, 0.6, 0.8999999999999999]]);
  expect(typed(np.arange(3, 0, -1))).toEqual(["int64", [3, 2, 1]]);
  expect(typed(np.arange(3, 0))).toEqual("int64[0]");
  expect(typed(np.arange(0, 5, 2, { dtype: "int8" }))).toEqual(["int8", [0, 2, 4]]);
  expect(() => np.arange(0, Infinity)).toThrow(new RangeError("arange: from 0 to Infinity by 1 there is no end"));
  expect(() => np.arange(0, Number.NaN)).toThrow(new RangeError("arange: from 0 to NaN by 1 there is no end"));
  expect(() => np.arange(0, 1, 0)).toThrow(new RangeError("arange: the step is 0"));
});

test("numbers are at equal distances, with or without the end", () => {
  expect(typed(np.linspace(0, 1, 3))).toEqual(["float64", [0, 0.5, 1]]);
  expect(typed(np.linspace(0, 1, 0))).toEqual("float64[0]");
  expect(typed(np.linspace(0, 1, 1))).toEqual(["float64", [0]]);
  expect(typed(np.linspace(0, 1, 4, { endpoint: false }))).toEqual(["float64", [0, 0.25, 0.5, 0.75]]);
  expect(typed(np.linspace(0, 1, { num: 3, retstep: true }))).toEqual([
    ["float64", [0, 0.5, 1]],
    ["float64", 0.5],
  ]);
  expect(typed(np.linspace(0, 1, { num: 1, endpoint: false, retstep: true }))).toEqual([
    ["float64", [0]],
    ["float64", 1],
  ]);
  expect(typed(np.linspace(0, -5, { num: 3, dtype: "int64" }))).toEqual(["int64", [0, -3, -5]]);
  expect(typed(np.linspace([0, 1], [2, 3], { num: 3, axis: 1 }))).toEqual([
    "float64",
    [
      [0, 1, 2],
      [1, 2, 3],
    ],
  ]);
  expect(typed(np.linspace([0, 1], 2, 3))).toEqual([
    "float64",
    [
      [0, 1],
      [1, 1.5],
      [2, 2],
    ],
  ]);
  expect(typed(np.linspace({ re: 0, im: 1 }, 1, 3))).toEqual([
    "complex128",
    [
      { re: 0, im: 1 },
      { re: 0.5, im: 0.5 },
      { re: 1, im: 0 },
    ],
  ]);
  expect(() => np.linspace(0, 1, -1)).toThrow(new RangeError("linspace: there can't be -1 numbers"));
  expect(() => np.linspace(0, 1, 2.5)).toThrow(new TypeError("linspace: 2.5 is not an integer"));
  expect(typed(np.linspace(0, 1, { num: 1, retstep: true }))).toEqual([
    ["float64", [0]],
    ["float64", Number.NaN],
  ]);
});

test("exponents are at equal distances, and bases may be several", () => {
  expect(typed(np.logspace(0, 2, 3, { base: 2 }))).toEqual(["float64", [1, 2, 4]]);
  expect(typed(np.logspace(0, 2, 3, { endpoint: false, dtype: "int64" }))).toEqual(["int64", [1, 4, 21]]);
  expect(typed(np.logspace(0, 2, { num: 3, base: [2, 3] }))).toEqual([
    "float64",
    [
      [1, 1],
      [2, 3],
      [4, 9],
    ],
  ]);
  expect(typed(np.logspace([0, 1], [2, 3], { num: 3, base: 2 }))).toEqual([
    "float64",
    [
      [1, 2],
      [2, 4],
      [4, 8],
    ],
  ]);
  expect(typed(np.logspace([0, 1], [2, 3], { num: 3, base: [2, 3], axis: 1 }))).toEqual([
    "float64",
    [
      [1, 2, 4],
      [3, 9, 27],
    ],
  ]);
  expect(typed(np.logspace(0, [[2], [3]], { num: 2, base: [2, 3] }))).toEqual([
    "float64",
    [
      [
        [1, 1],
        [1, 1],
      ],
      [
        [4, 9],
        [8, 27],
      ],
    ],
  ]);
});

test("quotients are equal, but not of 0", () => {
  expect(typed(np.geomspace(-1, -100, 3))).toEqual(["float64", [-1, -10, -100]]);
  expect(typed(np.geomspace(1, 8, { num: 4, dtype: "int64" }))).toEqual(["int64", [1, 2, 4, 8]]);
  expect(typed(np.geomspace([1, 2], [4, 8], { num: 3, axis: 1 }))).toEqual([
    "float64",
    [
      [1, 2, 4],
      [2, 3.999999999999999, 8],
    ],
  ]);
  expect(typed(np.geomspace(1, 100, 1))).toEqual(["float64", [1]]);
  expect(typed(np.geomspace(1, 100, 0))).toEqual("float64[0]");
  expect(typed(np.geomspace(1, 8, 3, { endpoint: false }))).toEqual(["float64", [1, 2, 4]]);
  expect(typed(np.geomspace({ re: 0, im: 1 }, { re: 0, im: 8 }, 4))).toEqual([
    "complex128",
    [
      { re: 0, im: 1 },
      { re: 0, im: 2 },
      { re: 0, im: 4 },
      { re: 0, im: 8 },
    ],
  ]);
  expect(() => np.geomspace(0, 1)).toThrow(new RangeError("geomspace: quotients of 0 are never equal"));
  expect(() => np.geomspace(1, 0)).toThrow(new RangeError("geomspace: quotients of 0 are never equal"));
  expect(() => np.geomspace([1, 0], 8, 3)).toThrow(new RangeError("geomspace: quotients of 0 are never equal"));
});
