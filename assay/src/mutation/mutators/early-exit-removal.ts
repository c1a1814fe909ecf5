import type { Node } from "../../source/walk.ts";
import type { Mutator, Place } from "../mutator.ts";

/**
 * Drops a `return`, `continue` or `break` with which an `if` leaves early.
 *
 * A survivor means that the tests reach the exit and see no difference to going on.
 *
 * Not used by default: most exits that no test misses are shortcuts to the same result, which no test could miss.
 */
export const earlyExitRemoval: Mutator = {
  id: "early-exit-removal",
  family: "control-flow",
  byDefault: false,
  survivor: "The tests reach the exit, and none of them sees a difference to going on.",
  kill: "what would happen if the code went on",

  *mutate(node, place) {
    if (node.type !== "ReturnStatement" && node.type !== "ContinueStatement" && node.type !== "BreakStatement") return;
    if (isInGuard(node, place)) yield { replace: node, with: ";" };
  },
};

/** In an `if` without an `else`. */
function isInGuard(node: Node, { ancestors }: Place): boolean {
  const parent = ancestors.at(-1);
  const guard = parent?.type === "BlockStatement" ? ancestors.at(-2) : parent;
  if (guard?.type !== "IfStatement" || guard.alternate !== null) return false;
  return guard.consequent === node || guard.consequent === parent;
}
