// Diagonals of matrices, and their sums.
import {
  operations,
  requireKind,
  ShapeError,
  showCall,
  type DType,
  type OptionNames,
  type Value,
} from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { asValue, type ArrayLike } from "./arguments.ts";
import { isOptions, normalizeAxis, optionsOf } from "./axes.ts";

/** Which diagonal of which matrices: `offset` is how far above the main one; the axes are those of the matrices. */
export interface DiagonalOptions {
  readonly offset?: number;
  readonly axis1?: number;
  readonly axis2?: number;
}

const diagonalOptions: OptionNames<DiagonalOptions> = { offset: "integer", axis1: true, axis2: true };

export interface TraceOptions extends DiagonalOptions {
  /** Of the sum. */
  readonly dtype?: DType;
}

const traceOptions: OptionNames<TraceOptions> = { ...diagonalOptions, dtype: true };

/** Diagonals along a new last axis. */
export function diagonal(x: ArrayLike, offset: number | DiagonalOptions = 0, axis1 = 0, axis2 = 1): Value {
  const options = isOptions(offset) ? optionsOf("diagonal", offset, diagonalOptions) : { offset, axis1, axis2 };
  return diagonalOf("diagonal", asValue(x), { axis1: 0, axis2: 1, ...options });
}

/** The sums of diagonals. */
export function trace(x: ArrayLike, offset: number | TraceOptions = 0, axis1 = 0, axis2 = 1): Value {
  const options: TraceOptions = isOptions(offset)
    ? optionsOf<TraceOptions>("trace", offset, traceOptions)
    : { offset, axis1, axis2 };
  return traceOf("trace", asValue(x), { axis1: 0, axis2: 1, ...options });
}

export function traceOf(name: string, value: Value, options: TraceOptions): Value {
  const entries = diagonalOf(name, value, options);
  return operations.sum(operations.cast(entries, options.dtype ?? sumDType(value.dtype)), [entries.ndim - 1]);
}

/** Small integers and truth values are added up in 64 bits. */
function sumDType(dtype: DType): DType {
  const kind = kindOf(dtype);
  if (kind === "uint") return "uint64";
  return kind === "int" || kind === "bool" ? "int64" : dtype;
}

/** Diagonals of the matrices in two axes (the last two unless options say others) along a new last axis. */
export function diagonalOf(name: string, value: Value, options: DiagonalOptions = {}): Value {
  const { offset = 0, axis1 = -2, axis2 = -1 } = options;
  requireKind(name, "offset", offset, "integer");
  if (value.ndim < 2) throw new ShapeError(`${showCall(name, [value])}: a diagonal needs two axes`);
  const [first, second] = [normalizeAxis(name, axis1, value.ndim), normalizeAxis(name, axis2, value.ndim)];
  if (first === second) throw new ShapeError(`${showCall(name, [value])}: a diagonal needs two different axes`);
  const rest = value.shape.flatMap((_, axis) => (axis === first || axis === second ? [] : [axis]));
  const matrices = operations.transpose(value, [...rest, first, second]);
  const [rows = 0, columns = 0] = matrices.shape.slice(-2);
  const batch = matrices.shape.slice(0, -2);
  const length = Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
  const flat = operations.reshape(matrices, [...batch, rows * columns]);
  const start = length === 0 ? 0 : offset >= 0 ? offset : -offset * columns;
  return operations.slice(
    flat,
    [...batch.map(() => 0), start],
    [...batch, length],
    [...batch.map(() => 1), columns + 1],
  );
}
