// Random arrays: NumPy's Generator over PCG64, number for number.
import { DTypeError, sizeOf, type DType, type OptionNames, type Value } from "@cotangent/core";
import { copy } from "../copies.ts";
import { asDType, integerRange, isBig, kindOf } from "../dtype.ts";
import { asInteger, asValue, type ArrayLike } from "../functions/arguments.ts";
import { count, normalizeAxis, withOption } from "../functions/axes.ts";
import { reshaped } from "../functions/moving.ts";
import { copyto } from "../functions/placing.ts";
import { integerArray, numbersIn, takeAlong } from "../functions/rows.ts";
import { searchsorted } from "../functions/searching.ts";
import { settingsOf, type Settings } from "../functions/settings.ts";
import type { NDArray } from "../ndarray.ts";
import { allocate, bigsOf, numbersOf } from "../ndarray.ts";
import { converted } from "../copies.ts";
import * as continuous from "./continuous.ts";
import * as counts from "./counts.ts";
import { Drawing } from "./distributions.ts";
import { hypergeometric } from "./hypergeometric.ts";
import { narrow } from "./narrow-integers.ts";
import * as noncentral from "./noncentral.ts";
import { allShuffled, eachShuffled, exchange, flatShuffled } from "./orders.ts";
import {
  aboveOne,
  arrayOfParameter,
  countable,
  drawn,
  few,
  likely,
  notNegative,
  positive,
  probability,
  shapeOf,
  unlikely,
  type Given0,
  type Given1,
  type Given2,
  type Given3,
  type Parameter,
  type Requirement,
  type Size,
} from "./parameters.ts";
import {
  choiceOptions,
  integerOptions,
  sizeAnd,
  type ChoiceOptions,
  type ColoursOptions,
  type IntegerOptions,
  type NormalOptions,
  type SizeOption,
} from "./options.ts";
import { PCG64 } from "./pcg64.ts";
import type { Seed } from "./seed-sequence.ts";
import * as several from "./several.ts";

interface RandomOptions {
  readonly size?: Size;
  readonly dtype?: "float64" | "float32";
}

const randomOptions: OptionNames<RandomOptions> = { size: true, dtype: ["float64", "float32"] };

interface AxisOption {
  readonly axis?: number;
}

interface PermutedOptions {
  readonly axis?: number | null;
}

/** A generator of random arrays. Two with one seed give the same ones, as NumPy's with that seed does. */
export class Generator {
  readonly #drawing: Drawing;

  constructor(seed: Seed) {
    this.#drawing = new Drawing(new PCG64(seed));
  }

  /** Numbers at least 0 and less than 1. */
  random(...args: Settings<RandomOptions, ["size", "dtype"]>): NDArray {
    const { size = null, dtype = "float64" } = settingsOf<RandomOptions>("random", randomOptions, args);
    const { bits } = this.#drawing;
    const draw = dtype === "float32" ? () => (bits.next32() >>> 8) / 16777216 : () => bits.nextDouble();
    return filled(size, dtype, draw);
  }

