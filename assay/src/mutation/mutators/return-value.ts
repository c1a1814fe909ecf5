import type { Expression } from "../../source/walk.ts";
import type { Mutator } from "../mutator.ts";
import { isPredicate } from "../names.ts";

/**
 * Returns `undefined` instead of a variable, a property, or what a call gives.
 *
 * A survivor means that no test looks at what is returned.
 *
 * Left alone: constants, conditions and calculations, which other mutators change.
 */
export const returnValue: Mutator = {
  id: "return-value",
  family: "control-flow",
  byDefault: true,
  survivor: "No test looks at what is returned.",
  kill: "the returned value",

  *mutate(node) {
    const returned = returnedBy(node);
    if (returned && isOpaque(returned)) yield { replace: returned, with: "undefined", expression: returned };
  },
};

type Visited = Parameters<Mutator["mutate"]>[0];

function returnedBy(node: Visited): Expression | null {
  if (node.type === "ReturnStatement") return node.argument;
  return node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement" ? node.body : null;
}

function isOpaque(node: Expression): boolean {
  if (node.type === "AwaitExpression") return isOpaque(node.argument);
  if (node.type === "CallExpression") return !isPredicate(node);
  return node.type === "Identifier" ? node.name !== "undefined" : opaque.has(node.type);
}

const opaque: ReadonlySet<Expression["type"]> = new Set([
  "ChainExpression",
  "MemberExpression",
  "NewExpression",
  "TaggedTemplateExpression",
  "ThisExpression",
]);
