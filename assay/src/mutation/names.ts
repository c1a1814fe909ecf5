// Names as far as they can be read without types.
import type { CallExpression, Node } from "../source/walk.ts";

/** `c` of `a.b.c` and of `a.b.c()`'s callee. */
export function lastName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression" && !node.computed) return node.property.name;
  return node.type === "ChainExpression" ? lastName(node.expression) : undefined;
}

/** `a` of `a.b().c`; `this` has no name. */
export function rootName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return rootName(node.object);
  if (node.type === "ChainExpression") return rootName(node.expression);
  return node.type === "CallExpression" ? rootName(node.callee) : undefined;
}

/** Every name on the way: `a`, `b`, `c` of `a.b().c`. */
export function namesOf(node: Node): readonly string[] {
  if (node.type === "Identifier") return [node.name];
  if (node.type === "ChainExpression") return namesOf(node.expression);
  if (node.type === "CallExpression") return namesOf(node.callee);
  if (node.type !== "MemberExpression") return [];
  const { property } = node;
  const isName = property.type === "Identifier" || property.type === "PrivateIdentifier";
  // What is worked out takes its place by what it is, which is the name of nothing.
  return [...namesOf(node.object), isName ? property.name : property.type];
}

export function endsIn(node: Node, name: RegExp): boolean {
  const last = lastName(node);
  return last !== undefined && name.test(last);
}

/** `performance.now()`: seldom the same twice, so that no test can stand on its boundary. */
export function isClock(node: Node): boolean {
  return node.type === "CallExpression" && lastName(node.callee) === "now";
}

/** `new Uint8Array(size)`, `Buffer.alloc(size)`: how many bytes are taken. */
export function isAllocation(node: Node): boolean {
  if (node.type === "NewExpression") return endsIn(node.callee, /^(?:\w+Array|(?:Shared)?ArrayBuffer)$/);
  return node.type === "CallExpression" && rootName(node.callee) === "Buffer" && endsIn(node.callee, /^alloc/);
}

const predicateMethods: ReadonlySet<string> = new Set([
  "endsWith",
  "every",
  "has",
  "hasOwn",
  "hasOwnProperty",
  "includes",
  "is",
  "some",
  "startsWith",
  "test",
]);

/** Does it answer true or false, by its name? */
export function isPredicate(call: CallExpression): boolean {
  const name = lastName(call.callee);
  if (name === undefined) return false;
  if (call.callee.type === "MemberExpression" && predicateMethods.has(name)) return true;
  return isPredicateName(name);
}

export function isPredicateName(name: string): boolean {
  return /^(?:is|has|can|should)[A-Z]/.test(name);
}
