// For tests: an expression by its text.
import { parseSync } from "oxc-parser";
import type { Expression } from "../walk.ts";

/** The expression that a text of TypeScript is, parentheses included. */
export function expressionOf(text: string): Expression {
  const [statement] = parseSync("a.ts", text, { preserveParens: true }).program.body;
  if (statement?.type !== "ExpressionStatement") throw new Error(`${text} is no expression`);
  return statement.expression;
}
