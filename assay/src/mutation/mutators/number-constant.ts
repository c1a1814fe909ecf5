import { isFunction } from "../../source/functions.ts";
import { childrenOf, type Node } from "../../source/walk.ts";
import { isConstant, type Mutator, type Place } from "../mutator.ts";
import { endsIn, isAllocation, rootName } from "../names.ts";

/**
 * Changes a number: 0 becomes 1, 1 becomes 0, any other grows by one.
 *
 * A survivor means that no test depends on the exact number.
 *
 * Left alone: an index into what a call returns; what stands for a name (`{ Red: 1 }`); what the module itself
 * counts from (`let next = 0`); ranks, which are what a function
 * gives that gives nothing but three such numbers or more; sizes and times, which are large, calculated from constants only, the
 * size of a buffer, or called a time; and the boundaries of comparisons, sizes, minima and maxima, which have mutators of their own.
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
    if (isRank(parent, place) || isFirstCount(parent, place)) return;
    const changed = node.value === 1 ? 0 : node.value + 1;
    // A number may be so large that one more makes no difference.
    if (changed !== node.value) yield { replace: node, with: String(changed) };
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
  if (value >= 1000 || (parent !== undefined && isAllocation(parent))) return true;
  if (parent?.type === "BinaryExpression") return isConstant(parent);
  // Without a time, and with the shortest, some things are done in another way.
  return value > 1 && parent !== undefined && isTime(parent);
}

/** `timeoutMs: 250`, `setTimeout(again, 50)`: a moment more makes no difference that a test could wait for. */
function isTime(parent: Node): boolean {
  if (parent.type === "CallExpression") return endsIn(parent.callee, /^set(?:Timeout|Interval)$/);
  const named = namedBy(parent);
  return named !== undefined && endsIn(named, /(?:^ms|Ms|[mM]illis(?:econds)?|[tT]imeout|[dD]elay)$/);
}

/** What a number is kept under: a variable, a property, a parameter. */
function namedBy(parent: Node): Node | undefined {
  if (parent.type === "VariableDeclarator") return parent.id;
  if (parent.type === "Property" || parent.type === "PropertyDefinition")
    return parent.computed ? undefined : parent.key;
  return parent.type === "AssignmentPattern" ? parent.left : undefined;
}

/** Of what a function gives that gives nothing but numbers that are written down only the order counts. Two may be an exit code. */
function isRank(parent: Node | undefined, { ancestors }: Place): boolean {
  const around = ancestors.findLast(isFunction);
  if (parent?.type !== "ReturnStatement" || around === undefined) return false;
  const given = returnsIn(around);
  return given.length > 2 && given.every((value) => value !== null && isConstant(value));
}

/** `let next = 0;` in the module itself: where counting starts is as good as anywhere. */
function isFirstCount(parent: Node | undefined, { ancestors }: Place): boolean {
  const declaration = ancestors.at(-2);
  if (parent?.type !== "VariableDeclarator" || declaration?.type !== "VariableDeclaration") return false;
  return declaration.kind === "let" && !ancestors.some(isFunction);
}

function returnsIn(node: Node): readonly (Node | null)[] {
  if (node.type === "ReturnStatement") return [node.argument];
  return childrenOf(node).flatMap((child) => (isFunction(child) ? [] : returnsIn(child)));
}

/** `x < 2`, `list.length === 2`, `Math.max(2, x)`: where the boundary lies is asked by other mutators. */
function isBoundary(parent: Node | undefined): boolean {
  if (parent?.type === "CallExpression") return rootName(parent.callee) === "Math" && endsIn(parent.callee, /max|min/);
  if (parent?.type !== "BinaryExpression") return false;
  if (/^[<>]=?$/.test(parent.operator)) return true;
  return /[!=]=/.test(parent.operator) && [parent.left, parent.right].some((side) => endsIn(side, /^(?:length|size)$/));
}
