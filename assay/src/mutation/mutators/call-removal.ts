import type { CallExpression, NewExpression, Node } from "../../source/walk.ts";
import { isTransparent, type Mutator } from "../mutator.ts";
import { lastName, namesOf } from "../names.ts";

/** A promise that is never settled is seen by everything that waits for it. */
const settling: ReadonlySet<string> = new Set(["reject", "resolve"]);

/**
 * Drops a call whose result is not used: `save(user);` becomes `;`. An awaited call goes as well.
 *
 * A survivor means that no test notices what the call brings about.
 *
 * Left alone: `super()`, caches that are written, promises that are settled.
 */
export const callRemoval: Mutator = {
  id: "call-removal",
  family: "effect",
  byDefault: true,
  survivor: "No test notices what the call brings about.",
  kill: "what is different after the call",

  *mutate(node) {
    if (node.type !== "ExpressionStatement") return;
    const call = callIn(node.expression);
    if (call !== undefined && matters(call)) yield { replace: node, with: ";" };
  },
};

function callIn(node: Node): CallExpression | NewExpression | undefined {
  if (node.type === "CallExpression" || node.type === "NewExpression") return node;
  if (node.type === "AwaitExpression" || (node.type === "UnaryExpression" && node.operator === "void"))
    return callIn(node.argument);
  return node.type === "ChainExpression" || isTransparent(node) ? callIn(node.expression) : undefined;
}

function matters({ callee }: CallExpression | NewExpression): boolean {
  if (callee.type === "Super") return false;
  return !settling.has(lastName(callee) ?? "") && !namesOf(callee).some(isCache);
}

/** By its name. */
export function isCache(name: string): boolean {
  return /cache|memo(?!ry)/i.test(name);
}
