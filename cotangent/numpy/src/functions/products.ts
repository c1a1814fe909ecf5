// Products of vectors and matrices.
import { operations, primitives, ShapeError, showCall, Traced, type Shape, type Value } from "@cotangent/core";
import { NDArray } from "../ndarray.ts";
import { asIntegers, asOperand, ofOneDType, type ArrayLike } from "./arguments.ts";
import { normalizeAxes, normalizeAxis } from "./axes.ts";
import { contract } from "./contraction.ts";
import { anyElements } from "./domains.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { binary } from "./ufuncs.ts";

const none: readonly [readonly number[], readonly number[]] = [[], []];
const rowsByColumns = [[1], [0]] as const;
const lastByFirst = [[0], [0]] as const;

const multiply = binary("multiply", primitives.mul, anyElements);

/** Two operands as arrays of one dtype. */
function pair(x: ArrayLike, y: ArrayLike): readonly [Value, Value] {
  if ((x instanceof NDArray || x instanceof Traced) && (y instanceof NDArray || y instanceof Traced)) {
    if (x.dtype === y.dtype) return [x, y];
  }
  return ofOneDType([asOperand(x), asOperand(y)]) as [Value, Value];
}

/** The product of matrices, over the last axis of the first operand and the last but one of the second. */
export function matmul(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y);
  if (left.ndim === 0 || right.ndim === 0) {
    throw new ShapeError(`${showCall("matmul", [left, right])}: scalars are multiplied by multiply`);
  }
  if (right.ndim <= 2) {
    requireSum("matmul", left, right, left.ndim - 1, 0);
    if (left.ndim === 2) return operations.dot(left, right, rowsByColumns, none);
    if (left.ndim === 1) return operations.dot(left, right, lastByFirst, none);
    return operations.dot(left, right, [[left.ndim - 1], [0]], none);
  }
  const rows = left.ndim === 1 ? [] : ["row"];
  return batched("matmul", left, [...rows, "sum"], right, ["sum", "column"], [...rows, "column"]);
}

/** The product of arrays whose last axes have these labels and whose axes before are batches, aligned at their ends. */
function batched(
  name: string,
  x: Value,
  left: readonly string[],
  y: Value,
  right: readonly string[],
  result: readonly string[],
): Value {
  if (x.ndim < left.length || y.ndim < right.length) {
    throw new ShapeError(`${showCall(name, [x, y])}: operands need ${left.length} and ${right.length} axes`);
  }
  requireSum(name, x, y, x.ndim - left.length + left.indexOf("sum"), y.ndim - right.length + right.indexOf("sum"));
  const [a, b] = [batchLabels(x.ndim - left.length), batchLabels(y.ndim - right.length)];
  const batch = a.length > b.length ? a : b;
  return contract(name, { value: x, labels: [...a, ...left] }, { value: y, labels: [...b, ...right] }, [
    ...batch,
    ...result,
  ]);
}

/** Labels of axes that are aligned at their ends. */
function batchLabels(count: number): readonly string[] {
  return Array.from({ length: count }, (_, axis) => `batch ${count - axis}`);
}

function requireSum(name: string, x: Value, y: Value, axis: number, other: number): void {
  if (x.shape[axis] === y.shape[other]) return;
  throw new ShapeError(
    `${showCall(name, [x, y])}: ${x.shape[axis]} (axis ${axis}) and ${y.shape[other]} (axis ${other}) differ`,
  );
}

/** The product over the last axis of the first operand and the last but one of the second; others are all kept. */
export function dot(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y);
  if (left.ndim === 0 || right.ndim === 0) return multiply(left, right);
  const axis = Math.max(0, right.ndim - 2);
  requireSum("dot", left, right, left.ndim - 1, axis);
  return operations.dot(left, right, [[left.ndim - 1], [axis]], none);
}

/** The product over the last axes of both. */
export function inner(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y);
  if (left.ndim === 0 || right.ndim === 0) return multiply(left, right);
  requireSum("inner", left, right, left.ndim - 1, right.ndim - 1);
  return operations.dot(left, right, [[left.ndim - 1], [right.ndim - 1]], none);
}

/** All products of an element of one and an element of the other, as a matrix. */
export function outer(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y).map(flat) as [Value, Value];
  return operations.dot(left, right, none, none);
}

function flat(value: Value): Value {
  return value.ndim === 1 ? value : operations.reshape(value, [value.size]);
}

/** The sum of products of all elements, those of the first operand conjugated. */
export function vdot(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y).map(flat) as [Value, Value];
  requireSum("vdot", left, right, 0, 0);
  return operations.dot(operations.conj(left), right, lastByFirst, none);
}

export interface AxisOption {
  readonly axis?: number;
}

/** Products of vectors along an axis, those of the first operand conjugated. */
export function vecdot(x: ArrayLike, y: ArrayLike, { axis = -1 }: AxisOption = {}): Value {
  const [left, right] = pair(x, y).map((value) => {
    const place = normalizeAxis("vecdot", axis, value.ndim);
    const rest = value.shape.flatMap((_, each) => (each === place ? [] : [each]));
    return place === value.ndim - 1 ? value : operations.transpose(value, [...rest, place]);
  }) as [Value, Value];
  return batched("vecdot", operations.conj(left), ["sum"], right, ["sum"], []);
}

