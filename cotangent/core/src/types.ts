// The type of every primitive's results, from the types of its operands.
import { isComplex, isInexact, realDType, sameShape, sizeOf, type Aval, type DType, type Shape } from "./aval.ts";
import { DTypeError, ShapeError, showCall } from "./errors.ts";
import { primitives, type Primitive, type PrimitiveName } from "./primitives.ts";
import { programTypes } from "./program-types.ts";
import { at, isNatural, Misfit, requireShape, requires, type TypeRule } from "./type-rules.ts";
import { promised } from "./promised.ts";

/** A rule that looks at no parameters. */
type OperandsRule = (operands: readonly Aval[]) => readonly Aval[];
/** A rule of primitives along some axes, or one. */
type AxesRule = (operands: readonly Aval[], params: { readonly axes: readonly number[] }) => readonly Aval[];
type AxisRule = (operands: readonly Aval[], params: { readonly axis: number }) => readonly Aval[];

/**
 * The types of the results.
 *
 * @throws ShapeError or DTypeError when the operands don't fit the primitive.
 */
export function typesOf(primitive: Primitive, operands: readonly Aval[], params: object): readonly Aval[] {
  if (primitive.arity !== "many" && operands.length !== primitive.arity) {
    throw new ShapeError(`${showCall(primitive.name, operands)}: takes ${primitive.arity} operands`);
  }
  const rule = promised(byIndex[primitive.index], `the type rule of ${primitive.name}`);
  try {
    return rule(operands, params);
  } catch (error) {
    throw error instanceof Misfit ? misuse(error, primitive, operands) : error;
  }
}

function misuse({ about, message }: Misfit, { name }: Primitive, operands: readonly Aval[]): Error {
  const Kind = about === "dtype" ? DTypeError : ShapeError;
  return new Kind(`${showCall(name, operands)}: ${message}`);
}

/**
 * The type of the result of a primitive that has one.
 *
 * @throws as `typesOf` does.
 */
export function typeOf(primitive: Primitive, operands: readonly Aval[], params: object): Aval {
  const [x, y] = operands;
  const isUsual = x !== undefined && operands.length === primitive.arity && operands.length < 3;
  const type = isUsual ? usualType(primitive, x, y ?? x) : null;
  return type ?? promised(typesOf(primitive, operands, params)[0], `the result of ${primitive.name}`);
}

/**
 * The type that all of one or two elementwise operands are of, but that one may be a scalar, if that is the type of the
 * result; null where there is more to find out. Derivatives are mostly written down with such, which takes no list.
 */
export function usualType(primitive: Primitive, x: Aval, y: Aval): Aval | null {
  const kept = keptTypes[primitive.index];
  if (kept === undefined || x.dtype !== y.dtype || (kept === "inexact" && !isInexact(x.dtype))) return null;
  if (y.shape.length === 0 || sameShape(x.shape, y.shape)) return x;
  return x.shape.length === 0 ? y : null;
}

/** The common shape of elementwise operands, of which constants may be scalars. */
function commonShape(operands: readonly Aval[]): Shape {
  const shapes = operands.map(({ shape }) => shape).filter((shape) => shape.length > 0);
  const [first = []] = shapes;
  requires(
    shapes.every((shape) => sameShape(shape, first)),
    "operands have different shapes; broadcast them",
  );
  return first;
}

function commonDType(operands: readonly Aval[]): DType {
  const { dtype } = at(operands, 0);
  requires(
    operands.every((each) => each.dtype === dtype),
    "operands have different dtypes; cast them",
    "dtype",
  );
  return dtype;
}

const same: OperandsRule = (operands) => [{ shape: commonShape(operands), dtype: commonDType(operands) }];
const test: OperandsRule = (operands) => {
  commonDType(operands);
  return [{ shape: commonShape(operands), dtype: "bool" }];
};
const inexact: OperandsRule = (operands) => {
  const dtype = commonDType(operands);
  requires(isInexact(dtype), "only for floating-point and complex operands", "dtype");
  return [{ shape: commonShape(operands), dtype }];
};
const floating: OperandsRule = (operands) => {
  const dtype = commonDType(operands);
  requires(isInexact(dtype) && !isComplex(dtype), "only for floating-point operands", "dtype");
  return [{ shape: commonShape(operands), dtype }];
};
const whole: OperandsRule = (operands) => {
  const dtype = commonDType(operands);
  requires(!isInexact(dtype), "only for integer and bool operands", "dtype");
  return [{ shape: commonShape(operands), dtype }];
};
const realPart: OperandsRule = (operands) => [
  { shape: commonShape(operands), dtype: realDType(commonDType(operands)) },
];

