// Contexts that a test makes for itself, to assert with and to have its assertions counted.
import type { SourceFile } from "../../model/source-file.ts";
import { plain } from "../../source/passed-on.ts";
import { descendants, type Argument } from "../../source/walk.ts";

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

/** Are these options of one that counts its assertions? */
export function hasPlan(options: Argument): boolean {
  if (options.type !== "ObjectExpression") return false;
  return options.properties.some(
    (each) => each.type === "Property" && each.key.type === "Identifier" && each.key.name === "plan",
  );
}
