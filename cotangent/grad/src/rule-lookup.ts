// Rules by the numbers of primitives, which is how traces look them up.
import { primitives, type CustomRules, type Graph, type Value } from "@cotangent/core";
import type { NamedTable, Rules, Sign } from "./rules.ts";

type Operands = readonly Value[];

/** How a change of one operand reaches the result. */
export type LooseTangent = (tangent: Value, operands: Operands, result: Value, params: object) => Value | null;

/** `DerivativeRule` with its types erased. */
export interface LooseDerivative {
  readonly derivative: (...operandsResultAndParams: unknown[]) => Value;
}

/** What is known of one operand. */
export type LoosePart = LooseTangent | LooseDerivative | null;

/** How changes of all operands reach all results. */
export type LooseJoint = (
  tangents: readonly (Value | null)[],
  operands: Operands,
  results: readonly Value[],
  params: object,
) => readonly (Value | null)[];

/** A derivative with its types erased, as quickly told apart as can be. */
export type LooseJvp =
  | { readonly kind: "linear" }
  | { readonly kind: "constant" }
  | { readonly kind: "each"; readonly parts: readonly LoosePart[] }
  | { readonly kind: "joint"; readonly joint: LooseJoint };

type WrittenJvp = "linear" | "constant" | readonly LoosePart[] | { readonly joint: LooseJoint };

export type LooseCotangent = (cotangent: Value, operands: Operands, params: object) => Value;

/** `AddingRule` with its types erased. */
export interface LooseAdding {
  readonly of: LooseCotangent;
  readonly onto: (sum: Value, cotangent: Value, operands: Operands, params: object) => Value;
}

/** An adjoint with its types erased. */
export type LooseTranspose =
  | readonly (LooseCotangent | LooseAdding | Sign | null)[]
  | ((cotangent: Value, operands: Operands, params: object) => readonly Value[]);

export type LooseBatch = (operands: Operands, batched: readonly boolean[], params: object) => Value | readonly Value[];

/** The tables over the primitives, indexed by `Primitive.index`, and what calls have by name. */
export interface IndexedRules {
  readonly jvps: readonly (LooseJvp | undefined)[];
  readonly transposes: readonly (LooseTranspose | undefined)[];
  readonly batches: readonly (LooseBatch | undefined)[];
  readonly calls: Partial<NamedTable>;
  /** The rules of a program that is run again wherever it is needed. */
  readonly ofProgram: (graph: Graph) => CustomRules;
}

/** Indexes tables. The types of the tables have been checked where they were written. */
export function indexRules(
  { jvps, transposes, batches, calls }: Rules,
  ofProgram: IndexedRules["ofProgram"],
): IndexedRules {
  return {
    jvps: byIndex(jvps as Table<WrittenJvp>).map((rule) => (rule === undefined ? undefined : looseJvp(rule))),
    transposes: byIndex(transposes as Table<LooseTranspose>),
    batches: byIndex(batches as Table<LooseBatch>),
    calls,
    ofProgram,
  };
}

type Table<Rule> = Readonly<Record<string, Rule | undefined>>;

function byIndex<Rule>(table: Table<Rule>): readonly (Rule | undefined)[] {
  return Object.keys(primitives).map((name) => table[name]);
}

function looseJvp(rule: WrittenJvp): LooseJvp {
  if (rule === "linear" || rule === "constant") return { kind: rule };
  return "joint" in rule ? { kind: "joint", joint: rule.joint } : { kind: "each", parts: rule };
}