function reduced(shape: Shape, axes: readonly number[]): Shape {
  requires(
    areAxes(axes, shape.length),
    () => `axes [${axes.join(", ")}] are not axes of it, or one of them is there twice`,
  );
  return shape.filter((_, axis) => !axes.includes(axis));
}

function areAxes(axes: readonly number[], ndim: number): boolean {
  return axes.every(
    (axis, place) => Number.isInteger(axis) && axis >= 0 && axis < ndim && axes.indexOf(axis) === place,
  );
}

function reduction(dtypeOf: (dtype: DType) => DType = (dtype) => dtype): AxesRule {
  return (operands, { axes }) => {
    const { shape, dtype } = at(operands, 0);
    return [{ shape: reduced(shape, axes), dtype: dtypeOf(dtype) }];
  };
}

const numbering: AxisRule = (operands, { axis }) => [{ shape: reduced(at(operands, 0).shape, [axis]), dtype: "int64" }];

function alongAxis(dtypeOf: (dtype: DType) => DType = (dtype) => dtype): AxisRule {
  return (operands, { axis }) => {
    const { shape, dtype } = at(operands, 0);
    reduced(shape, [axis]);
    return [{ shape, dtype: dtypeOf(dtype) }];
  };
}

/** Batches, rows and columns of a matrix operand. */
function matrix(operands: readonly Aval[], place = 0): { batch: Shape; rows: number; columns: number; dtype: DType } {
  const { shape, dtype } = at(operands, place);
  requires(shape.length >= 2, "a matrix has at least two axes");
  requires(isInexact(dtype), "only for floating-point and complex matrices", "dtype");
  const [rows = 0, columns = 0] = shape.slice(-2);
  return { batch: shape.slice(0, -2), rows, columns, dtype };
}

function square(operands: readonly Aval[]) {
  const each = matrix(operands);
  requires(each.rows === each.columns, "the matrix is not square");
  return each;
}

const sameSquare: OperandsRule = (operands) => {
  square(operands);
  return [at(operands, 0)];
};

const system: OperandsRule = (operands) => {
  const { batch, rows, dtype } = square(operands);
  const right = matrix(operands, 1);
  requires(right.dtype === dtype, "operands have different dtypes; cast them", "dtype");
  requires(right.rows === rows && sameShape(batch, right.batch), "the matrix and the right-hand sides do not fit");
  return [at(operands, 1)];
};

const elementwiseTypes = {
  neg: same,
  abs: realPart,
  sign: same,
  floor: same,
  ceil: same,
  trunc: same,
  rint: same,
  sqrt: inexact,
  cbrt: floating,
  exp: inexact,
  exp2: inexact,
  expm1: inexact,
  log: inexact,
  log2: inexact,
  log10: inexact,
  log1p: inexact,
  sin: inexact,
  cos: inexact,
  tan: inexact,
  arcsin: inexact,
  arccos: inexact,
  arctan: inexact,
  sinh: inexact,
  cosh: inexact,
  tanh: inexact,
  arcsinh: inexact,
  arccosh: inexact,
  arctanh: inexact,
  reciprocal: same,
  square: same,
  sinc: inexact,
  besselI: floating,
  real: realPart,
  imag: realPart,
  conj: same,
  angle: realPart,
  isnan: test,
  isinf: test,
  isfinite: test,
  signbit: test,
  spacing: floating,
  logicalNot: test,
  invert: whole,
  bitwiseCount: (operands) => [{ shape: at(operands, 0).shape, dtype: "uint8" }],
  cast: (operands, { dtype }) => [{ shape: at(operands, 0).shape, dtype }],
  stopGradient: same,
  add: same,
  sub: same,
  mul: same,
  div: inexact,
  pow: same,
  floorDivide: same,
  remainder: same,
  fmod: same,
  maximum: same,
  minimum: same,
  fmax: same,
  fmin: same,
  arctan2: floating,
  hypot: floating,
  logaddexp: floating,
  logaddexp2: floating,
  copysign: floating,
  nextafter: floating,
  heaviside: floating,
  gcd: whole,
  lcm: whole,
  leftShift: whole,
  rightShift: whole,
  bitwiseAnd: whole,
  bitwiseOr: whole,
  bitwiseXor: whole,
  logicalAnd: test,
  logicalOr: test,
  logicalXor: test,
  equal: test,
  notEqual: test,
  less: test,
  lessEqual: test,
  greater: test,
  greaterEqual: test,
  complex: (operands) => {
    const dtype = commonDType(operands);
    requires(dtype === "float64" || dtype === "float32", "only for floating-point operands", "dtype");
    return [{ shape: commonShape(operands), dtype: dtype === "float64" ? "complex128" : "complex64" }];
  },
  select: (operands) => {
    requires(at(operands, 0).dtype === "bool", "the condition is not bool", "dtype");
    return [{ shape: commonShape(operands), dtype: commonDType(operands.slice(1)) }];
  },
} satisfies { readonly [Name in PrimitiveName]?: TypeRule<Name> };

