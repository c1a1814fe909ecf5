// Functions that nothing calls or hands on: what stands in them is never done.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import type { Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";

/** Is it `check` of `const check = () => …`, of which there is no other use than `void check`? `parent` is what it stands in. */
export function isLeftUncalled(file: SourceFile, node: Node, parent: Node | undefined): boolean {
  if (!isFunction(node)) return false;
  const name = node.type === "FunctionDeclaration" ? node.id : parent?.type === "VariableDeclarator" ? parent.id : null;
  const bindings = bindingsOf(file);
  const binding = name?.type === "Identifier" ? bindings.bindingOf(name) : undefined;
  return (
    binding !== undefined && bindings.usesOf(binding).every((use) => bindings.parentOf(use)?.type === "UnaryExpression")
  );
}
