// What a configuration certainly is, as far as it is written in literals; the rest is unknown. Nothing of it is run. Guards
// have two readers of their own, for all that it may be and for what it names.
import type {
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  ObjectExpression,
  Program,
} from "@oxc-project/types";
import { declaredConfig, exportedConfig, isTyped } from "../config-module.ts";
import { isObject, stringOf } from "../output/json-output.ts";

/** A value in a configuration file. `open` says that more may be in it than can be read. */
export type StaticValue =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "regex"; readonly source: string }
  | { readonly kind: "list"; readonly items: readonly StaticValue[]; readonly open: boolean }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, StaticValue>; readonly open: boolean }
  | { readonly kind: "unknown" };

const unknownValue: StaticValue = { kind: "unknown" };
const missingField: StaticValue = { kind: "literal", value: null };

/** What a file exports as its configuration: its default export, or `module.exports`. */
export async function readStaticConfig(fileName: string, text: string): Promise<StaticValue> {
  if (fileName.endsWith(".json")) return readStaticJson(text);
  const { parseSync } = await import("oxc-parser");
  const { program, errors } = parseSync(fileName, text);
  if (errors.length > 0) return unknownValue;
  const exported = exportedConfig(program);
  if (exported === undefined || exported.type === "TSInterfaceDeclaration") return unknownValue;
  const changeable = changeableNames(program.body);
  return changeable.has(exportsName) ? unknownValue : evaluate(exported, constantsIn(program, changeable), 0);
}

/** The same for JSON. */
export function readStaticJson(text: string): StaticValue {
  try {
    return fromJson(JSON.parse(text));
  } catch {
    return unknownValue;
  }
}

export function fromJson(value: unknown): StaticValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return { kind: "literal", value };
  }
  if (Array.isArray(value)) return { kind: "list", items: value.map(fromJson), open: false };
  if (typeof value !== "object") return unknownValue;
  const entries = Object.entries(value).map(([key, inner]): [string, StaticValue] => [key, fromJson(inner)]);
  return { kind: "object", fields: new Map(entries), open: false };
}

/** A field of an object; the literal null where it is known to be absent, `unknown` where it may be there. */
export function fieldOf(value: StaticValue, name: string): StaticValue {
  if (value.kind === "literal" && value.value === null) return missingField;
  if (value.kind !== "object") return unknownValue;
  return value.fields.get(name) ?? (value.open ? unknownValue : missingField);
}

export function isAbsent(value: StaticValue): boolean {
  return value.kind === "literal" && value.value === null;
}

/** The strings of a list, or of a single string; undefined where it is anything else. An open list gives those it shows. */
export function stringsOf(
  value: StaticValue,
): { readonly items: readonly string[]; readonly open: boolean } | undefined {
  if (value.kind === "literal" && typeof value.value === "string") return { items: [value.value], open: false };
  if (value.kind !== "list") return undefined;
  const items = value.items.flatMap((item) =>
    item.kind === "literal" && typeof item.value === "string" ? [item.value] : [],
  );
  return { items, open: value.open || items.length < value.items.length };
}

type Constants = ReadonlyMap<string, Expression>;

const deepestValue = 20;
/** Functions that give back their argument, for the sake of its type. */
const identities = new Set(["defineConfig", "defineProject", "defineWorkspace"]);

function evaluate(node: Expression, constants: Constants, depth: number): StaticValue {
  if (depth > deepestValue) return unknownValue;
  const inner = (expression: Expression): StaticValue => evaluate(expression, constants, depth + 1);
  if (node.type === "ParenthesizedExpression" || isTyped(node)) return inner(node.expression);
  if (node.type === "ObjectExpression") return evaluateObject(node, inner);
  if (node.type === "CallExpression") return evaluateCall(node, inner);
  if (node.type === "ArrowFunctionExpression") return returned(node, inner);
  if (node.type === "Literal") return literal(node);
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) {
    return { kind: "literal", value: node.quasis.map((quasi) => quasi.value.cooked).join("") };
  }
  if (node.type === "Identifier") {
    const value = constants.get(node.name);
    return value === undefined ? unknownValue : inner(value);
  }
  if (node.type !== "ArrayExpression") return unknownValue;
  const items = node.elements.map((element) =>
    element === null || element.type === "SpreadElement" ? unknownValue : inner(element),
  );
  return { kind: "list", items, open: items.includes(unknownValue) };
}

function literal(node: Expression & { readonly type: "Literal" }): StaticValue {
  if ("regex" in node) return { kind: "regex", source: node.regex.pattern };
  return typeof node.value === "bigint" ? unknownValue : { kind: "literal", value: node.value };
}

function evaluateObject(node: ObjectExpression, inner: (node: Expression) => StaticValue): StaticValue {
  const fields = new Map<string, StaticValue>();
  let open = false;
  for (const property of node.properties) {
    const name = property.type === "Property" ? keyName(property) : undefined;
    if (property.type === "SpreadElement" || name === undefined) {
      open = true;
      // What is spread later wins over what came before.
      fields.clear();
    } else fields.set(name, inner(property.value));
  }
  return { kind: "object", fields, open };
}

function keyName(property: {
  readonly computed: boolean;
  readonly key: { readonly type: string };
}): string | undefined {
  if (property.computed) return undefined;
  if ("name" in property.key && typeof property.key.name === "string") return property.key.name;
  return "value" in property.key && typeof property.key.value === "string" ? property.key.value : undefined;
}

function evaluateCall(node: CallExpression, inner: (node: Expression) => StaticValue): StaticValue {
  const [argument] = node.arguments;
  const known = node.callee.type === "Identifier" && identities.has(node.callee.name);
  return known && argument !== undefined && argument.type !== "SpreadElement" ? inner(argument) : unknownValue;
}

/** The one value that a function gives back, whatever it is called with. */
function returned(node: ArrowFunctionExpression, inner: (node: Expression) => StaticValue): StaticValue {
  if (node.body.type !== "BlockStatement") return inner(node.body);
  const [only] = node.body.body;
  if (node.body.body.length !== 1 || only?.type !== "ReturnStatement") return unknownValue;
  return only.argument === null ? unknownValue : inner(only.argument);
}

function constantsIn(program: Program, changeable: ReadonlySet<string>): Constants {
  const constants = declaredConfig(program).filter(
    ({ name, isConstant, isExported }) => isConstant && !isExported && !changeable.has(name),
  );
  return new Map(constants.map(({ name, init }) => [name, init]));
}

const exportsName = "module.exports";

/**
 * Names whose value may be another by the time it is exported, though they always have the same one: `config.test = …`,
 * `include.push(…)`, `Object.assign(config, …)`. A part of one that is only read counts as well.
 */
function changeableNames(node: unknown, names: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(node)) for (const each of node) changeableNames(each, names);
  if (!isObject(node)) return names;
  const { type, object, callee, arguments: given } = node;
  if (type === "MemberExpression") names.add(nameOf(object) ?? "");
  const changes = type === "CallExpression" && !identities.has(nameOf(callee) ?? "");
  if (changes && Array.isArray(given)) for (const each of given) names.add(nameOf(each) ?? "");
  for (const inner of Object.values(node)) changeableNames(inner, names);
  return names;
}

/** `config`, `module.exports`. */
function nameOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined;
  if (node["type"] === "Identifier") return stringOf(node["name"]) ?? undefined;
  const [object, property] =
    node["type"] === "MemberExpression" ? [nameOf(node["object"]), nameOf(node["property"])] : [];
  return object === "module" && property === "exports" ? exportsName : undefined;
}