const shapeTypes = {
  reshape: (operands, { shape }) => {
    const x = at(operands, 0);
    requireShape(shape);
    requires(sizeOf(shape) === sizeOf(x.shape), () => `does not have as many elements as [${shape.join(",")}]`);
    return [{ shape, dtype: x.dtype }];
  },
  transpose: (operands, { permutation }) => {
    const { shape, dtype } = at(operands, 0);
    requires(
      permutation.length === shape.length && reduced(shape, permutation).length === 0,
      () => `[${permutation.join(", ")}] is no permutation of its axes`,
    );
    return [{ shape: permutation.map((axis) => shape[axis] ?? 0), dtype }];
  },
  broadcast: (operands, { shape, axes }) => {
    const x = at(operands, 0);
    requireShape(shape);
    const old = reduced(shape, axes);
    requires(
      old.length === x.shape.length && x.shape.every((length, axis) => length === old[axis] || length === 1),
      () => `does not fit [${shape.join(",")}] with new axes [${axes.join(", ")}]`,
    );
    return [{ shape, dtype: x.dtype }];
  },
  slice: (operands, { start, length, step }) => {
    const { shape, dtype } = at(operands, 0);
    requireShape(length);
    requireEach(shape, { start, length, step });
    requires(
      shape.every((size, axis) => inside(start[axis], length[axis], step[axis], size)),
      () => `elements [${start.join(",")}] by [${step.join(",")}], [${length.join(",")}] of them, are not all in it`,
    );
    return [{ shape: length, dtype }];
  },
  embed: (operands, { start, step, shape }) => {
    const x = at(operands, 0);
    requireShape(shape);
    requireEach(shape, { start, step, operand: x.shape });
    requires(
      shape.every((size, axis) => inside(start[axis], x.shape[axis], step[axis], size)),
      () => `elements [${start.join(",")}] by [${step.join(",")}] are not all in [${shape.join(",")}]`,
    );
    return [{ shape, dtype: x.dtype }];
  },
  concatenate: (operands, { axis }) => {
    const { shape } = at(operands, 0);
    const others = reduced(shape, [axis]);
    requires(
      operands.every((each) => sameShape(reduced(each.shape, [axis]), others)),
      "the other axes differ",
    );
    const length = operands.reduce((sum, each) => sum + (each.shape[axis] ?? 0), 0);
    return [{ shape: shape.with(axis, length), dtype: commonDType(operands) }];
  },
  take: (operands) => {
    const [x, rows] = [at(operands, 0), at(operands, 1)];
    requires(rows.dtype === "int64", "the numbers are not int64", "dtype");
    requires(x.shape.length > 0, "a scalar has no rows");
    return [{ shape: [...rows.shape, ...x.shape.slice(1)], dtype: x.dtype }];
  },
  scatterAdd: (operands, { rows }) => {
    const [x, targets] = [at(operands, 0), at(operands, 1)];
    requires(targets.dtype === "int64", "the numbers are not int64", "dtype");
    requires(isNatural(rows), () => `${rows} is no number of rows`);
    requires(sameShape(x.shape.slice(0, targets.shape.length), targets.shape), "there is not one number for each row");
    return [{ shape: [rows, ...x.shape.slice(targets.shape.length)], dtype: x.dtype }];
  },
} satisfies { readonly [Name in PrimitiveName]?: TypeRule<Name> };

