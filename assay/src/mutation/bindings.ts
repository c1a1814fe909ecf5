// What a name stands for where it is used, as far as the syntax around it says.
import { isFunction } from "../source/functions.ts";
import { descendants, type Expression, type Node, type VariableDeclaration } from "../source/walk.ts";

/** `xs` and `this.rows` as a text by which they are recognised; undefined for anything that is worked out. */
export function pathOf(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "ThisExpression") return "this";
  if (node.type === "TSNonNullExpression") return pathOf(node.expression);
  if (node.type !== "MemberExpression" || node.computed || node.optional) return undefined;
  const object = pathOf(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}

/** Does this node, by itself, give a meaning to the name for what is below it? */
export function declares(node: Node, name: string): boolean {
  if (isFunction(node)) return node.params.some((param) => mentions(param, name));
  if (node.type === "CatchClause") return node.param !== null && mentions(node.param, name);
  if (node.type === "ForStatement") return node.init !== null && isDeclaration(node.init) && binds(node.init, name);
  if (node.type === "ForOfStatement" || node.type === "ForInStatement")
    return isDeclaration(node.left) && binds(node.left, name);
  return statementsOf(node).some((statement) => {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declared?.type === "FunctionDeclaration" || declared?.type === "ClassDeclaration")
      return declared.id?.name === name;
    return declared?.type === "VariableDeclaration" && binds(declared, name);
  });
}

/** What a constant is set to. Undefined where the name is no constant, or one of a pattern. */
export function constantOf(name: string, ancestors: readonly Node[]): Expression | undefined {
  const scope = ancestors.findLast((node) => declares(node, name));
  const declarations = scope === undefined ? [] : statementsOf(scope).map(unexported);
  for (const declared of declarations)
    if (declared?.type === "VariableDeclaration" && declared.kind === "const")
      for (const { id, init } of declared.declarations)
        if (id.type === "Identifier" && id.name === name) return init ?? undefined;
  return undefined;
}

function unexported(statement: Node): Node | null {
  return statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
}

function statementsOf(node: Node): readonly Node[] {
  if (node.type === "Program" || node.type === "BlockStatement" || node.type === "StaticBlock") return node.body;
  return node.type === "SwitchStatement" ? node.cases.flatMap(({ consequent }) => consequent) : [];
}

function isDeclaration(node: Node): node is VariableDeclaration {
  return node.type === "VariableDeclaration";
}

function binds({ declarations }: VariableDeclaration, name: string): boolean {
  return declarations.some(({ id }) => mentions(id, name));
}

/** In doubt yes: a default value in a pattern is taken for a name of it. */
function mentions(pattern: Node, name: string): boolean {
  return [...descendants(pattern)].some((node) => node.type === "Identifier" && node.name === name);
}
