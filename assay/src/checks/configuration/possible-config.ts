// All that a configuration may be, as far as its syntax tells: both branches of a condition, what is merged and spread, and
// what is changed later. For runners, whose settings loosen by any of these. Nothing of it is run.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import { descendants, type Argument, type Expression, type Node, type ObjectExpression } from "../../source/walk.ts";
import { declaredConfig, exportedConfig, isTyped } from "../../tools/config-module.ts";
import { constantOf } from "../syntax/constants.ts";
import { configPlace } from "./config-places.ts";

/** A value of configuration. `oneOf` are the values that it may have; `unknown` is only known by how it is written. */
export type PossibleConfig =
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null }
  | { readonly kind: "regex"; readonly source: string }
  | { readonly kind: "list"; readonly items: readonly PossibleConfig[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, PossibleConfig> }
  | { readonly kind: "oneOf"; readonly options: readonly PossibleConfig[] }
  | { readonly kind: "unknown"; readonly text: string };

/** Gives a module of the same side, by what an import says. */
export type ReadModule = (specifier: string) => Promise<PossibleConfig | undefined>;

/** What was parsed from JSON, YAML or TOML. */
export function fromData(data: unknown): PossibleConfig {
  if (data === null || typeof data === "string" || typeof data === "number" || typeof data === "boolean")
    return { kind: "scalar", value: data };
  if (Array.isArray(data)) return { kind: "list", items: data.map(fromData) };
  if (typeof data !== "object") return { kind: "unknown", text: typeof data };
  return { kind: "object", fields: new Map(Object.entries(data).map(([key, value]) => [key, fromData(value)])) };
}

/** The default export, or what is assigned to `module.exports`; else an object of what is exported by name. */
export async function possibleConfig(file: SourceFile, read: ReadModule): Promise<PossibleConfig | undefined> {
  const names = new Map<string, Node>(declaredConfig(file.program).map(({ name, init }) => [name, init]));
  const imports = new Map<string, PossibleConfig>();
  for (const statement of file.program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id !== null)
      names.set(declaration.id.name, declaration);
    if (statement.type !== "ImportDeclaration" || !statement.source.value.startsWith(".")) continue;
    const module = await read(statement.source.value);
    for (const { local, type, ...rest } of statement.specifiers) {
      const imported = "imported" in rest && rest.imported.type === "Identifier" ? rest.imported.name : undefined;
      const value = type === "ImportSpecifier" ? module && fieldOf(module, imported ?? "") : module;
      if (value !== undefined) imports.set(local.name, value);
    }
  }
  const scope: Scope = { text: file.text, names, imports, edits: editsIn(file), depth: 0 };
  const exported = exportedConfig(file.program);
  if (exported !== undefined) return evaluate(exported, scope);
  return byName(file, scope);
}

interface Scope {
  readonly text: string;
  readonly names: ReadonlyMap<string, Node>;
  readonly imports: ReadonlyMap<string, PossibleConfig>;
  /** What is assigned to a part of a constant after it was made. */
  readonly edits: readonly Edit[];
  readonly depth: number;
}

interface Edit {
  readonly name: string;
  readonly keys: readonly string[];
  readonly value: Node;
}

/** `config.test.retry = 3`, and `config.test.exclude.push("x")`, whose items are added. */
function editsIn({ program }: SourceFile): readonly Edit[] {
  return program.body.flatMap((statement): readonly Edit[] => {
    if (statement.type !== "ExpressionStatement") return [];
    const { expression } = statement;
    if (expression.type === "AssignmentExpression") return editsOf(expression.left, expression.right);
    if (expression.type !== "CallExpression" || expression.callee.type !== "MemberExpression") return [];
    const { object, property } = expression.callee;
    const [item] = expression.arguments;
    const adds = property.type === "Identifier" && /^(?:push|unshift)$/.test(property.name);
    return adds && item !== undefined ? editsOf(object, item) : [];
  });
}

