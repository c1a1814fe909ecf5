// Triangles of matrices, and matrices of diagonals.
import { operations, ShapeError, showAval, type DType, type OptionNames, type Value } from "@cotangent/core";
import { promoteTypes } from "../dtype.ts";
import { allocate } from "../ndarray.ts";
import { asInteger, asValue, type ArrayLike } from "./arguments.ts";
import { count, withOption } from "./axes.ts";
import { diagonal } from "./diagonals.ts";
import { creationOptions, withDType, type CreationOptions, type DTypeOr } from "./dtype-option.ts";
import { asShape, permuted, reshaped } from "./moving.ts";
import { integerArray } from "./rows.ts";
import { where } from "./selecting.ts";
import { nonzero } from "./taking.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { vstack } from "./joining.ts";

interface MaskOptions extends CreationOptions {
  /** The number of columns, if it is not that of the rows. */
  readonly M?: number;
  readonly k?: number;
}

const maskOptions: OptionNames<MaskOptions> = { M: "integer", k: "integer", dtype: true };

type MaskArguments = readonly [
  rows: number,
  columns: number | null | DTypeOr<MaskOptions>,
  k: number | DTypeOr<CreationOptions>,
  options: DTypeOr<CreationOptions> | undefined,
];

/** Ones on the k-th diagonal. */
export function eye(
  rows: number,
  columns: number | null | DTypeOr<MaskOptions> = null,
  k: number | DTypeOr<CreationOptions> = 0,
  options?: DTypeOr<CreationOptions>,
): Value {
  return ones("eye", rows, columns, k, options);
}

function ones(name: string, ...args: MaskArguments): Value {
  const [rows] = args;
  const settings = triangleSettings(name, ...args);
  const isOnDiagonal = (row: number, column: number) => column - row === settings.k;
  return maskOf(name, rows, settings.columns, isOnDiagonal, settings.dtype);
}

export function identity(length: number, options?: DTypeOr<CreationOptions>): Value {
  return ones("identity", length, length, 0, options);
}

/** Ones on and below the k-th diagonal. */
export function tri(
  rows: number,
  columns: number | null | DTypeOr<MaskOptions> = null,
  k: number | DTypeOr<CreationOptions> = 0,
  options?: DTypeOr<CreationOptions>,
): Value {
  const settings = triangleSettings("tri", rows, columns, k, options);
  return maskOf("tri", rows, settings.columns, (row, column) => column - row <= settings.k, settings.dtype);
}

function triangleSettings(
  name: string,
  ...[rows, columns, k, options]: MaskArguments
): { readonly columns: number; readonly k: number; readonly dtype: DType } {
  const named: MaskOptions = {
    ...withDType(name, creationOptions, options),
    ...(typeof k === "number" ? {} : withDType(name, creationOptions, k)),
    ...(typeof columns === "number" ? {} : withDType(name, maskOptions, columns)),
  };
  return {
    columns: typeof columns === "number" ? columns : (named.M ?? rows),
    k: asInteger(name, named.k ?? (typeof k === "number" ? k : 0)),
    dtype: named.dtype ?? "float64",
  };
}

function maskOf(
  name: string,
  givenRows: number,
  givenColumns: number,
  test: (row: number, column: number) => boolean,
  dtype: DType,
): Value {
  const [rows, columns] = [asInteger(name, givenRows), asInteger(name, givenColumns)];
  const mask = allocate(asShape(name, [rows, columns]), "bool");
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) if (test(row, column)) mask.data[row * columns + column] = 1;
  }
  return operations.cast(mask, dtype);
}

/** The elements on and below the k-th diagonal of matrices, and 0 above it. */
export function tril(x: ArrayLike, k: number | DiagonalOption = 0): Value {
  return triangle(x, offsetOf("tril", k), true);
}

/** The elements on and above the k-th diagonal of matrices, and 0 below it. */
export function triu(x: ArrayLike, k: number | DiagonalOption = 0): Value {
  return triangle(x, offsetOf("triu", k), false);
}

function offsetOf(name: string, k: number | DiagonalOption): number {
  return withOption<DiagonalOption, "k">(name, { k: "integer" }, "k", k, undefined).k ?? 0;
}

function triangle(x: ArrayLike, k: number, isLower: boolean): Value {
  const given = asValue(x);
  if (given.ndim === 0) throw new ShapeError(`${isLower ? "tril" : "triu"}: an array of no axes has no triangle`);
  const value = given.ndim === 1 ? operations.broadcast(given, [given.size, given.size], [0]) : given;
  const [rows = 0, columns = 0] = value.shape.slice(-2);
  const isKept = (row: number, column: number) => (isLower ? column - row <= k : column - row >= k);
  const mask = maskOf(isLower ? "tril" : "triu", rows, columns, isKept, "bool");
  return where(mask, value, operations.cast(asValue(0), value.dtype));
}

/** The diagonal of a matrix, or the matrix of a diagonal. */
export function diag(x: ArrayLike, k: number | DiagonalOption = 0): Value {
  const value = asValue(x);
  const offset = offsetOf("diag", k);
  if (value.ndim === 2) return diagonal(value, offset);
  if (value.ndim === 1) return onDiagonal(value, offset);
  throw new ShapeError(`diag(${showAval(value)}): takes a vector or a matrix`);
}

