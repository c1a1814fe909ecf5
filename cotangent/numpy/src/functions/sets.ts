// Arrays as sets of their elements.
import { isComplex, isInexact, operations, type Scalar, type Value, type OptionNames } from "@cotangent/core";
import { elementsOf } from "../elements.ts";
import { asValue, concreteArray, ofOneDType, type ArrayLike } from "./arguments.ts";
import { count, normalizeAxis } from "./axes.ts";
import { isnan } from "./elementwise.ts";
import { concatenate } from "./joining.ts";
import { reshaped, section } from "./moving.ts";
import { orderAlong } from "./order.ts";
import { lexsort, sort } from "./ordering.ts";
import { doublesIn, integerArray, numbersIn, placesOfTrue, takeAlong, takeFlat } from "./rows.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { moveaxis } from "./shaping.ts";
import { isBig } from "../dtype.ts";
import { allocate, numbersOf } from "../ndarray.ts";

export interface UniqueOptions {
  readonly return_index?: boolean;
  readonly return_inverse?: boolean;
  readonly return_counts?: boolean;
  /** Of the arrays along an axis; of all elements, unless given. */
  readonly axis?: number | null;
  /** NaNs are one element. */
  readonly equal_nan?: boolean;
  readonly sorted?: boolean;
}

const uniqueOptions: OptionNames<UniqueOptions> = {
  return_index: true,
  return_inverse: true,
  return_counts: true,
  axis: true,
  equal_nan: true,
  sorted: true,
};

/** An array's different elements, in order, and how they are found in it. */
interface Distinct {
  readonly values: Value;
  /** Where each is first. */
  readonly indices: readonly number[];
  /** Which of them each element is. */
  readonly inverse: readonly number[];
  readonly counts: readonly number[];
}

/** The different elements, in order; with options also where they are first, which one each element is, how often. */
export function unique(
  x: ArrayLike,
  ...args: Settings<UniqueOptions, ["return_index", "return_inverse", "return_counts", "axis"]>
): Value | readonly Value[] {
  const value = asValue(x);
  const options = settingsOf<UniqueOptions>("unique", uniqueOptions, args);
  const { axis = null, equal_nan = true, return_index, return_inverse, return_counts } = options;
  const isPlain = return_index !== true && return_inverse !== true && return_counts !== true;
  if (isPlain && axis === null) return distinctValues(value, equal_nan);
  const found =
    axis === null ? distinct(value, equal_nan) : distinctRows(value, normalizeAxis("unique", axis, value.ndim));
  const shape = axis === null ? value.shape : [found.inverse.length];
  const extras = [
    ...(return_index === true ? [integerArray(found.indices)] : []),
    ...(return_inverse === true ? [integerArray(found.inverse, shape)] : []),
    ...(return_counts === true ? [integerArray(found.counts)] : []),
  ];
  return extras.length === 0 ? found.values : [found.values, ...extras];
}

export function unique_values(x: ArrayLike): Value {
  return distinctValues(asValue(x), false);
}

export function unique_counts(x: ArrayLike): readonly [values: Value, counts: Value] {
  const { values, counts } = distinct(asValue(x), false);
  return [values, integerArray(counts)];
}

export function unique_inverse(x: ArrayLike): readonly [values: Value, inverse: Value] {
  const value = asValue(x);
  const { values, inverse } = distinct(value, false);
  return [values, integerArray(inverse, value.shape)];
}

export function unique_all(x: ArrayLike): readonly [values: Value, indices: Value, inverse: Value, counts: Value] {
  const value = asValue(x);
  const { values, indices, inverse, counts } = distinct(value, false);
  return [values, integerArray(indices), integerArray(inverse, value.shape), integerArray(counts)];
}