  uniform(...given: Given2<"low" | "high">): NDArray {
    return this.#draw("uniform", [optional("low", 0), optional("high", 1)], given, ({ bits }, low, high) => {
      const range = high - low;
      if (!Number.isFinite(range) || range < 0)
        throw new RangeError(`uniform: from ${low} to ${high} is no finite range upwards`);
      return low + range * bits.nextDouble();
    });
  }

  standard_normal(...given: Given0): NDArray {
    return this.#draw("standard_normal", [], given, (drawing) => drawing.normal());
  }

  /** The normal distribution of a mean and a standard deviation. */
  normal(...given: Given2<"loc" | "scale">): NDArray {
    return this.#draw("normal", location, given, (drawing, loc, scale) => loc + scale * drawing.normal());
  }

  lognormal(...given: Given2<"mean" | "sigma">): NDArray {
    const parameters = [optional("mean", 0), optional("sigma", 1, notNegative)];
    return this.#draw("lognormal", parameters, given, (drawing, mean, sigma) =>
      Math.exp(mean + sigma * drawing.normal()),
    );
  }

  standard_exponential(...given: Given0): NDArray {
    return this.#draw("standard_exponential", [], given, (drawing) => drawing.exponential());
  }

  exponential(...given: Given1<"scale">): NDArray {
    return this.#draw("exponential", [scaled], given, (drawing, scale) => scale * drawing.exponential());
  }

  standard_gamma(...given: Given1<"shape">): NDArray {
    return this.#draw("standard_gamma", [required("shape", notNegative)], given, (drawing, shape) =>
      drawing.gamma(shape),
    );
  }

  gamma(...given: Given2<"shape" | "scale">): NDArray {
    const parameters = [required("shape", notNegative), scaled];
    return this.#draw("gamma", parameters, given, (drawing, shape, scale) => scale * drawing.gamma(shape));
  }

  beta(...given: Given2<"a" | "b">): NDArray {
    return this.#draw("beta", [required("a", positive), required("b", positive)], given, continuous.beta);
  }

  chisquare(...given: Given1<"df">): NDArray {
    return this.#draw("chisquare", [required("df", positive)], given, continuous.chiSquare);
  }

  noncentral_chisquare(...given: Given2<"df" | "nonc">): NDArray {
    const parameters = [required("df", positive), required("nonc", notNegative)];
    return this.#draw("noncentral_chisquare", parameters, given, noncentral.noncentralChiSquare);
  }

  noncentral_f(...given: Given3<"dfnum" | "dfden" | "nonc">): NDArray {
    const parameters = [required("dfnum", positive), required("dfden", positive), required("nonc", notNegative)];
    return this.#draw("noncentral_f", parameters, given, noncentral.noncentralFisher);
  }

  f(...given: Given2<"dfnum" | "dfden">): NDArray {
    return this.#draw("f", [required("dfnum", positive), required("dfden", positive)], given, continuous.fisher);
  }

  standard_t(...given: Given1<"df">): NDArray {
    return this.#draw("standard_t", [required("df", positive)], given, continuous.student);
  }

  standard_cauchy(...given: Given0): NDArray {
    return this.#draw("standard_cauchy", [], given, continuous.cauchy);
  }

  laplace(...given: Given2<"loc" | "scale">): NDArray {
    return this.#draw("laplace", location, given, continuous.laplace);
  }

  logistic(...given: Given2<"loc" | "scale">): NDArray {
    return this.#draw("logistic", location, given, continuous.logistic);
  }

  gumbel(...given: Given2<"loc" | "scale">): NDArray {
    return this.#draw("gumbel", location, given, continuous.gumbel);
  }

  rayleigh(...given: Given1<"scale">): NDArray {
    return this.#draw("rayleigh", [scaled], given, continuous.rayleigh);
  }

  weibull(...given: Given1<"a">): NDArray {
    return this.#draw("weibull", [required("a", notNegative)], given, continuous.weibull);
  }

  pareto(...given: Given1<"a">): NDArray {
    return this.#draw("pareto", [required("a", positive)], given, continuous.pareto);
  }

  power(...given: Given1<"a">): NDArray {
    return this.#draw("power", [required("a", positive)], given, continuous.power);
  }

  triangular(...given: Given3<"left" | "mode" | "right">): NDArray {
    const parameters = [required("left"), required("mode"), required("right")];
    return this.#draw("triangular", parameters, given, (drawing, left, mode, right) => {
      if (!(left <= mode && mode <= right && left < right))
        throw new RangeError(`triangular: ${left}, ${mode} and ${right} are no triangle`);
      return continuous.triangular(drawing, left, mode, right);
    });
  }

  /** The inverse Gaussian distribution. */
  wald(...given: Given2<"mean" | "scale">): NDArray {
    return this.#draw("wald", [required("mean", positive), required("scale", positive)], given, continuous.wald);
  }

  /** Angles from -π to π around `mu`. */
  vonmises(...given: Given2<"mu" | "kappa">): NDArray {
    return this.#draw("vonmises", [required("mu"), required("kappa", notNegative)], given, continuous.vonMises);
  }

  /** How many of `n` trials succeed. */
  binomial(...given: Given2<"n" | "p">): NDArray {
    const parameters = [required("n", notNegative), required("p", probability)];
    return this.#draw("binomial", parameters, given, counts.binomial, "int64");
  }

  negative_binomial(...given: Given2<"n" | "p">): NDArray {
    const parameters = [required("n", positive), required("p", likely)];
    return this.#draw("negative_binomial", parameters, given, counts.negativeBinomial, "int64");
  }

  poisson(...given: Given1<"lam">): NDArray {
    return this.#draw("poisson", [optional("lam", 1, countable)], given, counts.poisson, "int64");
  }

  /** How many of `nsample` that are drawn are good, of so many good and bad ones. */
  hypergeometric(...given: Given3<"ngood" | "nbad" | "nsample">): NDArray {
    const parameters = [required("ngood", few), required("nbad", few), required("nsample", notNegative)];
    return this.#draw("hypergeometric", parameters, given, hypergeometric, "int64");
  }

  /** The logarithmic series distribution. */
  logseries(...given: Given1<"p">): NDArray {
    return this.#draw("logseries", [required("p", unlikely)], given, counts.logSeries, "int64");
  }

  zipf(...given: Given1<"a">): NDArray {
    return this.#draw("zipf", [required("a", aboveOne)], given, counts.zipf, "int64");
  }

  /** How many trials until one succeeds. */
  geometric(...given: Given1<"p">): NDArray {
    return this.#draw("geometric", [required("p", likely)], given, counts.geometric, "int64");
  }

  /** How often each of several outcomes occurs in `n` trials. */
  multinomial(n: number, pvals: ArrayLike, given: Size | SizeOption = null): NDArray {
    const { size = null } = sizeAnd<SizeOption>("multinomial", { size: true }, given);
    const chances = several.rowOf("multinomial", "pvals", pvals);
    const sum = chances.slice(0, -1).reduce((total, each) => total + each, 0);
    if (!chances.every((each) => each >= 0 && each <= 1) || sum > 1 + 1e-12)
      throw new RangeError("multinomial: probabilities are not negative and add up to 1");
    const rows = this.#rows(size, () => several.multinomial(this.#drawing, n, chances));
    return converted(several.arrayOfRows(rows, shapeOf(size), chances.length), "int64");
  }

  /** How many of each colour are among `nsample` that are drawn. */
  multivariate_hypergeometric(colors: ArrayLike, nsample: number, given: Size | ColoursOptions = null): NDArray {
    const names = { size: true, method: ["marginals", "count"] } as const;
    const options = sizeAnd<ColoursOptions>("multivariate_hypergeometric", names, given);
    const { size = null, method = "marginals" } = options;
    const all = several.rowOf("multivariate_hypergeometric", "colors", colors);
    const total = all.reduce((sum, each) => sum + each, 0);
    if (!all.every((each) => Number.isInteger(each) && each >= 0) || !(nsample >= 0 && nsample <= total))
      throw new RangeError(`multivariate_hypergeometric: of [${all.join(", ")}] ${nsample} can't be drawn`);
    const rows = this.#rows(size, several.colours(this.#drawing, all, nsample, method));
    return converted(several.arrayOfRows(rows, shapeOf(size), all.length), "int64");
  }

  /** Several parts of one. */
  dirichlet(alpha: ArrayLike, given: Size | SizeOption = null): NDArray {
    const { size = null } = sizeAnd<SizeOption>("dirichlet", { size: true }, given);
    const weights = several.rowOf("dirichlet", "alpha", alpha);
    if (!weights.every((each) => each >= 0)) throw new RangeError("dirichlet: a weight is negative");
    const rows = this.#rows(size, () => several.dirichlet(this.#drawing, weights));
    return several.arrayOfRows(rows, shapeOf(size), weights.length);
  }

  /** Normal vectors with a mean and a covariance. */
  multivariate_normal(mean: ArrayLike, cov: ArrayLike, size: Size | NormalOptions = null): Value {
    const options = sizeAnd<NormalOptions>(
      "multivariate_normal",
      { size: true, method: ["svd", "eigh", "cholesky"] },
      size,
    );
    const { size: own = null, method = "svd" } = options;
    return several.correlated(mean, cov, shapeOf(own), method, (shape) => this.standard_normal(shape));
  }

  #rows(size: Size, draw: () => readonly number[]): readonly (readonly number[])[] {
    return Array.from({ length: sizeOf(shapeOf(size)) }, draw);
  }

  #draw(
    name: string,
    parameters: readonly Parameter[],
    given: readonly unknown[],
    draw: (drawing: Drawing, first: number, second: number, third: number) => number,
    dtype: "float64" | "int64" = "float64",
  ): NDArray {
    return drawn(name, parameters, given, (x, y, z) => draw(this.#drawing, x, y, z), dtype);
  }

  /** Integers from `low` up to `high`, which is not drawn; from 0 on, if only one is given. */
  integers(
    low: number | bigint,
    high: number | bigint | IntegerOptions | null = null,
    options: Size | IntegerOptions = null,
  ): NDArray {
    const own = sizeAnd<IntegerOptions>("integers", integerOptions, isGiven(high) ? high : options);
    const { size = null, dtype = "int64", endpoint = false } = own;
    const bound = isGiven(high) ? null : high;
    const [first, end] = bound === null ? [0n, integerPart(low)] : [integerPart(low), integerPart(bound)];
    const last = endpoint ? end : end - 1n;
    if (!["int", "uint", "bool"].includes(kindOf(asDType(dtype))))
      throw new DTypeError(`integers: a ${dtype} is no integer`);
    const [lowest, highest] = integerRange(dtype);
    if (first > last) throw new RangeError(`integers: there are none from ${first} to ${last}`);
    const outside = [first, last].find((each) => each < lowest || each > highest);
    if (outside !== undefined) throw new RangeError(`integers: ${outside} is out of bounds for ${dtype}`);
    return this.#integers(first, last - first, dtype, size);
  }

  #integers(first: bigint, limit: bigint, dtype: DType, size: Size): NDArray {
    const drawing = this.#drawing;
    if (isBig(dtype)) {
      const result = allocate(shapeOf(size), dtype);
      const data = bigsOf(result);
      for (let place = 0; place < data.length; place++) data[place] = first + drawing.bigUpTo(limit);
      return result;
    }
    const start = Number(first);
    const draw = narrow(drawing.bits, Number(limit), dtype);
    return filled(size, dtype, () => start + draw());
  }

  /** Exchanges the rows of an array along an axis in place. */
  shuffle(x: NDArray | unknown[], ...args: Settings<AxisOption, ["axis"]>): void {
    const { axis = 0 } = settingsOf<AxisOption>("shuffle", { axis: true }, args);
    if (Array.isArray(x)) {
      if (axis !== 0) throw new RangeError(`shuffle: a list has no axis ${axis}`);
      exchange(x, 1, (last) => this.#drawing.within(last));
      return;
    }
    copyto(x, this.permutation(copy(x), axis));
  }

  /** The rows of an array in random order, or the numbers up to one. */
  permutation(x: number | ArrayLike, ...args: Settings<AxisOption, ["axis"]>): Value {
    const { axis = 0 } = settingsOf<AxisOption>("permutation", { axis: true }, args);
    const value = typeof x === "number" && Number.isInteger(x) ? integerArray(count(x)) : asValue(x);
    const own = normalizeAxis("permutation", axis, value.ndim);
    return allShuffled(value, own, (last) => this.#drawing.within(last));
  }

  /** Elements in random order: of each row along an axis in one of its own, or of all of them. */
  permuted(x: ArrayLike, ...args: Settings<PermutedOptions, ["axis"]>): Value {
    const { axis = null } = settingsOf<PermutedOptions>("permuted", { axis: true }, args);
    const value = asValue(x);
    const draw = (last: number): number => this.#drawing.within(last);
    return axis === null
      ? flatShuffled(value, draw)
      : eachShuffled(value, normalizeAxis("permuted", axis, value.ndim), draw);
  }

  /** Elements of an array along an axis, or natural numbers below one. */
  choice(a: number | ArrayLike, size: Size | ChoiceOptions = null, options: ChoiceOptions = {}): Value {
    const given = withOption<ChoiceOptions, "size">("choice", choiceOptions, "size", size, options);
    const { replace = true, p = null, axis = 0, shuffle = true } = given;
    const value = asValue(a);
    const elements = value.ndim === 0 ? null : value;
    const own = elements === null ? 0 : normalizeAxis("choice", axis, elements.ndim);
    const population = elements === null ? asInteger("choice", value) : (elements.shape[own] ?? 0);
    const shape = shapeOf(given.size ?? null);
    const number = sizeOf(shape);
    if (population <= 0 && number > 0) throw new RangeError("choice: there is nothing to choose from");
    const chances = p === null ? null : probabilities(p, population);
    const places = replace
      ? this.#withReplacement(population, number, chances)
      : this.#withoutReplacement(population, number, chances, shuffle);
    const numbers = reshaped(integerArray(places), shape);
    return elements === null ? numbers : takeAlong(elements, numbers, own);
  }

  #withReplacement(population: number, number: number, p: readonly number[] | null): readonly number[] {
    if (number === 0) return [];
    if (p === null) return numbersIn(this.integers(0, population, { size: [number] }));
    return numbersIn(searchsorted(cumulative(p), this.random([number]), "right"));
  }

  #withoutReplacement(
    population: number,
    number: number,
    p: readonly number[] | null,
    shuffle: boolean,
  ): readonly number[] {
    if (number > population)
      throw new RangeError(`choice: of ${population} elements ${number} can't be drawn without replacement`);
    if (p !== null) return this.#byProbability([...p], number);
    if (population > 10_000 && number > Math.floor(population / (shuffle ? 50 : 20))) {
      const order = [...count(population)];
      exchange(order, Math.max(population - number, 1), (last) => this.#drawing.upTo(last));
      return order.slice(population - number);
    }
    return this.#byFloyd(population, number, shuffle);
  }

  /** Floyd's algorithm: each draw that is there already is replaced by the largest possible one. */
  #byFloyd(population: number, number: number, shuffle: boolean): readonly number[] {
    const drawn = new Set<number>();
    const places: number[] = [];
    for (let last = population - number; last < population; last++) {
      const draw = this.#drawing.upTo(last);
      const place = drawn.has(draw) ? last : draw;
      drawn.add(place);
      places.push(place);
    }
    if (shuffle) exchange(places, 1, (last) => this.#drawing.upTo(last));
    return places;
  }

  #byProbability(p: number[], number: number): readonly number[] {
    if (p.filter((each) => each > 0).length < number)
      throw new RangeError("choice: there are fewer elements with a probability above 0");
    const places: number[] = [];
    while (places.length < number) {
      const draws = this.random([number - places.length]);
      for (const place of places) p[place] = 0;
      const found = numbersIn(searchsorted(cumulative(p), draws, "right"));
      places.push(...new Set(found));
    }
    return places;
  }
}

