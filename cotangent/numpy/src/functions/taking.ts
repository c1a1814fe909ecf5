// Elements chosen by numbers or by truth values along axes.
import {
  operations,
  ShapeError,
  showAval,
  sizeOf,
  Traced,
  requireKind,
  type Shape,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import {
  asIntegers,
  asOperand,
  asValue,
  broadcastTo,
  commonShape,
  promotedOf,
  wrapped,
  type ArrayLike,
} from "./arguments.ts";
import { normalizeAxis, optionsOf, withOption } from "./axes.ts";
import {
  asIndices,
  doublesIn,
  flatNumbers,
  IndexError,
  integerArray,
  numbered,
  numbersIn,
  placesOfTrue,
  rowNumbers,
  takeAlong,
  takeFlat,
  takeInRows,
  indexModes,
  type IndexMode,
} from "./rows.ts";
import { reshaped } from "./moving.ts";

interface TakeOptions {
  readonly axis?: number | null;
  readonly mode?: IndexMode;
}

/** Elements by their indices along an axis, or, without one, in the order of `ravel`. */
export function take(
  x: ArrayLike,
  indices: ArrayLike,
  axis: number | null | TakeOptions = null,
  options: TakeOptions = {},
): Value {
  const { axis: given = null, mode = "raise" } = withOption<TakeOptions, "axis">(
    "take",
    { axis: true, mode: indexModes },
    "axis",
    axis,
    options,
  );
  const value = asValue(x);
  const flat = given === null || value.ndim === 0 ? reshaped(value, [value.size]) : value;
  const own = normalizeAxis("take", given ?? 0, flat.ndim);
  return takeAlong(flat, rowNumbers("take", asIndices("take", indices), flat.shape[own] ?? 0, mode), own);
}

interface AxisOption {
  readonly axis?: number | null;
}

/** Elements of each row along an axis by the row's own indices, as `argsort` gives them. */
export function take_along_axis(x: ArrayLike, indices: ArrayLike, axis: number | null | AxisOption = -1): Value {
  const value = asValue(x);
  const { axis: given } = withOption<AxisOption, "axis">("take_along_axis", { axis: true }, "axis", axis, undefined);
  const numbers = asIndices("take_along_axis", indices, IndexError);
  if (numbers.ndim !== (given === null ? 1 : value.ndim)) {
    throw new ShapeError(`take_along_axis(${showAval(value)}, ${showAval(numbers)}): both must have as many axes`);
  }
  if (given === null) return takeFlat(value, rowNumbers("take_along_axis", numbers, value.size));
  const own = normalizeAxis("take_along_axis", given ?? -1, value.ndim);
  const rows = rowNumbers("take_along_axis", numbers, value.shape[own] ?? 0);
  const shape = commonShape("take_along_axis", [
    { shape: value.shape.with(own, 1), dtype: value.dtype },
    { shape: rows.shape.with(own, 1), dtype: "int64" },
  ]);
  const wide = broadcastTo(value, shape.with(own, value.shape[own] ?? 0));
  return takeInRows(wide, broadcastTo(rows, shape.with(own, rows.shape[own] ?? 0)), own);
}

interface ChooseOptions {
  readonly mode?: IndexMode;
}

/** Of each place the element of the array whose number is at that place. */
export function choose(numbers: ArrayLike, choices: readonly ArrayLike[], options: ChooseOptions = {}): Value {
  const { mode = "raise" } = optionsOf<ChooseOptions>("choose", options, { mode: indexModes });
  const operands = choices.map((each) => asOperand(each, "choose"));
  const values = operands.map((each) => wrapped(each, promotedOf(operands)));
  const given = asIndices("choose", numbers);
  if (mode === "raise") requireNatural("choose", given);
  const rows = rowNumbers("choose", given, values.length, mode);
  const shape = commonShape("choose", [rows, ...values]);
  const all = operations.concatenate(
    values.map((each) => reshaped(broadcastTo(each, shape), [sizeOf(shape)])),
    0,
  );
  const places = reshaped(numbered(sizeOf(shape)), shape);
  return operations.take(all, flatNumbers([broadcastTo(rows, shape), places], [values.length, sizeOf(shape)]));
}

/** Places along an axis (or in the order of `ravel`) where the condition is true. */
export function compress(
  condition: ArrayLike,
  x: ArrayLike,
  axis: number | null | { readonly axis?: number | null } = null,
): Value {
  const value = asValue(x);
  const given = typeof axis === "object" && axis !== null ? (axis.axis ?? null) : axis;
  const flat = given === null || value.ndim === 0 ? reshaped(value, [value.size]) : value;
  const own = normalizeAxis("compress", given ?? 0, flat.ndim);
  const truths = asValue(condition);
  if (truths.ndim !== 1) throw new ShapeError(`compress(${showAval(truths)}): the condition is a vector`);
  return takeAlong(flat, rowNumbers("compress", truePlaces(truths), flat.shape[own] ?? 0), own);
}

/** The elements where the condition is true. */
export function extract(condition: ArrayLike, x: ArrayLike): Value {
  const value = asValue(x);
  return takeFlat(value, rowNumbers("extract", truePlaces(asValue(condition)), value.size));
}

/** The numbers of elements that are true, in row-major order. */
function truePlaces(condition: Value): Value {
  return integerArray(placesOfTrue(condition));
}

/** The indices, along each axis, of elements other than 0. */
export function nonzero(x: ArrayLike): readonly Value[] {
  const value = asValue(x);
  if (value.ndim === 0) throw new ShapeError("nonzero: an array of no axes has no indices; use atleast_1d");
  return unraveled(truePlaces(value), value.shape);
}

function unraveled(places: Value, shape: Shape): readonly Value[] {
  const list = doublesIn(places);
  return shape.map((length, axis) => {
    const stride = sizeOf(shape.slice(axis + 1));
    return integerArray(
      list.map((place) => Math.floor(place / stride) % length),
      places.shape,
    );
  });
}

export function flatnonzero(x: ArrayLike): Value {
  return truePlaces(asValue(x));
}

/** The indices of elements other than 0, one in each row. */
export function argwhere(x: ArrayLike): Value {
  const value = asValue(x);
  const places = truePlaces(value);
  const columns = unraveled(places, value.shape).map((each) => reshaped(each, [each.size, 1]));
  return columns.length === 0 ? integerArray([], [places.size, 0]) : operations.concatenate(columns, 1);
}

interface IndexOrder {
  readonly order?: "C" | "F";
}

interface RavelOptions extends IndexOrder {
  /** One for all axes, or one for each. */
  readonly mode?: IndexMode | readonly IndexMode[];
}

const indexOrder: OptionNames<IndexOrder> = { order: ["C", "F"] };
const ravelOptions: OptionNames<RavelOptions> = { ...indexOrder, mode: true };

/** @throws IndexError where an index is known to be negative. */
function requireNatural(name: string, indices: Value): void {
  if (!(indices instanceof Traced) && numbersIn(indices).some((each) => each < 0)) {
    throw new IndexError(`${name}: an index is negative`);
  }
}

/** The numbers of elements whose indices along each axis are given. */
export function ravel_multi_index(
  indices: readonly ArrayLike[],
  dims: ArrayLike,
  options: RavelOptions | IndexMode = {},
): Value {
  const { order = "C", mode = "raise" } =
    typeof options === "string"
      ? { mode: options }
      : optionsOf<RavelOptions>("ravel_multi_index", options, ravelOptions);
  const shape = asIntegers("ravel_multi_index", dims);
  const numbers = indices.map((each, axis) => {
    const own = typeof mode === "string" ? mode : (mode[axis] ?? "raise");
    requireKind("ravel_multi_index", "mode", own, indexModes);
    return rowNumbersOfIndex(each, shape[axis] ?? 0, own);
  });
  const common = commonShape("ravel_multi_index", numbers);
  const wide = numbers.map((each) => broadcastTo(each, common));
  return order === "C" ? flatNumbers(wide, shape) : flatNumbers(wide.toReversed(), shape.toReversed());
}

function rowNumbersOfIndex(indices: ArrayLike, length: number, mode: IndexMode): Value {
  const numbers = asIndices("ravel_multi_index", indices);
  if (mode === "raise") requireNatural("ravel_multi_index", numbers);
  return rowNumbers("ravel_multi_index", numbers, length, mode);
}

/** The indices along each axis of elements by their numbers. */
export function unravel_index(
  numbers: ArrayLike,
  shape: ArrayLike,
  options: IndexOrder | "C" | "F" = {},
): readonly Value[] {
  const { order = "C" } = withOption<IndexOrder, "order">("unravel_index", indexOrder, "order", options, undefined);
  const lengths = asIntegers("unravel_index", shape);
  const given = asIndices("unravel_index", numbers);
  requireNatural("unravel_index", given);
  const rows = rowNumbers("unravel_index", given, sizeOf(lengths));
  return order === "C" ? unraveled(rows, lengths) : unraveled(rows, lengths.toReversed()).toReversed();
}

/** Index arrays that choose the product of the given indices along each axis. */
export function ix_(...sequences: readonly ArrayLike[]): readonly Value[] {
  return sequences.map((each, axis) => {
    const value = asValue(each);
    if (value.ndim !== 1) throw new ShapeError(`ix_(${showAval(value)}): takes vectors`);
    const indices = value.dtype === "bool" ? truePlaces(value) : ownIndices(value);
    return reshaped(
      indices,
      sequences.map((_, own) => (own === axis ? indices.size : 1)),
    );
  });
}

/** The indices in their own dtype, but of nothing in that of indices. */
function ownIndices(value: Value): Value {
  const indices = asIndices("ix_", value, IndexError);
  return kindOf(value.dtype) === "float" ? indices : value;
}
