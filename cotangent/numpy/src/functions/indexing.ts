// `x[…]` by NumPy's rules: integers, slices, new axes, an ellipsis, arrays of integers and of truth values.
import { operations, showAval, sizeOf, type Shape, type Value } from "@cotangent/core";
import { NDArray } from "../ndarray.ts";
import { asValue, broadcastTo, commonShape, stored, type ArrayLike } from "./arguments.ts";
import { count } from "./axes.ts";
import {
  asIndices,
  flatNumbers,
  IndexError,
  integerArray,
  numbered,
  numbersIn,
  placesOfTrue,
  rowNumber,
  rowNumbers,
} from "./rows.ts";
import { permuted, reshaped } from "./moving.ts";

/** A range of indices, as `start:stop:step`. */
export class Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;

  constructor(start: number | null, stop: number | null, step: number | null) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** The first index, the number of indices and the distance between them, on an axis of this length. */
  indices(length: number): { readonly start: number; readonly count: number; readonly step: number } {
    const step = this.step ?? 1;
    if (step === 0) throw new RangeError("slice: the step is 0");
    const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
    const bound = (given: number | null, otherwise: number) =>
      given === null ? otherwise : Math.min(Math.max(given < 0 ? given + length : given, low), high);
    const start = bound(this.start, step > 0 ? 0 : length - 1);
    const stop = bound(this.stop, step > 0 ? length : -1);
    return { start, count: Math.max(Math.ceil((stop - start) / step), 0), step };
  }
}

/** A range of indices: `slice(stop)`, `slice(start, stop)` or `slice(start, stop, step)`. null leaves a bound open. */
export function slice(start: number | null, stop?: number | null, step: number | null = null): Slice {
  for (const each of [start, stop ?? null, step]) {
    if (each !== null && !Number.isInteger(each))
      throw new TypeError(`slice: a bound is an integer or null, not ${String(each)}`);
  }
  return stop === undefined ? new Slice(null, start, step) : new Slice(start, stop, step);
}

/** A new axis, in an index. */
export const newaxis = null;

/**
 * One item of an index: an integer, a slice or its text ("1:3", "::-1"), `newaxis` (null), "..." for the axes that are
 * not spoken of, an array or list of integers or of truth values.
 */
export type Index = null | Slice | string | ArrayLike;

/** What an item asks for, after parsing. */
type Item =
  | { readonly kind: "new" }
  // Where the ellipsis was: arrays on either side of it don't stand together.
  | { readonly kind: "gap" }
  | { readonly kind: "integer"; readonly index: number }
  | { readonly kind: "slice"; readonly slice: Slice }
  // The axis of a mask without axes is a new one, of length 1.
  | { readonly kind: "array"; readonly indices: Value; readonly length?: number; readonly isNew?: boolean };

const whole = new Slice(null, null, null);

/** The elements that an index chooses: `getitem(x, 1, "2:", null)` is NumPy's `x[1, 2:, None]`. */
export function getitem(x: ArrayLike, ...index: readonly Index[]): Value {
  const value = asValue(x);
  const items = parseIndex(value, index);
  return items.some(({ kind }) => kind === "array") ? mixed(withMaskAxes(value, items), items) : basic(value, items);
}

/** With an axis of length 1 for each mask without axes. */
function withMaskAxes(value: Value, items: readonly Item[]): Value {
  const lengths = [...value.shape];
  return reshaped(
    value,
    items.filter(hasAxis).map((item) => (isNewAxis(item) ? 1 : (lengths.shift() ?? 1))),
  );
}

function isNewAxis(item: Item): boolean {
  return item.kind === "array" && item.isNew === true;
}

function parseIndex(value: Value, index: readonly Index[]): readonly Item[] {
  const items: Item[] = [];
  let ellipsis = -1;
  for (const each of index) {
    if (each === "...") {
      if (ellipsis >= 0) throw new IndexError("an index has at most one ellipsis");
      ellipsis = items.length;
      items.push({ kind: "gap" });
    } else items.push(...parseItem(each));
  }
  const open = value.ndim - items.filter((item) => hasAxis(item) && !isNewAxis(item)).length;
  if (open < 0) {
    throw new IndexError(`getitem(${showAval(value)}): too many indices: ${value.ndim - open} for ${value.ndim} axes`);
  }
  const rest: readonly Item[] = count(open).map(() => ({ kind: "slice", slice: whole }));
  return items.toSpliced(ellipsis < 0 ? items.length : ellipsis, 0, ...rest);
}

