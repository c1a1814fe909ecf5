// Derivatives that a program's author gives for a function of their own.
import type { Value } from "./value.ts";

/** At least one of the two. Where one is missing, the function itself is differentiated. */
export interface CustomRules {
  /** Results and their tangents, from the operands and theirs. A tangent may be null where an operand has none. */
  readonly jvp: ((operands: readonly Value[], tangents: readonly Value[]) => CustomJvp) | null;
  /** Results, and what gives the operands' cotangents for those of the results. */
  readonly vjp: ((operands: readonly Value[]) => CustomVjp) | null;
}

export interface CustomJvp {
  readonly results: readonly Value[];
  readonly tangents: readonly Value[];
}

export interface CustomVjp {
  readonly results: readonly Value[];
  readonly pullback: (cotangents: readonly Value[]) => readonly Value[];
}