function required(name: string, requirement?: Requirement): Parameter {
  return requirement === undefined ? { name } : { name, requirement };
}

function optional(name: string, fallback: number, requirement?: Requirement): Parameter {
  return { ...required(name, requirement), fallback };
}

const scaled = /* @__PURE__ */ optional("scale", 1, notNegative);
const location = [/* @__PURE__ */ optional("loc", 0), scaled];

function filled(size: Size, dtype: DType, draw: () => number): NDArray {
  const result = allocate(shapeOf(size), dtype);
  const data = numbersOf(result);
  for (let place = 0; place < result.size; place++) data[result.offset + place] = draw();
  return result;
}

function probabilities(p: ArrayLike, population: number): readonly number[] {
  const value = arrayOfParameter("choice", "p", p);
  if (value.ndim !== 1) throw new RangeError(`choice: probabilities of ${value.ndim} dimensions instead of 1`);
  const list = numbersIn(value);
  if (list.length !== population)
    throw new RangeError(`choice: ${list.length} probabilities don't fit ${population} elements`);
  const sum = list.reduce((total, each) => total + each, 0);
  // The square root of the dtype's precision.
  const tolerance = value.dtype === "float32" ? 2 ** -11.5 : 2 ** -26;
  if (!list.every((each) => each >= 0) || Math.abs(sum - 1) > tolerance)
    throw new RangeError("choice: probabilities are not negative and add up to 1");
  return list;
}

function integerPart(x: number | bigint): bigint {
  return BigInt(typeof x === "bigint" ? x : Math.trunc(x));
}

/** Sums of probabilities up to each, of which the last is 1. */
function cumulative(p: readonly number[]): readonly number[] {
  let sum = 0;
  const sums = p.map((each) => (sum += each));
  return sums.map((each) => each / sum);
}

/** Whether it is a set of options, and no size. */
function isGiven<Raw>(raw: Raw): raw is Exclude<Raw, Size | bigint> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
