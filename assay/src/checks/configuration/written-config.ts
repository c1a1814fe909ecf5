// What a configuration names and lists, as it is written: what is not known keeps its name, and a call stands for all that
// it is given. For linters, whose presets are known by name alone. Nothing of it is run.
import type { SourceFile } from "../../model/source-file.ts";
import type {
  Argument,
  ArrayExpressionElement,
  CallExpression,
  Expression,
  ObjectExpression,
  Program,
} from "../../source/walk.ts";
import { declaredConfig, exportedConfig, isTyped } from "../../tools/config-module.ts";
import { constantOf } from "../syntax/constants.ts";

/** Something that is only known by the way it is written: `tseslint.configs.strict`, with the module in place of a name that was imported. */
export interface Reference {
  readonly reference: string;
}

export type WrittenConfig =
  | string
  | number
  | boolean
  | null
  | Reference
  | readonly WrittenConfig[]
  | ReadonlyMap<string, WrittenConfig>;

export function isReference(value: WrittenConfig | undefined): value is Reference {
  return typeof value === "object" && value !== null && "reference" in value;
}

export function isMap(value: WrittenConfig | undefined): value is ReadonlyMap<string, WrittenConfig> {
  return value instanceof Map;
}

export function isList(value: WrittenConfig | undefined): value is readonly WrittenConfig[] {
  return Array.isArray(value);
}

/** The strings of a list, or of a single one. */
export function stringsIn(value: WrittenConfig | undefined): readonly string[] {
  const items = isList(value) ? value.flatMap((item) => (isList(item) ? item : [item])) : [value];
  return items.filter((item) => typeof item === "string");
}

/** JSON, YAML or TOML that was parsed already. */
export function fromData(data: unknown): WrittenConfig {
  if (typeof data === "string" || typeof data === "number" || typeof data === "boolean") return data;
  if (Array.isArray(data)) return data.map(fromData);
  if (typeof data !== "object" || data === null) return null;
  return new Map(Object.entries(data).map(([key, value]) => [key, fromData(value)]));
}

interface Scope {
  readonly text: string;
  readonly constants: ReadonlyMap<string, Expression>;
  /** Module by local name. */
  readonly modules: ReadonlyMap<string, string>;
  readonly depth: number;
}

/** Undefined where nothing is exported. Lists of what a call is given stand in the place of the call. */
export function writtenConfig(file: SourceFile): WrittenConfig | undefined {
  const exported = exportedConfig(file.program);
  if (exported === undefined || exported.type === "TSInterfaceDeclaration") return undefined;
  return evaluate(exported, {
    text: file.text,
    constants: constantsIn(file.program),
    modules: modulesIn(file.program),
    depth: 0,
  });
}

const deepest = 24;

function evaluate(node: Expression | Argument, scope: Scope): WrittenConfig {
  if (scope.depth > deepest) return { reference: "" };
  const inner = { ...scope, depth: scope.depth + 1 };
  const value = constantOf(node)?.value;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (node.type === "ParenthesizedExpression" || isTyped(node)) return evaluate(node.expression, inner);
  if (node.type === "AwaitExpression") return evaluate(node.argument, inner);
  if (node.type === "ArrayExpression") return node.elements.flatMap((element) => elementOf(element, inner));
  if (node.type === "ObjectExpression") return objectOf(node, inner);
  if (node.type === "CallExpression") return callOf(node, inner);
  if (node.type === "MemberExpression") return memberOf(node, inner);
  if (node.type === "LogicalExpression") return evaluate(node.right, inner);
  if (node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement") return evaluate(node.body, inner);
  if (node.type !== "Identifier") return { reference: textOf(node, scope) };
  const init = scope.constants.get(node.name);
  return init === undefined ? { reference: scope.modules.get(node.name) ?? node.name } : evaluate(init, inner);
}

function elementOf(element: ArrayExpressionElement, scope: Scope): readonly WrittenConfig[] {
  if (element === null) return [];
  if (element.type !== "SpreadElement") return [evaluate(element, scope)];
  const value = evaluate(element.argument, scope);
  return isList(value) ? value : [value];
}

function objectOf(node: ObjectExpression, scope: Scope): ReadonlyMap<string, WrittenConfig> {
  const fields = new Map<string, WrittenConfig>();
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const value = evaluate(property.argument, scope);
      if (isMap(value)) for (const [key, each] of value) fields.set(key, each);
      else if (isReference(value)) fields.set(`...${value.reference}`, value);
      continue;
    }
    const { key } = property;
    if (key.type === "PrivateIdentifier") continue;
    const name = !property.computed && key.type === "Identifier" ? key.name : evaluateKey(key, scope);
    if (name !== undefined) fields.set(name, evaluate(property.value, scope));
  }
  return fields;
}

