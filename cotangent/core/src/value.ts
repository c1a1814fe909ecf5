// What flows through a program: arrays of a backend, and traced stand-ins for them.
import type { Aval, DType, Shape } from "./aval.ts";
import type { Kernel } from "./evaluation.ts";
import type { AxisPairs } from "./operations.ts";
import type { Trace } from "./trace.ts";

/** A number as JavaScript has it, a complex number, or nested lists of elements. */
export type Complex = { readonly re: number; readonly im: number };
export type Scalar = number | bigint | boolean | Complex;
export type NestedList<Element = Scalar> = Element | readonly NestedList<Element>[];

/**
 * An array, or what stands for one while a transformation looks on. Functions of arrays take both and need not care
 * which it is; shape and dtype are always known.
 */
export interface Value extends Aval {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly ndim: number;
  readonly size: number;
  /** What computes with it. */
  readonly backend: Backend;
  /** The transformation that looks on, or null for an array. */
  readonly trace: Trace | null;
  /** The only element. @throws RangeError where there is not exactly one; TypeError where elements are not known yet. */
  item(): Scalar;
  /** The elements as nested lists. @throws TypeError where elements are not known yet. */
  toList(): NestedList;
  /** As text, for people. */
  toString(): string;
  /** The elements of the first axis. An array of no axes can't be iterated. */
  [Symbol.iterator](): Iterator<Value>;
}

/** An array library, as far as programs need one. Its arrays say which it is. */
export interface Backend {
  readonly name: string;
  /** How each primitive is computed, by its number: `kernelsOf` the backend's table. */
  readonly kernels: readonly (Kernel | undefined)[];
  /** An array of no axes. */
  scalar(value: Scalar, dtype: DType): Value;
  /** An array of this shape whose elements are all `value`. Need not take up memory for each. */
  full(shape: Shape, value: Scalar, dtype: DType): Value;
  /** sum + addend, of one type, perhaps in the memory of `sum`: nobody else may have that. */
  addTo?(sum: Value, addend: Value): Value;
  /** Likewise, sum + the product of x and y, as `dot` has it. */
  addDotTo?(sum: Value, x: Value, y: Value, contract: AxisPairs, batch: AxisPairs): Value;
  /** Likewise, with the addend at start, start + step, … of each axis, as `embed` has it. */
  addEmbeddedTo?(sum: Value, addend: Value, start: readonly number[], step: readonly number[]): Value;
  /** Elements in row-major order, for files; the inverse of `elements`. */
  fromElements(elements: readonly Scalar[], aval: Aval): Value;
  elements(value: Value): readonly Scalar[];
  /** An array as text. */
  show(array: Value): string;
  /** What a program's author may hand over in place of an array: a number, nested lists, a typed array. */
  asValue(raw: unknown): Value | undefined;
}
