// Reads a configuration file as far as it is written in literals. Nothing of it is run.
import type {
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  ObjectExpression,
  Program,
  TSAsExpression,
  TSSatisfiesExpression,
} from "@oxc-project/types";

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
  const exported = exportedExpression(program);
  return exported === undefined ? unknownValue : evaluate(exported, constants(program), 0);
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

function isTyped(node: Expression): node is TSAsExpression | TSSatisfiesExpression {
  return node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression";
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

function exportedExpression(program: Program): Expression | undefined {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") {
      const { declaration } = statement;
      return declaration.type === "TSInterfaceDeclaration" ? undefined : declaration;
    }
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type !== "MemberExpression" || left.object.type !== "Identifier" || left.object.name !== "module")
      continue;
    if (left.property.type === "Identifier" && left.property.name === "exports") return right;
  }
  return undefined;
}

function constants(program: Program): Constants {
  const found = new Map<string, Expression>();
  for (const statement of program.body) {
    if (statement.type !== "VariableDeclaration" || statement.kind !== "const") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === "Identifier" && init !== null) found.set(id.name, init);
    }
  }
  return found;
}