/** Whether elements start, start+step, … (length of them) are among `size`. */
function inside(start = 0, length = 0, step = 0, size = 0): boolean {
  if (!Number.isInteger(start) || !Number.isInteger(step) || step === 0) return false;
  const last = start + (length - 1) * step;
  return length === 0 || (start >= 0 && start < size && last >= 0 && last < size);
}

/** One number for each axis. */
function requireEach(shape: Shape, lists: Readonly<Record<string, readonly number[]>>): void {
  for (const [name, { length }] of Object.entries(lists)) {
    requires(length === shape.length, () => `${name} has ${length} numbers for ${shape.length} axes`);
  }
}

const reductionTypes = {
  sum: reduction(),
  prod: reduction(),
  max: reduction(),
  min: reduction(),
  any: reduction(() => "bool"),
  all: reduction(() => "bool"),
  argmax: numbering,
  argmin: numbering,
  argsort: alongAxis(() => "int64"),
  cumsum: alongAxis(),
  cumprod: alongAxis(),
} satisfies { readonly [Name in PrimitiveName]?: TypeRule<Name> };

const lengths = ({ shape }: Aval, axes: readonly number[]): Shape => axes.map((axis) => shape[axis] ?? -1);

const productTypes = {
  dot: (operands, { contract, batch }) => {
    const [x, y] = [at(operands, 0), at(operands, 1)];
    const dtype = commonDType(operands);
    requires(
      sameShape(lengths(x, contract[0]), lengths(y, contract[1])),
      "the axes that it sums over differ in length",
    );
    requires(sameShape(lengths(x, batch[0]), lengths(y, batch[1])), "batch axes differ in length");
    const left = reduced(x.shape, [...batch[0], ...contract[0]]);
    const right = reduced(y.shape, [...batch[1], ...contract[1]]);
    return [{ shape: [...lengths(x, batch[0]), ...left, ...right], dtype }];
  },
  solve: system,
  triangularSolve: system,
  inv: sameSquare,
  cholesky: sameSquare,
  det: (operands) => {
    const { batch, dtype } = square(operands);
    return [{ shape: batch, dtype }];
  },
  slogdet: (operands) => {
    const { batch, dtype } = square(operands);
    return [
      { shape: batch, dtype },
      { shape: batch, dtype: realDType(dtype) },
    ];
  },
  qr: (operands, { mode }) => {
    const { batch, rows, columns, dtype } = matrix(operands);
    const inner = mode === "complete" ? rows : Math.min(rows, columns);
    return [
      { shape: [...batch, rows, inner], dtype },
      { shape: [...batch, inner, columns], dtype },
    ];
  },
  eigh: (operands) => {
    const { batch, rows, dtype } = square(operands);
    return [{ shape: [...batch, rows], dtype: realDType(dtype) }, at(operands, 0)];
  },
  eig: (operands) => {
    const { batch, rows, dtype } = square(operands);
    const complex = realDType(dtype) === "float32" ? "complex64" : "complex128";
    return [
      { shape: [...batch, rows], dtype: complex },
      { shape: at(operands, 0).shape, dtype: complex },
    ];
  },
  svd: (operands, { full }) => {
    const { batch, rows, columns, dtype } = matrix(operands);
    const inner = Math.min(rows, columns);
    return [
      { shape: [...batch, rows, full ? rows : inner], dtype },
      { shape: [...batch, inner], dtype: realDType(dtype) },
      { shape: [...batch, full ? columns : inner, columns], dtype },
    ];
  },
  fft: (operands, { axis }) => {
    const { shape, dtype } = at(operands, 0);
    reduced(shape, [axis]);
    requires(isComplex(dtype), "only for complex operands; cast it", "dtype");
    return [{ shape, dtype }];
  },
} satisfies { readonly [Name in PrimitiveName]?: TypeRule<Name> };

const types: { readonly [Name in PrimitiveName]: TypeRule<Name> } = {
  ...elementwiseTypes,
  ...shapeTypes,
  ...reductionTypes,
  ...productTypes,
  ...programTypes,
};

/** The rules as they are looked up. */
const byIndex = Object.values(primitives).map(
  ({ name }) => types[name] as (operands: readonly Aval[], params: object) => readonly Aval[],
);

/** By the numbers of primitives, whether the result is of the type that all operands are of, any or an inexact one. */
const keptTypes = Object.values(primitives).map(({ name }) =>
  types[name] === same ? "any" : types[name] === inexact ? "inexact" : undefined,
);
