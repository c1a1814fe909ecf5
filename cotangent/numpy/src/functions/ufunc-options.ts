// What functions of elements take behind their operands: where they are computed, and what they are written into.
import {
  AbstractValueError,
  DTypeError,
  isInexact,
  knownOptions,
  operations,
  ShapeError,
  showAval,
  showCall,
  Traced,
  type OptionNames,
  type Value,
} from "@cotangent/core";
import { assign, copy } from "../copies.ts";
import { canCast } from "../dtype.ts";
import { NDArray, scalar } from "../ndarray.ts";
import { aligned, asOperand, asValue, broadcastTo, commonShape, isScalar, type ArrayLike } from "./arguments.ts";
import { isOptions } from "./axes.ts";

export interface UfuncOptions {
  /** The array that the result is written into, and that is returned. */
  readonly out?: Value | null;
  /** Where elements are computed. What is left out keeps what `out` has, and is 0 without it. */
  readonly where?: ArrayLike;
}

/** Options, or `out` by itself. Anything else is none: functions that are handed to `map` and `reduce` get an index. */
export type UfuncArgument = UfuncOptions | Value;

const optionNames: OptionNames<UfuncOptions> = { out: true, where: true };

/** The options that were given, or null. @throws TypeError for others than there are. */
export function ufuncOptions(name: string, raw: unknown): UfuncOptions | null {
  if (raw instanceof NDArray || raw instanceof Traced) return { out: raw };
  return isOptions(raw) ? knownOptions(name, raw, optionNames) : null;
}

/** The array to write into. @throws TypeError where there can't be written. */
export function outOf(name: string, { out = null }: UfuncOptions, operands: readonly ArrayLike[]): NDArray | null {
  if (out === null) return null;
  if (!(out instanceof NDArray) || operands.some((each) => each instanceof Traced)) {
    throw new AbstractValueError(`${name}: what is traced can't be written into "out"; use what the function returns`);
  }
  return out;
}

/** The result of a function with options. */
export function withOptions(
  name: string,
  f: (first: ArrayLike, second: ArrayLike) => Value,
  operands: readonly [ArrayLike] | readonly [ArrayLike, ArrayLike],
  options: UfuncOptions,
): Value {
  const out = outOf(name, options, operands);
  const mask = options.where === undefined || options.where === true ? null : asValue(options.where, "bool");
  const [first, second = first] = operands;
  const result = mask === null ? f(first, second) : f(harmless(name, first, mask), harmless(name, second, mask));
  if (out !== null) return written(name, result, out, mask);
  return mask === null ? result : chosen(name, mask, result, scalar(0, result.dtype));
}

function chosen(name: string, mask: Value, result: Value, other: Value): Value {
  const [test, yes, no] = aligned(name, [mask, result, other]) as [Value, Value, Value];
  return operations.select(test, yes, no);
}

/** A traced operand, but where it is left out a number at which derivatives are finite: those of no use may not be NaN. */
function harmless(name: string, raw: ArrayLike, mask: Value): ArrayLike {
  const operand = asOperand(raw);
  if (isScalar(operand) || !(operand instanceof Traced) || !isInexact(operand.dtype)) return raw;
  return chosen(name, mask, operand, scalar(name === "arccosh" ? 2 : 0.5, operand.dtype));
}

function written(name: string, result: Value, out: NDArray, mask: Value | null): NDArray {
  if (!canCast(result.dtype, out.dtype, "same_kind")) {
    throw new DTypeError(`${name}: ${result.dtype} can't be written into ${showAval(out)}, by the rule "same_kind"`);
  }
  const fits = mask === null ? [result, out] : [result, mask, out];
  if (commonShape(name, fits).join() !== out.shape.join())
    throw new ShapeError(`${showCall(name, fits)}: the last of these, "out", is too small`);
  const all = broadcastTo(operations.cast(result, out.dtype), out.shape);
  const own = mask === null ? all : operations.select(broadcastTo(mask, out.shape), all, out);
  const array = own as NDArray;
  // An operand itself, which may be another view of the same memory.
  assign(out, array.storage === out.storage ? copy(array) : array);
  return out;
}
