// Elementwise primitives of one operand.
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
import { converted, filled } from "../copies.ts";
import { isBig, kindOf } from "../dtype.ts";
import { kernelsOf } from "../kernels/kernel-of.ts";
import * as z from "../math/complex.ts";
import * as inverse from "../math/complex-inverse.ts";
import * as r from "../math/real.ts";
import { besselI, sinc, sincSingle } from "../math/special.ts";
import { allocate, firstDouble, float64Scalar, isDoubleScalar, scalar, type NDArray } from "../ndarray.ts";
import { imagView, realView } from "../views.ts";
import { mapped, tinySize, zipped } from "./fast.ts";
import { mapBigs, mapBigsToNumbers, mapComplex, mapComplexToNumbers, mapNumbers } from "./loops.ts";

/** A function by kinds of elements. What is left out is no function of that kind. */
interface Unary {
  readonly float?: (x: number) => number;
  /** Where float32 has a function of its own. */
  readonly float32?: (x: number) => number;
  readonly integer?: (x: number) => number;
  readonly big?: (x: bigint) => bigint;
  readonly bool?: (x: number) => number;
  readonly complex?: (z: Complex) => Complex;
  /** For functions with real values. */
  readonly magnitude?: (z: Complex) => number;
}

function noSuch(name: string, x: NDArray): DTypeError {
  return new DTypeError(`${showCall(name, [x])}: there is no such function of ${x.dtype}`);
}

function unary(name: string, f: Unary): (x: Value) => NDArray {
  const kernels = kernelsOf(name);
  const { float } = f;
  return (value) => {
    const x = asNDArray(value);
    const { dtype } = x;
    if (float !== undefined && isDoubleScalar(x)) return float64Scalar(float(firstDouble(x)));
    if (x.size > tinySize) {
      const fast = mapped(kernels(dtype), x, f.magnitude === undefined ? dtype : realDType(dtype));
      if (fast !== null) return fast;
    }
    if (kindOf(dtype) === "complex") {
      if (f.complex !== undefined) return mapComplex(x, dtype, f.complex);
      if (f.magnitude !== undefined) return mapComplexToNumbers(x, realDType(dtype), f.magnitude);
    } else if (isBig(dtype)) {
      if (f.big !== undefined) return mapBigs(x, dtype, f.big);
    } else {
      const own = numberFunction(f, dtype);
      if (own !== undefined) return mapNumbers(x, dtype, own);
    }
    throw noSuch(name, x);
  };
}

function numberFunction(f: Unary, dtype: DType): ((x: number) => number) | undefined {
  const kind = kindOf(dtype);
  if (kind === "bool") return f.bool;
  if (kind === "float") return dtype === "float32" ? (f.float32 ?? f.float) : f.float;
  return f.integer;
}

/** What is asked of each element, by kinds. */
interface Question {
  readonly number: (x: number) => boolean;
  readonly big: (x: bigint) => boolean;
  readonly complex: (z: Complex) => boolean;
  /** By a kernel that compares floats. */
  readonly floats?: (x: NDArray) => NDArray | null;
}

function question({ number, big, complex, floats }: Question): (x: Value) => NDArray {
  return (value) => {
    const x = asNDArray(value);
    const fast = x.size > tinySize && kindOf(x.dtype) === "float" ? (floats?.(x) ?? null) : null;
    if (fast !== null) return fast;
    if (kindOf(x.dtype) === "complex") return mapComplexToNumbers(x, "bool", (z) => Number(complex(z)));
    if (isBig(x.dtype)) return mapBigsToNumbers(x, "bool", (n) => Number(big(n)));
    return mapNumbers(x, "bool", (n) => Number(number(n)));
  };
}

/** A function of floats and complex numbers only. */
function smooth(name: string, float: (x: number) => number, complex?: (z: Complex) => Complex): (x: Value) => NDArray {
  return unary(name, complex === undefined ? { float } : { float, complex });
}

/** A function that leaves integers as they are. */
function rounding(name: string, float: (x: number) => number): (x: Value) => NDArray {
  const round = unary(name, { float });
  return (value) => {
    const x = asNDArray(value);
    const kind = kindOf(x.dtype);
    return kind === "float" || kind === "complex" ? round(x) : x;
  };
}

function itself(value: Value): NDArray {
  return asNDArray(value);
}

function imag(value: Value): NDArray {
  const x = asNDArray(value);
  return kindOf(x.dtype) === "complex" ? imagView(x) : filled(x.shape, allocate([], x.dtype));
}

const conj = unary("conj", { complex: z.conj });

const reciprocals = {
  float: (x: number) => 1 / x,
  integer: (x: number) => (x === 0 ? 0 : Math.trunc(1 / x)),
  big: (x: bigint) => (x === 0n ? 0n : 1n / x),
  complex: z.reciprocal,
};
const reciprocal = unary("reciprocal", reciprocals);

/** Of 0 it is the smallest integer, which processors make of infinity. */
const signedReciprocal = unary("reciprocal", {
  integer: (x) => (x === 0 ? -(2 ** 31) : reciprocals.integer(x)),
  big: (x) => (x === 0n ? -(2n ** 63n) : reciprocals.big(x)),
});

function negInteger(x: number): number {
  return -x;
}

const abs = unary("abs", {
  float: Math.abs,
  integer: Math.abs,
  big: (x) => (x < 0n ? -x : x),
  bool: (x) => x,
  magnitude: z.abs,
});

