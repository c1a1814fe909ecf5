// Transforms along axes: lengths, padding, scales.
import { DTypeError, isComplex, isInexact, operations, ShapeError, showCall, type Value } from "@cotangent/core";
import { realPartsOf, withoutImaginary } from "../evaluation/doubles.ts";
import { fromTyped, NDArray } from "../ndarray.ts";
import { asValue, type ArrayLike } from "./arguments.ts";
import { normalizeAxis } from "./axes.ts";

/** Which direction is scaled: the inverse by 1/n, both by 1/√n, or the transform by 1/n. */
export type Norm = "backward" | "ortho" | "forward" | null;

/** A transform along one axis. */
export interface Transform {
  /** For messages. */
  readonly name: string;
  readonly axis: number;
  /** The length of the transform. */
  readonly length: number;
  readonly norm: Norm | undefined;
}

/** The operand in a dtype of floats or complex numbers. */
export function asFloats(raw: ArrayLike): Value {
  const value = asValue(raw);
  return isInexact(value.dtype) ? value : operations.cast(value, "float64");
}

export function asComplex(value: Value): Value {
  if (isComplex(value.dtype)) return value;
  if (value instanceof NDArray) return withoutImaginary(value);
  return operations.cast(value, value.dtype === "float32" ? "complex64" : "complex128");
}

/** The transform of this value with these options, its length by default that of the axis. */
export function transformOf(
  name: string,
  value: Value,
  n: number | null | undefined,
  axis: number,
  norm: Norm | undefined,
  defaultLength: (length: number) => number = (length) => length,
): Transform {
  if (value.ndim === 0) throw new ShapeError(`${showCall(name, [value])}: a scalar has no axis to transform`);
  const place = normalizeAxis(name, axis, value.ndim);
  const length = n ?? defaultLength(value.shape[place] ?? 0);
  if (!Number.isInteger(length) || length < 1) {
    throw new ShapeError(`${showCall(name, [value])}: a transform of ${length} points`);
  }
  if (norm !== undefined && norm !== null && !["backward", "ortho", "forward"].includes(norm)) {
    throw new RangeError(`${name}: norm "${norm}" is none of backward, ortho, forward`);
  }
  return { name, axis: place, length, norm };
}

/** The axis cut, or continued with zeros, to this length. */
export function resized(value: Value, axis: number, length: number): Value {
  const own = value.shape[axis] ?? 0;
  if (own === length) return value;
  const zeros = value.shape.map(() => 0);
  const ones = value.shape.map(() => 1);
  const shape = value.shape.with(axis, length);
  return own > length ? operations.slice(value, zeros, shape, ones) : operations.embed(value, zeros, ones, shape);
}

/** The transform of a complex value, there or back, scaled. */
export function along(value: Value, { axis, length, norm }: Transform, inverse: boolean): Value {
  const result = operations.fft(resized(value, axis, length), axis, inverse);
  const scale = scaleOf(length, norm, inverse);
  return scale === 1 ? result : operations.mul(result, scale);
}

/** What a transform of this length must be multiplied by. */
function scaleOf(length: number, norm: Norm | undefined, inverse: boolean): number {
  if (norm === "ortho") return 1 / Math.sqrt(length);
  return (norm === "forward") !== inverse ? 1 / length : 1;
}

/** The real part of the inverse transform of a spectrum of which only the first half is given. */
export function realInverse(half: Value, { axis, length, norm }: Transform): Value {
  const count = Math.floor(length / 2) + 1;
  const given = resized(half, axis, count);
  // The other half is the conjugate of this one: its real part comes twice.
  const scale = scaleOf(length, norm, true);
  const weights = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) weights[2 * k] = k === 0 || 2 * k === length ? scale : 2 * scale;
  const factors = operations.cast(fromTyped(weights, "complex128", [count]), given.dtype);
  const others = given.shape.flatMap((_, each) => (each === axis ? [] : [each]));
  const weighted = operations.mul(given, operations.broadcast(factors, given.shape, others));
  const whole = operations.fft(resized(weighted, axis, length), axis, true);
  return whole instanceof NDArray ? realPartsOf(whole) : operations.real(whole);
}

/** The first half of the transform of a real value. */
export function realForward(value: Value, transform: Transform): Value {
  const { axis, length } = transform;
  return resized(along(asComplex(value), transform, false), axis, Math.floor(length / 2) + 1);
}

/** @throws DTypeError where the value is complex. */
export function requireReal(name: string, value: Value): void {
  if (isComplex(value.dtype)) throw new DTypeError(`${showCall(name, [value])}: only for real values`);
}