function evaluateKey(key: Expression, scope: Scope): string | undefined {
  const value = evaluate(key, scope);
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function memberOf(node: Extract<Expression, { type: "MemberExpression" }>, scope: Scope): WrittenConfig {
  const object = evaluate(node.object, scope);
  const name =
    !node.computed && node.property.type === "Identifier"
      ? node.property.name
      : node.property.type === "PrivateIdentifier"
        ? undefined
        : evaluateKey(node.property, scope);
  if (isMap(object) && name !== undefined && object.has(name)) return object.get(name) ?? null;
  return { reference: `${isReference(object) ? object.reference : ""}.${name ?? "?"}` };
}

const passedOn = new Set(["defineConfig", "config", "extendConfig", "defineFlatConfig", "flat", "concat"]);

/** Ignores that are given to a function of that name hold for everything. */
export const globalIgnoresKey = "globalIgnores";

function callOf(node: CallExpression, scope: Scope): WrittenConfig {
  const { callee } = node;
  const args = node.arguments.flatMap((argument) =>
    argument.type === "SpreadElement" ? elementOf(argument, scope) : [evaluate(argument, scope)],
  );
  const name = calleeName(callee);
  if (name === "globalIgnores") return new Map([[globalIgnoresKey, args[0] ?? []]]);
  const receiver = callee.type === "MemberExpression" ? evaluate(callee.object, scope) : undefined;
  if (name === "extends" || name === "require")
    return args.filter((arg) => typeof arg === "string").map((reference) => ({ reference }));
  if (name === "map" && receiver !== undefined) return receiver;
  const before = receiver === undefined || (isReference(receiver) && passedOn.has(name ?? "")) ? [] : [receiver].flat();
  if (passedOn.has(name ?? "")) return [...before, ...args.flat()];
  const own = callee.type === "Identifier" ? evaluate(callee, scope) : undefined;
  const called = isReference(own) ? [{ reference: `${own.reference}()` }] : [];
  return [...called, ...before, ...args.flat().map((arg) => asOptions(arg))];
}

/** What a preset is called with: its ignores hold for everything. */
function asOptions(value: WrittenConfig): WrittenConfig {
  if (!isMap(value) || value.has("files")) return value;
  const ignores = value.get("ignores");
  return ignores === undefined ? value : new Map([...value, [globalIgnoresKey, ignores]]);
}

function calleeName(callee: Expression): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" ? callee.property.name : undefined;
}

function textOf(node: Expression | Argument, { text }: Scope): string {
  return text.slice(node.start, node.end).replaceAll(/\s+/g, " ").slice(0, 80);
}

function constantsIn(program: Program): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const { name, init } of declaredConfig(program)) if (requiredModule(init) === undefined) found.set(name, init);
  return found;
}

function modulesIn(program: Program): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, init } of declaredConfig(program)) {
    const module = requiredModule(init);
    if (module !== undefined) found.set(name, module);
  }
  for (const statement of program.body) {
    if (statement.type !== "ImportDeclaration") continue;
    for (const { local } of statement.specifiers) found.set(local.name, statement.source.value);
  }
  return found;
}

function requiredModule(init: Expression): string | undefined {
  if (init.type !== "CallExpression" || init.callee.type !== "Identifier" || init.callee.name !== "require")
    return undefined;
  const [argument] = init.arguments;
  const value = argument === undefined || argument.type === "SpreadElement" ? undefined : constantOf(argument)?.value;
  return typeof value === "string" ? value : undefined;
}
