// Random arrays: NumPy's Generator over PCG64, number for number.
import { DTypeError, sizeOf, type DType, type Shape, type Value } from "@cotangent/core";
import { copy } from "../copies.ts";
import { asDType, isBig, kindOf } from "../dtype.ts";
import { asInteger, asValue, concreteArray, integerRange, type ArrayLike } from "../functions/arguments.ts";
import { count, normalizeAxis } from "../functions/axes.ts";
import { asShape, reshaped, type ShapeLike } from "../functions/moving.ts";
import { copyto } from "../functions/placing.ts";
import { integerArray, numbersIn, takeAlong } from "../functions/rows.ts";
import { searchsorted } from "../functions/searching.ts";
import type { NDArray } from "../ndarray.ts";
import { allocate, bigsOf, numbersOf } from "../ndarray.ts";
import { Drawing, lemire } from "./distributions.ts";
import { PCG64 } from "./pcg64.ts";
import type { Seed } from "./seed-sequence.ts";

/** The shape of what is drawn: one number, unless given. */
export type Size = ShapeLike | null;

interface IntegerOptions {
  readonly size?: Size;
  readonly dtype?: DType;
  /** Whether `high` may be drawn. */
  readonly endpoint?: boolean;
}

interface ChoiceOptions {
  readonly size?: Size;
  /** Whether an element may be drawn twice. */
  readonly replace?: boolean;
  /** How likely each element is; all equally, unless given. */
  readonly p?: ArrayLike | null;
  readonly axis?: number;
  /** Whether what is drawn without replacement is in random order as well. */
  readonly shuffle?: boolean;
}

/** A generator of random arrays. Two with one seed give the same ones, as NumPy's with that seed does. */
export class Generator {
  readonly #drawing: Drawing;

  constructor(seed: Seed) {
    this.#drawing = new Drawing(new PCG64(seed));
  }

  /** Numbers at least 0 and less than 1. */
  random(size: Size = null, dtype: "float64" | "float32" = "float64"): NDArray {
    const { bits } = this.#drawing;
    const draw = dtype === "float32" ? () => (bits.next32() >>> 8) / 16777216 : () => bits.nextDouble();
    return filled(size, dtype, draw);
  }

