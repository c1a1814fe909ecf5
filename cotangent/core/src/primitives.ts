// The vocabulary of programs: every primitive, declared once. Tables of rules elsewhere are total over `Primitives`, so
// that a line which is added here is followed by the compiler through types, evaluation, derivatives and batching.
import type { Aval, DType, Shape } from "./aval.ts";
import type { Graph } from "./graph.ts";
import type { CustomRules, NamedRules } from "./custom-rules.ts";
import type { Value } from "./value.ts";

/** A primitive's number of operands, its static parameters and its number of results. `"many"` is any number. */
export interface Signature<Arity extends Count = Count, Params = object, Results extends Count = Count> {
  readonly arity: Arity;
  readonly params: Params;
  readonly results: Results;
}
type Count = 1 | 2 | 3 | "many";

export type NoParams = object;
type Unary<Params = NoParams> = Signature<1, Params, 1>;
type Binary<Params = NoParams> = Signature<2, Params, 1>;
export interface Axes {
  readonly axes: readonly number[];
}
export interface Axis {
  readonly axis: number;
}

/**
 * Every primitive. Elementwise operands have one shape and dtype, but that an operand which is a constant may be a
 * scalar; broadcasting and promotion are primitives of their own. Axes are counted from the front, never negative.
 */
export interface Primitives {
  // Elementwise, one operand.
  neg: Unary;
  abs: Unary;
  sign: Unary;
  floor: Unary;
  ceil: Unary;
  trunc: Unary;
  rint: Unary;
  sqrt: Unary;
  cbrt: Unary;
  exp: Unary;
  exp2: Unary;
  expm1: Unary;
  log: Unary;
  log2: Unary;
  log10: Unary;
  log1p: Unary;
  sin: Unary;
  cos: Unary;
  tan: Unary;
  arcsin: Unary;
  arccos: Unary;
  arctan: Unary;
  sinh: Unary;
  cosh: Unary;
  tanh: Unary;
  arcsinh: Unary;
  arccosh: Unary;
  arctanh: Unary;
  reciprocal: Unary;
  square: Unary;
  /** The order-th derivative of sin(πx)/(πx). */
  sinc: Unary<{ readonly order: number }>;
  /** The modified Bessel function of the first kind, of an order that is a natural number. */
  besselI: Unary<{ readonly order: number }>;
  real: Unary;
  imag: Unary;
  conj: Unary;
  angle: Unary;
  isnan: Unary;
  isinf: Unary;
  isfinite: Unary;
  signbit: Unary;
  spacing: Unary;
  logicalNot: Unary;
  invert: Unary;
  bitwiseCount: Unary;
  /** Conversion to another dtype; a complex value loses its imaginary part. */
  cast: Unary<{ readonly dtype: DType }>;
  /** The value itself, without derivative. */
  stopGradient: Unary;

  // Elementwise, two operands.
  add: Binary;
  sub: Binary;
  mul: Binary;
  div: Binary;
  pow: Binary;
  floorDivide: Binary;
  remainder: Binary;
  fmod: Binary;
  maximum: Binary;
  minimum: Binary;
  fmax: Binary;
  fmin: Binary;
  arctan2: Binary;
  hypot: Binary;
  logaddexp: Binary;
  logaddexp2: Binary;
  copysign: Binary;
  nextafter: Binary;
  heaviside: Binary;
  gcd: Binary;
  lcm: Binary;
  leftShift: Binary;
  rightShift: Binary;
  bitwiseAnd: Binary;
  bitwiseOr: Binary;
  bitwiseXor: Binary;
  logicalAnd: Binary;
  logicalOr: Binary;
  logicalXor: Binary;
  equal: Binary;
  notEqual: Binary;
  less: Binary;
  lessEqual: Binary;
  greater: Binary;
  greaterEqual: Binary;
  /** A complex value from its real and imaginary parts. */
  complex: Binary;

  /** Where the first operand (bool) is true, elements of the second, else of the third. */
  select: Signature<3, NoParams, 1>;

