import { expect, test } from "vitest";
import * as np from "../src/index.ts";

test("one seed gives what NumPy's generator gives with it", () => {
  const random = np.random.default_rng(42);
  const drawn = {
    random: random.random(3),
    integers: random.integers(0, 10, 5),
    standard_normal: random.standard_normal(3),
    permutation: random.permutation(6),
    choice: random.choice(20, 5, { replace: false }),
    weighted: random.choice(4, 5, { p: [0.1, 0.2, 0.3, 0.4] }),
    int8: random.integers(-100, 100, { size: 5, dtype: "int8" }),
    uint16: random.integers(0, 1000, { size: 4, dtype: "uint16" }),
    exponential: random.standard_exponential(2),
    gamma: random.gamma(0.5, 2, 2),
    large_gamma: random.gamma(3.5, 1, 2),
    float32: random.random(2, "float32"),
    wide: random.integers(0, 2 ** 40, 2),
    weighted_once: random.choice(6, 4, { replace: false, p: [0.1, 0.2, 0.3, 0.1, 0.2, 0.1] }),
  };
  const lists = Object.fromEntries(Object.entries(drawn).map(([name, value]) => [name, value.toList()]));
  expect(lists).toEqual({
    random: [0.7739560485559633, 0.4388784397520523, 0.8585979199113825],
    integers: [0, 6, 2, 0, 5],
    standard_normal: [0.12784040316728537, -0.3162425923435822, -0.016801157504288795],
    permutation: [3, 0, 2, 4, 1, 5],
    choice: [8, 6, 18, 10, 14],
    weighted: [0, 3, 3, 3, 2],
    int8: [-60, -23, -87, 32, -1],
    uint16: [575, 445, 585, 893],
    exponential: [0.6557961539630006, 0.41708670631181666],
    gamma: [0.04761049472492381, 1.3984813938146474],
    large_gamma: [2.3397908032346333, 4.394151414972789],
    float32: [0.462940514087677, 0.12992149591445923],
    wide: [523043097775, 249489467732],
    weighted_once: [3, 2, 4, 1],
  });
});

test("seeds may be large, and several", () => {
  expect(
    np.random
      .default_rng([1, 2n ** 70n, 3])
      .random(2)
      .toList(),
  ).toEqual([0.6553131924346652, 0.6739468903439677]);
});

test("layers and tails of the ziggurats agree with NumPy's", () => {
  const sum = (x: np.NDArray) => Number(np.sum(x).item());
  expect(sum(np.random.default_rng(7).standard_normal(100_000))).toBeCloseTo(-132.63190873851352, 8);
  expect(sum(np.random.default_rng(7).standard_exponential(100_000))).toBeCloseTo(99936.33881076478, 6);
});

test("shuffling exchanges rows in place", () => {
  const rows = np.array([
    [0, 1],
    [2, 3],
    [4, 5],
  ]) as np.NDArray;
  np.random.default_rng(1).shuffle(rows);
  expect(np.sort(rows, 0).toList()).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
  ]);
  const list = ["a", "b", "c"];
  np.random.default_rng(1).shuffle(list);
  expect(list.toSorted()).toEqual(["a", "b", "c"]);
});

test("what can't be drawn is refused", () => {
  const random = np.random.default_rng(0);
  expect(() => random.integers(5, 5)).toThrow(RangeError);
  expect(() => random.integers(0, 300, { dtype: "uint8" })).toThrow(/out of bounds for uint8/u);
  expect(() => random.choice(3, 4, { replace: false })).toThrow(/without replacement/u);
  expect(() => random.choice(2, 1, { p: [0.5, 0.4] })).toThrow(/add up to 1/u);
  expect(() => random.normal(0, -1)).toThrow(RangeError);
  expect(() => np.random.default_rng(-1)).toThrow(/natural number/u);
});
