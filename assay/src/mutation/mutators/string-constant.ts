import type { Node } from "../../source/walk.ts";
import { holderOf, type Mutator } from "../mutator.ts";

/**
 * Empties a string or a template that is returned, chosen or a case; an empty string becomes a word.
 *
 * A survivor means that no test depends on the text.
 *
 * Left alone: what is compared, since with another string the answer is simply no, which is a question of
 * `condition-constant`; and all other strings, most of which are meant for people.
 */
export const stringConstant: Mutator = {
  id: "string-constant",
  family: "constant",
  byDefault: true,
  survivor: "No test depends on the text.",
  kill: "the exact text, or what happens only when it matches",

  *mutate(node, place) {
    if (!isText(node)) return;
    const holder = holderOf(place);
    if (holder && matters(holder, node)) yield { replace: node, with: isEmpty(node) ? '"mutated"' : '""' };
  },
};

function isText(node: Node): boolean {
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}

function isEmpty(node: Node): boolean {
  return node.type === "Literal" && node.value === "";
}

function matters(holder: Node, node: Node): boolean {
  if (holder.type === "ConditionalExpression") return holder.test !== node;
  if (holder.type === "ArrowFunctionExpression") return holder.body === node;
  return holder.type === "ReturnStatement" || holder.type === "SwitchCase";
}