  // Shape.
  reshape: Unary<{ readonly shape: Shape }>;
  /** Axis i of the result is axis permutation[i] of the operand. */
  transpose: Unary<{ readonly permutation: readonly number[] }>;
  /** Repeats along new axes (`axes`: their places in the result) and along axes of length 1. */
  broadcast: Unary<Axes & { readonly shape: Shape }>;
  /** Elements start, start+step, … (length of them) of each axis. Steps may be negative. */
  slice: Unary<{ readonly start: readonly number[]; readonly length: Shape; readonly step: readonly number[] }>;
  /** The adjoint of `slice`: zeros of this shape, and the operand's elements at start, start+step, … of each axis. */
  embed: Unary<{ readonly start: readonly number[]; readonly step: readonly number[]; readonly shape: Shape }>;
  concatenate: Signature<"many", Axis, 1>;
  /** Rows of the first operand, whose numbers the second (int64, none negative) gives: shape of the numbers + of a row. */
  take: Binary;
  /** The adjoint of `take`: a value with `rows` rows, each the sum of the first operand's that the second sends to it. */
  scatterAdd: Binary<{ readonly rows: number }>;

  // Reductions: the axes disappear.
  sum: Unary<Axes>;
  prod: Unary<Axes>;
  max: Unary<Axes>;
  min: Unary<Axes>;
  any: Unary<Axes>;
  all: Unary<Axes>;
  argmax: Unary<Axis>;
  argmin: Unary<Axis>;
  /** Numbers (int64) that sort along the axis; equal elements keep their order, NaN comes last. */
  argsort: Unary<Axis>;
  cumsum: Unary<Axis & { readonly reverse: boolean }>;
  cumprod: Unary<Axis>;

  // Linear algebra, over the last two axes; axes before them are batches.
  /**
   * The product that sums over pairs of axes. The result has the batch axes, then what is left of the first operand,
   * then of the second.
   */
  dot: Binary<{
    readonly contract: readonly [readonly number[], readonly number[]];
    readonly batch: readonly [readonly number[], readonly number[]];
  }>;
  /** x with a x = b, where b has at least two axes. */
  solve: Binary;
  inv: Unary;
  det: Unary;
  /** Sign, and logarithm of the absolute value, of the determinant. */
  slogdet: Signature<1, NoParams, 2>;
  cholesky: Unary;
  /** x with a x = b for a triangular a; `transposed`: aᵀ x = b. */
  triangularSolve: Binary<{ readonly lower: boolean; readonly transposed: boolean; readonly unit: boolean }>;
  /** q and r. */
  qr: Signature<1, { readonly mode: "reduced" | "complete" }, 2>;
  /** Ascending eigenvalues, and eigenvectors as columns, of a Hermitian matrix whose lower half is read. */
  eigh: Signature<1, NoParams, 2>;
  /** Eigenvalues, and eigenvectors as columns (complex). */
  eig: Signature<1, NoParams, 2>;
  /** u, descending singular values, and vᴴ. */
  svd: Signature<1, { readonly full: boolean }, 3>;

  /** The discrete Fourier transform along an axis; the inverse is not scaled. */
  fft: Unary<Axis & { readonly inverse: boolean }>;

  // Programs within programs. Operands of branches and bodies are the last operands, constants of the subgraphs first.
  /** Runs the first graph where the first operand is true, else the second. */
  cond: Signature<"many", { readonly branches: readonly [Graph, Graph] }, "many">;
  /** Operands: constants of the test, of the body, initial state. */
  while: Signature<
    "many",
    { readonly test: Graph; readonly body: Graph; readonly constants: readonly [number, number] },
    "many"
  >;
  /** Operands: `constants` constants, `carries` initial states, then what is walked over along axis 0. */
  scan: Signature<
    "many",
    {
      readonly body: Graph;
      readonly constants: number;
      readonly carries: number;
      readonly length: number;
      readonly reverse: boolean;
    },
    "many"
  >;
  /** A graph that is run as a whole, and whose derivatives may be given. */
  call: Signature<
    "many",
    { readonly graph: Graph; readonly name: string; readonly rules: CustomRules | NamedRules | null },
    "many"
  >;
  /**
   * A linear function whose adjoint is given. It stands in linear programs, and has no graph. Operands: `residuals`
   * values that it needs to know, then what it is linear in; the pullback gives the cotangents of these.
   */
  linearCall: Signature<
    "many",
    {
      readonly name: string;
      readonly types: readonly Aval[];
      readonly residuals: number;
      readonly forward: (operands: readonly Value[]) => readonly Value[];
      readonly pullback: (residuals: readonly Value[], cotangents: readonly Value[]) => readonly Value[];
    },
    "many"
  >;
}

export type PrimitiveName = keyof Primitives;
export type ParamsOf<Name extends PrimitiveName> = Primitives[Name]["params"];

interface ResultLists {
  readonly 1: Value;
  readonly 2: readonly [Value, Value];
  readonly 3: readonly [Value, Value, Value];
  readonly many: readonly Value[];
}
/** What a primitive gives: a value, or a list where there are several results. */
export type ResultsOf<Name extends PrimitiveName> = ResultLists[Primitives[Name]["results"]];

