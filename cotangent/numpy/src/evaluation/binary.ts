// Elementwise primitives of two operands, and `select`.
import {
  DTypeError,
  realDType,
  showCall,
  type Complex,
  type DType,
  type EvaluationTable,
  type Value,
} from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { isBig, kindOf } from "../dtype.ts";
import { kernelsOf } from "../kernels/kernel-of.ts";
import * as z from "../math/complex.ts";
import * as r from "../math/real.ts";
import { entriesOf, firstDouble, float64Scalar, isDoubleScalar, uninitialized, type NDArray } from "../ndarray.ts";
import { assign } from "../copies.ts";
import { imagView, realView } from "../views.ts";
import { tinySize, zipped } from "./fast.ts";
import { resultShape, zipBigs, zipBigsToNumbers, zipComplex, zipComplexToNumbers, zipNumbers } from "./loops.ts";
import { select } from "./select.ts";
import { unaryTable } from "./unary.ts";

/** A function by kinds of elements. What is left out is no function of that kind. */
interface Binary {
  readonly float?: (x: number, y: number) => number;
  /** Where float32 has a function of its own. */
  readonly float32?: (x: number, y: number) => number;
  /** Integers of up to 32 bits. The result is taken modulo the size of the dtype. */
  readonly integer?: (x: number, y: number) => number;
  /** Integers of 64 bits. */
  readonly big?: (x: bigint, y: bigint) => bigint;
  readonly bool?: (x: number, y: number) => number;
  readonly complex?: (x: Complex, y: Complex) => Complex;
}

function binary(name: string, f: Binary): (x: Value, y: Value) => NDArray {
  const kernels = kernelsOf(name);
  const { float } = f;
  return (first, second) => {
    const x = asNDArray(first);
    const y = asNDArray(second);
    const { dtype } = x;
    if (float !== undefined && isDoubleScalar(x) && isDoubleScalar(y)) {
      return float64Scalar(float(firstDouble(x), firstDouble(y)));
    }
    if (y.dtype !== dtype) throw new DTypeError(`${showCall(name, [x, y])}: dtypes must be the same`);
    if (x.size > tinySize || y.size > tinySize) {
      const fast = zipped(kernels(dtype), x, y, dtype);
      if (fast !== null) return fast;
    }
    if (kindOf(dtype) === "complex") {
      if (f.complex !== undefined) return zipComplex(x, y, dtype, f.complex);
    } else if (isBig(dtype)) {
      if (f.big !== undefined) return zipBigs(x, y, dtype, f.big);
    } else {
      const own = numberFunction(f, dtype);
      if (own !== undefined) return zipNumbers(x, y, dtype, own);
    }
    throw new DTypeError(`${showCall(name, [x, y])}: there is no such function of ${dtype}`);
  };
}

function numberFunction(f: Binary, dtype: DType): ((x: number, y: number) => number) | undefined {
  const kind = kindOf(dtype);
  if (kind === "bool") return f.bool;
  if (kind === "float") return dtype === "float32" ? (f.float32 ?? f.float) : f.float;
  return f.integer;
}

/** A comparison, by kinds. */
interface Comparison {
  readonly number: (x: number, y: number) => boolean;
  readonly big: (x: bigint, y: bigint) => boolean;
  readonly complex: (x: Complex, y: Complex) => boolean;
}

function comparison(name: string, { number, big, complex }: Comparison): (x: Value, y: Value) => NDArray {
  const isSwapped = name === "greater" || name === "greaterEqual";
  const kernels = kernelsOf(isSwapped ? name.replace("greater", "less") : name);
  return (first, second) => {
    const x = asNDArray(first);
    const y = asNDArray(second);
    if (y.dtype !== x.dtype) throw new DTypeError(`${showCall(name, [x, y])}: dtypes must be the same`);
    if (x.size > tinySize || y.size > tinySize) {
      const kernel = kernels(x.dtype);
      const fast = isSwapped ? zipped(kernel, y, x, "bool") : zipped(kernel, x, y, "bool");
      if (fast !== null) return fast;
    }
    if (kindOf(x.dtype) === "complex") return zipComplexToNumbers(x, y, "bool", (a, b) => Number(complex(a, b)));
    if (isBig(x.dtype)) return zipBigsToNumbers(x, y, "bool", (a, b) => Number(big(a, b)));
    return zipNumbers(x, y, "bool", (a, b) => Number(number(a, b)));
  };
}