function onDiagonal(value: Value, offset: number): Value {
  const length = value.size + Math.abs(offset);
  const start = offset >= 0 ? offset : -offset * length;
  if (value.size === 0) return operations.broadcast(operations.cast(asValue(0), value.dtype), [length, length], [0, 1]);
  const flat = operations.embed(value, [start], [length + 1], [length * length]);
  return reshaped(flat, [length, length]);
}

/** The matrix whose diagonal is all elements. */
export function diagflat(x: ArrayLike, k: number | DiagonalOption = 0): Value {
  const value = asValue(x);
  return onDiagonal(reshaped(value, [value.size]), offsetOf("diagflat", k));
}

export function diag_indices(
  length: number,
  ...args: Settings<{ readonly ndim?: number }, ["ndim"]>
): readonly Value[] {
  const { ndim = 2 } = settingsOf<{ readonly ndim?: number }>("diag_indices", { ndim: "integer" }, args);
  return count(ndim).map(() => integerArray(count(length)));
}

export function diag_indices_from(x: ArrayLike): readonly Value[] {
  const value = asValue(x);
  const [length = 0] = value.shape;
  if (value.ndim < 2 || value.shape.some((each) => each !== length)) {
    throw new ShapeError(
      `diag_indices_from(${showAval(value)}): not all axes are of one length, or there are less than two`,
    );
  }
  return diag_indices(length, value.ndim);
}

interface DiagonalOption {
  readonly k?: number;
}

interface IndicesOptions extends DiagonalOption {
  /** The number of columns, if it is not that of the rows. */
  readonly m?: number | null;
}

/** The indices of elements on and below the k-th diagonal. */
export function tril_indices(rows: number, ...args: Settings<IndicesOptions, ["k", "m"]>): readonly Value[] {
  const { k = 0, m } = settingsOf<IndicesOptions>("tril_indices", { k: "integer", m: "integer" }, args);
  return nonzero(maskOf("tril_indices", rows, m ?? rows, (row, column) => column - row <= k, "bool"));
}

export function triu_indices(rows: number, ...args: Settings<IndicesOptions, ["k", "m"]>): readonly Value[] {
  const { k = 0, m } = settingsOf<IndicesOptions>("triu_indices", { k: "integer", m: "integer" }, args);
  return nonzero(maskOf("triu_indices", rows, m ?? rows, (row, column) => column - row >= k, "bool"));
}

export function tril_indices_from(x: ArrayLike, ...args: Settings<DiagonalOption, ["k"]>): readonly Value[] {
  const [rows, m] = matrixShape("tril_indices_from", asValue(x));
  return tril_indices(rows, { ...settingsOf<DiagonalOption>("tril_indices_from", { k: "integer" }, args), m });
}

export function triu_indices_from(x: ArrayLike, ...args: Settings<DiagonalOption, ["k"]>): readonly Value[] {
  const [rows, m] = matrixShape("triu_indices_from", asValue(x));
  return triu_indices(rows, { ...settingsOf<DiagonalOption>("triu_indices_from", { k: "integer" }, args), m });
}

function matrixShape(name: string, value: Value): readonly [number, number] {
  if (value.ndim !== 2) throw new ShapeError(`${name}(${showAval(value)}): takes a matrix`);
  return [value.shape[0] ?? 0, value.shape[1] ?? 0];
}

/** The indices of elements that a function like `triu` leaves of a matrix of ones. */
export function mask_indices(
  length: number,
  mask: (x: Value, k: number) => Value,
  ...args: Settings<DiagonalOption, ["k"]>
): readonly Value[] {
  const { k = 0 } = settingsOf<DiagonalOption>("mask_indices", { k: "integer" }, args);
  return nonzero(
    mask(
      maskOf("mask_indices", length, length, () => true, "int64"),
      k,
    ),
  );
}

interface VanderOptions {
  /** The number of columns; one for each element, unless given. */
  readonly N?: number | null;
  readonly increasing?: boolean;
}

const vanderOptions: OptionNames<VanderOptions> = { N: "integer", increasing: true };

/** The Vandermonde matrix: powers of the elements as columns, the highest first. */
export function vander(
  x: ArrayLike,
  columns?: number | null | VanderOptions,
  increasing: boolean | VanderOptions = false,
): Value {
  const value = asValue(x);
  if (value.ndim !== 1) throw new ShapeError(`vander(${showAval(value)}): takes a vector`);
  const named = withOption<VanderOptions, "N">("vander", vanderOptions, "N", columns, undefined);
  const length = named.N ?? value.size;
  if (length < 0) throw new RangeError(`vander: there can't be ${length} columns`);
  const last = withOption<VanderOptions, "increasing">("vander", vanderOptions, "increasing", increasing, undefined);
  const isIncreasing = named.increasing ?? last.increasing ?? false;
  const own = operations.cast(value, promoteTypes(value.dtype, "int64"));
  const powers = [operations.onesLike(own)];
  while (powers.length < length) powers.push(operations.mul(powers.at(-1) as Value, own));
  const rows = powers.slice(0, length);
  if (rows.length === 0) return allocate([value.size, 0], own.dtype);
  return permuted(vstack(isIncreasing ? rows : rows.toReversed()), [1, 0]);
}
