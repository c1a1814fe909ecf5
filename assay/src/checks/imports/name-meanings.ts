// What the names of a file stand for, as far as the syntax tells. In doubt a name stands for everything that it may.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { walk, type CallExpression, type Node } from "../../source/walk.ts";

/** What a name may be: an expression, an item of a list, a property of one, or what a module exports. */
export type Meaning =
  | { readonly kind: "value"; readonly node: Node }
  | { readonly kind: "item"; readonly of: Node }
  | { readonly kind: "property"; readonly of: Node; readonly name: string }
  | { readonly kind: "imported"; readonly from: string; readonly name: string };

export interface NameMeanings {
  meaningsOf(name: string): readonly Meaning[];
}

/** More things than this that one name may be tell nothing. */
const mostMeanings = 24;

/**
 * Answers what is asked of a name once. A name that is asked for while it is being answered, since it stands for itself
 * some way round, adds nothing.
 */
export function onceForEachName<T>(): (name: string, answer: () => readonly T[]) => readonly T[] {
  const known = new Map<string, readonly T[]>();
  return (name, answer) => {
    const before = known.get(name);
    if (before) return before;
    known.set(name, []);
    const found = answer();
    known.set(name, found);
    return found;
  };
}

/** Reads every declaration, assignment, and call of a function by its name. Scopes are not told apart. */
export function nameMeanings({ program }: SourceFile): NameMeanings {
  const meanings = new Map<string, Meaning[]>();
  const parameters: (readonly [functionName: string, index: number, parameter: string])[] = [];
  const called = new Map<string, CallExpression[]>();
  const add = (name: string, meaning: Meaning): void => {
    const known = meanings.get(name);
    if (known) known.push(meaning);
    else meanings.set(name, [meaning]);
  };
  const bind = (target: Node, value: Node): void => {
    if (target.type === "Identifier") add(target.name, { kind: "value", node: value });
    else if (target.type === "ObjectPattern") {
      for (const property of target.properties) {
        if (property.type === "RestElement") bind(property.argument, value);
        if (property.type !== "Property" || (property.computed && property.key.type !== "Literal")) continue;
        const local = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
        const name = keyName(property.key);
        if (local.type === "Identifier" && name !== undefined) add(local.name, { kind: "property", of: value, name });
      }
    } else if (target.type === "ArrayPattern") {
      for (const [index, element] of target.elements.entries())
        if (element?.type === "Identifier") add(element.name, { kind: "property", of: value, name: String(index) });
    }
  };
  const takeParameters = (node: FunctionNode, name: string | undefined): void => {
    for (const [index, parameter] of node.params.entries()) {
      if (parameter.type === "AssignmentPattern") bind(parameter.left, parameter.right);
      const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
      if (target.type === "Identifier" && name !== undefined) parameters.push([name, index, target.name]);
    }
  };

  walk(program, {
    enter(node, parent) {
      if (node.type === "VariableDeclarator") {
        if (node.init) bind(node.id, node.init);
      } else if (node.type === "AssignmentExpression") bind(node.left, node.right);
      else if (node.type === "ForOfStatement") {
        const target = node.left.type === "VariableDeclaration" ? node.left.declarations[0]?.id : node.left;
        if (target?.type === "Identifier") add(target.name, { kind: "item", of: node.right });
      } else if (node.type === "TSEnumDeclaration") add(node.id.name, { kind: "value", node });
      else if (node.type === "ClassDeclaration") {
        if (node.id) add(node.id.name, { kind: "value", node });
      } else if (node.type === "ImportDeclaration") addImports(node, add);
      else if (node.type === "TSImportEqualsDeclaration") add(node.id.name, meaningOfEquals(node));
      else if (isFunction(node)) {
        if (node.id) add(node.id.name, { kind: "value", node });
        takeParameters(node, node.id?.name ?? nameGiven(parent));
      } else if (node.type === "CallExpression") takeCall(node);
    },
  });
  for (const [name, index, parameter] of parameters) {
    for (const { arguments: given } of called.get(name) ?? []) {
      const argument = given[index];
      if (argument) add(parameter, { kind: "value", node: argument });
    }
  }
  return { meaningsOf: (name) => meanings.get(name)?.slice(0, mostMeanings) ?? [] };

  /** `load("x")`, `((name) => …)("x")` and `["x"].map((name) => …)` say what a parameter is. */
  function takeCall(node: CallExpression): void {
    const { callee } = node;
    if (callee.type === "Identifier") {
      const known = called.get(callee.name);
      if (known) known.push(node);
      else called.set(callee.name, [node]);
    } else if (isFunction(callee)) {
      for (const [index, parameter] of callee.params.entries()) {
        const argument = node.arguments[index];
        if (argument) bind(parameter, argument);
      }
    } else if (callee.type === "MemberExpression") {
      const [first] = node.arguments;
      const parameter = first && isFunction(first) ? first.params[0] : undefined;
      if (parameter?.type === "Identifier") add(parameter.name, { kind: "item", of: callee.object });
    }
  }
}

/** The name of a property that is written out: `a`, `"a"` or `1`. */
export function keyName(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}

/** `const load = () => …`: the function's name is the variable's. */
function nameGiven(parent: Node | null): string | undefined {
  return parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id.name : undefined;
}

function addImports(
  node: Extract<Node, { type: "ImportDeclaration" }>,
  add: (name: string, meaning: Meaning) => void,
): void {
  for (const specifier of node.specifiers) {
    const name =
      specifier.type === "ImportDefaultSpecifier"
        ? "default"
        : specifier.type === "ImportNamespaceSpecifier"
          ? "*"
          : exportedName(specifier.imported);
    add(specifier.local.name, { kind: "imported", from: node.source.value, name });
  }
}

/** `import x = require("y")`, and `import x = y.z`, which is one more name for it. */
function meaningOfEquals(node: Extract<Node, { type: "TSImportEqualsDeclaration" }>): Meaning {
  const { moduleReference } = node;
  return moduleReference.type === "TSExternalModuleReference"
    ? { kind: "imported", from: moduleReference.expression.value, name: "*" }
    : { kind: "value", node: moduleReference };
}

/** The name in `import { name }` and `export { x as name }`, which may be a string. */
export function exportedName(node: Extract<Node, { type: "Identifier" | "Literal" }>): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}
