import { isComplex, isInexact, sameAval, sameShape, type Aval, type DType } from "../aval.ts";
import { requireGraph, type Graph, type Variable } from "../graph.ts";
import { primitives, type ParamsOf, type PrimitiveName } from "../primitives.ts";
import { mapSubgraphs, rewrite, type RewrittenEquation, type Rewriting } from "../rewrite.ts";
import { Traced } from "../trace.ts";
import type { Scalar } from "../value.ts";

/**
 * Leaves out what does nothing, and puts chains of rearrangements into one. Every value stays what it is to the last bit,
 * NaN and signed zeros included.
 *
 * That allows `x + (-0)`, `x - 0`, `x * 1`, `x / 1`, `x ** 1` for real x, and `x + 0` for whole x; two negations,
 * conjugations, inversions; rounding what is round; `maximum(x, x)` and its like; `select(c, x, x)`; transposes of
 * transposes, reshapes of reshapes, slices of slices, broadcasts of broadcasts, and any of them that changes nothing;
 * casts of casts where the first loses nothing.
 *
 * It does not allow `x + 0` and sums over no axes (which make 0 of -0), `x * 0`, `x - x` and `x / x` (which are NaN for infinities), nor
 * `x * 1` for complex x (where an infinity makes a NaN).
 */
export function simplify(graph: Graph): Graph {
  requireGraph("simplify", graph);
  return rewrite(graph, (before, to) => {
    const equation = { ...before, params: mapSubgraphs(before.params, simplify) };
    const same = rules[equation.primitive.name]?.(new Operands(equation, to)) ?? null;
    // What stands for a result must be of its type: a scalar constant is no array.
    if (same !== null && isOfType(to.avalOf(same), equation.types)) return [same];
    return to.keep(equation);
  });
}

function isOfType(aval: Aval, types: readonly Aval[]): boolean {
  return types.length === 1 && types[0] !== undefined && sameAval(aval, types[0]);
}

/** An equation as the rules look at it. */
class Operands {
  readonly #equation: RewrittenEquation;
  readonly to: Rewriting;

  constructor(equation: RewrittenEquation, to: Rewriting) {
    this.#equation = equation;
    this.to = to;
  }

  get count(): number {
    return this.#equation.operands.length;
  }

  at(place: number): Variable {
    return this.#equation.operands[place] ?? -1;
  }

  aval(place: number): Aval {
    return this.to.avalOf(this.at(place));
  }

  /** The parameters, for whoever knows the primitive by the rule's name. */
  params<Name extends PrimitiveName>(): ParamsOf<Name> {
    return this.#equation.params;
  }

  /** The element of an operand that is a scalar constant. */
  scalar(place: number): Scalar | null {
    const value = this.to.constantOf(this.at(place));
    return value === undefined || value.ndim > 0 || value instanceof Traced ? null : value.item();
  }

  /** The first operand's own equation, if it is of this primitive. */
  inner<Name extends PrimitiveName>(name: Name): Inner<Name> | null {
    const definition = this.to.definitionOf(this.at(0));
    if (definition?.primitive.name !== name) return null;
    return { operand: definition.operands[0] ?? -1, params: definition.params };
  }
}

interface Inner<Name extends PrimitiveName> {
  readonly operand: Variable;
  readonly params: ParamsOf<Name>;
}

/** What stands for the result, or null. */
type Rule = (operands: Operands) => Variable | null;

/** Twice is not at all. */
const twice =
  (name: PrimitiveName, holdsFor: (dtype: DType) => boolean = () => true): Rule =>
  (operands) =>
    holdsFor(operands.aval(0).dtype) ? (operands.inner(name)?.operand ?? null) : null;

/** Twice is once. */
const once =
  (name: PrimitiveName): Rule =>
  (operands) =>
    operands.inner(name) === null ? null : operands.at(0);

const repeated: Rule = (operands) => (operands.at(0) === operands.at(1) ? operands.at(0) : null);
const repeatedBool: Rule = (operands) => (operands.aval(0).dtype === "bool" ? repeated(operands) : null);
const ifReal: Rule = (operands) => (isComplex(operands.aval(0).dtype) ? null : operands.at(0));
const overNothing: Rule = (operands) => (operands.params<"sum">().axes.length === 0 ? operands.at(0) : null);

/** The other operand, where one is a scalar that changes nothing. */
function without(
  operands: Operands,
  place: 0 | 1,
  isNeutral: (element: Scalar, dtype: DType) => boolean,
): Variable | null {
  const element = operands.scalar(place);
  const { dtype } = operands.aval(place);
  return element !== null && !isComplex(dtype) && isNeutral(element, dtype) ? operands.at(1 - place) : null;
}

const isOne = (element: Scalar): boolean => element === 1 || element === true;
const isZeroOfSums = (element: Scalar, dtype: DType): boolean =>
  isInexact(dtype) ? Object.is(element, -0) : element === 0 || element === false;
const isZeroOfDifferences = (element: Scalar, dtype: DType): boolean =>
  isInexact(dtype) ? Object.is(element, 0) : element === 0;

