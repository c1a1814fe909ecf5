// Expressions that only pass others on.
import type { Node } from "./walk.ts";

const wrappers: ReadonlySet<string> = new Set([
  "ChainExpression",
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

/** The expressions of which this one is one, in other words; undefined where it is something of its own. */
export function passedOn(node: Node): readonly Node[] | undefined {
  if (node.type === "ConditionalExpression") return [node.consequent, node.alternate];
  if (node.type === "LogicalExpression") return [node.left, node.right];
  if (node.type === "SequenceExpression") return node.expressions.slice(-1);
  if (node.type === "AssignmentExpression") return [node.right];
  if (node.type === "AwaitExpression" || node.type === "SpreadElement") return [node.argument];
  return "expression" in node && wrappers.has(node.type) && typeof node.expression === "object"
    ? [node.expression]
    : undefined;
}