/** Products of matrices and vectors. */
export function matvec(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y);
  return batched("matvec", left, ["row", "sum"], right, ["sum"], ["row"]);
}

/** Products of vectors, conjugated, and matrices. */
export function vecmat(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y);
  return batched("vecmat", operations.conj(left), ["sum"], right, ["sum", "column"], ["column"]);
}

/** How many of the last axes of one and the first of the other are summed over, or which of each. */
export type TensordotAxes = number | readonly [number | readonly number[], number | readonly number[]];
export interface TensordotOptions {
  readonly axes?: TensordotAxes;
}

/** The product over some axes of both. */
export function tensordot(x: ArrayLike, y: ArrayLike, axes: TensordotAxes | TensordotOptions = 2): Value {
  const [left, right] = pair(x, y);
  const given = typeof axes === "object" && "axes" in axes ? (axes.axes ?? 2) : (axes as TensordotAxes);
  const [first, second] = summedAxes(given, left, right);
  if (
    first.length !== second.length ||
    first.some((axis, place) => left.shape[axis] !== right.shape[second[place] ?? 0])
  ) {
    throw new ShapeError(`${showCall("tensordot", [left, right])}: axes ${JSON.stringify(given)} do not match`);
  }
  return operations.dot(left, right, [first, second], none);
}

function summedAxes(axes: TensordotAxes, x: Value, y: Value): readonly [readonly number[], readonly number[]] {
  const [first, second] =
    typeof axes === "number"
      ? [Array.from({ length: axes }, (_, place) => place - axes), Array.from({ length: axes }, (_, place) => place)]
      : [asIntegers("tensordot", axes[0]), asIntegers("tensordot", axes[1])];
  return [normalizeAxes("tensordot", first, x.ndim), normalizeAxes("tensordot", second, y.ndim)];
}

/** The Kronecker product: blocks of the second operand, one for each element of the first. */
export function kron(x: ArrayLike, y: ArrayLike): Value {
  const [left, right] = pair(x, y);
  const ndim = Math.max(left.ndim, right.ndim);
  const padded = ({ shape }: Value): Shape => [...Array.from({ length: ndim - shape.length }, () => 1), ...shape];
  const [a, b] = [padded(left), padded(right)];
  const all = operations.dot(operations.reshape(left, a), operations.reshape(right, b), none, none);
  const order = a.flatMap((_, axis) => [axis, ndim + axis]);
  return operations.reshape(
    operations.transpose(all, order),
    a.map((length, axis) => length * (b[axis] ?? 1)),
  );
}

/** Which axes hold the vectors: of each operand and of the result, or of all three. */
export interface CrossOptions {
  readonly axisa?: number;
  readonly axisb?: number;
  readonly axisc?: number;
  readonly axis?: number | null;
}

/** The cross product of vectors of 3 (or 2) components. */
export function cross(
  x: ArrayLike,
  y: ArrayLike,
  ...args: Settings<CrossOptions, ["axisa", "axisb", "axisc", "axis"]>
): Value {
  const options = settingsOf<CrossOptions>("cross", { axisa: true, axisb: true, axisc: true, axis: true }, args);
  const { axis, axisa = axis ?? -1, axisb = axis ?? -1, axisc = axis ?? -1 } = options;
  const [left, right] = pair(x, y);
  const a = components("cross", left, axisa);
  const b = components("cross", right, axisb);
  const [ax, ay, az] = a;
  const [bx, by, bz] = b;
  if (ax === undefined || ay === undefined || bx === undefined || by === undefined || a.length > 3 || b.length > 3) {
    throw new ShapeError(`${showCall("cross", [left, right])}: vectors must have 2 or 3 components`);
  }
  const z = difference(product(ax, by), product(ay, bx));
  if (az === undefined && bz === undefined) return z as Value;
  const all = [difference(product(ay, bz), product(az, by)), difference(product(az, bx), product(ax, bz)), z];
  return joined(all as readonly Value[], axisc);
}

/** The components of vectors along an axis. */
function components(name: string, value: Value, axis: number): readonly Value[] {
  const place = normalizeAxis(name, axis, value.ndim);
  const rest = value.shape.toSpliced(place, 1);
  return Array.from({ length: value.shape[place] ?? 0 }, (_, index) => {
    const start = value.shape.map((_, each) => (each === place ? index : 0));
    const one = operations.slice(
      value,
      start,
      value.shape.with(place, 1),
      value.shape.map(() => 1),
    );
    return operations.reshape(one, rest);
  });
}

const subtract = binary("subtract", primitives.sub, anyElements);

/** A component that isn't there is 0. */
function product(x: Value | undefined, y: Value | undefined): Value | null {
  return x === undefined || y === undefined ? null : multiply(x, y);
}

function difference(x: Value | null, y: Value | null): Value | null {
  if (y === null) return x;
  return x === null ? operations.neg(y) : subtract(x, y);
}

/** The components as vectors along an axis. */
function joined(parts: readonly Value[], axis: number): Value {
  const [first] = parts;
  const ndim = (first?.ndim ?? 0) + 1;
  const place = normalizeAxis("cross", axis, ndim);
  const rows = parts.map((part) => operations.reshape(part, part.shape.toSpliced(place, 0, 1)));
  return operations.concatenate(rows, place);
}