function isTrue({ re, im }: Complex): boolean {
  return re !== 0 || im !== 0;
}

/** A comparison of truth values. */
function logical(name: string, f: (x: boolean, y: boolean) => boolean): (x: Value, y: Value) => NDArray {
  return comparison(name, {
    number: (x, y) => f(x !== 0, y !== 0),
    big: (x, y) => f(x !== 0n, y !== 0n),
    complex: (x, y) => f(isTrue(x), isTrue(y)),
  });
}

/** The one of two that `isBetter`; NaN if one is. */
function extreme(better: (x: number, y: number) => number, isBetter: (x: Complex, y: Complex) => boolean): Binary {
  return {
    float: (x, y) => (Number.isNaN(x) ? x : better(x, y)),
    integer: better,
    bool: better,
    big: (x, y) => ((better(0, 1) === 1) === x > y ? x : y),
    complex: (x, y) => (z.isNaN(x) ? x : z.isNaN(y) ? y : isBetter(y, x) ? y : x),
  };
}

/** As `extreme`, but NaN only if both are. */
function extremeNumber(
  better: (x: number, y: number) => number,
  isBetter: (x: Complex, y: Complex) => boolean,
): Binary {
  return {
    ...extreme(better, isBetter),
    float: better,
    complex: (x, y) => (z.isNaN(y) ? x : z.isNaN(x) ? y : isBetter(y, x) ? y : x),
  };
}

const greater = (x: Complex, y: Complex): boolean => z.isLess(y, x);

function bits(number: (x: number, y: number) => number, big: (x: bigint, y: bigint) => bigint): Binary {
  return { integer: number, bool: number, big };
}

/** Shifts by the width of the dtype or more leave nothing. */
function shifts(isLeft: boolean): (x: Value, y: Value) => NDArray {
  const name = isLeft ? "leftShift" : "rightShift";
  return (x, y) => {
    const width = widthOf(x.dtype);
    const limit = BigInt(width);
    return binary(name, {
      integer: (a, b) => shiftNumber(a, b >= 0 && b < width ? b : 64, isLeft),
      big: (a, b) => (isLeft ? (b >= 0n && b < limit ? a << b : 0n) : a >> (b >= 0n && b < limit ? b : limit)),
    })(x, y);
  };
}

function shiftNumber(x: number, by: number, isLeft: boolean): number {
  if (by >= 32) return isLeft || x >= 0 ? 0 : -1;
  return isLeft ? x << by : Math.floor(x / 2 ** by);
}

function widthOf(dtype: DType): number {
  return isBig(dtype) ? 64 : Number(/\d+$/u.exec(dtype)?.[0] ?? 8);
}

/** A complex array of these parts. */
function complex(first: Value, second: Value): NDArray {
  const re = asNDArray(first);
  const im = asNDArray(second);
  const dtype = re.dtype === "float32" ? "complex64" : "complex128";
  if (im.dtype !== re.dtype || realDType(dtype) !== re.dtype) {
    throw new DTypeError(`${showCall("complex", [re, im])}: parts must both be float32 or float64`);
  }
  const result = uninitialized(resultShape(re, im), dtype);
  assign(realView(result), re);
  assign(imagView(result), im);
  return result;
}

// Of equal numbers (0 and -0) the second, as processors have it.
const max = (x: number, y: number): number => (x > y ? x : y);
const min = (x: number, y: number): number => (x < y ? x : y);

const powers = binary("pow", { float: r.pow, integer: r.integerPow, big: r.bigPow, complex: z.pow });

/** Powers with one exponent for all elements are products where that is quicker. */
function pow(x: Value, y: Value): NDArray {
  const exponent = y.dtype === "float64" || y.dtype === "float32" ? onlyElement(asNDArray(y)) : null;
  if (exponent === null || x.shape.length < y.shape.length) return powers(x, y);
  if (exponent === 2) return unaryTable.square(x);
  if (exponent === -1) return unaryTable.reciprocal(x);
  if (exponent === 3) return binaryTable.mul(x, unaryTable.square(x));
  return powers(x, y);
}

