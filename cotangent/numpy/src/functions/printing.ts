// Arrays and numbers as text.
import { isComplex, type Complex, type DType, type OptionNames, type Scalar, type Value } from "@cotangent/core";
import { elementsOf } from "../elements.ts";
import { kindOf } from "../dtype.ts";
import { asValue, asNumber, concreteArray, type ArrayLike } from "./arguments.ts";
import { optionsOf } from "./axes.ts";
import { concatenate } from "./joining.ts";
import { section } from "./moving.ts";
import { positional, scientific, type FloatFormat } from "./float-text.ts";
import type { NDArray } from "../ndarray.ts";

export type FloatMode = "fixed" | "unique" | "maxprec" | "maxprec_equal";

/** How arrays are written. */
export interface PrintOptions {
  /** Characters of a line at most. */
  readonly max_line_width?: number | null;
  /** Digits after the point. */
  readonly precision?: number | null;
  /** Never with exponents because numbers are small. */
  readonly suppress_small?: boolean | null;
  readonly separator?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** Of more elements than this only the ends of each axis are shown. */
  readonly threshold?: number;
  /** How many at each end. */
  readonly edgeitems?: number;
  readonly floatmode?: FloatMode;
  readonly sign?: "-" | "+" | " ";
}

interface Settings {
  readonly lineWidth: number;
  readonly precision: number;
  readonly suppress: boolean;
  readonly separator: string;
  readonly threshold: number;
  readonly edgeItems: number;
  readonly floatMode: FloatMode;
  readonly sign: "-" | "+" | " ";
}

const printOptions: OptionNames<PrintOptions> = {
  max_line_width: "number",
  precision: "integer",
  suppress_small: true,
  separator: "text",
  prefix: "text",
  suffix: "text",
  threshold: "number",
  edgeitems: "integer",
  floatmode: ["fixed", "unique", "maxprec", "maxprec_equal"],
  sign: ["-", "+", " "],
};

function settingsOf(options: PrintOptions): Settings {
  requirePrecision("array2string", options.precision ?? 0);
  return {
    lineWidth: (options.max_line_width ?? 75) - (options.suffix ?? "").length,
    precision: options.precision ?? 8,
    suppress: options.suppress_small ?? false,
    separator: options.separator ?? " ",
    threshold: options.threshold ?? 1000,
    edgeItems: options.edgeitems ?? 3,
    floatMode: options.floatmode ?? "maxprec",
    sign: options.sign ?? "-",
  };
}

/** The elements as text. */
export function array2string(x: ArrayLike, options: PrintOptions = {}): string {
  return textOf(x, optionsOf("array2string", options, printOptions));
}

function textOf(x: ArrayLike, options: PrintOptions): string {
  const array = concreteArray(asValue(x));
  const settings = settingsOf(options);
  if (array.size === 0) return "[]";
  const isSummary = array.size > settings.threshold;
  const shown = isSummary ? concreteArray(withoutMiddle(array, settings.edgeItems)) : array;
  const write = writerOf(shown, settings);
  const indent = ` ${" ".repeat((options.prefix ?? "").length)}`;
  return new Layout(array, settings, write, isSummary).text([], indent, settings.lineWidth);
}

