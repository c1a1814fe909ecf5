// Elements of arrays as JSON has them. JSON knows no NaN, no infinities, no -0, no whole numbers beyond 2^53.
import { isComplex, isInexact, type DType } from "./aval.ts";
import { GraphError } from "./errors.ts";
import type { Complex, Scalar } from "./value.ts";

/** A number, or "NaN", "Infinity", "-Infinity", "-0"; whole numbers beyond 2^53 in digits. */
export type NumberJSON = number | string;
/** Complex elements are pairs of real and imaginary part. */
export type ElementJSON = NumberJSON | boolean | readonly [NumberJSON, NumberJSON];

export function writeElement(element: Scalar): ElementJSON {
  if (typeof element === "boolean") return element;
  if (typeof element === "bigint") return element.toString();
  if (typeof element === "number") return writeNumber(element);
  return [writeNumber(element.re), writeNumber(element.im)];
}

function writeNumber(number: number): NumberJSON {
  return Object.is(number, -0) ? "-0" : Number.isFinite(number) ? number : String(number);
}

/** @throws GraphError for what is no element of the dtype. */
export function readElement(raw: unknown, dtype: DType): Scalar {
  const element = isComplex(dtype) ? readComplex(raw) : dtype === "bool" ? readBoolean(raw) : readReal(raw, dtype);
  if (element !== null) return element;
  throw new GraphError(`${(JSON.stringify(raw) ?? "nothing").slice(0, 40)} is no ${dtype}`);
}

function readBoolean(raw: unknown): boolean | null {
  return typeof raw === "boolean" ? raw : null;
}

function readReal(raw: unknown, dtype: DType): number | bigint | null {
  return isInexact(dtype) ? readNumber(raw) : readWhole(raw, dtype);
}

function readNumber(raw: unknown): number | null {
  if (typeof raw === "number") return raw;
  return raw === "-0" || raw === "NaN" || raw === "Infinity" || raw === "-Infinity" ? Number(raw) : null;
}

function readWhole(raw: unknown, dtype: DType): number | bigint | null {
  if (typeof raw === "string" && /^-?\d{1,20}$/.test(raw)) return inRange(BigInt(raw), dtype);
  return typeof raw === "number" && Number.isSafeInteger(raw) ? inRange(raw, dtype) : null;
}

function inRange<Whole extends number | bigint>(whole: Whole, dtype: DType): Whole | null {
  const bits = BigInt(/\d+$/.exec(dtype)?.[0] ?? 0);
  const [least, most] = dtype.startsWith("u") ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  return whole >= least && whole <= most ? whole : null;
}

function readComplex(raw: unknown): Complex | null {
  if (!Array.isArray(raw) || raw.length !== 2) return null;
  const [re, im] = [readNumber(raw[0]), readNumber(raw[1])];
  return re === null || im === null ? null : { re, im };
}
