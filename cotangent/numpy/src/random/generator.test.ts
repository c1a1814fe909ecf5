// The values are those of NumPy 2.4.6, with `np.random.default_rng(42)` before each call unless another seed is named.
import type { DType } from "@cotangent/core";
import { describe, expect, test } from "vitest";
import * as np from "../index.ts";
import type { Generator } from "./generator.ts";

function drawn(draw: (random: Generator) => { toList: () => unknown }): unknown {
  return draw(np.random.default_rng(42)).toList();
}

/** That numbers are NumPy's but for the last digits, which depend on the machine's exp and pow. */
function expectClose(actual: unknown, expected: readonly number[]): void {
  expect(actual).toEqual(
    expected.map((each) => expect.closeTo(each, 14 - Math.ceil(Math.log10(Math.abs(each)))) as unknown),
  );
}

function rows(length: number, columns: number): np.NDArray {
  return np.reshape(np.arange(length), [length / columns, columns]) as np.NDArray;
}

describe("distributions", () => {
  test("numbers of a range are spread over it", () => {
    expect(drawn((random) => random.uniform(-2, 3, 4))).toEqual([
      1.8697802427798167, 0.1943921987602617, 2.292989599556912, 1.4868401452968194,
    ]);
    expect(drawn((random) => random.uniform())).toBe(0.7739560485559633);
    expect(drawn((random) => random.uniform(1, 1, 2))).toEqual([1, 1]);
  });

  test("normal numbers have the mean and the deviation asked for", () => {
    expect(drawn((random) => random.normal(3, 2, 4))).toEqual([
      3.609434159508863, 0.9200317875190089, 4.5009023916129145, 4.881129432782428,
    ]);
    expectClose(
      drawn((random) => random.lognormal(0.5, 2, 4)),
      [3.032641917263423, 0.20598164574629751, 7.395726930580269, 10.817113169498452],
    );
  });

  test("exponential numbers have the scale asked for", () => {
    expect(drawn((random) => random.exponential(2.5, 4))).toEqual([
      6.0105215099149865, 5.840474139561134, 5.961902499685637, 0.6994857246289581,
    ]);
  });

  test("gamma and chi-square numbers have the shape asked for: large, small, 1 and 0", () => {
    expect(drawn((random) => random.standard_gamma(2.5, 3))).toEqual([
      2.646860815267719, 3.4696608496366044, 2.3603429386646284,
    ]);
    expect(drawn((random) => random.standard_gamma(1, 3))).toEqual([
      2.4042086039659947, 2.3361896558244535, 2.384760999874255,
    ]);
    expect(drawn((random) => random.gamma(0, 2, 2))).toEqual([0, 0]);
    expectClose(
      drawn((random) => random.chisquare(3, 4)),
      [3.0554394899785056, 4.358928659107372, 2.6205388975367514, 2.2972265456113243],
    );
    const last = (shape: number, size: number) => {
      const list = drawn((random) => random.gamma(shape, 2, size)) as number[];
      return list.slice(-6);
    };
    expectClose(
      last(1.1, 50),
      [
        3.018629317494779, 0.9050952749976787, 0.07014308888815464, 2.3453654228614225, 0.9618616900644664,
        0.9902379998867822,
      ],
    );
    expectClose(
      last(0.1, 20),
      [
        1.5289507235793344e-8, 0.10500403790358483, 2.696986723905499e-5, 0.001042082718068543, 2.740567066287365e-9,
        7.23692205182984e-7,
      ],
    );
  });

  test("float32 takes 24 of 32 bits", () => {
    const x = np.random.default_rng(42).random(5, "float32");
    expect([x.dtype, x.toList()]).toEqual([
      "float32",
      [0.08925092220306396, 0.7739560008049011, 0.6545714735984802, 0.4388784170150757, 0.43301522731781006],
    ]);
  });

  test("a scale, shape or range that no distribution has is refused, and one that is NaN gives NaN", () => {
    const random = np.random.default_rng(42);
    for (const [draw, message] of [
      [() => random.normal(0, -1), "normal: scale -1 is negative"],
      [() => random.normal(0, -0), "normal: scale -0 is negative"],
      [() => random.lognormal(0, -1), "lognormal: sigma -1 is negative"],
      [() => random.exponential(-2), "exponential: scale -2 is negative"],
      [() => random.standard_gamma(-1), "standard_gamma: shape -1 is negative"],
      [() => random.gamma(1, -1), "gamma: scale -1 is negative"],
      [() => random.chisquare(0), "chisquare: df 0 is not above 0"],
      [() => random.uniform(3, -2), "uniform: from 3 to -2"],
      [() => random.uniform(0, Infinity), "uniform: from 0 to Infinity"],
      [() => random.uniform(-1.7e308, 1.7e308), "is no finite range"],
    ] as const) {
      expect(draw).toThrow(RangeError);
      expect(draw).toThrow(message);
    }
    const list = [random.normal(0, NaN), random.exponential(NaN), random.standard_gamma(NaN), random.chisquare(NaN)];
    expect(list.map((each) => each.item())).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe("integers", () => {
  test("the whole range of each dtype can be drawn", () => {
    const whole = (dtype: DType, low: number | bigint, high: number | bigint) =>
      drawn((random) => random.integers(low, high, { size: 5, dtype, endpoint: true }));
    expect(whole("bool", 0, 1)).toEqual([false, false, false, true, false]);
    expect(whole("int8", -128, 127)).toEqual([8, -90, 89, -106, 77]);
    expect(whole("uint8", 0, 255)).toEqual([136, 38, 217, 22, 205]);
    expect(whole("uint16", 0, 65535)).toEqual([9864, 5849, 64461, 50721, 65473]);
    expect(whole("uint32", 0, 2 ** 32 - 1)).toEqual([383329928, 3324115917, 2811363265, 1884968545, 1859786276]);
    expect(whole("int32", -(2 ** 31), 2 ** 31 - 1)).toEqual([
      -1764153720, 1176632269, 663879617, -262515103, -287697372,
    ]);
    expect(whole("uint64", 0, 2n ** 64n - 1n)).toEqual([
      14276969152011380360n,
      8095878257575067585n,
      15838336090824644132n,
      12864169557245331597n,
      1737265434024182251n,
    ]);
  });

  test("ranges that do not divide the bits evenly take some bits again, and are uniform for that", () => {
    const last = (dtype: DType, high: bigint) => {
      const list = drawn((random) => random.integers(0, high, { size: 40, dtype })) as unknown[];
      return list.slice(-6);
    };
    expect(last("uint8", 192n)).toEqual([149, 100, 177, 73, 145, 186]);
    expect(last("uint16", 49152n)).toEqual([28163, 8972, 23116, 39556, 16932, 30856]);
    expect(last("uint32", 3n * 2n ** 30n)).toEqual([
      2441971538, 2256542423, 1142008078, 218785638, 3126837201, 2876944505,
    ]);
    expect(last("uint64", 2n ** 63n + 1n)).toEqual([
      2157710912246567342n,
      2595308321297047389n,
      2707924455580344322n,
      6105102272664416622n,
      5137714777533577110n,
      6127210931559624286n,
    ]);
  });

  test("draws of several kinds take their bits from one sequence", () => {
    const random = np.random.default_rng(42);
    const lists = [
      random.integers(0, 6, { size: 3, dtype: "int16" }),
      random.integers(0, 2 ** 32, 2),
      random.integers(0, 2 ** 32 + 1, 2),
      random.integers(-(2n ** 63n), 2n ** 63n, 2),
    ].map((each) => each.toList());
    expect(lists).toEqual([
      [0, 0, 5],
      [2811363265n, 1884968545n].map(Number),
      [3687649987n, 2995172878n].map(Number),
      [-7486106602830593557n, 8773683796379128716n],
    ]);
  });

  test("one possible value is that value, and takes no bits", () => {
    const random = np.random.default_rng(42);
    expect(random.integers(5, 5, { endpoint: true }).toList()).toBe(5);
    expect(random.integers(1, 2, { size: 3, dtype: "int8" }).toList()).toEqual([1, 1, 1]);
    expect(random.random().item()).toBe(0.7739560485559633);
  });

  test("of numbers with a fraction the whole part counts", () => {
    expect(drawn((random) => random.integers(1.5, 5.5, 5))).toEqual([1, 4, 3, 2, 2]);
  });

  test("ranges that are empty or not of the dtype are refused, and dtypes that are no integers", () => {
    const random = np.random.default_rng(42);
    const refuses = (draw: () => unknown, Kind: typeof RangeError | typeof TypeError, message: string) => {
      expect(draw).toThrow(Kind);
      expect(draw).toThrow(message);
    };
    refuses(() => random.integers(0), RangeError, "integers: there are none from 0 to -1");
    refuses(() => random.integers(5, 4, { endpoint: true }), RangeError, "integers: there are none from 5 to 4");
    refuses(() => random.integers(0, 129, { dtype: "int8" }), RangeError, "integers: 128 is out of bounds for int8");
    refuses(() => random.integers(-1, 5, { dtype: "uint64" }), RangeError, "integers: -1 is out of bounds for uint64");
    refuses(() => random.integers(0, 3, { dtype: "bool" }), RangeError, "integers: 2 is out of bounds for bool");
    refuses(() => random.integers(0, 5, { dtype: "float64" }), TypeError, "integers: a float64 is no integer");
  });
});

describe("orders", () => {
  test("a permutation is of numbers, or of rows along any axis", () => {
    expect(drawn((random) => random.permutation(rows(12, 4), 1))).toEqual([
      [3, 2, 1, 0],
      [7, 6, 5, 4],
      [11, 10, 9, 8],
    ]);
    expect(drawn((random) => random.permutation(0))).toEqual([]);
    expect(() => np.random.default_rng(42).permutation(2.5)).toThrow(np.AxisError);
    expect(() => np.random.default_rng(42).permutation(rows(12, 4), 2)).toThrow("axis 2 is out of bounds");
  });

  test("shuffling changes the array or the list itself, and what an array is a view of", () => {
    const list = [0, 1, 2, 3, 4, 5, 6];
    np.random.default_rng(42).shuffle(list);
    expect(list).toEqual([3, 2, 6, 4, 1, 5, 0]);
    const table = rows(12, 3);
    np.random.default_rng(42).shuffle(table, 1);
    expect(table.toList()).toEqual([
      [2, 1, 0],
      [5, 4, 3],
      [8, 7, 6],
      [11, 10, 9],
    ]);
    const base = rows(6, 3);
    np.random.default_rng(42).shuffle(np.transpose(base) as np.NDArray);
    expect(base.toList()).toEqual([
      [2, 1, 0],
      [5, 4, 3],
    ]);
    expect(() => np.random.default_rng(42).shuffle([1, 2], 1)).toThrow("shuffle: a list has no axis 1");
  });
});

describe("choices", () => {
  test("elements are chosen along an axis, in the shape asked for", () => {
    expect(drawn((random) => random.choice(5))).toBe(0);
    expect(drawn((random) => random.choice(np.array(5), 3))).toEqual([0, 3, 3]);
    expect(drawn((random) => random.choice(3, { p: [0.2, 0.3, 0.5] }))).toBe(2);
    expect(drawn((random) => random.choice(rows(12, 4), [2, 2]))).toEqual([
      [
        [0, 1, 2, 3],
        [8, 9, 10, 11],
      ],
      [
        [4, 5, 6, 7],
        [4, 5, 6, 7],
      ],
    ]);
    expect(drawn((random) => random.choice(rows(12, 4), 2, { axis: 1 }))).toEqual([
      [0, 3],
      [4, 7],
      [8, 11],
    ]);
  });

  test("none is chosen twice without replacement, in whatever way large and small samples are drawn", () => {
    const ends = (population: number, size: number, shuffle: boolean) => {
      const list = drawn((random) => random.choice(population, size, { replace: false, shuffle })) as number[];
      expect(new Set(list).size).toBe(size);
      return [...list.slice(0, 2), ...list.slice(-2)];
    };
    expect(ends(5, 5, true)).toEqual([4, 1, 3, 2]);
    expect(ends(50, 5, false)).toEqual([4, 36, 21, 49]);
    // Above 10,000 elements a fiftieth of them, or a twentieth, is the limit.
    expect(ends(10_001, 200, true)).toEqual([3656, 5029, 9363, 1282]);
    expect(ends(10_001, 205, true)).toEqual([4481, 6855, 7739, 892]);
    expect(ends(10_001, 500, false)).toEqual([848, 7354, 9264, 4259]);
    expect(ends(10_001, 501, false)).toEqual([1080, 4046, 7739, 892]);
    expect(ends(10_001, 10_001, true)).toEqual([1591, 6497, 7739, 892]);
    expect(drawn((random) => random.choice(2 ** 40, 3, { replace: false }))).toEqual([
      944038396526, 482551947687, 850973674773,
    ]);
    const p = [0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05];
    expect(drawn((random) => random.choice(8, 6, { p, replace: false }))).toEqual([4, 1, 5, 3, 0, 7]);
  });

  test("nothing can be chosen from nothing", () => {
    expect(drawn((random) => random.choice(0, 0))).toEqual([]);
    const random = np.random.default_rng(42);
    expect(() => random.choice(0, 1)).toThrow("choice: there is nothing to choose from");
    expect(() => random.choice(-1, 1, { replace: false })).toThrow("choice: there is nothing to choose from");
    expect(() => random.choice([], 1)).toThrow(RangeError);
    expect(() => random.choice(2.5, 1)).toThrow("choice: 2.5 is not an integer");
  });

  test("probabilities add up to 1 within the precision of their dtype", () => {
    const chosen = (p: np.ArrayLike) => drawn((random) => random.choice(2, 1, { p }));
    expect(chosen([0.5, 0.5 + 1.2e-8])).toEqual([1]);
    expect(chosen(np.array([0.5, 0.5 + 1e-4], "float32"))).toEqual([1]);
    for (const [p, message] of [
      [[0.5, 0.5 + 1.6e-8], "add up to 1"],
      [np.array([0.5, 0.5 + 4e-4], "float32"), "add up to 1"],
      [[-0.5, 1.5], "are not negative"],
      [[NaN, 1], "are not negative"],
      [[0.5, 0.4, 0.1], "3 probabilities don't fit 2 elements"],
      [[[0.5, 0.5]], "probabilities of 2 dimensions instead of 1"],
    ] as const) {
      expect(() => chosen(p)).toThrow(RangeError);
      expect(() => chosen(p)).toThrow(message);
    }
    const random = np.random.default_rng(42);
    expect(() => random.choice(3, 2, { p: [1, 0, 0], replace: false })).toThrow("fewer elements with a probability");
    expect(() => random.choice(2, 0, { p: [0.5, 0.4] })).toThrow("add up to 1");
  });
});

describe("seeds", () => {
  test("a seed is a natural number of any size, or a list of them", () => {
    const two = (seed: np.random.Seed) => np.random.default_rng(seed).random(2).toList();
    expect(two(2n ** 130n + 7n)).toEqual([0.8580720717556224, 0.5722630219784526]);
    expect(two([1, 2, 3, 4, 5, 6])).toEqual([0.6218049217551649, 0.11940126789606353]);
    expect(two([])).toEqual(two(0));
    expect(() => two(1.5)).toThrow(TypeError);
    expect(() => two([-1])).toThrow(RangeError);
  });

  test("a generator in the place of a seed is used itself, and no seed gives other numbers each time", () => {
    const random = np.random.default_rng(42);
    expect(np.random.default_rng(random)).toBe(random);
    expect(np.random.default_rng().random(4).toList()).not.toEqual(np.random.default_rng(null).random(4).toList());
  });
});