/** As it would be typed in: `array([1, 2])`, with the dtype where it doesn't follow. */
export function array_repr(x: ArrayLike, options: PrintOptions = {}): string {
  optionsOf("array_repr", options, printOptions);
  const array = concreteArray(asValue(x));
  const width = options.max_line_width ?? 75;
  const text = textOf(array, { ...options, separator: ", ", prefix: "array(", suffix: ")" });
  const isImplied = ["bool", "int64", "float64", "complex128"].includes(array.dtype);
  const shape = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(", ")})`;
  const isCut = array.size > (options.threshold ?? 1000);
  const extras = [
    ...((array.size === 0 && (array.ndim !== 1 || array.shape[0] !== 0)) || isCut ? [`shape=${shape}`] : []),
    ...(isImplied && array.size > 0 ? [] : [`dtype=${array.dtype}`]),
  ];
  if (extras.length === 0) return `array(${text})`;
  const start = `array(${text},`;
  const end = `${extras.join(", ")})`;
  const lastLine = start.length - (start.lastIndexOf("\n") + 1);
  const space = lastLine + end.length + 1 > width ? `\n${" ".repeat("array(".length)}` : " ";
  return start + space + end;
}

/** The elements as text; a scalar in full. */
export function array_str(x: ArrayLike, options: PrintOptions = {}): string {
  optionsOf("array_str", options, printOptions);
  const array = concreteArray(asValue(x));
  return array.ndim === 0 ? scalarText(array.item(), array.dtype) : textOf(array, options);
}

function scalarText(element: Scalar, dtype: DType): string {
  if (typeof element === "boolean") return element ? "True" : "False";
  if (kindOf(dtype) === "float") return floatText(Number(element), dtype === "float32");
  if (typeof element === "object") {
    const isSingle = dtype === "complex64";
    const [re, im] = [wholeText(element.re, isSingle), wholeText(element.im, isSingle)];
    if (element.re === 0 && !Object.is(element.re, -0)) return `${im}j`;
    return `(${re}${im.startsWith("-") ? "" : "+"}${im}j)`;
  }
  return String(element);
}

function floatText(x: number, isSingle: boolean): string {
  const size = Math.abs(x);
  const isPositional = size === 0 || !Number.isFinite(size) || (size >= 1e-4 && size < 1e16);
  return isPositional ? positional(x, isSingle, { trim: "0" }) : scientific(x, isSingle, { trim: "-" });
}

/** As `floatText`, but whole numbers without a point. */
function wholeText(x: number, isSingle: boolean): string {
  return floatText(x, isSingle).replace(/\.0$/u, "");
}

/** Only the ends of each axis. */
function withoutMiddle(value: Value, edgeItems: number): Value {
  return value.shape.reduce<Value>(
    (all, length, axis) =>
      length > 2 * edgeItems
        ? concatenate([section(all, axis, 0, edgeItems), section(all, axis, length - edgeItems, length)], axis)
        : all,
    value,
  );
}

type Writer = (element: Scalar) => string;

function writerOf(array: NDArray, settings: Settings): Writer {
  const elements = elementsOf(array);
  if (array.dtype === "bool") return (element) => (element === true ? (array.ndim === 0 ? "True" : " True") : "False");
  if (isComplex(array.dtype))
    return complexWriter(elements as readonly Complex[], array.dtype === "complex64", settings);
  if (kindOf(array.dtype) === "float") {
    const write = floatWriter(elements as readonly number[], array.dtype === "float32", settings);
    return (element) => write(element as number);
  }
  return integerWriter(elements as readonly (number | bigint)[], settings);
}

function integerWriter(elements: readonly (number | bigint)[], { sign }: Settings): Writer {
  const text = (each: number | bigint) => (sign === "+" && each >= 0 ? `+${each}` : String(each));
  const extra = sign === " " && elements.every((each) => each >= 0) ? 1 : 0;
  const width = elements.map((each) => text(each).length).reduce((most, each) => Math.max(most, each)) + extra;
  return (element) => text(element as number | bigint).padStart(width);
}

function complexWriter(elements: readonly Complex[], isSingle: boolean, settings: Settings): Writer {
  const re = floatWriter(
    elements.map((each) => each.re),
    isSingle,
    settings,
  );
  const im = floatWriter(
    elements.map((each) => each.im),
    isSingle,
    { ...settings, sign: "+" },
  );
  return (element) => {
    const { re: x, im: y } = element as Complex;
    const text = im(y);
    const digits = text.trimEnd();
    return `${re(x)}${digits}j${text.slice(digits.length)}`;
  };
}

function floatWriter(elements: readonly number[], isSingle: boolean, settings: Settings): (x: number) => string {
  const finite = elements.filter(Number.isFinite);
  const isExponential = needsExponent(finite, isSingle, settings.suppress);
  const format = isExponential
    ? exponentialFormat(finite, isSingle, settings)
    : positionalFormat(finite, isSingle, settings);
  const own = { ...format, pad_left: leftWidth(format, elements, finite, settings), sign: settings.sign === "+" };
  const write = isExponential ? scientific : positional;
  return (x) => {
    if (Number.isFinite(x)) return write(x, isSingle, own);
    const sign = x === -Infinity ? "-" : settings.sign === "+" ? "+" : "";
    return `${sign}${Number.isNaN(x) ? "nan" : "inf"}`.padStart(own.pad_left + own.pad_right + 1);
  };
}

function needsExponent(finite: readonly number[], isSingle: boolean, suppress: boolean): boolean {
  const sizes = finite.filter((each) => each !== 0).map(Math.abs);
  if (sizes.length === 0) return false;
  const [high, low] = [Math.max(...sizes), Math.min(...sizes)];
  return high >= (isSingle ? 1e6 : 1e8) || (!suppress && (low < 1e-4 || high / low > 1000));
}

type Format = FloatFormat & { readonly pad_left: number; readonly pad_right: number };

function partsOf(
  finite: readonly number[],
  isSingle: boolean,
  write: typeof positional,
  format: FloatFormat,
  isPlus: boolean,
) {
  const texts = finite.map((each) => write(each, isSingle, { ...format, sign: isPlus }));
  const parts = texts.map((text) => {
    const [number = "", exponent = ""] = text.split("e");
    const [whole = "", fraction = ""] = number.split(".");
    return { whole: whole.length, fraction: fraction.length, exponent: exponent.length };
  });
  const longest = (pick: (part: { whole: number; fraction: number; exponent: number }) => number) =>
    Math.max(0, ...parts.map(pick));
  return {
    whole: longest((each) => each.whole),
    fraction: longest((each) => each.fraction),
    exponent: longest((each) => each.exponent),
  };
}

function exponentialFormat(
  finite: readonly number[],
  isSingle: boolean,
  { floatMode, precision, sign }: Settings,
): Format {
  const unique = floatMode !== "fixed";
  const own = floatMode === "unique" ? null : precision;
  const { whole, fraction, exponent } = partsOf(
    finite,
    isSingle,
    scientific,
    { precision: own, unique, trim: unique ? "." : "k" },
    sign === "+",
  );
  const digits = exponent - 1;
  return {
    precision: fraction,
    min_digits: fraction,
    unique,
    trim: "k",
    exp_digits: digits,
    pad_left: whole,
    pad_right: digits + 2 + fraction,
  };
}

function positionalFormat(
  finite: readonly number[],
  isSingle: boolean,
  { floatMode, precision, sign }: Settings,
): Format {
  const unique = floatMode !== "fixed";
  const own = floatMode === "unique" ? null : precision;
  const { whole, fraction } = partsOf(
    finite,
    isSingle,
    positional,
    { precision: own, unique, trim: unique ? "." : "k" },
    sign === "+",
  );
  const isEqual = floatMode === "fixed" || floatMode === "maxprec_equal";
  return {
    precision: fraction,
    min_digits: isEqual ? fraction : 0,
    unique,
    trim: isEqual ? "k" : ".",
    pad_left: whole,
    pad_right: fraction,
  };
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

function leftWidth(format: Format, elements: readonly number[], finite: readonly number[], { sign }: Settings): number {
  const left = format.pad_left + (sign === " " && !finite.some(isNegative) ? 1 : 0);
  if (finite.length === elements.length) return left;
  const offset = format.pad_right + 1;
  const signWidth = sign !== "-" || elements.includes(-Infinity) ? 1 : 0;
  return Math.max(left, 3 - offset, 3 + signWidth - offset);
}

/** Lays elements out in lines and brackets. */
class Layout {
  readonly #array: NDArray;
  readonly #settings: Settings;
  readonly #write: Writer;
  readonly #isSummary: boolean;

  constructor(array: NDArray, settings: Settings, write: Writer, isSummary: boolean) {
    this.#array = array;
    this.#settings = settings;
    this.#write = write;
    this.#isSummary = isSummary;
  }

  text(index: readonly number[], indent: string, width: number): string {
    const left = this.#array.ndim - index.length;
    if (left === 0) return this.#write(this.#array.at(...index));
    const inner = left === 1 ? this.#row(index, indent, width) : this.#rows(index, indent, width, left);
    return `[${inner.slice(indent.length)}]`;
  }

  /** The places along an axis that are shown; null for those that are left out. */
  #places(length: number): readonly (number | null)[] {
    const edge = this.#settings.edgeItems;
    const all = Array.from({ length }, (_, place) => place);
    return this.#isSummary && 2 * edge < length ? [...all.slice(0, edge), null, ...all.slice(length - edge)] : all;
  }

  #row(index: readonly number[], indent: string, width: number): string {
    const { separator } = this.#settings;
    const limit = width - Math.max(separator.trimEnd().length, 1);
    let [text, line] = ["", indent];
    const places = this.#places(Number(this.#array.shape[index.length]));
    for (const [order, place] of places.entries()) {
      const word = place === null ? "..." : this.text([...index, place], `${indent} `, width - 1);
      if (line.length + word.length > limit && line.length > indent.length) {
        text += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += order === places.length - 1 ? word : word + separator;
    }
    return text + line;
  }

  #rows(index: readonly number[], indent: string, width: number, left: number): string {
    const end = this.#settings.separator.trimEnd() + "\n".repeat(left - 1);
    return this.#places(Number(this.#array.shape[index.length]))
      .map((place) => indent + (place === null ? "..." : this.text([...index, place], `${indent} `, width - 1)))
      .join(end);
  }
}

/** @throws TypeError or RangeError for a format that says which digits to write in no way, or in two. */
const formatOptions: OptionNames<FloatFormat> = {
  precision: "integer",
  unique: true,
  fractional: true,
  trim: ["k", ".", "0", "-"],
  sign: true,
  pad_left: "integer",
  pad_right: "integer",
  min_digits: "integer",
  exp_digits: "integer",
};

function requirePrecision(name: string, precision: number): void {
  if (precision < 0) throw new RangeError(`${name}: a precision is not negative`);
}

function requireFormat(name: string, format: FloatFormat): void {
  const { precision = null, min_digits = null, unique = true } = optionsOf(name, format, formatOptions);
  if (!unique && precision === null) throw new TypeError(`${name}: without \`unique\` a precision is needed`);
  requirePrecision(name, precision ?? 0);
  if (min_digits !== null && precision !== null && min_digits > precision) {
    throw new RangeError(`${name}: at least ${min_digits} digits are more than the precision ${precision}`);
  }
}