/** What passes and rules may know of a primitive beside its name. */
export interface Primitive<Name extends PrimitiveName = PrimitiveName> {
  readonly name: Name;
  /** Its place in the table: a number to hash and to compare by. */
  readonly index: number;
  readonly arity: Primitives[Name]["arity"];
  readonly results: Primitives[Name]["results"];
  /** Acts on elements one by one: operands and results have one shape. */
  readonly elementwise: boolean;
  /** Two operands may change places. */
  readonly commutative: boolean;
}

const map1 = { arity: 1, results: 1, elementwise: true } as const;
const map2 = { arity: 2, results: 1, elementwise: true } as const;
const symmetric = { ...map2, commutative: true } as const;
const whole1 = { arity: 1, results: 1 } as const;
const whole2 = { arity: 2, results: 1 } as const;
const program = { arity: "many", results: "many" } as const;

type Traits<Name extends PrimitiveName> = Pick<Primitive<Name>, "arity" | "results"> &
  Partial<Pick<Primitive, "elementwise" | "commutative">>;

const traits: { readonly [Name in PrimitiveName]: Traits<Name> } = {
  neg: map1,
  abs: map1,
  sign: map1,
  floor: map1,
  ceil: map1,
  trunc: map1,
  rint: map1,
  sqrt: map1,
  cbrt: map1,
  exp: map1,
  exp2: map1,
  expm1: map1,
  log: map1,
  log2: map1,
  log10: map1,
  log1p: map1,
  sin: map1,
  cos: map1,
  tan: map1,
  arcsin: map1,
  arccos: map1,
  arctan: map1,
  sinh: map1,
  cosh: map1,
  tanh: map1,
  arcsinh: map1,
  arccosh: map1,
  arctanh: map1,
  reciprocal: map1,
  square: map1,
  sinc: map1,
  besselI: map1,
  real: map1,
  imag: map1,
  conj: map1,
  angle: map1,
  isnan: map1,
  isinf: map1,
  isfinite: map1,
  signbit: map1,
  spacing: map1,
  logicalNot: map1,
  invert: map1,
  bitwiseCount: map1,
  cast: map1,
  stopGradient: map1,
  add: symmetric,
  sub: map2,
  mul: symmetric,
  div: map2,
  pow: map2,
  floorDivide: map2,
  remainder: map2,
  fmod: map2,
  maximum: symmetric,
  minimum: symmetric,
  fmax: symmetric,
  fmin: symmetric,
  arctan2: map2,
  hypot: symmetric,
  logaddexp: symmetric,
  logaddexp2: symmetric,
  copysign: map2,
  nextafter: map2,
  heaviside: map2,
  gcd: symmetric,
  lcm: symmetric,
  leftShift: map2,
  rightShift: map2,
  bitwiseAnd: symmetric,
  bitwiseOr: symmetric,
  bitwiseXor: symmetric,
  logicalAnd: symmetric,
  logicalOr: symmetric,
  logicalXor: symmetric,
  equal: symmetric,
  notEqual: symmetric,
  less: map2,
  lessEqual: map2,
  greater: map2,
  greaterEqual: map2,
  complex: map2,
  select: { arity: 3, results: 1, elementwise: true },
  reshape: whole1,
  transpose: whole1,
  broadcast: whole1,
  slice: whole1,
  embed: whole1,
  concatenate: { arity: "many", results: 1 },
  take: whole2,
  scatterAdd: whole2,
  sum: whole1,
  prod: whole1,
  max: whole1,
  min: whole1,
  any: whole1,
  all: whole1,
  argmax: whole1,
  argmin: whole1,
  argsort: whole1,
  cumsum: whole1,
  cumprod: whole1,
  dot: whole2,
  solve: whole2,
  inv: whole1,
  det: whole1,
  slogdet: { arity: 1, results: 2 },
  cholesky: whole1,
  triangularSolve: whole2,
  qr: { arity: 1, results: 2 },
  eigh: { arity: 1, results: 2 },
  eig: { arity: 1, results: 2 },
  svd: { arity: 1, results: 3 },
  fft: whole1,
  cond: program,
  while: program,
  scan: program,
  call: program,
  linearCall: program,
};

/** Every primitive by its name. */
export const primitives = Object.fromEntries(
  Object.entries(traits).map(([name, each], index) => [
    name,
    { elementwise: false, commutative: false, ...each, name, index },
  ]),
) as { readonly [Name in PrimitiveName]: Primitive<Name> };
