import { isFunction } from "../../source/functions.ts";
import type { Node } from "../../source/walk.ts";
import { isClock } from "../names.ts";
import { inLoopHead, operatorOf, type Mutator, type Place } from "../mutator.ts";

const movedBoundary: ReadonlyMap<string, string> = new Map([
  ["<", "<="],
  ["<=", "<"],
  [">", ">="],
  [">=", ">"],
]);

/**
 * Moves a comparison's boundary by one: `<` becomes `<=`, and so on.
 *
 * A survivor means that no test stands exactly on the boundary.
 *
 * Not used by default: most boundaries that no test stands on are those of buffers, limits and shortcuts, on which both
 * sides do the same.
 *
 * Left alone, since there is often nothing to see on the boundary: the heads of loops; choices between the two values
 * that are compared (`a < b ? a : b`, `if (x > high) return high`); boundaries that the function has dealt with before
 * (`x > 0` behind `x === 0`); the present time; and guards that only keep out nothing (`if (count > 0) add(count)`).
 */
export const comparisonBoundary: Mutator = {
  id: "comparison-boundary",
  family: "comparison",
  byDefault: false,
  survivor: "No test stands exactly on the boundary.",
  kill: "the result when both sides are equal",

  *mutate(node, place) {
    if (node.type !== "BinaryExpression" || inLoopHead(node, place)) return;
    const replacement = movedBoundary.get(node.operator);
    if (replacement === undefined) return;
    if (isClock(node.left) || isClock(node.right)) return;
    const compared = new Set([place.textOf(node.left), place.textOf(node.right)]);
    if (choosesBetween(compared, node, place) || isSettledBefore(node, place) || keepsOutNothing(node, place)) return;
    yield { replace: operatorOf(node, place), with: replacement };
  },
};

type Comparison = Extract<Node, { readonly type: "BinaryExpression" }>;

function isSettledBefore({ left, right, start }: Comparison, place: Place): boolean {
  const around = place.ancestors.findLast(isFunction);
  if (around === undefined) return false;
  const before = place.textOf({ start: around.start, end: start });
  return before.includes(`${place.textOf(left)} === ${place.textOf(right)}`);
}

/** Without an `else`, and without leaving: on zero the body has nothing to do. */
function keepsOutNothing({ operator, right }: Comparison, place: Place): boolean {
  const parent = place.ancestors.at(-1);
  if (operator !== ">" || place.textOf(right) !== "0" || parent?.type !== "IfStatement") return false;
  const body = parent.consequent.type === "BlockStatement" ? parent.consequent.body : [parent.consequent];
  return parent.alternate === null && !body.some(({ type }) => leaving.has(type));
}

const leaving: ReadonlySet<Node["type"]> = new Set([
  "BreakStatement",
  "ContinueStatement",
  "ReturnStatement",
  "ThrowStatement",
]);

/** On the boundary both choices are the same. */
function choosesBetween(compared: ReadonlySet<string>, comparison: Node, place: Place): boolean {
  const above = place.ancestors.findLastIndex((node) => node.type !== "LogicalExpression" || node.operator !== "&&");
  const test = place.ancestors[above + 1] ?? comparison;
  const parent = place.ancestors[above];
  const isCompared = (node: Node | null): boolean => node !== null && isAmong(compared, node, place);
  if (parent?.type === "ConditionalExpression") {
    return parent.test === test && isCompared(parent.consequent) && isCompared(lastChoice(parent.alternate));
  }
  if (parent?.type !== "IfStatement" || parent.test !== test) return false;
  const only = parent.consequent.type === "BlockStatement" ? parent.consequent.body[0] : parent.consequent;
  return only?.type === "ReturnStatement" && isCompared(only.argument);
}

/** Itself, or what a call makes of it: `rank(a) < rank(b) ? a : b`. */
function isAmong(compared: ReadonlySet<string>, node: Node, place: Place): boolean {
  const text = place.textOf(node);
  return compared.has(text) || [...compared].some((side) => side.endsWith(`(${text})`));
}

function lastChoice(node: Node): Node {
  return node.type === "ConditionalExpression" ? lastChoice(node.alternate) : node;
}
