// Every distribution of `np.random`, against what NumPy's generator draws with the same seed.
import { readFileSync } from "node:fs";
import { DTypeError, ShapeError, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import * as np from "../src/index.ts";

interface Draw {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly size?: number | readonly number[] | null;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Draws {
  readonly seed: number;
  readonly cases: readonly Draw[];
}

function read(name: string): Draws {
  return JSON.parse(readFileSync(new URL(`goldens/${name}.json`, import.meta.url), "utf8")) as Draws;
}

const { seed, cases: first } = read("random");
const cases = [...first, ...read("random-counts").cases];

type Method = (...given: readonly unknown[]) => Value;

function methodOf(name: string): Method {
  const generator = np.random.default_rng(seed);
  const method: unknown = Reflect.get(generator, name);
  return (...given) => Reflect.apply(method as Method, generator, given);
}

test.each(cases.map((each) => [`${each.name}(${JSON.stringify(each.args).slice(1, -1)})`, each] as const))(
  "%s",
  (_, { name, args, size, options, dtype, shape, values }) => {
    const drawn = methodOf(name)(...args, { ...(size === undefined ? {} : { size }), ...options });
    expect([drawn.dtype, drawn.shape]).toEqual([dtype, shape]);
    const numbers = (np.ravel(drawn).toList() as (number | bigint)[]).map(Number);
    // The last digits depend on the machine's exp, log and pow.
    const far = numbers.filter((each, place) => !isNear(each, values[place] ?? Number.NaN));
    expect(far).toEqual([]);
    expect(numbers).toHaveLength(values.length);
  },
);

function isNear(x: number, expected: number): boolean {
  return x === expected || Math.abs(x - expected) <= 1e-13 * Math.abs(expected);
}

test("parameters and size may be given by their names, the size behind parameters too", () => {
  const random = () => np.random.default_rng(seed);
  const expected = random().normal(3, 2, [2]).toList();
  expect(
    random()
      .normal({ loc: 3, scale: 2, size: [2] })
      .toList(),
  ).toEqual(expected);
  expect(random().normal(3, { scale: 2, size: 2 }).toList()).toEqual(expected);
  expect(
    random()
      .standard_normal({ size: [2] })
      .toList(),
  ).toEqual(random().standard_normal(2).toList());
});

test("parameters that a distribution doesn't have are refused, wherever in an array they are", () => {
  const random = np.random.default_rng(seed);
  expect(() => random.beta(0, 1)).toThrow(new RangeError("beta: a 0 is not above 0"));
  expect(() => random.laplace(0, [1, -2])).toThrow(new RangeError("laplace: scale -2 is negative"));
  expect(() => random.binomial(10, 1.5)).toThrow(new RangeError("binomial: p 1.5 is no probability"));
  expect(() => random.geometric(0)).toThrow(new RangeError("geometric: p 0 is no probability above 0"));
  expect(() => random.poisson(Number.NaN)).toThrow(new RangeError("poisson: lam NaN is no mean of counts"));
  expect(() => random.triangular(0, 2, 1)).toThrow(new RangeError("triangular: 0, 2 and 1 are no triangle"));
  expect(() => random.multinomial(5, [0.7, 0.7, 0])).toThrow(/add up to 1/u);
  expect(() => random.dirichlet([1, -1])).toThrow(/weight is negative/u);
  expect(() => random.hypergeometric(2, 3, 6)).toThrow(new RangeError("hypergeometric: of 2 and 3 6 can't be drawn"));
  expect(() => random.hypergeometric(1e9, 3, 6)).toThrow(/ngood 1000000000 is no number from 0 up to/u);
  expect(() => random.logseries(1)).toThrow(new RangeError("logseries: p 1 is no probability below 1"));
  expect(() => random.zipf(1)).toThrow(new RangeError("zipf: a 1 is not above 1"));
  expect(() => random.noncentral_f(1, 1, -1)).toThrow(new RangeError("noncentral_f: nonc -1 is negative"));
  expect(random.noncentral_chisquare(2, Number.NaN).item()).toBe(Number.NaN);
  expect(() => random.multivariate_hypergeometric([2, 3], 6)).toThrow(
    new RangeError("multivariate_hypergeometric: of [2, 3] 6 can't be drawn"),
  );
  expect(() => random.permuted([[1, 2]], 2)).toThrow(np.AxisError);
  expect(() => random.gamma()).toThrow(new TypeError("gamma: shape is missing"));
  expect(() => random.normal({ re: 1, im: 2 })).toThrow(new TypeError("normal: loc is complex"));
});

test("sizes that parameters don't fit are refused", () => {
  const random = np.random.default_rng(seed);
  expect(() => random.normal([0, 1], 1, 3)).toThrow(ShapeError);
  expect(() => random.normal([0, 1], 1, 1)).toThrow(ShapeError);
  expect(() => random.multivariate_normal([0, 1], [[1, 0]])).toThrow(ShapeError);
  expect(() => random.integers(0, 2, { dtype: "float64" })).toThrow(DTypeError);
});

test("a covariance is taken apart as asked", () => {
  const covariance = [
    [2, 0.5],
    [0.5, 1],
  ];
  for (const method of ["svd", "eigh", "cholesky"] as const) {
    const drawn = np.random.default_rng(seed).multivariate_normal([1, 2], covariance, { size: 20_000, method });
    const flat = np.cov(drawn, { rowvar: false }).toList() as number[][];
    const off = flat.flatMap((numbers, row) => numbers.map((each, column) => each - Number(covariance[row]?.[column])));
    expect([method, off.every((each) => Math.abs(each) < 0.05)]).toEqual([method, true]);
  }
});

test("thousands of counts are NumPy's, number for number, also where a draw is taken again", () => {
  /** All numbers in their order as one. */
  const digest = (drawn: Value) => (drawn.toList() as number[]).reduce((all, each) => (all * 31 + each) % 1_000_003, 0);
  const random = () => np.random.default_rng(seed);
  expect([
    digest(random().poisson(12, 5000)),
    digest(random().binomial(100, 0.4, 5000)),
    digest(random().binomial(10_000, 0.3, 5000)),
    digest(random().binomial(50, 0.02, 5000)),
    digest(random().binomial(20_000, 0.5, 20_000)),
  ]).toEqual([500_675, 465_933, 608_144, 227_854, 40_779]);
});
