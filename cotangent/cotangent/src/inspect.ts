// Programs as text and pictures, and whether derivatives are right.
import { checkGrads as check, type CheckGradsOptions } from "@cotangent/inspect";
import type { Value } from "@cotangent/core";
import { jvp, vjp } from "./transformations.ts";

export { diff, diffLines, firstNaN, GradientError, print, toDot, toHTML, toMermaid } from "@cotangent/inspect";
export type {
  CheckGradsOptions,
  DiagramOptions,
  DiffLine,
  HTMLOptions,
  NaNReport,
  PassView,
  PrintOptions,
} from "@cotangent/inspect";

/**
 * Compares the derivatives of a function of arrays at a point with finite differences, and reverse with forward mode.
 *
 * @param f returns an array or a list of arrays
 * @throws GradientError which says which mode and order, and how far it is off.
 */
export function checkGrads(
  f: (...operands: readonly Value[]) => unknown,
  operands: readonly Value[],
  options: CheckGradsOptions = {},
): void {
  check({ jvp, vjp }, f, operands, options);
}