const reshape: Rule = (operands) => {
  const { shape } = operands.params<"reshape">();
  if (sameShape(shape, operands.aval(0).shape)) return operands.at(0);
  const inner = operands.inner("reshape");
  if (inner === null) return null;
  if (sameShape(shape, operands.to.avalOf(inner.operand).shape)) return inner.operand;
  return operands.to.single(primitives.reshape, [inner.operand], { shape });
};

const transpose: Rule = (operands) => {
  const { permutation } = operands.params<"transpose">();
  if (isIdentity(permutation)) return operands.at(0);
  const inner = operands.inner("transpose");
  if (inner === null) return null;
  const both = permutation.map((axis) => inner.params.permutation[axis] ?? -1);
  return isIdentity(both)
    ? inner.operand
    : operands.to.single(primitives.transpose, [inner.operand], { permutation: both });
};

const isIdentity = (permutation: readonly number[]): boolean => permutation.every((axis, place) => axis === place);

const broadcast: Rule = (operands) => {
  const { shape, axes } = operands.params<"broadcast">();
  if (axes.length === 0 && sameShape(shape, operands.aval(0).shape)) return operands.at(0);
  const inner = operands.inner("broadcast");
  if (inner === null) return null;
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const both = [...axes, ...inner.params.axes.map((axis) => kept[axis] ?? -1)].toSorted((a, b) => a - b);
  return operands.to.single(primitives.broadcast, [inner.operand], { shape, axes: both });
};

const slice: Rule = (operands) => {
  const { start, length, step } = operands.params<"slice">();
  const { shape } = operands.aval(0);
  if (sameShape(shape, length) && start.every((each) => each === 0) && step.every((each) => each === 1)) {
    return operands.at(0);
  }
  const inner = operands.inner("slice");
  // Where there is nothing, starts may lie outside.
  if (inner === null || length.includes(0)) return null;
  const before = inner.params;
  return operands.to.single(primitives.slice, [inner.operand], {
    start: start.map((each, axis) => (before.start[axis] ?? 0) + each * (before.step[axis] ?? 1)),
    length,
    step: step.map((each, axis) => each * (before.step[axis] ?? 1)),
  });
};

const cast: Rule = (operands) => {
  const { dtype } = operands.params<"cast">();
  const middle = operands.aval(0).dtype;
  if (dtype === middle) return operands.at(0);
  const inner = operands.inner("cast");
  if (inner === null) return null;
  const first = operands.to.avalOf(inner.operand).dtype;
  if (!losesNothing(first, middle) || !isSameEitherWay(first, middle, dtype)) return null;
  return first === dtype ? inner.operand : operands.to.single(primitives.cast, [inner.operand], { dtype });
};

/** How whole numbers wrap, and how others are rounded, may depend on what they come from. */
function isSameEitherWay(first: DType, middle: DType, last: DType): boolean {
  return isInexact(first) === isInexact(middle) || first === last || isInexact(last);
}

const significantBits: { readonly [Name in DType]: number } = {
  bool: 1,
  int8: 7,
  int16: 15,
  int32: 31,
  int64: 63,
  uint8: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
  float32: 24,
  float64: 53,
  complex64: 24,
  complex128: 53,
};

/** Whether every value of the first dtype is one of the second. */
function losesNothing(from: DType, to: DType): boolean {
  if (isComplex(from) && !isComplex(to)) return false;
  if (isInexact(from) && !isInexact(to)) return false;
  if (from.startsWith("int") && to.startsWith("uint")) return false;
  return significantBits[from] <= significantBits[to];
}

const select: Rule = (operands) => {
  if (operands.at(1) === operands.at(2)) return operands.at(1);
  const holds = operands.scalar(0);
  return holds === null ? null : operands.at(holds === true ? 1 : 2);
};

const rules: { readonly [Name in PrimitiveName]?: Rule } = {
  neg: twice("neg"),
  conj: (operands) => twice("conj")(operands) ?? ifReal(operands),
  invert: twice("invert"),
  logicalNot: (operands) => {
    const inner = operands.inner("logicalNot");
    return inner !== null && operands.to.avalOf(inner.operand).dtype === "bool" ? inner.operand : null;
  },
  real: ifReal,
  abs: (operands) => once("abs")(operands),
  floor: once("floor"),
  ceil: once("ceil"),
  trunc: once("trunc"),
  rint: once("rint"),
  stopGradient: once("stopGradient"),
  add: (operands) => without(operands, 1, isZeroOfSums) ?? without(operands, 0, isZeroOfSums),
  sub: (operands) => without(operands, 1, isZeroOfDifferences),
  mul: (operands) => without(operands, 1, isOne) ?? without(operands, 0, isOne),
  div: (operands) => without(operands, 1, isOne),
  pow: (operands) => without(operands, 1, isOne),
  maximum: repeated,
  minimum: repeated,
  fmax: repeated,
  fmin: repeated,
  bitwiseAnd: repeated,
  bitwiseOr: repeated,
  logicalAnd: repeatedBool,
  logicalOr: repeatedBool,
  select,
  reshape,
  transpose,
  broadcast,
  slice,
  cast,
  sum: (operands) => (isInexact(operands.aval(0).dtype) ? null : overNothing(operands)),
  prod: overNothing,
  max: overNothing,
  min: overNothing,
  concatenate: (operands) => (operands.count === 1 ? operands.at(0) : null),
};