function parseItem(raw: Index): readonly Item[] {
  if (raw === null) return [{ kind: "new" }];
  if (raw instanceof Slice) return [{ kind: "slice", slice: raw }];
  if (typeof raw === "string") return [{ kind: "slice", slice: parseSlice(raw) }];
  if (typeof raw === "number" || typeof raw === "bigint") return [{ kind: "integer", index: asIndex(Number(raw)) }];
  const array = asValue(raw);
  if (array.dtype === "bool") return masked(array);
  if (array.ndim === 0 && array instanceof NDArray) return [{ kind: "integer", index: asIndex(Number(array.item())) }];
  return [{ kind: "array", indices: asIndices("getitem", array, IndexError) }];
}

function asIndex(index: number): number {
  if (Number.isInteger(index)) return index;
  throw new IndexError(`an index is an integer, a slice, null, "..." or an array of integers, not ${index}`);
}

function parseSlice(text: string): Slice {
  const bounds = text.split(":").map((each) => (each.trim() === "" ? null : Number(each)));
  if (bounds.length < 2 || bounds.length > 3 || bounds.some((each) => each !== null && !Number.isInteger(each))) {
    throw new IndexError(`"${text}" is no slice: write "start:stop:step"`);
  }
  const [start = null, stop = null, step = null] = bounds;
  return new Slice(start, stop, step);
}

/** Where a mask is true, as indices along each of its axes. A mask of no axes is one for a new axis. */
function masked(mask: Value): readonly Item[] {
  const places = placesOfTrue(mask);
  if (mask.ndim === 0) return [{ kind: "array", indices: integerArray(places), length: 1, isNew: true }];
  return mask.shape.map((length, axis) => {
    const stride = sizeOf(mask.shape.slice(axis + 1));
    return { kind: "array", indices: integerArray(places.map((place) => Math.floor(place / stride) % length)), length };
  });
}

/** The part that integers, slices and new axes choose: a view, where the value is an array. */
function basic(value: Value, items: readonly Item[]): Value {
  const part = sliced(value, items);
  if (items.every(({ kind }) => kind === "slice")) return part;
  return reshaped(
    part,
    items.flatMap((item, place) => lengthsOf(item, axisOf(items, place), value)),
  );
}

/** Whether an item speaks of an axis of the value. */
function hasAxis({ kind }: Item): boolean {
  return kind !== "new" && kind !== "gap";
}

/** The axis of the value that an item speaks of. */
function axisOf(items: readonly Item[], place: number): number {
  return items.slice(0, place).filter(hasAxis).length;
}

/** The axes that an item leaves. */
function lengthsOf(item: Item, axis: number, value: Value): Shape {
  if (item.kind === "new") return [1];
  return item.kind === "slice" ? [item.slice.indices(value.shape[axis] ?? 0).count] : [];
}

/** With only the elements that integers and slices choose. Axes of arrays stay whole. */
function sliced(value: Value, items: readonly Item[]): Value {
  const start: number[] = [];
  const length: number[] = [];
  const step: number[] = [];
  for (const item of items) {
    if (!hasAxis(item)) continue;
    const own = value.shape[start.length] ?? 0;
    const range = rangeOf(item, own);
    start.push(range.count === 0 ? 0 : range.start);
    length.push(range.count);
    step.push(range.step);
  }
  const isWhole = length.every((each, axis) => each === value.shape[axis] && (each < 2 || step[axis] === 1));
  return isWhole ? value : operations.slice(value, start, length, step);
}

function rangeOf(
  item: Item,
  length: number,
): { readonly start: number; readonly count: number; readonly step: number } {
  if (item.kind === "slice") return item.slice.indices(length);
  if (item.kind === "integer") return { start: rowNumber("getitem", item.index, length), count: 1, step: 1 };
  return { start: 0, count: length, step: 1 };
}

