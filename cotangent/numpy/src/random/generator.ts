// Random arrays: NumPy's Generator over PCG64, number for number.
import { sizeOf, type DType, type Shape, type Value } from "@cotangent/core";
import { copy } from "../copies.ts";
import { asDType, isBig } from "../dtype.ts";
import { asNumber, asValue, concreteArray, integerRange, type ArrayLike } from "../functions/arguments.ts";
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
    return filled(size, "float64", () => low + range * this.#drawing.bits.nextDouble());
  }

  standard_normal(size: Size = null): NDArray {
    return filled(size, "float64", () => this.#drawing.normal());
  }

  /** The normal distribution of a mean and a standard deviation. */
  normal(loc = 0, scale = 1, size: Size = null): NDArray {
    requireNatural("normal", scale);
    return filled(size, "float64", () => loc + scale * this.#drawing.normal());
  }

  lognormal(mean = 0, sigma = 1, size: Size = null): NDArray {
    requireNatural("lognormal", sigma);
    return filled(size, "float64", () => Math.exp(mean + sigma * this.#drawing.normal()));
  }

  standard_exponential(size: Size = null): NDArray {
    return filled(size, "float64", () => this.#drawing.exponential());
  }

  exponential(scale = 1, size: Size = null): NDArray {
    requireNatural("exponential", scale);
    return filled(size, "float64", () => scale * this.#drawing.exponential());
  }

  standard_gamma(shape: number, size: Size = null): NDArray {
    return this.gamma(shape, 1, size);
  }

  gamma(shape: number, scale = 1, size: Size = null): NDArray {
    requireNatural("gamma", shape);
    requireNatural("gamma", scale);
    return filled(size, "float64", () => scale * this.#drawing.gamma(shape));
  }

  chisquare(df: number, size: Size = null): NDArray {
    requireNatural("chisquare", df);
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
    const [first, end] = bound === null ? [0n, BigInt(low)] : [BigInt(low), BigInt(bound)];
    const last = endpoint ? end : end - 1n;
    const [lowest, highest] = integerRange(asDType(dtype));
    if (first > last) throw new RangeError(`integers: there are none from ${first} to ${last}`);
    if (first < lowest || last > highest)
      throw new RangeError(`integers: ${first} or ${last} is out of bounds for ${dtype}`);
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
      exchange(x, 1, (last) => this.#drawing.within(last));
      return;
    }
    copyto(x, this.permutation(copy(x), axis));
  }

  /** The rows of an array in random order, or the numbers up to one. */
  permutation(x: number | ArrayLike, axis = 0): Value {
    const value = typeof x === "number" ? integerArray(count(x)) : asValue(x);
    const own = normalizeAxis("permutation", axis, value.ndim);
    const order = [...count(value.shape[own] ?? 0)];
    exchange(order, 1, (last) => this.#drawing.within(last));
    return takeAlong(value, integerArray(order), own);
  }

  /** Elements of an array along an axis, or natural numbers below one. */
  choice(a: number | ArrayLike, size: Size | ChoiceOptions = null, options: ChoiceOptions = {}): Value {
    const given: ChoiceOptions = isChoiceOptions(size) ? size : { ...options, size };
    const { replace = true, p = null, axis = 0, shuffle = true } = given;
    const elements = typeof a === "number" ? null : asValue(a);
    const own = elements === null ? 0 : normalizeAxis("choice", axis, elements.ndim);
    const population = elements === null ? asNumber("choice", a) : (elements.shape[own] ?? 0);
    const shape = shapeOf(given.size ?? null);
    const number = sizeOf(shape);
    if (population === 0 && number > 0) throw new RangeError("choice: there is nothing to choose from");
    const places = replace
      ? this.#withReplacement(population, number, p)
      : this.#withoutReplacement(population, number, p, shuffle);
    const numbers = reshaped(integerArray(places), shape);
    return elements === null ? numbers : takeAlong(elements, numbers, own);
  }

  #withReplacement(population: number, number: number, p: ArrayLike | null): readonly number[] {
    if (p === null) return numbersIn(this.integers(0, population, { size: [number] }));
    const sums = cumulative(probabilities(p, population));
    return numbersIn(searchsorted(sums, this.random([number]), "right"));
  }

  #withoutReplacement(population: number, number: number, p: ArrayLike | null, shuffle: boolean): readonly number[] {
    if (number > population)
      throw new RangeError(`choice: of ${population} elements ${number} can't be drawn without replacement`);
    if (p !== null) return this.#byProbability([...probabilities(p, population)], number);
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
  const list = numbersIn(concreteArray(asValue(p, "float64")));
  if (list.length !== population)
    throw new RangeError(`choice: ${list.length} probabilities don't fit ${population} elements`);
  const sum = list.reduce((total, each) => total + each, 0);
  if (list.some((each) => each < 0) || Math.abs(sum - 1) > 1e-8)
    throw new RangeError("choice: probabilities are not negative and add up to 1");
  return list;
}

/** Sums of probabilities up to each, of which the last is 1. */
function cumulative(p: readonly number[]): readonly number[] {
  let sum = 0;
  const sums = p.map((each) => (sum += each));
  return sums.map((each) => each / sum);
}

function requireNatural(name: string, value: number): void {
  if (!(value >= 0)) throw new RangeError(`${name}: ${value} is negative`);
}

function isIntegerOptions(raw: unknown): raw is IntegerOptions {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function isChoiceOptions(raw: Size | ChoiceOptions): raw is ChoiceOptions {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