  uniform(low = 0, high = 1, size: Size = null): NDArray {
    const range = high - low;
    if (!Number.isFinite(range) || range < 0)
      throw new RangeError(`uniform: from ${low} to ${high} is no finite range upwards`);
    return filled(size, "float64", () => low + range * this.#drawing.bits.nextDouble());
  }

  standard_normal(size: Size = null): NDArray {
    return filled(size, "float64", () => this.#drawing.normal());
  }

  /** The normal distribution of a mean and a standard deviation. */
  normal(loc = 0, scale = 1, size: Size = null): NDArray {
    requireNotNegative("normal", scale);
    return filled(size, "float64", () => loc + scale * this.#drawing.normal());
  }

  lognormal(mean = 0, sigma = 1, size: Size = null): NDArray {
    requireNotNegative("lognormal", sigma);
    return filled(size, "float64", () => Math.exp(mean + sigma * this.#drawing.normal()));
  }

  standard_exponential(size: Size = null): NDArray {
    return filled(size, "float64", () => this.#drawing.exponential());
  }

  exponential(scale = 1, size: Size = null): NDArray {
    requireNotNegative("exponential", scale);
    return filled(size, "float64", () => scale * this.#drawing.exponential());
  }

  standard_gamma(shape: number, size: Size = null): NDArray {
    return this.gamma(shape, 1, size);
  }

  gamma(shape: number, scale = 1, size: Size = null): NDArray {
    requireNotNegative("gamma", shape);
    requireNotNegative("gamma", scale);
    return filled(size, "float64", () => scale * this.#drawing.gamma(shape));
  }

  chisquare(df: number, size: Size = null): NDArray {
    if (df <= 0) throw new RangeError(`chisquare: ${df} is not above 0`);
    return filled(size, "float64", () => 2 * this.#drawing.gamma(df / 2));
  }

  /** Integers from `low` up to `high`, which is not drawn; from 0 on, if only one is given. */
  integers(
    low: number | bigint,
    high: number | bigint | IntegerOptions | null = null,
    options: Size | IntegerOptions = null,
  ): NDArray {
    const given = isIntegerOptions(high) ? high : isIntegerOptions(options) ? options : { size: options };
    const { size = null, dtype = "int64", endpoint = false } = given;
    const bound = isIntegerOptions(high) ? null : high;
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
  shuffle(x: NDArray | unknown[], axis = 0): void {
    if (Array.isArray(x)) {
      if (axis !== 0) throw new RangeError(`shuffle: a list has no axis ${axis}`);
      exchange(x, 1, (last) => this.#drawing.within(last));
      return;
    }
    copyto(x, this.permutation(copy(x), axis));
  }

  /** The rows of an array in random order, or the numbers up to one. */
  permutation(x: number | ArrayLike, axis = 0): Value {
    const value = typeof x === "number" && Number.isInteger(x) ? integerArray(count(x)) : asValue(x);
    const own = normalizeAxis("permutation", axis, value.ndim);
    const order = [...count(value.shape[own] ?? 0)];
    exchange(order, 1, (last) => this.#drawing.within(last));
    return takeAlong(value, integerArray(order), own);
  }

  /** Elements of an array along an axis, or natural numbers below one. */
  choice(a: number | ArrayLike, size: Size | ChoiceOptions = null, options: ChoiceOptions = {}): Value {
    const given: ChoiceOptions = isChoiceOptions(size) ? size : { ...options, size };
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

function shapeOf(size: Size): Shape {
  return size === null ? [] : asShape("random", size);
}

function filled(size: Size, dtype: DType, draw: () => number): NDArray {
  const result = allocate(shapeOf(size), dtype);
  const data = numbersOf(result);
  for (let place = 0; place < result.size; place++) data[result.offset + place] = draw();
  return result;
}

/** Draws of integers of up to 32 bits: of smaller ones several from 32 random bits. */
function narrow(bits: PCG64, limit: number, dtype: DType): () => number {
  const width = dtype === "bool" ? 1 : Number(/\d+$/u.exec(dtype)?.[0] ?? 32);
  if (limit === 0) return () => 0;
  if (width === 32) return limit === 0xffffffff ? () => bits.next32() : () => lemire(() => bits.next32(), limit, 32);
  const perWord = width === 1 ? 32 : 32 / width;
  let [word, left] = [0, 0];
  const next = () => {
    if (left === 0) [word, left] = [bits.next32(), width === 1 ? 32 : perWord];
    else word >>>= width;
    left--;
    return word & (2 ** width - 1);
  };
  if (width === 1 || limit === 2 ** width - 1) return next;
  return () => lemire(next, limit, width === 8 ? 8 : 16);
}

/** Exchanges each element, from the last on, with one that is not after it. */
function exchange(list: unknown[], first: number, draw: (last: number) => number): void {
  for (let place = list.length - 1; place >= first; place--) {
    const other = draw(place);
    [list[place], list[other]] = [list[other], list[place]];
  }
}

function probabilities(p: ArrayLike, population: number): readonly number[] {
  const value = concreteArray(asValue(p));
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

/** @throws RangeError for negative numbers, of which -0 is one. What is drawn with NaN is NaN. */
function requireNotNegative(name: string, value: number): void {
  if (value < 0 || Object.is(value, -0)) throw new RangeError(`${name}: ${value === 0 ? "-0" : value} is negative`);
}

function isIntegerOptions(raw: unknown): raw is IntegerOptions {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function isChoiceOptions(raw: Size | ChoiceOptions): raw is ChoiceOptions {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