/** With arrays among the items, integers are arrays of no axes. */
function mixed(value: Value, items: readonly Item[]): Value {
  const asArrays = items.map(toArray);
  const part = sliced(value, asArrays);
  const chosen = asArrays.flatMap((item, place) =>
    item.kind === "array" ? [{ axis: axisOf(asArrays, place), place, ...item }] : [],
  );
  const numbers = chosen.map(({ indices, axis, length }) => {
    const own = value.shape[axis] ?? 1;
    if (length !== undefined && length !== own) {
      throw new IndexError(`getitem(${showAval(value)}): a mask of ${length} elements is for an axis of ${own}`);
    }
    return rowNumbers("getitem", indices, own);
  });
  return placed(
    taken(
      part,
      chosen.map(({ axis }) => axis),
      numbers,
    ),
    asArrays,
    value,
  );
}

function toArray(item: Item): Item {
  return item.kind === "integer" ? { kind: "array", indices: integerArray([item.index], []) } : item;
}

/** The elements at these numbers along these axes: the axes of the numbers, then those that are left. */
function taken(value: Value, axes: readonly number[], numbers: readonly Value[]): Value {
  const shape = commonShape("getitem", numbers);
  const others = count(value.ndim).filter((axis) => !axes.includes(axis));
  const lengths = axes.map((axis) => value.shape[axis] ?? 1);
  const rows = reshaped(permuted(value, [...axes, ...others]), [
    sizeOf(lengths),
    ...others.map((axis) => value.shape[axis] ?? 1),
  ]);
  return operations.take(
    rows,
    flatNumbers(
      numbers.map((each) => broadcastTo(each, shape)),
      lengths,
    ),
  );
}

/**
 * Puts the axes of the numbers, which come first, where the arrays stand, if they stand together, and adds new axes.
 */
function placed(rows: Value, items: readonly Item[], value: Value): Value {
  const places = items.flatMap(({ kind }, place) => (kind === "array" ? [place] : []));
  const first = places[0] ?? 0;
  const isTogether = places.every((place, each) => place === first + each);
  const left = items.map((item, place) => lengthsOf(item, axisOf(items, place), value));
  const others = items.filter(({ kind }) => kind === "slice").length;
  const own = rows.ndim - others;
  const before = isTogether ? items.slice(0, first).filter(({ kind }) => kind === "slice").length : 0;
  const order = [
    ...count(before).map((axis) => own + axis),
    ...count(own),
    ...count(others - before).map((axis) => own + before + axis),
  ];
  const lengths = rows.shape.slice(0, own);
  const shape = isTogether
    ? [...left.slice(0, first).flat(), ...lengths, ...left.slice(first).flat()]
    : [...lengths, ...left.flat()];
  return reshaped(permuted(rows, order), shape);
}

/** A copy in which the elements that an index chooses are `values`. Where it chooses one twice, the last value stays. */
export function set_at(x: ArrayLike, values: ArrayLike, ...index: readonly Index[]): Value {
  const value = asValue(x);
  const places = placesOf(value, index);
  const own = broadcastTo(stored("set_at", values, value.dtype), places.shape);
  const sources = [...count(value.size)];
  for (const [each, place] of numbersIn(places).entries()) sources[place] = value.size + each;
  const all = operations.concatenate([reshaped(value, [value.size]), reshaped(own, [own.size])], 0);
  return reshaped(operations.take(all, integerArray(sources)), value.shape);
}

/** A copy in which `values` are added to the elements that an index chooses, each time that it does. */
export function add_at(x: ArrayLike, values: ArrayLike, ...index: readonly Index[]): Value {
  const value = asValue(x);
  const places = placesOf(value, index);
  const own = reshaped(broadcastTo(asValue(values, value.dtype), places.shape), [places.size]);
  const sum = operations.scatterAdd(own, reshaped(places, [places.size]), value.size);
  return operations.add(value, reshaped(sum, value.shape));
}

/** The numbers, in row-major order, of the elements that an index chooses. */
function placesOf(value: Value, index: readonly Index[]): Value {
  return getitem(reshaped(numbered(value.size), value.shape), ...index);
}
