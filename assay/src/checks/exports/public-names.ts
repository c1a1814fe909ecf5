// The names under which a module or one of its classes and objects is used from outside, and which are another name for
// something else.
import type { SourceFile } from "../../model/source-file.ts";
import { constantString } from "../syntax/constants.ts";
import { plain } from "../../source/passed-on.ts";
import type { Argument, Class, Expression, Function, Node, ObjectExpression } from "../../source/walk.ts";

export interface PublicName {
  /** Empty for an export, else the class or object that has the member. */
  readonly owner: string;
  readonly name: string;
  /** What it only stands for; undefined where it has a life of its own. */
  readonly alias: string | undefined;
  readonly start: number;
}

/** Every export of a module and every member of what it declares at the top. */
export function publicNames({ program }: SourceFile): readonly PublicName[] {
  const names: PublicName[] = [];
  const locals = new Map<string, string>();
  for (const statement of program.body) {
    const declaration = "declaration" in statement && statement.declaration ? statement.declaration : statement;
    for (const { name, alias } of declaredBy(declaration)) if (alias !== undefined) locals.set(name, alias);
    names.push(...membersOf(declaration));
  }
  for (const statement of program.body) names.push(...exportedBy(statement, locals));
  return names;
}

type Declared = Pick<PublicName, "name" | "alias" | "start">;

function* exportedBy(statement: Node, locals: ReadonlyMap<string, string>): Generator<PublicName> {
  if (statement.type === "ExportNamedDeclaration") {
    if (statement.declaration) for (const each of declaredBy(statement.declaration)) yield { owner: "", ...each };
    for (const { exported, local, start } of statement.specifiers) {
      const [outer, inner] = [textOf(exported), textOf(local)];
      const target = statement.source ? inner : behind(inner, locals);
      yield { owner: "", name: outer, alias: outer === target || target === "default" ? undefined : target, start };
    }
  } else if (statement.type === "ExportDefaultDeclaration") {
    const { declaration } = statement;
    const alias = isExpression(declaration) ? nameOf(declaration) : undefined;
    yield { owner: "", name: "default", alias, start: statement.start };
    if (isExpression(declaration)) {
      const value = plain(declaration);
      if (value.type === "ObjectExpression") yield* propertiesOf("default", value);
    }
  } else if (statement.type === "ExpressionStatement") yield* assignedBy(statement.expression);
}

/** What a chain of local names ends in. */
function behind(name: string, locals: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  let target = name;
  for (let next = locals.get(target); next !== undefined && !seen.has(next); next = locals.get(target)) {
    seen.add(next);
    target = next;
  }
  return target;
}

/** `exports.b = a`, `module.exports = { b: a }`, `Foo.prototype.b = Foo.prototype.a`, `Object.defineProperty(…)`. */
function* assignedBy(node: Expression): Generator<PublicName> {
  if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") {
    const owner = ownerOf(node.left.object);
    const name = propertyName(node.left);
    if (owner === undefined || name === undefined) return;
    if (name === "exports" && owner === "module") {
      if (node.right.type === "ObjectExpression") yield* propertiesOf("", node.right);
    } else yield { owner, name, alias: aliasOf(node.right, name), start: node.start };
  } else if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
    const [object, key, descriptor] = node.arguments;
    if (propertyName(node.callee) !== "defineProperty" || !object || object.type === "SpreadElement") return;
    const owner = ownerOf(object);
    const name = key && constantString(key);
    if (owner === undefined || name === undefined || descriptor?.type !== "ObjectExpression") return;
    for (const { name: field, alias } of propertiesOf("", descriptor))
      if (field === "get" || field === "value") yield { owner, name, alias, start: node.start };
  }
}

/** Empty for the exports of a CommonJS module. */
function ownerOf(object: Expression): string | undefined {
  if (object.type === "Identifier") return object.name === "exports" ? "" : object.name;
  if (object.type !== "MemberExpression" || object.object.type !== "Identifier") return undefined;
  const name = propertyName(object);
  if (name === "exports" && object.object.name === "module") return "";
  return name === "prototype" ? object.object.name : undefined;
}

function* declaredBy(node: Node): Generator<Declared> {
  const { start } = node;
  if (node.type === "VariableDeclaration") {
    for (const { id, init } of node.declarations) {
      if (id.type === "Identifier")
        yield { name: id.name, alias: init ? aliasOf(init, id.name) : undefined, start: id.start };
      else if (id.type === "ObjectPattern") {
        for (const property of id.properties) {
          if (property.type !== "Property" || property.value.type !== "Identifier") continue;
          const key = keyName(property.key);
          const { name } = property.value;
          yield { name, alias: key === name ? undefined : key, start: property.start };
        }
      }
    }
  } else if (node.type === "FunctionDeclaration" || node.type === "TSDeclareFunction") {
    if (node.id) yield { name: node.id.name, alias: passedOn(node, node.id.name), start };
  } else if (node.type === "ClassDeclaration") {
    const isEmpty = node.body.body.length === 0 && node.superClass;
    if (node.id) yield { name: node.id.name, alias: isEmpty ? nameOf(node.superClass) : undefined, start };
  } else if (node.type === "TSTypeAliasDeclaration") {
    const { typeAnnotation } = node;
    const target = typeAnnotation.type === "TSTypeReference" ? typeAnnotation.typeName : undefined;
    yield { name: node.id.name, alias: target?.type === "Identifier" ? target.name : undefined, start };
  } else if (node.type === "TSInterfaceDeclaration") {
    const parent = node.body.body.length === 0 && node.extends.length === 1 ? node.extends[0]?.expression : undefined;
    yield { name: node.id.name, alias: parent && nameOf(parent), start };
  } else if (node.type === "TSEnumDeclaration") yield { name: node.id.name, alias: undefined, start };
}

