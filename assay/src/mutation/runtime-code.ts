// Walks the part of a file that is there at run time: no types, no declarations without a body.
import { walk, type Node } from "../source/walk.ts";

export interface RuntimeVisitor {
  /** Answer "skip" to leave out what is below. `ancestors` is the walk's own stack, to be copied if kept. */
  enter(node: Node, parent: Node | null, ancestors: readonly Node[]): "skip" | void;
}

/** Type syntax that stands around an expression, or holds statements, and is entered. */
const transparentTypes: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "TSParameterProperty",
  "TSExportAssignment",
  "TSModuleDeclaration",
  "TSModuleBlock",
  "TSEnumDeclaration",
]);

/** Visits every node that exists at run time, in source order. Names, keys, and what an enum's members are set to are left out. */
export function walkRuntime(root: Node, visitor: RuntimeVisitor): void {
  walk(root, {
    enter(node, parent, ancestors) {
      if (isTypeOnly(node) || isKey(node, parent)) return "skip";
      return visitor.enter(node, parent, ancestors);
    },
  });
}

function isTypeOnly(node: Node): boolean {
  if (node.type.startsWith("TS") && !transparentTypes.has(node.type)) return true;
  if ("declare" in node && node.declare) return true;
  if (node.type === "ImportDeclaration" || node.type === "ExportAllDeclaration") return true;
  if (node.type === "ExportNamedDeclaration") return node.declaration === null;
  return node.type === "ExpressionStatement" && Boolean(node.directive);
}

/** `{ "name": 1 }`: the key of a property is a name, unless it is computed. */
function isKey(node: Node, parent: Node | null): boolean {
  return parent !== null && "key" in parent && parent.key === node && !("computed" in parent && parent.computed);
}