/** The element that all of them are, if strides say so. */
function onlyElement(x: NDArray): number | null {
  if (x.size === 0 || !x.strides.every((stride, axis) => stride === 0 || x.shape[axis] === 1)) return null;
  const { data, start } = entriesOf(x);
  return Number(data[start]);
}

export const binaryTable = {
  add: binary("add", {
    float: (x, y) => x + y,
    integer: (x, y) => x + y,
    bool: (x, y) => x | y,
    big: (x, y) => x + y,
    complex: z.add,
  }),
  sub: binary("sub", { float: (x, y) => x - y, integer: (x, y) => x - y, big: (x, y) => x - y, complex: z.sub }),
  mul: binary("mul", {
    float: (x, y) => x * y,
    integer: Math.imul,
    bool: (x, y) => x & y,
    big: (x, y) => x * y,
    complex: z.mul,
  }),
  div: binary("div", { float: (x, y) => x / y, complex: z.div }),
  pow,
  floorDivide: binary("floorDivide", { float: r.floorDivide, integer: r.integerFloorDivide, big: r.bigFloorDivide }),
  remainder: binary("remainder", { float: r.remainder, integer: r.integerRemainder, big: r.bigRemainder }),
  fmod: binary("fmod", {
    float: (x, y) => x % y,
    integer: (x, y) => (y === 0 ? 0 : x % y),
    big: (x, y) => (y === 0n ? 0n : x % y),
  }),
  maximum: binary("maximum", extreme(max, greater)),
  minimum: binary("minimum", extreme(min, z.isLess)),
  fmax: binary("fmax", extremeNumber(r.fmax, greater)),
  fmin: binary("fmin", extremeNumber(r.fmin, z.isLess)),
  arctan2: binary("arctan2", { float: Math.atan2 }),
  hypot: binary("hypot", { float: (x, y) => Math.hypot(x, y) }),
  logaddexp: binary("logaddexp", { float: r.logaddexp }),
  logaddexp2: binary("logaddexp2", { float: r.logaddexp2 }),
  copysign: binary("copysign", { float: r.copysign }),
  nextafter: binary("nextafter", { float: r.nextafter, float32: r.nextafter32 }),
  heaviside: binary("heaviside", { float: r.heaviside }),
  gcd: binary("gcd", { integer: r.gcd, big: r.bigGcd }),
  lcm: binary("lcm", { integer: r.lcm, big: r.bigLcm }),
  leftShift: shifts(true),
  rightShift: shifts(false),
  bitwiseAnd: binary(
    "bitwiseAnd",
    bits(
      (x, y) => x & y,
      (x, y) => x & y,
    ),
  ),
  bitwiseOr: binary(
    "bitwiseOr",
    bits(
      (x, y) => x | y,
      (x, y) => x | y,
    ),
  ),
  bitwiseXor: binary(
    "bitwiseXor",
    bits(
      (x, y) => x ^ y,
      (x, y) => x ^ y,
    ),
  ),
  logicalAnd: logical("logicalAnd", (x, y) => x && y),
  logicalOr: logical("logicalOr", (x, y) => x || y),
  logicalXor: logical("logicalXor", (x, y) => x !== y),
  equal: comparison("equal", {
    number: (x, y) => x === y,
    big: (x, y) => x === y,
    complex: z.isEqual,
  }),
  notEqual: comparison("notEqual", {
    number: (x, y) => x !== y,
    big: (x, y) => x !== y,
    complex: (x, y) => !z.isEqual(x, y),
  }),
  less: comparison("less", { number: (x, y) => x < y, big: (x, y) => x < y, complex: z.isLess }),
  lessEqual: comparison("lessEqual", {
    number: (x, y) => x <= y,
    big: (x, y) => x <= y,
    complex: z.isLessOrEqual,
  }),
  greater: comparison("greater", { number: (x, y) => x > y, big: (x, y) => x > y, complex: greater }),
  greaterEqual: comparison("greaterEqual", {
    number: (x, y) => x >= y,
    big: (x, y) => x >= y,
    complex: (x, y) => z.isLessOrEqual(y, x),
  }),
  complex,
  select,
} satisfies EvaluationTable;
