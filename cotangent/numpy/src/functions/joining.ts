// Arrays joined to one, and split into several.
import {
  DTypeError,
  operations,
  sameShape,
  ShapeError,
  showCall,
  type DType,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { canCast, castings, type Casting } from "../dtype.ts";
import { asIntegers, asValue, ofOneDType, promotedOf, type ArrayLike } from "./arguments.ts";
import { AxisError, count, normalizeAxis, optionsOf, withOption } from "./axes.ts";
import { asCube, asMatrix, reshaped, section } from "./moving.ts";

interface StackOptions {
  readonly dtype?: DType;
  /** Which conversions to the dtype are allowed. */
  readonly casting?: Casting;
}

interface JoinOptions extends StackOptions {
  readonly axis?: number | null;
}

const stackOptions: OptionNames<StackOptions> = { dtype: true, casting: castings };
const joinOptions: OptionNames<JoinOptions> = { axis: true, ...stackOptions };

/** Operands in the dtype that they are promoted to, or in another. @throws ShapeError where there are none. */
function promotedValues(name: string, arrays: ArrayLike, { dtype, casting }: StackOptions = {}): readonly Value[] {
  const list = listOf(name, arrays).map((each) => asValue(each));
  if (list.length === 0) throw new ShapeError(`${name}: there is nothing to join`);
  const from = promotedOf(list);
  if (dtype !== undefined && !canCast(from, dtype, casting ?? "same_kind"))
    throw new DTypeError(`${name}: ${from} can't be cast to ${dtype} by the rule "${casting ?? "same_kind"}"`);
  return ofOneDType(list, dtype ?? from);
}

/** The arrays that an argument holds: a list of them, or the rows of one. */
function listOf(name: string, arrays: ArrayLike): readonly ArrayLike[] {
  return Array.isArray(arrays) ? arrays : rowsAlong(name, asValue(arrays), 0);
}

/** Joined along an axis that they have. */
export function concatenate(arrays: ArrayLike, axis: number | null | JoinOptions = 0, options?: JoinOptions): Value {
  const own = withOption<JoinOptions, "axis">("concatenate", joinOptions, "axis", axis, options);
  const { axis: given = 0 } = own;
  const values = promotedValues("concatenate", arrays, own);
  if (given === null)
    return joined(
      "concatenate",
      values.map((each) => reshaped(each, [each.size])),
      0,
    );
  const ndim = values[0]?.ndim ?? 0;
  if (ndim === 0) throw new ShapeError(`${showCall("concatenate", values)}: arrays of no axes can't be joined`);
  return joined("concatenate", values, normalizeAxis("concatenate", given, ndim));
}
export const concat = concatenate;

/** Along an axis. @throws ShapeError where the other axes differ. */
function joined(name: string, values: readonly Value[], axis: number): Value {
  const [first] = values;
  if (first !== undefined && values.length === 1) return first;
  const other = ({ shape }: Value) => shape.toSpliced(axis, 1);
  if (
    first === undefined ||
    !values.every((each) => each.ndim === first.ndim && sameShape(other(each), other(first)))
  ) {
    throw new ShapeError(`${showCall(name, values)}: shapes differ along other axes than ${axis}`);
  }
  return operations.concatenate(values, axis);
}

/** Joined along a new axis. */
export function stack(arrays: ArrayLike, axis: number | JoinOptions = 0, options?: JoinOptions): Value {
  const own = withOption<JoinOptions, "axis">("stack", joinOptions, "axis", axis, options);
  const { axis: given = 0 } = own;
  const values = promotedValues("stack", arrays, own);
  const [first] = values;
  if (first === undefined || !values.every((each) => sameShape(each.shape, first.shape))) {
    throw new ShapeError(`${showCall("stack", values)}: shapes differ`);
  }
  const place = normalizeAxis("stack", given ?? 0, first.ndim + 1);
  return joined(
    "stack",
    values.map((each) => reshaped(each, each.shape.toSpliced(place, 0, 1))),
    place,
  );
}

export function hstack(arrays: ArrayLike, options: StackOptions = {}): Value {
  const values = promotedValues("hstack", arrays, optionsOf("hstack", options, stackOptions)).map((each) =>
    each.ndim === 0 ? reshaped(each, [1]) : each,
  );
  return joined("hstack", values, values[0]?.ndim === 1 ? 0 : 1);
}

export function vstack(arrays: ArrayLike, options: StackOptions = {}): Value {
  return joined(
    "vstack",
    promotedValues("vstack", arrays, optionsOf("vstack", options, stackOptions)).map(asMatrix),
    0,
  );
}
export const row_stack = vstack;

export function dstack(arrays: ArrayLike): Value {
  return joined("dstack", promotedValues("dstack", arrays).map(asCube), 2);
}

/** Vectors as columns. */
export function column_stack(arrays: ArrayLike): Value {
  const columns = promotedValues("column_stack", arrays).map((each) =>
    each.ndim < 2 ? reshaped(each, [each.size, 1]) : each,
  );
  return joined("column_stack", columns, 1);
}

/** Nested lists of blocks: the innermost are joined along the last axis, those around them along the one before. */
export function block(arrays: ArrayLike): Value {
  const depth = depthOf(arrays);
  const ndim = Math.max(depth, ...leavesOf(arrays).map((each) => asValue(each).ndim));
  return joinBlocks(arrays, depth, ndim);
}

function depthOf(blocks: ArrayLike): number {
  return Array.isArray(blocks) ? 1 + depthOf((blocks as readonly ArrayLike[])[0] ?? 0) : 0;
}

function leavesOf(blocks: ArrayLike): readonly ArrayLike[] {
  return Array.isArray(blocks) ? (blocks as readonly ArrayLike[]).flatMap(leavesOf) : [blocks];
}

function joinBlocks(blocks: ArrayLike, depth: number, ndim: number): Value {
  if (!Array.isArray(blocks)) {
    const value = asValue(blocks);
    return reshaped(value, [...count(ndim - value.ndim).map(() => 1), ...value.shape]);
  }
  const parts = (blocks as readonly ArrayLike[]).map((each) => joinBlocks(each, depth - 1, ndim));
  return concatenate(parts, ndim - depth);
}

/** `values` at the end of `x`: along an axis, or, without one, of all elements of both. */
export function append(x: ArrayLike, values: ArrayLike, axis?: number | null | JoinOptions): Value {
  const { axis: given = null } = withOption<JoinOptions, "axis">("append", joinOptions, "axis", axis, undefined);
  return concatenate([x, values], given);
}

interface SplitOptions {
  readonly axis?: number;
}

/** Into as many equal parts, or at these indices. @throws ShapeError where parts would not be equal. */
export function split(
  x: ArrayLike,
  sections: number | readonly number[] | ArrayLike,
  axis: number | SplitOptions = 0,
): readonly Value[] {
  const value = asValue(x);
  const own = axisOfSplit("split", value, axis);
  const length = value.shape[own] ?? 0;
  if (typeof sections === "number" && length % sections !== 0) {
    throw new ShapeError(`${showCall("split", [value])}: ${length} elements don't make ${sections} equal parts`);
  }
  return parts(value, sections, own);
}

/** As `split`, but the first parts may have one element more. */
export function array_split(
  x: ArrayLike,
  sections: number | readonly number[] | ArrayLike,
  axis: number | SplitOptions = 0,
): readonly Value[] {
  const value = asValue(x);
  return parts(value, sections, axisOfSplit("array_split", value, axis));
}

function axisOfSplit(name: string, value: Value, axis: number | SplitOptions): number {
  const { axis: given = 0 } = withOption<SplitOptions, "axis">(name, { axis: true }, "axis", axis, undefined);
  return normalizeAxis(name, given, value.ndim);
}

function parts(value: Value, sections: ArrayLike, axis: number): readonly Value[] {
  const length = value.shape[axis] ?? 0;
  const bounds =
    typeof sections === "number" ? evenBounds(length, sections) : cutBounds(length, asIntegers("split", sections));
  return bounds.map(([start, stop]) => section(value, axis, start, stop));
}

function evenBounds(length: number, sections: number): readonly (readonly [number, number])[] {
  if (!(sections > 0)) throw new RangeError(`split: there can't be ${sections} parts`);
  const each = Math.floor(length / sections);
  const longer = length % sections;
  return count(sections).map((part) => {
    const start = part * each + Math.min(part, longer);
    return [start, start + each + (part < longer ? 1 : 0)];
  });
}

function cutBounds(length: number, cuts: readonly number[]): readonly (readonly [number, number])[] {
  const inRange = cuts.map((cut) => Math.min(Math.max(cut < 0 ? cut + length : cut, 0), length));
  return [...inRange, length].map((stop, part) => [inRange[part - 1] ?? 0, stop]);
}

export function hsplit(x: ArrayLike, sections: ArrayLike): readonly Value[] {
  const value = asValue(x);
  if (value.ndim === 0) throw new ShapeError("hsplit: an array of no axes can't be split");
  return split(value, sections, value.ndim === 1 ? 0 : 1);
}

export function vsplit(x: ArrayLike, sections: ArrayLike): readonly Value[] {
  const value = asValue(x);
  if (value.ndim < 2) throw new ShapeError(`${showCall("vsplit", [value])}: takes arrays of two or more axes`);
  return split(value, sections, 0);
}

export function dsplit(x: ArrayLike, sections: ArrayLike): readonly Value[] {
  const value = asValue(x);
  if (value.ndim < 3) throw new ShapeError(`${showCall("dsplit", [value])}: takes arrays of three or more axes`);
  return split(value, sections, 2);
}

interface UnstackOptions {
  readonly axis?: number;
}

/** The arrays along an axis, which disappears. */
export function unstack(x: ArrayLike, options: UnstackOptions = {}): readonly Value[] {
  const { axis = 0 } = optionsOf<UnstackOptions>("unstack", options, { axis: true });
  return rowsAlong("unstack", asValue(x), axis);
}

function rowsAlong(name: string, value: Value, axis: number): readonly Value[] {
  if (value.ndim === 0) throw new AxisError(`${name}: an array of no axes can't be unstacked`);
  const own = normalizeAxis(name, axis, value.ndim);
  return count(value.shape[own] ?? 0).map((place) =>
    reshaped(section(value, own, place, place + 1), value.shape.toSpliced(own, 1)),
  );
}
