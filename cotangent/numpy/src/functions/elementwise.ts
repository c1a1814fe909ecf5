// Functions of one array's elements.
import {
  DTypeError,
  isComplex,
  isInexact,
  operations,
  primitives,
  realDType,
  showCall,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { aligned, asInteger, asValue, concreteArray, type ArrayLike } from "./arguments.ts";
import {
  anyElements,
  bits,
  floating,
  floatingReals,
  integersAndCounts,
  numbers,
  numbersAndCounts,
  reals,
  quotientReals,
  quotients,
} from "./domains.ts";
import { fmod } from "./pairs.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { composed, inOwnDType, unary } from "./ufuncs.ts";
import { withOption } from "./axes.ts";

export const abs = /* @__PURE__ */ unary("abs", primitives.abs, anyElements);
export const absolute = abs;
export const fabs = /* @__PURE__ */ unary("fabs", primitives.abs, floatingReals);
export const negative = /* @__PURE__ */ unary("negative", primitives.neg, numbers);
export const sign = /* @__PURE__ */ unary("sign", primitives.sign, numbers);
export const floor = /* @__PURE__ */ unary("floor", primitives.floor, reals);
export const ceil = /* @__PURE__ */ unary("ceil", primitives.ceil, reals);
export const trunc = /* @__PURE__ */ unary("trunc", primitives.trunc, reals);
export const fix = trunc;
export const rint = /* @__PURE__ */ unary("rint", primitives.rint, floating);

export const sqrt = /* @__PURE__ */ unary("sqrt", primitives.sqrt, floating);
export const cbrt = /* @__PURE__ */ unary("cbrt", primitives.cbrt, floatingReals);
export const square = /* @__PURE__ */ unary("square", primitives.square, numbersAndCounts);
export const reciprocal = /* @__PURE__ */ unary("reciprocal", primitives.reciprocal, numbersAndCounts);
export const exp = /* @__PURE__ */ unary("exp", primitives.exp, floating);
export const exp2 = /* @__PURE__ */ unary("exp2", primitives.exp2, floating);
export const expm1 = /* @__PURE__ */ unary("expm1", primitives.expm1, floating);
export const log = /* @__PURE__ */ unary("log", primitives.log, floating);
export const log2 = /* @__PURE__ */ unary("log2", primitives.log2, floating);
export const log10 = /* @__PURE__ */ unary("log10", primitives.log10, floating);
export const log1p = /* @__PURE__ */ unary("log1p", primitives.log1p, floating);

export const sin = /* @__PURE__ */ unary("sin", primitives.sin, floating);
export const cos = /* @__PURE__ */ unary("cos", primitives.cos, floating);
export const tan = /* @__PURE__ */ unary("tan", primitives.tan, floating);
export const arcsin = /* @__PURE__ */ unary("arcsin", primitives.arcsin, floating);
export const arccos = /* @__PURE__ */ unary("arccos", primitives.arccos, floating);
export const arctan = /* @__PURE__ */ unary("arctan", primitives.arctan, floating);
export const asin = arcsin;
export const acos = arccos;
export const atan = arctan;
export const sinh = /* @__PURE__ */ unary("sinh", primitives.sinh, floating);
export const cosh = /* @__PURE__ */ unary("cosh", primitives.cosh, floating);
export const tanh = /* @__PURE__ */ unary("tanh", primitives.tanh, floating);
export const arcsinh = /* @__PURE__ */ unary("arcsinh", primitives.arcsinh, floating);
export const arccosh = /* @__PURE__ */ unary("arccosh", primitives.arccosh, floating);
export const arctanh = /* @__PURE__ */ unary("arctanh", primitives.arctanh, floating);
export const asinh = arcsinh;
export const acosh = arccosh;
export const atanh = arctanh;

export const conj = /* @__PURE__ */ unary("conj", primitives.conj, numbersAndCounts);
export const conjugate = conj;
export const isnan = /* @__PURE__ */ unary("isnan", primitives.isnan, anyElements);
export const isinf = /* @__PURE__ */ unary("isinf", primitives.isinf, anyElements);
export const isfinite = /* @__PURE__ */ unary("isfinite", primitives.isfinite, anyElements);
export const signbit = /* @__PURE__ */ unary("signbit", primitives.signbit, floatingReals);
export const spacing = /* @__PURE__ */ unary("spacing", primitives.spacing, floatingReals);
export const logical_not = /* @__PURE__ */ unary("logical_not", primitives.logicalNot, anyElements);
export const invert = /* @__PURE__ */ unary("invert", primitives.invert, bits);
export const bitwise_not = invert;
export const bitwise_invert = invert;
export const bitwise_count = /* @__PURE__ */ unary("bitwise_count", primitives.bitwiseCount, integersAndCounts);

/** The elements themselves. */
export const positive = /* @__PURE__ */ composed("positive", (x) => inOwnDType("positive", numbers, x));

/** The real parts: of a real array itself. */
export function real(x: ArrayLike): Value {
  const value = asValue(x);
  return isComplex(value.dtype) ? operations.real(value) : value;
}

export function imag(x: ArrayLike): Value {
  const value = asValue(x);
  return isComplex(value.dtype) ? operations.imag(value) : operations.zerosLike(value);
}

const angles = /* @__PURE__ */ unary("angle", primitives.angle, (dtype) =>
  dtype === "bool" ? "float64" : floating(dtype),
);

interface DegreesOption {
  readonly deg?: boolean;
}

/** The angle of complex numbers, in radians, or in degrees. */
export function angle(z: ArrayLike, deg: boolean | DegreesOption = false): Value {
  const { deg: inDegrees = false } = withOption<DegreesOption, "deg">("angle", { deg: true }, "deg", deg, undefined);
  const radians = angles(z);
  return inDegrees ? operations.mul(radians, 180 / Math.PI) : radians;
}

export const deg2rad = /* @__PURE__ */ composed("deg2rad", (x) =>
  operations.mul(inOwnDType("deg2rad", floatingReals, x), Math.PI / 180),
);
export const radians = deg2rad;

export const rad2deg = /* @__PURE__ */ composed("rad2deg", (x) =>
  operations.mul(inOwnDType("rad2deg", floatingReals, x), 180 / Math.PI),
);
export const degrees = rad2deg;

/** sin(πx)/(πx), and 1 at 0. */
export function sinc(x: ArrayLike): Value {
  const value = inOwnDType("sinc", quotients, x);
  return isComplex(value.dtype) ? complexSinc(value) : operations.sinc(value, 0);
}

function complexSinc(z: Value): Value {
  const isZero = operations.equal(z, 0);
  const angle = operations.mul(z, Math.PI);
  return operations.select(isZero, 1, operations.div(operations.sin(angle), operations.select(isZero, 1, angle)));
}

/** The modified Bessel function of the first kind, of order 0. */
export function i0(x: ArrayLike): Value {
  return operations.besselI(inOwnDType("i0", quotientReals, x), 0);
}

export function isposinf(x: ArrayLike): Value {
  const value = inOwnDType("isposinf", reals, x);
  return operations.logicalAnd(isinf(value), operations.greater(value, 0));
}

export function isneginf(x: ArrayLike): Value {
  const value = inOwnDType("isneginf", reals, x);
  return operations.logicalAnd(isinf(value), operations.less(value, 0));
}

/** Whether elements have an imaginary part other than 0. */
export function iscomplex(x: ArrayLike): Value {
  const value = imag(x);
  return operations.notEqual(value, 0);
}

export function isreal(x: ArrayLike): Value {
  return operations.equal(imag(x), 0);
}

/** What numbers that are none are replaced by. */
export interface NanToNumOptions {
  readonly copy?: boolean;
  readonly nan?: number;
  readonly posinf?: number;
  readonly neginf?: number;
}

const replacements: OptionNames<NanToNumOptions> = { copy: true, nan: "number", posinf: "number", neginf: "number" };
const largest = { float64: Number.MAX_VALUE, float32: (2 - 2 ** -23) * 2 ** 127 } as const;

/** NaN becomes 0, and infinities the largest numbers, unless told otherwise. */
export function nan_to_num(
  x: ArrayLike,
  ...args: Settings<NanToNumOptions, ["copy", "nan", "posinf", "neginf"]>
): Value {
  const options = settingsOf<NanToNumOptions>("nan_to_num", replacements, args);
  const value = asValue(x);
  if (!isInexact(value.dtype)) return value;
  if (!isComplex(value.dtype)) return withNumbers(value, options);
  return operations.complex(withNumbers(operations.real(value), options), withNumbers(operations.imag(value), options));
}

function withNumbers(value: Value, { nan = 0, posinf, neginf }: NanToNumOptions): Value {
  const limit = value.dtype === "float32" ? largest.float32 : largest.float64;
  const isInfinite = isinf(value);
  const high = operations.logicalAnd(isInfinite, operations.greater(value, 0));
  const low = operations.logicalAnd(isInfinite, operations.less(value, 0));
  const numbers = operations.select(operations.isnan(value), nan, value);
  return operations.select(low, neginf ?? -limit, operations.select(high, posinf ?? limit, numbers));
}

/** The real parts where all imaginary parts are close to 0: at most `tol` times the spacing of 1. */
export function real_if_close(x: ArrayLike, ...args: Settings<{ readonly tol?: number }, ["tol"]>): Value {
  const { tol = 100 } = settingsOf<{ readonly tol?: number }>("real_if_close", { tol: "number" }, args);
  const value = asValue(x);
  if (!isComplex(value.dtype)) return value;
  const limit = tol > 1 ? tol * (value.dtype === "complex64" ? 2 ** -23 : Number.EPSILON) : tol;
  const parts = operations.abs(operations.imag(concreteArray(value)));
  const isClose = operations.less(parts, limit);
  return allTrue(isClose) ? operations.real(value) : value;
}

function allTrue(value: Value): boolean {
  const list = value.toList();
  return Array.isArray(list) ? list.flat(Infinity).every((each) => each === true) : list === true;
}

interface DecimalsOption {
  readonly decimals?: number;
}

/** Rounds to this many digits after the point, or before it if negative; halves to even. */
export function round(x: ArrayLike, decimals: number | DecimalsOption = 0): Value {
  const names = { decimals: true } as const;
  const { decimals: given = 0 } = withOption<DecimalsOption, "decimals">(
    "round",
    names,
    "decimals",
    decimals,
    undefined,
  );
  const digits = asInteger("round", given);
  const value = asValue(x);
  const kind = kindOf(value.dtype);
  if (kind === "bool" && digits !== 0)
    throw new DTypeError(`${showCall("round", [value])}: truth values are rounded to whole numbers only`);
  if (kind === "bool") return operations.cast(value, "float32");
  if (kind === "float" || kind === "complex") return roundFloats(value, digits);
  if (digits >= 0) return value;
  return operations.cast(roundFloats(operations.cast(value, "float64"), digits), value.dtype);
}
export const around = round;

function roundFloats(value: Value, digits: number): Value {
  if (isComplex(value.dtype)) {
    return operations.complex(roundFloats(operations.real(value), digits), roundFloats(operations.imag(value), digits));
  }
  if (digits === 0) return rint(value);
  if (isComplex(value.dtype)) {
    return operations.complex(roundFloats(operations.real(value), digits), roundFloats(operations.imag(value), digits));
  }
  const scale = 10 ** Math.abs(digits);
  return digits > 0
    ? operations.div(rint(operations.mul(value, scale)), scale)
    : operations.mul(rint(operations.div(value, scale)), scale);
}

/** The fractional and the integral parts, both with the sign of the number. */
export function modf(x: ArrayLike): readonly [Value, Value] {
  const value = inOwnDType("modf", floatingReals, x);
  const one = value.backend.full(value.shape, 1, value.dtype);
  const fraction = fmod(value, one);
  const none = operations.copysign(operations.zerosLike(value), operations.stopGradient(value));
  return [operations.select(isinf(value), none, fraction), trunc(value)];
}

/** The mantissa (at least 0.5 and less than 1) and the exponent of 2 (int32). */
export function frexp(x: ArrayLike): readonly [Value, Value] {
  const value = inOwnDType("frexp", floatingReals, x);
  const size = operations.abs(operations.stopGradient(value));
  const isNumber = operations.logicalAnd(isfinite(size), operations.greater(size, 0));
  const guess = operations.add(floor(log2(operations.select(isNumber, size, 1))), 1);
  // A logarithm may be rounded over a power of 2.
  const part = scaled(operations.select(isNumber, size, 1), operations.neg(guess));
  const above = operations.cast(operations.greaterEqual(part, 1), value.dtype);
  const below = operations.cast(operations.less(part, 0.5), value.dtype);
  const exponent = operations.select(isNumber, operations.sub(operations.add(guess, above), below), 0);
  return [scaled(value, operations.neg(exponent)), operations.cast(exponent, "int32")];
}

/** x·2ⁿ. */
export function ldexp(x: ArrayLike, n: ArrayLike): Value {
  const exponent = asValue(n);
  if (kindOf(exponent.dtype) === "float" || isComplex(exponent.dtype) || exponent.dtype === "uint64") {
    throw new DTypeError(`${showCall("ldexp", [asValue(x), exponent])}: the exponent is not an integer`);
  }
  const value = inOwnDType("ldexp", floatingReals, x);
  return scaled(value, operations.cast(exponent, realDType(value.dtype)));
}

/** The exponents of powers of 2 that are normal numbers, and of one that leaves room for all digits above these. */
const normal = {
  float64: { most: 1023, least: -1022, step: -969 },
  float32: { most: 127, least: -126, step: -102 },
} as const;

/** x·2ⁿ in three steps, so that no power is infinite and a result that is not normal is rounded but once. */
function scaled(value: Value, exponent: Value): Value {
  const { most, least, step } = normal[value.dtype === "float32" ? "float32" : "float64"];
  let [result, left] = [value, exponent];
  for (let time = 0; time < 2; time++) {
    const part = operations.select(operations.less(left, least), step, operations.minimum(left, most));
    result = timesPower(result, part);
    left = operations.sub(left, part);
  }
  return timesPower(result, operations.minimum(operations.maximum(left, least), most));
}

function timesPower(value: Value, exponent: Value): Value {
  const [left, power] = aligned("ldexp", [value, operations.exp2(exponent)]) as [Value, Value];
  return operations.mul(left, power);
}
