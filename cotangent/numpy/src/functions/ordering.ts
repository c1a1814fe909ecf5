// Elements in order. Derivatives go the way of the elements: orders are numbers, which have none.
import { isComplex, operations, sameShape, ShapeError, showCall, type Value, type OptionNames } from "@cotangent/core";
import { asIntegers, asValue, type ArrayLike } from "./arguments.ts";
import { normalizeAxis, withOption } from "./axes.ts";
import { unstack } from "./joining.ts";
import { reshaped } from "./moving.ts";
import { orderAlong, sortedAlong } from "./order.ts";
import { takeInRows } from "./rows.ts";

export interface SortOptions {
  readonly axis?: number | null;
  /** All kinds keep equal elements in their order. */
  readonly kind?: "quicksort" | "mergesort" | "heapsort" | "stable" | null;
  readonly stable?: boolean | null;
}

const sortOptions: OptionNames<SortOptions> = {
  axis: true,
  kind: ["quicksort", "mergesort", "heapsort", "stable"],
  stable: true,
};

/** In ascending order along an axis (the last, unless given), or, for null, all elements. NaN comes last. */
export function sort(x: ArrayLike, axis?: number | null | SortOptions, options?: SortOptions): Value {
  const { axis: given = -1 } = withOption<SortOptions, "axis">("sort", sortOptions, "axis", axis, options);
  const value = asValue(x);
  if (given === null) return sortedAlong(reshaped(value, [value.size]), 0);
  return sortedAlong(value, normalizeAxis("sort", given, value.ndim));
}

/** The indices that sort along an axis. */
export function argsort(x: ArrayLike, axis?: number | null | SortOptions, options?: SortOptions): Value {
  const { axis: given = -1 } = withOption<SortOptions, "axis">("argsort", sortOptions, "axis", axis, options);
  const value = asValue(x);
  const flat = given === null || value.ndim === 0 ? reshaped(value, [value.size]) : value;
  return orderAlong(flat, normalizeAxis("argsort", given ?? 0, flat.ndim));
}

interface PartitionOptions {
  readonly axis?: number | null;
}

const partitionOptions: OptionNames<PartitionOptions> = { axis: true };

/**
 * With the elements at these places where sorting would put them, none larger before and none smaller after: here all
 * elements are in order.
 */
export function partition(
  x: ArrayLike,
  kth: number | readonly number[],
  axis: number | null | PartitionOptions = -1,
): Value {
  const { axis: given } = withOption<PartitionOptions, "axis">("partition", partitionOptions, "axis", axis, undefined);
  requireKth("partition", asValue(x), kth, given);
  return sort(x, { axis: given === undefined ? -1 : given });
}

export function argpartition(
  x: ArrayLike,
  kth: number | readonly number[],
  axis: number | null | PartitionOptions = -1,
): Value {
  const { axis: given } = withOption<PartitionOptions, "axis">(
    "argpartition",
    partitionOptions,
    "axis",
    axis,
    undefined,
  );
  requireKth("argpartition", asValue(x), kth, given);
  return argsort(x, { axis: given === undefined ? -1 : given });
}

function requireKth(
  name: string,
  value: Value,
  kth: number | readonly number[],
  axis: number | null | undefined,
): void {
  const length = axis === null ? value.size : (value.shape[normalizeAxis(name, axis ?? -1, value.ndim)] ?? 0);
  for (const each of asIntegers(name, kth)) {
    if (each < -length || each >= length)
      throw new RangeError(`${name}: kth ${each} is out of bounds for ${length} elements`);
  }
}

/** The indices that sort by several keys, of which the last counts most. */
export function lexsort(keys: ArrayLike, axis: number | { readonly axis?: number } = -1): Value {
  const values = Array.isArray(keys) ? (keys as readonly ArrayLike[]).map((each) => asValue(each)) : unstack(keys);
  const names = { axis: true } as const;
  const { axis: given = -1 } = withOption<{ readonly axis?: number }, "axis">(
    "lexsort",
    names,
    "axis",
    axis,
    undefined,
  );
  const [first, ...others] = values;
  if (first === undefined) throw new TypeError("lexsort: there are no keys");
  if (!others.every((each) => sameShape(each.shape, first.shape)))
    throw new ShapeError(`${showCall("lexsort", values)}: shapes differ`);
  if (first.ndim === 0) return asValue(0);
  const own = normalizeAxis("lexsort", given, first.ndim);
  return others.reduce<Value>(
    (order, key) => takeInRows(order, orderAlong(takeInRows(key, order, own), own), own),
    orderAlong(first, own),
  );
}

/** All elements as complex numbers, by real and then by imaginary parts. */
export function sort_complex(x: ArrayLike): Value {
  const value = asValue(x);
  if (isComplex(value.dtype)) return sort(value);
  const isSmall = ["int8", "int16", "uint8", "uint16"].includes(value.dtype);
  return sort(operations.cast(value, isSmall ? "complex64" : "complex128"));
}
