import type { Node } from "../../source/walk.ts";
import type { Mutator } from "../mutator.ts";
import { namesOf } from "../names.ts";

/**
 * Takes one side of `a ?? b`, whatever `a` is.
 *
 * A survivor means that the tests know only one of both cases.
 *
 * Left alone: what stands in for `process.env`; and dropping `?? undefined`, `?? null` or `?? false`, which hardly makes a difference.
 */
export const nullishCoalescing: Mutator = {
  id: "nullish-coalescing",
  family: "nullish",
  byDefault: true,
  survivor: "No test sees a difference between the two sides of `??`.",
  kill: "the result both with a value before `??` and without one",

  *mutate(node, place) {
    if (node.type !== "LogicalExpression" || node.operator !== "??" || isEnvironment(node.left)) return;
    yield { replace: node, with: place.textOf(node.right) };
    if (!isNothing(node.right)) yield { replace: node, with: place.textOf(node.left) };
  },
};

function isEnvironment(node: Node): boolean {
  const [root, member] = namesOf(node);
  return root === "process" && member === "env";
}

function isNothing(node: Node): boolean {
  if (node.type === "Literal") return node.raw === "null" || node.value === false;
  return node.type === "Identifier" && node.name === "undefined";
}
