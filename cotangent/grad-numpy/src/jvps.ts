// The derivative of every primitive: the only table of derivatives there is.
import { isInexact, operations } from "@cotangent/core";
import type { JvpTable } from "@cotangent/grad";
import { eigenTangents, hermitianEigenTangents, qrTangents, singularValueTangents } from "./decompositions.ts";
import { determinantTangent } from "./determinants.ts";
import { choleskyTangent, inverseTangent, logDeterminantTangents, triangularTangent, matmul } from "./matrices.ts";
import { cumulativeProductTangent, productTangent } from "./products.ts";
import {
  angleTangent,
  extremumTangent,
  magnitudeTangent,
  powExponentTangent,
  powTangent,
  quotientOrZero,
  signTangent,
  tieShare,
  untilInfinity,
} from "./tangents.ts";

const {
  add,
  besselI,
  cast,
  cos,
  cosh,
  div,
  dot,
  equal,
  exp,
  exp2,
  floor,
  mul,
  neg,
  scatterAdd,
  select,
  signbit,
  sin,
  sinc,
  sinh,
  solve,
  sqrt,
  square,
  sub,
  take,
  trunc,
} = operations;

/** How a change in each operand reaches the result: (tangent, operands, result, params), or times which derivative. */
export const jvps: JvpTable = {
  // Linear: the tangent goes through the same primitive.
  neg: "linear",
  real: "linear",
  imag: "linear",
  conj: "linear",
  complex: "linear",
  reshape: "linear",
  transpose: "linear",
  broadcast: "linear",
  slice: "linear",
  embed: "linear",
  concatenate: "linear",
  sum: "linear",
  cumsum: "linear",
  fft: "linear",
  add: [(dx) => dx, (dy) => dy],
  sub: [(dx) => dx, (dy) => neg(dy)],
  take: [(dx, [, rows]) => take(dx, rows), null],
  scatterAdd: [(dx, [, targets], _, { rows }) => scatterAdd(dx, targets, rows), null],
  select: [null, (dx, [condition]) => select(condition, dx, 0), (dy, [condition]) => select(condition, 0, dy)],
  cast: [(dx, _, __, { dtype }) => (isInexact(dtype) ? cast(dx, dtype) : null)],

  // Bilinear.
  mul: [{ derivative: (_, y) => y }, { derivative: (x) => x }],
  dot: [
    (dx, [, y], _, { contract, batch }) => dot(dx, y, contract, batch),
    (dy, [x], _, { contract, batch }) => dot(x, dy, contract, batch),
  ],

  // Smooth. `z` is the result, which need not be computed twice.
  square: [{ derivative: (x) => mul(x, 2) }],
  reciprocal: [(dx, _, z) => neg(mul(dx, square(z)))],
  sqrt: [{ derivative: (_, z) => div(0.5, z) }],
  cbrt: [(dx, _, z) => div(dx, mul(square(z), 3))],
  exp: [{ derivative: (_, z) => z }],
  exp2: [{ derivative: (_, z) => mul(z, Math.LN2) }],
  expm1: [{ derivative: exp }],
  log: [(dx, [x]) => div(dx, x)],
  log2: [(dx, [x]) => div(dx, mul(x, Math.LN2))],
  log10: [(dx, [x]) => div(dx, mul(x, Math.LN10))],
  log1p: [(dx, [x]) => div(dx, add(x, 1))],
  sin: [{ derivative: cos }],
  cos: [(dx, [x]) => neg(mul(dx, sin(x)))],
  tan: [{ derivative: (_, z) => add(square(z), 1) }],
  arcsin: [(dx, [x]) => div(dx, sqrt(oneMinusSquare(x)))],
  arccos: [(dx, [x]) => neg(div(dx, sqrt(oneMinusSquare(x))))],
  arctan: [(dx, [x]) => div(dx, add(square(x), 1))],
  sinh: [{ derivative: cosh }],
  cosh: [{ derivative: sinh }],
  // Near ±1 it is the rounding of z that counts: nothing is gained by (1 − z)(1 + z).
  tanh: [{ derivative: (_, z) => sub(1, square(z)) }],
  arcsinh: [(dx, [x]) => div(dx, sqrt(add(square(x), 1)))],
  arccosh: [(dx, [x]) => div(dx, mul(sqrt(sub(x, 1)), sqrt(add(x, 1))))],
  arctanh: [(dx, [x]) => div(dx, oneMinusSquare(x))],
  sinc: [{ derivative: (x, _, { order }) => sinc(x, order + 1) }],
  // I₀′ = I₁ and 2 Iₙ′ = Iₙ₋₁ + Iₙ₊₁ (Abramowitz and Stegun, 9.6.26 and 9.6.27).
  besselI: [
    {
      derivative: (x, _, { order }) =>
        order === 0 ? besselI(x, 1) : mul(add(besselI(x, order - 1), besselI(x, order + 1)), 0.5),
    },
  ],
  div: [(dx, [, y]) => div(dx, y), (dy, [, y], z) => neg(mul(dy, div(z, y)))],
  pow: [powTangent, powExponentTangent],
  arctan2: [
    { derivative: (y, x) => div(x, add(square(x), square(y))) },
    (dx, [y, x]) => neg(mul(dx, div(y, add(square(x), square(y))))),
  ],
  logaddexp: [
    { derivative: (x, _, z) => exp(sub(x, untilInfinity(z))) },
    { derivative: (_, y, z) => exp(sub(y, untilInfinity(z))) },
  ],
  logaddexp2: [
    { derivative: (x, _, z) => exp2(sub(x, untilInfinity(z))) },
    { derivative: (_, y, z) => exp2(sub(y, untilInfinity(z))) },
  ],

  // Smooth but in some places, where a value is chosen that minimisers can live with.
  abs: [magnitudeTangent],
  sign: [signTangent],
  angle: [angleTangent],
  hypot: [{ derivative: (x, _, z) => quotientOrZero(x, z) }, { derivative: (_, y, z) => quotientOrZero(y, z) }],
  maximum: [{ derivative: tieShare }, { derivative: (x, y, z) => tieShare(y, x, z) }],
  minimum: [{ derivative: tieShare }, { derivative: (x, y, z) => tieShare(y, x, z) }],
  fmax: [{ derivative: tieShare }, { derivative: (x, y, z) => tieShare(y, x, z) }],
  fmin: [{ derivative: tieShare }, { derivative: (x, y, z) => tieShare(y, x, z) }],
  remainder: [(dx) => dx, (dy, [x, y]) => neg(mul(dy, floor(div(x, y))))],
  fmod: [(dx) => dx, (dy, [x, y]) => neg(mul(dy, trunc(div(x, y))))],
  copysign: [(dx, [x, y]) => select(equal(signbit(x), signbit(y)), dx, neg(dx)), null],
  heaviside: [null, (dy, [x]) => select(equal(x, 0), dy, 0)],
  max: [extremumTangent],
  min: [extremumTangent],

  // Products.
  prod: [(dx, [x], _, { axes }) => productTangent(dx, x, axes)],
  cumprod: [(dx, [x], _, { axis }) => cumulativeProductTangent(dx, x, axis)],

  // Matrices.
  solve: [(da, [a], x) => neg(solve(a, matmul(da, x))), (db, [a]) => solve(a, db)],
  inv: [inverseTangent],
  det: [determinantTangent],
  slogdet: { joint: logDeterminantTangents },
  cholesky: [choleskyTangent],
  triangularSolve: [triangularTangent, (db, [a], _, form) => operations.triangularSolve(a, db, form)],
  qr: { joint: qrTangents },
  eigh: { joint: hermitianEigenTangents },
  eig: { joint: eigenTangents },
  svd: { joint: singularValueTangents },

  // Piecewise constant: no tangent at all, rather than a zero-filled one.
  floor: "constant",
  ceil: "constant",
  trunc: "constant",
  rint: "constant",
  floorDivide: "constant",
  nextafter: "constant",
  spacing: "constant",
  isnan: "constant",
  isinf: "constant",
  isfinite: "constant",
  signbit: "constant",
  stopGradient: "constant",
  argmax: "constant",
  argmin: "constant",
  argsort: "constant",
  any: "constant",
  all: "constant",
  equal: "constant",
  notEqual: "constant",
  less: "constant",
  lessEqual: "constant",
  greater: "constant",
  greaterEqual: "constant",
  logicalNot: "constant",
  logicalAnd: "constant",
  logicalOr: "constant",
  logicalXor: "constant",

  // Of integers only.
  invert: "constant",
  bitwiseCount: "constant",
  gcd: "constant",
  lcm: "constant",
  leftShift: "constant",
  rightShift: "constant",
  bitwiseAnd: "constant",
  bitwiseOr: "constant",
  bitwiseXor: "constant",
};

/** 1 − x², without cancellation near ±1. */
function oneMinusSquare(x: Parameters<typeof square>[0]) {
  return mul(sub(1, x), add(x, 1));
}
