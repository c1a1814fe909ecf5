// What a library of rules looks like: tables over the primitives, and of rules that have names. Nothing here knows a rule.
import type { NamedRules, ParamsOf, PrimitiveName, Primitives, ProgramName, Value } from "@cotangent/core";

/** Operands of a primitive, as many as it takes. */
export type OperandsOf<Name extends PrimitiveName> = Primitives[Name]["arity"] extends 1
  ? readonly [Value]
  : Primitives[Name]["arity"] extends 2
    ? readonly [Value, Value]
    : Primitives[Name]["arity"] extends 3
      ? readonly [Value, Value, Value]
      : readonly Value[];

type PerOperand<Operands extends readonly Value[], Rule> = { readonly [Place in keyof Operands]: Rule };

/** Primitives that have rules. Programs are followed into instead. */
export type RuledName = Exclude<PrimitiveName, ProgramName>;

/** How a change of one operand reaches the result. Null: not at all. */
export type TangentRule<Name extends PrimitiveName> = (
  tangent: Value,
  operands: OperandsOf<Name>,
  result: Value,
  params: ParamsOf<Name>,
) => Value | null;

/** Of a function of the elements of one or two operands: a change of one reaches the result times this. */
export interface DerivativeRule<Name extends PrimitiveName> {
  readonly derivative: Primitives[Name]["arity"] extends 1 | 2
    ? (...given: [...OperandsOf<Name>, result: Value, params: ParamsOf<Name>]) => Value
    : never;
}

/** How changes of the operands, some of which have none, reach several results. */
export interface JointRule<Name extends PrimitiveName> {
  readonly joint: (
    tangents: readonly (Value | null)[],
    operands: OperandsOf<Name>,
    results: readonly Value[],
    params: ParamsOf<Name>,
  ) => readonly (Value | null)[];
}

/**
 * The derivative of a primitive: `"linear"` (tangents go through the same primitive), `"constant"` (no tangent at
 * all), or a rule for each operand, whose results are added. `null` stands for an operand without derivative.
 */
export type JvpRule<Name extends PrimitiveName> =
  | "linear"
  | "constant"
  | PerOperand<OperandsOf<Name>, TangentRule<Name> | DerivativeRule<Name> | null>
  | JointRule<Name>;

export type JvpTable = { readonly [Name in RuledName]: JvpRule<Name> };

/** The cotangent of one operand. The other operands are known where the primitive needs them; their types always are. */
export type CotangentRule<Name extends PrimitiveName> = (
  cotangent: Value,
  operands: OperandsOf<Name>,
  params: ParamsOf<Name>,
) => Value;

/** The cotangent of the operand is that of the result, or has the opposite sign: then nothing need be computed. */
export type Sign = "plus" | "minus";

/** A rule for which what has come together before need not be added by itself. */
export interface AddingRule<Name extends PrimitiveName> {
  /** The cotangent, in an array that nobody else has. */
  readonly of: CotangentRule<Name>;
  /** The sum, which nobody else has and which may be added to in its own memory, and the cotangent. */
  readonly onto: (sum: Value, cotangent: Value, operands: OperandsOf<Name>, params: ParamsOf<Name>) => Value;
}

/** The adjoint of a primitive in each operand in which it is linear; a list of all where it takes any number. */
export type TransposeRule<Name extends PrimitiveName> = Primitives[Name]["arity"] extends "many"
  ? (cotangent: Value, operands: readonly Value[], params: ParamsOf<Name>) => readonly Value[]
  : PerOperand<OperandsOf<Name>, CotangentRule<Name> | AddingRule<Name> | Sign | null>;

/** Only primitives that can stand in a linear program have one. */
export type TransposeTable = { readonly [Name in RuledName]?: TransposeRule<Name> };

/**
 * A primitive on many examples at once. Operands that are `batched` have the examples along a new first axis, and so
 * has each result. Elementwise primitives need no rule.
 */
export type BatchRule<Name extends PrimitiveName> = (
  operands: OperandsOf<Name>,
  batched: PerOperand<OperandsOf<Name>, boolean>,
  params: ParamsOf<Name>,
) => Value | readonly Value[];

type ElementwiseName = {
  [Name in RuledName]: Name extends keyof BatchedByShape ? never : Name;
}[RuledName];

/** Primitives whose batching depends on axes. */
interface BatchedByShape extends Record<
  | "reshape"
  | "transpose"
  | "broadcast"
  | "slice"
  | "embed"
  | "concatenate"
  | "take"
  | "scatterAdd"
  | "sum"
  | "prod"
  | "max"
  | "min"
  | "any"
  | "all"
  | "argmax"
  | "argmin"
  | "argsort"
  | "cumsum"
  | "cumprod"
  | "dot"
  | "solve"
  | "inv"
  | "det"
  | "slogdet"
  | "cholesky"
  | "triangularSolve"
  | "qr"
  | "eigh"
  | "eig"
  | "svd"
  | "fft",
  true
> {}

export type BatchTable = { readonly [Name in Exclude<RuledName, ElementwiseName>]: BatchRule<Name> };

/** The tangents of a call's results, by the rule that has this name. */
export type NamedRule = (
  tangents: readonly Value[],
  operands: readonly Value[],
  results: readonly Value[],
) => readonly Value[];

/** A program that is run again needs no rule. */
export type NamedTable = { readonly [Name in Exclude<NamedRules, "checkpoint">]: NamedRule };

/** All that transformations need to know of primitives. What a library leaves out, it can't transform. */
export interface Rules {
  readonly jvps: Partial<JvpTable>;
  readonly transposes: TransposeTable;
  readonly batches: Partial<BatchTable>;
  readonly calls: Partial<NamedTable>;
}
