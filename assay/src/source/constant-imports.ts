// What `import(name)` imports where the name stands for one text: a way to hide an import from bundlers.
import { descendants, walk, type Expression, type Node, type Program } from "./walk.ts";

/** The text that the import at an offset is given by a constant's name; undefined where it is anything else. */
export function constantSpecifier(program: Program, offset: number): string | undefined {
  let found: string | undefined;
  walk(program, {
    enter(node, _parent, ancestors) {
      if (node.type !== "ImportExpression" || node.start !== offset) return;
      if (node.source.type === "Identifier") found = valueOf(node.source.name, ancestors);
      return "stop";
    },
  });
  return found;
}

/** The innermost declaration of a name decides. */
function valueOf(name: string, ancestors: readonly Node[]): string | undefined {
  for (const scope of ancestors.toReversed()) {
    const declarations = declarationsIn(scope).filter((node) => declares(node, name));
    if (declarations.length > 0) return declarations.length === 1 ? constantIn(declarations[0], name) : undefined;
  }
  return undefined;
}

/** What a scope declares: statements of a list, parameters, the head of a loop, what is caught. */
function declarationsIn(scope: Node): readonly Node[] {
  if (isList(scope)) return scope.body.map(declarationOf);
  if (scope.type === "SwitchStatement") return scope.cases.flatMap(({ consequent }) => consequent);
  if (scope.type === "ForInStatement" || scope.type === "ForOfStatement") return [scope.left];
  if (scope.type === "ArrowFunctionExpression") return scope.params;
  if (scope.type === "FunctionDeclaration" || scope.type === "FunctionExpression") {
    return scope.id === null ? scope.params : [scope.id, ...scope.params];
  }
  const single = scope.type === "ForStatement" ? scope.init : scope.type === "CatchClause" ? scope.param : null;
  return single === null ? [] : [single];
}

type List = Extract<Node, { type: "Program" | "BlockStatement" | "StaticBlock" | "TSModuleBlock" }>;

function isList(node: Node): node is List {
  return ["Program", "BlockStatement", "StaticBlock", "TSModuleBlock"].includes(node.type);
}

function declarationOf(statement: Node): Node {
  if (statement.type !== "ExportNamedDeclaration") return statement;
  return statement.declaration ?? statement;
}

/** In doubt it does: what a name only occurs in counts where it is no plain statement. */
function declares(node: Node, name: string): boolean {
  if (node.type === "VariableDeclaration") return node.declarations.some(({ id }) => mentions(id, name));
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") return node.id?.name === name;
  if (node.type.endsWith("Statement")) return hoists(node, name);
  return mentions(node, name);
}

/** `var` inside of a statement is the function's. */
function hoists(statement: Node, name: string): boolean {
  for (const node of descendants(statement)) {
    if (node.type === "VariableDeclaration" && node.kind === "var" && declares(node, name)) return true;
  }
  return false;
}

function mentions(node: Node, name: string): boolean {
  for (const each of descendants(node)) if (each.type === "Identifier" && each.name === name) return true;
  return false;
}

function constantIn(declaration: Node | undefined, name: string): string | undefined {
  if (declaration?.type !== "VariableDeclaration" || declaration.kind !== "const") return undefined;
  const own = declaration.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
  return own?.init ? textOf(own.init) : undefined;
}

function textOf(node: Expression): string | undefined {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression") return textOf(node.expression);
  return undefined;
}
