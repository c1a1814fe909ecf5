// Expressions that only pass others on.
import type { Argument, Expression, Node } from "./walk.ts";

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

/** An expression without what only types it, and without parentheses. */
export function plain(node: Expression | Argument): Expression | Argument {
  const isWrapped =
    node.type === "TSAsExpression" ||
    node.type === "TSSatisfiesExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSTypeAssertion" ||
    node.type === "ParenthesizedExpression" ||
    node.type === "ChainExpression";
  return isWrapped ? plain(node.expression) : node;
}