function distinct(value: Value, equalNaN: boolean): Distinct {
  const flat = reshaped(value, [value.size]);
  const order = numbersIn(orderAlong(flat, 0));
  const sorted = takeFlat(flat, integerArray(order));
  const own = concreteArray(operations.stopGradient(sorted));
  const starts = startsOf(own, equalNaN);
  const { indices, ...found } = grouped(order, starts);
  return { values: takeFlat(flat, integerArray(indices)), indices, ...found };
}

/** As `distinct`, of which only the elements are wanted. */
function distinctValues(value: Value, equalNaN: boolean): Value {
  const flat = reshaped(value, [value.size]);
  const sorted = takeFlat(flat, orderAlong(flat, 0));
  if (sorted.size === 0) return sorted;
  const later = placesOfTrue(differencesIn(concreteArray(operations.stopGradient(sorted)), equalNaN));
  const places = new Float64Array(later.length + 1);
  for (const [place, each] of later.entries()) places[place + 1] = each + 1;
  return takeFlat(sorted, integerArray(places));
}

/** Whether each element of a sorted vector differs from the one before. */
function startsOf(sorted: Value, equalNaN: boolean): readonly boolean[] {
  if (sorted.size === 0) return [];
  return [true, ...numbersIn(differencesIn(sorted, equalNaN)).map((each) => each !== 0)];
}

/** The same for all elements but the first. */
function differencesIn(sorted: Value, equalNaN: boolean): Value {
  const [later, earlier] = [section(sorted, 0, 1, sorted.size), section(sorted, 0, 0, sorted.size - 1)];
  const differs = operations.notEqual(later, earlier);
  return equalNaN && isInexact(sorted.dtype)
    ? operations.logicalAnd(differs, operations.logicalNot(isnan(earlier)))
    : differs;
}