/** A number with a point and no exponent. */
export function format_float_positional(x: ArrayLike, format: FloatFormat = {}): string {
  requireFormat("format_float_positional", format);
  if (format.fractional === false && format.precision === 0)
    throw new RangeError("format_float_positional: a number has one digit at least");
  return positional(asNumber("format_float_positional", x), asValue(x).dtype === "float32", format);
}

/** A number with one digit before the point, and an exponent. */
export function format_float_scientific(x: ArrayLike, format: FloatFormat = {}): string {
  requireFormat("format_float_scientific", format);
  return scientific(asNumber("format_float_scientific", x), asValue(x).dtype === "float32", format);
}

/** An integer in another base, with zeros in front. */
export function base_repr(x: number | bigint, base: number = 2, padding: number = 0): string {
  if (base < 2 || base > 36) throw new RangeError(`base_repr: there is no base ${base}`);
  const value = bigintOf("base_repr", x);
  const digits = value === 0n ? "" : (value < 0n ? -value : value).toString(base).toUpperCase();
  const text = "0".repeat(padding) + digits || "0";
  return value < 0n ? `-${text}` : text;
}

function bigintOf(name: string, x: number | bigint): bigint {
  if (typeof x === "number" && !Number.isInteger(x)) throw new TypeError(`${name}: ${x} is not an integer`);
  return BigInt(x);
}

/** An integer in base 2. With a width, negative ones are complements. */
export function binary_repr(
  x: number | bigint,
  width: number | null | { readonly width?: number | null } = null,
): string {
  const length = typeof width === "object" && width !== null ? (width.width ?? null) : width;
  const value = bigintOf("binary_repr", x);
  if (length === null) return value.toString(2);
  const lowest = length > 0 ? -(1n << BigInt(length - 1)) : 0n;
  if (value < lowest || value >= 1n << BigInt(length))
    throw new RangeError(`binary_repr: ${x} does not fit in ${length} bits`);
  return BigInt.asUintN(length, value).toString(2).padStart(length, "0");
}