/** How the size of each float compares with infinity. */
function besideInfinity(comparison: "equal" | "less"): (x: NDArray) => NDArray | null {
  const kernels = kernelsOf(comparison);
  return (x) => zipped(kernels(x.dtype), abs(x), scalar(Infinity, x.dtype), "bool");
}

const differences = kernelsOf("notEqual");

const never = (): boolean => false;
const always = (): boolean => true;

export const unaryTable = {
  neg: unary("neg", { float: negInteger, integer: negInteger, big: (x) => -x, complex: z.neg }),
  abs,
  sign: unary("sign", {
    float: (x) => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : x),
    integer: Math.sign,
    big: (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
    complex: z.sign,
  }),
  floor: rounding("floor", Math.floor),
  ceil: rounding("ceil", Math.ceil),
  trunc: rounding("trunc", Math.trunc),
  rint: unary("rint", { float: r.rint, complex: ({ re, im }) => z.complex(r.rint(re), r.rint(im)) }),
  sqrt: smooth("sqrt", Math.sqrt, z.sqrt),
  cbrt: smooth("cbrt", Math.cbrt),
  exp: smooth("exp", Math.exp, z.exp),
  exp2: smooth("exp2", (x) => 2 ** x, z.exp2),
  expm1: smooth("expm1", Math.expm1, z.expm1),
  log: smooth("log", Math.log, z.log),
  log2: smooth("log2", Math.log2, z.log2),
  log10: smooth("log10", Math.log10, z.log10),
  log1p: smooth("log1p", Math.log1p, z.log1p),
  sin: smooth("sin", Math.sin, z.sin),
  cos: smooth("cos", Math.cos, z.cos),
  tan: smooth("tan", Math.tan, z.tan),
  arcsin: smooth("arcsin", Math.asin, inverse.arcsin),
  arccos: smooth("arccos", Math.acos, inverse.arccos),
  arctan: smooth("arctan", Math.atan, inverse.arctan),
  sinh: smooth("sinh", Math.sinh, z.sinh),
  cosh: smooth("cosh", Math.cosh, z.cosh),
  tanh: smooth("tanh", Math.tanh, z.tanh),
  arcsinh: smooth("arcsinh", Math.asinh, inverse.arcsinh),
  arccosh: smooth("arccosh", Math.acosh, inverse.arccosh),
  arctanh: smooth("arctanh", Math.atanh, inverse.arctanh),
  reciprocal: (value) => (value.dtype === "int32" || value.dtype === "int64" ? signedReciprocal : reciprocal)(value),
  square: unary("square", {
    float: (x) => x * x,
    integer: (x) => Math.imul(x, x),
    big: (x) => x * x,
    complex: z.square,
  }),
  sinc: (value, { order }) => {
    const f = (x: number): number => sinc(x, order);
    return unary("sinc", order === 0 ? { float: f, float32: sincSingle, complex: sincComplex } : { float: f })(value);
  },
  besselI: (value, { order }) => unary("besselI", { float: (x) => besselI(x, order) })(value),
  real: (value) => realView(asNDArray(value)),
  imag,
  conj: (value) => (kindOf(value.dtype) === "complex" ? conj(value) : asNDArray(value)),
  angle: unary("angle", { float: (x) => (Number.isNaN(x) ? x : Math.atan2(0, x)), magnitude: z.angle }),
  isnan: question({
    number: Number.isNaN,
    big: never,
    complex: z.isNaN,
    floats: (x) => zipped(differences(x.dtype), x, x, "bool"),
  }),
  isinf: question({
    number: (x) => Math.abs(x) === Infinity,
    big: never,
    complex: z.isInfinite,
    floats: besideInfinity("equal"),
  }),
  isfinite: question({
    number: Number.isFinite,
    big: always,
    complex: ({ re, im }) => Number.isFinite(re) && Number.isFinite(im),
    floats: besideInfinity("less"),
  }),
  signbit: question({ number: (x) => r.copysign(1, x) < 0, big: (x) => x < 0n, complex: never }),
  spacing: unary("spacing", { float: r.spacing, float32: r.spacing32 }),
  logicalNot: question({ number: (x) => x === 0, big: (x) => x === 0n, complex: ({ re, im }) => re === 0 && im === 0 }),
  invert: unary("invert", { integer: (x) => ~x, big: (x) => ~x, bool: (x) => 1 - x }),
  bitwiseCount: bitwiseCount,
  cast: (value, { dtype }) => {
    const x = asNDArray(value);
    return x.dtype === dtype ? x : converted(x, dtype);
  },
  stopGradient: itself,
} satisfies EvaluationTable;

function bitwiseCount(value: Value): NDArray {
  const x = asNDArray(value);
  if (isBig(x.dtype)) return mapBigsToNumbers(x, "uint8", (n) => Number(r.bigBitCount(n)));
  if (kindOf(x.dtype) === "float" || kindOf(x.dtype) === "complex") throw noSuch("bitwiseCount", x);
  return mapNumbers(x, "uint8", r.bitCount);
}

function sincComplex(value: Complex): Complex {
  const scaled = z.complex(Math.PI * value.re, Math.PI * value.im);
  return value.re === 0 && value.im === 0 ? z.complex(1, 0) : z.div(z.sin(scaled), scaled);
}
