// What only prints.
import type { Node } from "../../source/walk.ts";

/** `console.error(error)` */
export function isPrinting(node: Node): boolean {
  return node.type === "CallExpression" && isOfConsole(node.callee);
}

/** `console.error` */
export function isOfConsole(node: Node): boolean {
  return node.type === "MemberExpression" && node.object.type === "Identifier" && node.object.name === "console";
}
