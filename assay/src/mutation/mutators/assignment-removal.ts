import type { Node } from "../../source/walk.ts";
import type { Mutator } from "../mutator.ts";
import { namesOf, rootName } from "../names.ts";
import { isCache } from "./call-removal.ts";

/**
 * Drops an assignment: `this.total = total;` becomes `;`. So does `delete this.total;`.
 *
 * A survivor means that no test depends on the new value.
 *
 * Left alone: exports (`exports.parse = parse`), caches, and what is set to `undefined` or `null`, often only to be forgotten.
 */
export const assignmentRemoval: Mutator = {
  id: "assignment-removal",
  family: "effect",
  byDefault: true,
  survivor: "No test depends on the value that is assigned.",
  kill: "a result that the old value would change",

  *mutate(node) {
    if (node.type !== "ExpressionStatement") return;
    const target = targetOf(node.expression);
    if (target !== undefined && !isExport(target) && !namesOf(target).some(isCache)) yield { replace: node, with: ";" };
  },
};

/** `exports.f = …`: without it nothing works that imports it. */
function isExport(target: Node): boolean {
  if (target.type !== "MemberExpression") return false;
  const root = rootName(target);
  return root === "exports" || (root === "module" && namesOf(target).includes("exports"));
}

function targetOf(node: Node): Node | undefined {
  if (node.type === "UnaryExpression") return node.operator === "delete" ? node.argument : undefined;
  if (node.type !== "AssignmentExpression" || node.operator !== "=" || isNothing(node.right)) return undefined;
  return node.left.type === "Identifier" || node.left.type === "MemberExpression" ? node.left : undefined;
}

function isNothing(node: Node): boolean {
  if (node.type === "AssignmentExpression") return isNothing(node.right);
  if (node.type === "Literal") return node.raw === "null";
  if (node.type === "UnaryExpression") return node.operator === "void";
  return node.type === "Identifier" && node.name === "undefined";
}
