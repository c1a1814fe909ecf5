// Derivatives of calls: those that a program's author gives for a function of their own, and those known by name.
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

/**
 * Rules that have a name, so that a file can hold them and a pass may change the program that they are of: to run it again
 * in reverse mode, and the derivative of the pseudo-inverse of a matrix.
 */
export const namedRules = ["checkpoint", "pinv"] as const;
export type NamedRules = (typeof namedRules)[number];
