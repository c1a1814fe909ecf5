// Values that can be read off the syntax.
import type { Argument, Expression, Node } from "../../source/walk.ts";

export interface Constant {
  readonly value: string | number | boolean | bigint | null | undefined;
}

/** The value of an expression that is the same at every run. Undefined where it is not known. */
export function constantOf(node: Expression | Argument): Constant | undefined {
  if (node.type === "Literal") return node.value instanceof RegExp ? undefined : { value: node.value };
  if (node.type === "Identifier") return node.name === "undefined" ? { value: undefined } : undefined;
  if (node.type === "TemplateLiteral") return templateOf(node);
  if (node.type === "UnaryExpression") return unaryOf(node);
  if (node.type === "BinaryExpression") return node.operator === "+" ? sumOf(node.left, node.right) : undefined;
  const isTyped =
    node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression" || node.type === "TSNonNullExpression";
  return isTyped ? constantOf(node.expression) : undefined;
}

/** The text of an expression that is a constant string. */
export function constantString(node: Expression | Argument): string | undefined {
  const constant = constantOf(node);
  return typeof constant?.value === "string" ? constant.value : undefined;
}

function templateOf(node: Extract<Node, { type: "TemplateLiteral" }>): Constant | undefined {
  let text = node.quasis[0]?.value.cooked ?? "";
  for (const [index, expression] of node.expressions.entries()) {
    const part = constantOf(expression);
    if (!part) return undefined;
    text += String(part.value) + (node.quasis[index + 1]?.value.cooked ?? "");
  }
  return { value: text };
}

function unaryOf(node: Extract<Node, { type: "UnaryExpression" }>): Constant | undefined {
  if (node.operator === "void") return { value: undefined };
  const operand = constantOf(node.argument);
  return operand && node.operator === "!" ? { value: !operand.value } : undefined;
}

function sumOf(left: Expression, right: Expression): Constant | undefined {
  const a = constantOf(left);
  const b = constantOf(right);
  if (!a || !b || (typeof a.value !== "string" && typeof b.value !== "string")) return undefined;
  return { value: `${a.value}${b.value}` };
}