function* membersOf(node: Node): Generator<PublicName> {
  if (node.type === "ClassDeclaration" || node.type === "ClassExpression")
    yield* classMembers(node, node.id?.name ?? "");
  if (node.type === "TSInterfaceDeclaration") {
    for (const member of node.body.body) {
      const name = "key" in member ? keyName(member.key) : undefined;
      if (name !== undefined) yield { owner: node.id.name, name, alias: undefined, start: member.start };
    }
  }
  if (node.type !== "VariableDeclaration") return;
  for (const { id, init } of node.declarations) {
    if (id.type !== "Identifier" || !init) continue;
    const value = plain(init);
    if (value.type === "ObjectExpression") yield* propertiesOf(id.name, value);
    else if (value.type === "ClassExpression") yield* classMembers(value, id.name);
  }
}

function* classMembers(node: Class, owner: string): Generator<PublicName> {
  for (const member of node.body.body) {
    if (member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") continue;
    const name = member.accessibility === "private" ? undefined : keyName(member.key);
    if (name === undefined || name === "constructor") continue;
    const alias = member.value === null ? undefined : aliasOf(member.value, name);
    yield { owner, name, alias, start: member.start };
  }
}

function* propertiesOf(owner: string, object: ObjectExpression): Generator<PublicName> {
  for (const property of object.properties) {
    if (property.type !== "Property") continue;
    const name = keyName(property.key);
    if (name !== undefined) yield { owner, name, alias: aliasOf(property.value, name), start: property.start };
  }
}

/** The other name that an expression is no more than. */
function aliasOf(node: Expression, own: string): string | undefined {
  const value = plain(node);
  const isFunction = value.type === "FunctionExpression" || value.type === "ArrowFunctionExpression";
  const name = isFunction ? passedOn(value, own) : nameOf(value);
  return name === own ? undefined : name;
}

/** `a`, `api.a`, `this.a`, `this.a.bind(this)`. */
function nameOf(node: Node | null): string | undefined {
  if (node === null) return undefined;
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return isPlace(node.object) ? propertyName(node) : undefined;
  const isBound =
    node.type === "CallExpression" && node.callee.type === "MemberExpression" && propertyName(node.callee) === "bind";
  return isBound && node.callee.type === "MemberExpression" ? nameOf(node.callee.object) : undefined;
}

/** `this`, an object by its name, a prototype, the exports: not what is held in a field. */
function isPlace(node: Expression): boolean {
  if (node.type === "Identifier" || node.type === "ThisExpression") return true;
  const field = node.type === "MemberExpression" ? propertyName(node) : undefined;
  return field === "prototype" || field === "exports";
}

type Callable = Function | Extract<Node, { type: "ArrowFunctionExpression" }>;

/** What a function hands its parameters to, as they are or as the fields of one object, and does nothing else but warn. */
function passedOn(node: Callable, own: string): string | undefined {
  const { body } = node;
  if (body === null) return undefined;
  const value = body.type === "BlockStatement" ? returned(body.body) : body;
  if (value === undefined || !isExpression(value)) return undefined;
  const call = value.type === "AwaitExpression" ? value.argument : value;
  const parameters = node.params.map(parameterName);
  if (call.type !== "CallExpression") return parameters.length === 0 ? withoutOwn(nameOf(call), own) : undefined;
  if (call.callee.type === "MemberExpression" && ["apply", "call"].includes(propertyName(call.callee) ?? ""))
    return withoutOwn(nameOf(call.callee.object), own);
  const handed =
    call.arguments.length === 1
      ? (fieldsOf(call.arguments[0]) ?? call.arguments.map(parameterName))
      : call.arguments.map(parameterName);
  const isSame =
    handed.length === parameters.length &&
    handed.every((name, index) => name !== undefined && name === parameters[index]);
  return isSame ? withoutOwn(nameOf(call.callee), own) : undefined;
}

function withoutOwn(name: string | undefined, own: string): string | undefined {
  return name === own ? undefined : name;
}

function returned(statements: readonly Node[]): Node | undefined {
  const last = statements.at(-1);
  if (!statements.slice(0, -1).every(({ type }) => type === "ExpressionStatement")) return undefined;
  if (last?.type === "ExpressionStatement") return statements.length === 1 ? last.expression : undefined;
  return last?.type === "ReturnStatement" ? (last.argument ?? undefined) : undefined;
}

/** `f({ a, b })`: the names of the fields. */
function fieldsOf(node: Argument | undefined): readonly (string | undefined)[] | undefined {
  if (node?.type !== "ObjectExpression") return undefined;
  return node.properties.map((property) => (property.type === "Property" ? parameterName(property.value) : undefined));
}

function parameterName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "SpreadElement" || node.type === "RestElement") return parameterName(node.argument);
  return node.type === "AssignmentPattern" ? parameterName(node.left) : undefined;
}

function isExpression(node: Node): node is Expression {
  return !/Declaration$|Statement$|^TSDeclareFunction$/.test(node.type);
}

/** The name of a property that is written out, not private. */
export function propertyName(node: Extract<Node, { type: "MemberExpression" }>): string | undefined {
  if (node.computed) return constantString(node.property);
  return node.property.type === "Identifier" ? node.property.name : undefined;
}

/** The name of a key that is written out, not private. */
export function keyName(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" && typeof key.value === "string" ? key.value : undefined;
}

function textOf(name: Extract<Node, { type: "ExportSpecifier" }>["exported"]): string {
  return name.type === "Literal" ? name.value : name.name;
}
