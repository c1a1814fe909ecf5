// How a backend says what it can compute.
import { primitives, type ParamsOf, type PrimitiveName, type Primitives } from "./primitives.ts";
import { programKernels, type ProgramName } from "./programs.ts";
import type { Value } from "./value.ts";

type Operands<Arity> = Arity extends 1
  ? [x: Value]
  : Arity extends 2
    ? [x: Value, y: Value]
    : Arity extends 3
      ? [x: Value, y: Value, z: Value]
      : [operands: readonly Value[]];

type Results<Count> = Count extends 1 ? Value : readonly Value[];

/** Computes one primitive: its operands (a list where there may be any number), then its parameters. */
export type Evaluation<Name extends PrimitiveName = PrimitiveName> = (
  ...operandsAndParams: [...Operands<Primitives[Name]["arity"]>, params: ParamsOf<Name>]
) => Results<Primitives[Name]["results"]>;

/**
 * One function for each primitive that a backend computes itself; programs within programs come from the interpreter.
 * A backend that leaves some out can't run what needs them.
 */
export type EvaluationTable = { readonly [Name in Exclude<PrimitiveName, ProgramName>]?: Evaluation<Name> };

/** A table that leaves none out. */
export type CompleteEvaluationTable = Required<EvaluationTable>;

/** A function of a table, by the number of its primitive. Its operands are not checked again. */
export type Kernel = (...operandsAndParams: unknown[]) => Value | readonly Value[];

/** The table as it is looked up: by the numbers of primitives, with the interpreter's functions. */
export function kernelsOf(table: EvaluationTable): readonly (Kernel | undefined)[] {
  const all: Readonly<Record<string, unknown>> = { ...table, ...programKernels };
  return Object.keys(primitives).map((name) => all[name] as Kernel | undefined);
}
