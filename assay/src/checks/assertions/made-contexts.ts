// Contexts that a test makes for itself, to assert with and to have its assertions counted.
import type { SourceFile } from "../../model/source-file.ts";
import { plain } from "../../source/passed-on.ts";
import { descendants, type Node } from "../../source/walk.ts";
import type { Chain, Link } from "./call-chain.ts";

/** The module whose `tspl(t, { plan: 1 })` makes one. */
export const contextMaker = "@matteo.collina/tspl";

/** The names that stand for one in a file: `p` of `const p = tspl(t, { plan: 2 })`. */
export function madeContexts({ text, program }: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  if (!text.includes(contextMaker)) return names;
  for (const node of descendants(program)) {
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || !node.init) continue;
    const made = plain(node.init);
    if (made.type === "CallExpression" && made.callee.type === "Identifier" && made.callee.name === "tspl")
      names.add(node.id.name);
  }
  return names;
}

/** Is it the call that makes one, with a plan? `plan` is a word of many options: `expect({ plan: "free" })`. */
export function makesPlan({ root, links }: Chain): boolean {
  return root.type === "Identifier" && root.name === "tspl" && hasPlan(links[0]);
}

/** Do the options of a call say how many assertions there are to be? */
export function hasPlan(call: Link | undefined): boolean {
  return call?.args?.some((options) => options.type === "ObjectExpression" && options.properties.some(isPlan)) ?? false;
}

function isPlan(each: Node): boolean {
  return each.type === "Property" && each.key.type === "Identifier" && each.key.name === "plan";
}
