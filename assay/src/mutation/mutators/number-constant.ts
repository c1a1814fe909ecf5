import type { Node } from "../../source/walk.ts";
import type { Mutator } from "../mutator.ts";

/**
 * Changes a number: 0 becomes 1, 1 becomes 0, any other grows by one.
 *
 * A survivor means that no test depends on the exact number.
 */
export const numberConstant: Mutator = {
  id: "number-constant",
  survivor: "No test depends on the exact number.",
  kill: "a result that another number would change",

  *mutate(node, place) {
    if (node.type !== "Literal" || typeof node.value !== "number") return;
    if (isIndexOfTuple(place.ancestors.at(-1), node)) return;
    const changed = node.value === 1 ? 0 : node.value + 1;
    // A number so large that one more makes no difference.
    if (changed !== node.value && Number.isFinite(changed)) yield { replace: node, with: String(changed) };
  },
};

/** `match[1]`: the compiler, or an undefined value, tells of a wrong one at once. */
function isIndexOfTuple(parent: Node | undefined, node: Node): boolean {
  return parent?.type === "MemberExpression" && parent.property === node && parent.object.type === "CallExpression";
}