function editsOf(target: Node, value: Node): readonly Edit[] {
  const keys: string[] = [];
  let at = target;
  for (; at.type === "MemberExpression"; at = at.object) {
    if (at.property.type !== "Identifier" || at.computed) return [];
    keys.unshift(at.property.name);
  }
  return at.type === "Identifier" && keys.length > 0 ? [{ name: at.name, keys, value }] : [];
}

function edited(value: PossibleConfig, name: string, scope: Scope): PossibleConfig {
  return scope.edits
    .filter((edit) => edit.name === name)
    .reduce((all, edit) => {
      const added = evaluate(edit.value, { ...scope, edits: [] });
      const nested = edit.keys.reduceRight<PossibleConfig>(
        (inner, key) => ({ kind: "object", fields: new Map([[key, inner]]) }),
        added,
      );
      return merged(all, nested);
    }, value);
}

function byName({ program }: SourceFile, scope: Scope): PossibleConfig | undefined {
  const exported = declaredConfig(program).filter(({ isExported }) => isExported);
  if (exported.length === 0) return undefined;
  return { kind: "object", fields: new Map(exported.map(({ name, init }) => [name, evaluate(init, scope)])) };
}

const deepest = 30;

function evaluate(node: Node, outer: Scope): PossibleConfig {
  const scope = { ...outer, depth: outer.depth + 1 };
  const found =
    outer.depth > deepest ? undefined : (literalOf(node) ?? compoundOf(node, scope) ?? namedOf(node, scope));
  return found ?? { kind: "unknown", text: outer.text.slice(node.start, node.end) };
}

function literalOf(node: Node): PossibleConfig | undefined {
  if (node.type === "Literal" && "regex" in node) return { kind: "regex", source: node.regex.pattern };
  const isConstant =
    node.type === "Literal" ||
    node.type === "TemplateLiteral" ||
    node.type === "UnaryExpression" ||
    node.type === "BinaryExpression";
  return isConstant ? constant(node) : undefined;
}

function compoundOf(node: Node, scope: Scope): PossibleConfig | undefined {
  if (node.type === "ObjectExpression") return objectOf(node, scope);
  if (node.type === "ArrayExpression")
    return { kind: "list", items: node.elements.flatMap((each) => (each === null ? [] : itemsOf(each, scope))) };
  if (node.type === "ConditionalExpression")
    return oneOf([evaluate(node.consequent, scope), evaluate(node.alternate, scope)]);
  if (node.type === "LogicalExpression") return oneOf([evaluate(node.left, scope), evaluate(node.right, scope)]);
  if (node.type === "AwaitExpression") return evaluate(node.argument, scope);
  return isTyped(node) || node.type === "ParenthesizedExpression" ? evaluate(node.expression, scope) : undefined;
}

function namedOf(node: Node, scope: Scope): PossibleConfig | undefined {
  const place = configPlace(node, scope.text);
  if (place !== undefined) return { kind: "scalar", value: place };
  if (node.type === "Identifier") {
    const named = scope.names.get(node.name);
    const value = scope.imports.get(node.name) ?? (named && evaluate(named, scope));
    return value && edited(value, node.name, scope);
  }
  if (node.type === "MemberExpression") {
    const name = node.property.type === "Identifier" && !node.computed ? node.property.name : "";
    return fieldOf(evaluate(node.object, scope), name);
  }
  if (node.type === "CallExpression") return callOf(node, scope);
  return isFunction(node) ? returned(node.body, scope) : undefined;
}

function constant(node: Expression): PossibleConfig | undefined {
  if (node.type === "UnaryExpression" && node.operator === "-") {
    const operand = constantOf(node.argument)?.value;
    return typeof operand === "number" ? { kind: "scalar", value: -operand } : undefined;
  }
  const found = constantOf(node);
  if (found === undefined || typeof found.value === "bigint") return undefined;
  return { kind: "scalar", value: found.value ?? null };
}

