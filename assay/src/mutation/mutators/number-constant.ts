import type { Node } from "../../source/walk.ts";
import { isConstant, type Mutator } from "../mutator.ts";
import { endsIn, rootName } from "../names.ts";

/**
 * Changes a number: 0 becomes 1, 1 becomes 0, any other grows by one.
 *
 * A survivor means that no test depends on the exact number.
 *
 * Left alone: an index into what a call returns; what stands for a name (`{ Red: 1 }`); sizes and times, which are large or calculated from constants only; and
 * the boundaries of comparisons, sizes, minima and maxima, which have
 * mutators of their own.
 */
export const numberConstant: Mutator = {
  id: "number-constant",
  family: "constant",
  byDefault: true,
  survivor: "No test depends on the exact number.",
  kill: "a result that another number would change",

  *mutate(node, place) {
    if (node.type !== "Literal" || typeof node.value !== "number") return;
    const parent = place.ancestors.at(-1);
    if (isIndexOfTuple(parent, node) || isMember(parent) || isBoundary(parent) || isTuned(node.value, parent)) return;
    const changed = node.value === 1 ? 0 : node.value + 1;
    // A number so large that one more makes no difference.
    if (changed !== node.value && Number.isFinite(changed)) yield { replace: node, with: String(changed) };
  },
};

/** `match[1]`: the compiler, or an undefined value, tells of a wrong one at once. */
function isIndexOfTuple(parent: Node | undefined, node: Node): boolean {
  return parent?.type === "MemberExpression" && parent.property === node && parent.object.type === "CallExpression";
}

/** `{ Red: 1 }`: any other number would do as well. */
function isMember(parent: Node | undefined): boolean {
  return parent?.type === "Property" && parent.key.type === "Identifier" && /^[A-Z]/.test(parent.key.name);
}

/** A size or a time that somebody has chosen: as good as the one beside it. */
function isTuned(value: number, parent: Node | undefined): boolean {
  return value >= 1000 || (parent?.type === "BinaryExpression" && isConstant(parent));
}

/** `x < 2`, `list.length === 2`, `Math.max(2, x)`: where the boundary lies is asked by other mutators. */
function isBoundary(parent: Node | undefined): boolean {
  if (parent?.type === "CallExpression")
    return rootName(parent.callee) === "Math" && endsIn(parent.callee, /^m(?:ax|in)$/);
  if (parent?.type !== "BinaryExpression") return false;
  if (/^[<>]=?$/.test(parent.operator)) return true;
  return (
    /^[!=]==?$/.test(parent.operator) && [parent.left, parent.right].some((side) => endsIn(side, /^(?:length|size)$/))
  );
}
