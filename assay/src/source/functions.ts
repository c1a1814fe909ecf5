// Functions, in each form in which they are written.
import type { ArrowFunctionExpression, Function as PlainFunction, Node } from "./walk.ts";

export type FunctionNode = ArrowFunctionExpression | PlainFunction;

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === "ArrowFunctionExpression" ||
    node?.type === "FunctionExpression" ||
    node?.type === "FunctionDeclaration"
  );
}