function grouped(order: readonly number[], starts: readonly boolean[]): Omit<Distinct, "values"> {
  const indices: number[] = [];
  const inverse: number[] = Array.from({ length: order.length }, () => 0);
  const counts: number[] = [];
  for (const [place, index] of order.entries()) {
    if (starts[place] === true) {
      indices.push(index);
      counts.push(0);
    }
    const group = indices.length - 1;
    inverse[index] = group;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return { indices, inverse, counts };
}

function distinctRows(value: Value, axis: number): Distinct {
  const rows = moveaxis(value, axis, 0);
  const length = rows.shape[0] ?? 0;
  const table = concreteArray(operations.stopGradient(reshaped(rows, [length, length === 0 ? 0 : rows.size / length])));
  const columns = count(table.shape[1] ?? 0).map((column) => reshaped(section(table, 1, column, column + 1), [length]));
  const order = columns.length === 0 ? count(length) : numbersIn(lexsort(columns.toReversed()));
  const elements = elementsOf(table).map(keyOf);
  const width = columns.length;
  const keys = order.map((row) => elements.slice(row * width, (row + 1) * width).join());
  const found = grouped(
    order,
    keys.map((key, place) => place === 0 || key !== keys[place - 1]),
  );
  return { values: takeAlong(value, integerArray(found.indices), axis), ...found };
}

/** Equal for equal elements. */
function keyOf(element: Scalar): number | bigint | string | boolean {
  if (typeof element === "object") return `${element.re + 0},${element.im + 0}`;
  return typeof element === "number" ? element + 0 : element;
}

interface PairOptions {
  /** Both arrays have no element twice. */
  readonly assume_unique?: boolean;
}

interface IntersectOptions extends PairOptions {
  readonly return_indices?: boolean;
}

/** Both arrays as vectors of one dtype. */
function vectors(x: ArrayLike, y: ArrayLike): readonly [Value, Value] {
  const [left, right] = ofOneDType([asValue(x), asValue(y)]) as [Value, Value];
  return [reshaped(left, [left.size]), reshaped(right, [right.size])];
}

/** The elements, in order, that are in both arrays; also where they are first in each. */
export function intersect1d(
  x: ArrayLike,
  y: ArrayLike,
  ...args: Settings<IntersectOptions, ["assume_unique", "return_indices"]>
): Value | readonly Value[] {
  const { return_indices = false } = settingsOf<IntersectOptions>(
    "intersect1d",
    { assume_unique: true, return_indices: true },
    args,
  );
  const [left, right] = vectors(x, y).map((each) => distinct(each, false)) as [Distinct, Distinct];
  const places = new Map(keysOf(right.values).map((key, place) => [key, place]));
  const both = keysOf(left.values).flatMap((key, place) => {
    const other = places.get(key);
    return other === undefined || Number.isNaN(key) ? [] : [[place, other] as const];
  });
  const values = takeFlat(left.values, integerArray(both.map(([place]) => place)));
  if (!return_indices) return values;
  const first = both.map(([place]) => left.indices[place] ?? 0);
  return [values, integerArray(first), integerArray(both.map(([, other]) => right.indices[other] ?? 0))];
}

function keysOf(value: Value): readonly (number | bigint | string | boolean)[] {
  return elementsOf(concreteArray(value)).map(keyOf);
}

/** The elements, in order, that are in one array at least. */
export function union1d(x: ArrayLike, y: ArrayLike): Value {
  return distinctValues(concatenate(vectors(x, y)), true);
}

/** The elements of the first array, in order, that are not in the second. */
export function setdiff1d(x: ArrayLike, y: ArrayLike, ...args: Settings<PairOptions, ["assume_unique"]>): Value {
  const { assume_unique = false } = settingsOf<PairOptions>("setdiff1d", { assume_unique: true }, args);
  const first = asValue(x);
  const flat = reshaped(first, [first.size]);
  const own = assume_unique ? flat : distinctValues(flat, true);
  return takeFlat(own, integerArray(placesOfTrue(isin(own, y, { invert: true }))));
}

/** The elements, in order, that are in one array only. */
export function setxor1d(x: ArrayLike, y: ArrayLike, ...args: Settings<PairOptions, ["assume_unique"]>): Value {
  const { assume_unique = false } = settingsOf<PairOptions>("setxor1d", { assume_unique: true }, args);
  const all = vectors(x, y).map((each) => (assume_unique ? each : distinct(each, true).values));
  const joined = sort(concatenate(all));
  const starts = startsOf(concreteArray(joined), false);
  const isSingle = starts.map((isStart, place) => isStart && (starts[place + 1] ?? true));
  return takeFlat(joined, integerArray(isSingle.flatMap((each, place) => (each ? [place] : []))));
}

interface MembershipOptions extends PairOptions {
  /** Whether elements are not there. */
  readonly invert?: boolean;
  readonly kind?: "sort" | "table" | null;
}

/** The elements as numbers, or null where these are too small for them. */
function exactNumbers(value: Value): Float64Array | null {
  if (isComplex(value.dtype)) return null;
  const numbers = doublesIn(value);
  return isBig(value.dtype) && !numbers.every(Number.isSafeInteger) ? null : numbers;
}

/** Whether elements are in the other array. */
export function isin(
  x: ArrayLike,
  elements: ArrayLike,
  ...args: Settings<MembershipOptions, ["assume_unique", "invert"]>
): Value {
  const { invert = false } = settingsOf<MembershipOptions>(
    "isin",
    { assume_unique: true, invert: true, kind: ["sort", "table"] },
    args,
  );
  const [own, all] = ofOneDType([asValue(x), asValue(elements)]) as [Value, Value];
  const [numbers, others] = [exactNumbers(own), exactNumbers(all)];
  const keys = numbers === null || others === null ? keysOf(own) : numbers;
  const members = new Set<unknown>(numbers === null || others === null ? keysOf(all) : others);
  members.delete(Number.NaN);
  const result = allocate(own.shape, "bool");
  const truths = numbersOf(result);
  for (let place = 0; place < keys.length; place++) truths[place] = Number(members.has(keys[place]) !== invert);
  return result;
}