function objectOf(node: ObjectExpression, scope: Scope): PossibleConfig {
  let fields: ReadonlyMap<string, PossibleConfig> = new Map();
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      fields = new Map([...fields, ...fieldsOf(evaluate(property.argument, scope))]);
      continue;
    }
    const { key, computed } = property;
    const named = key.type === "Identifier" && !computed ? key.name : undefined;
    const name = named ?? (key.type === "PrivateIdentifier" ? undefined : constantOf(key)?.value);
    if (name !== undefined) fields = new Map([...fields, [String(name), evaluate(property.value, scope)]]);
  }
  return { kind: "object", fields };
}

/** Of what may be several things, all that one of them has. */
function fieldsOf(value: PossibleConfig): ReadonlyMap<string, PossibleConfig> {
  if (value.kind === "object") return value.fields;
  return value.kind === "oneOf" ? new Map(value.options.flatMap((option) => [...fieldsOf(option)])) : new Map();
}

/** Undefined where it is not there, or not known. */
export function fieldOf(value: PossibleConfig, name: string): PossibleConfig | undefined {
  return fieldsOf(value).get(name);
}

function itemsOf(element: Argument, scope: Scope): readonly PossibleConfig[] {
  if (element.type !== "SpreadElement") return [evaluate(element, scope)];
  const value = evaluate(element.argument, scope);
  const options = value.kind === "oneOf" ? value.options : [value];
  return options.flatMap((option) => (option.kind === "list" ? option.items : [option]));
}

/** Functions of configuration give back what they are given, put together: `defineConfig`, `mergeConfig`, `createJestConfig`. */
function callOf(node: Extract<Node, { type: "CallExpression" }>, scope: Scope): PossibleConfig | undefined {
  const name = node.callee.type === "Identifier" ? node.callee.name : "";
  if (!/config|project|workspace|merge|assign/i.test(name) && !isObjectAssign(node.callee)) {
    const callee = node.callee.type === "Identifier" ? scope.names.get(node.callee.name) : undefined;
    return callee && evaluate(callee, scope);
  }
  const values = node.arguments.flatMap((argument) => itemsOf(argument, scope));
  return values.reduce<PossibleConfig | undefined>(
    (all, value) => (all === undefined ? value : merged(all, value)),
    undefined,
  );
}

function isObjectAssign(callee: Expression): boolean {
  return (
    callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "assign"
  );
}

function merged(a: PossibleConfig, b: PossibleConfig): PossibleConfig {
  if (a.kind === "list" && b.kind === "scalar") return { kind: "list", items: [...a.items, b] };
  if (a.kind === "list" && b.kind === "list") return { kind: "list", items: [...a.items, ...b.items] };
  if (a.kind === "unknown" || a.kind === "scalar") return b;
  if (b.kind === "unknown") return a;
  if (a.kind !== "object" || b.kind !== "object") return b;
  const fields = new Map(a.fields);
  for (const [key, value] of b.fields) {
    const before = fields.get(key);
    fields.set(key, before === undefined ? value : merged(before, value));
  }
  return { kind: "object", fields };
}

/** All that it may give back, whatever it is called with. */
function returned(body: Node | null, scope: Scope): PossibleConfig {
  if (body === null) return { kind: "unknown", text: "" };
  if (body.type !== "BlockStatement") return evaluate(body, scope);
  const results: PossibleConfig[] = [];
  const names = new Map(scope.names);
  for (const node of descendants(body)) {
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.init !== null)
      names.set(node.id.name, node.init);
    if (node.type === "ReturnStatement" && node.argument !== null)
      results.push(evaluate(node.argument, { ...scope, names }));
  }
  return oneOf(results.filter(({ kind }) => kind !== "unknown"));
}

function oneOf(options: readonly PossibleConfig[]): PossibleConfig {
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: "oneOf", options };
}
