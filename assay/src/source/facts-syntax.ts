// The part of a file's facts for which its syntax tree is needed.
import { computed, type AddSpecifier, type SpecifierKind } from "./specifier.ts";
import {
  descendants,
  type Argument,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type Program,
  type TSModuleBlock,
} from "./walk.ts";

/** Methods that take a module's name: of `vi`, `vitest`, `jest`, and `module` of node:test's `mock`. */
export const mockingMethods: ReadonlySet<string> = new Set([
  "createMockFromModule",
  "deepUnmock",
  "doMock",
  "doUnmock",
  "dontMock",
  "importActual",
  "importMock",
  "mock",
  "module",
  "requireActual",
  "requireMock",
  "setMock",
  "unmock",
  "unstable_mockModule",
]);

/** Adds what a file names in calls, types and nested declarations. */
export function syntaxSpecifiers(program: Program, add: AddSpecifier): void {
  const requires = new Set(["require"]);
  for (const node of descendants(program)) {
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier" && isCreateRequire(node.init)) {
      requires.add(node.id.name);
    } else addFrom(node, requires, add);
  }
}

function addFrom(node: Node, requires: ReadonlySet<string>, add: AddSpecifier): void {
  if (node.type === "CallExpression") addCall(node, requires, add);
  else if (node.type === "NewExpression") addUrl(node, add);
  else if (node.type === "TSImportType") add(node.source.value, "type", node.start);
  else if (node.type === "TSExternalModuleReference") add(node.expression.value, "require", node.start);
  else if (node.type === "TSModuleBlock") addNested(node, add);
}

/** Declarations inside of `declare module "x" { … }`; those at the top are on the parser's record. */
function addNested(block: TSModuleBlock, add: AddSpecifier): void {
  for (const statement of block.body) {
    const source = "source" in statement ? statement.source : null;
    if (source) add(source.value, "type", statement.start);
  }
}

function addCall(node: CallExpression, requires: ReadonlySet<string>, add: AddSpecifier): void {
  const kind = callKind(node.callee, requires);
  if (kind === undefined) return;
  const [first] = node.arguments;
  if (kind === "glob") {
    const patterns = first?.type === "ArrayExpression" ? first.elements : [first];
    for (const pattern of patterns) if (pattern) addArgument(pattern, kind, node.start, add);
  } else if (first) addArgument(first, kind, node.start, add);
}

function addArgument(argument: Argument, kind: SpecifierKind, offset: number, add: AddSpecifier): void {
  // `vi.mock(import("./x"))`: the import is on the parser's record.
  if (argument.type === "ImportExpression") return;
  add(textOf(argument) ?? computed, kind, offset);
}

/** `new URL("./x", import.meta.url)`. A computed path is left to what else the file does with it. */
function addUrl(node: NewExpression, add: AddSpecifier): void {
  const [path, base] = node.arguments;
  if (!path || !base || !isNamed(node.callee, "URL") || !isMeta(base, "url")) return;
  const text = textOf(path);
  if (text !== undefined) add(text, "url", node.start);
}

function callKind(callee: Expression, requires: ReadonlySet<string>): SpecifierKind | undefined {
  if (callee.type === "Identifier") return requires.has(callee.name) ? "require" : undefined;
  if (isCreateRequire(callee)) return "require";
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return undefined;
  const { object, property } = callee;
  if (object.type === "MetaProperty") return metaKinds.get(property.name);
  if (object.type === "Identifier" && requires.has(object.name)) return requireKinds.get(property.name);
  return mockingMethods.has(property.name) && isMocker(object, property.name) ? "mock" : undefined;
}

const metaKinds: ReadonlyMap<string, SpecifierKind> = new Map([
  ["glob", "glob"],
  ["require", "require"],
  ["resolve", "resolve"],
]);

const requireKinds: ReadonlyMap<string, SpecifierKind> = new Map([
  ["context", "glob"],
  ["resolve", "resolve"],
]);

function isMocker(object: Expression, method: string): boolean {
  if (method !== "module") return isNamed(object, "vi") || isNamed(object, "vitest") || isNamed(object, "jest");
  if (object.type === "MemberExpression")
    return object.property.type === "Identifier" && object.property.name === "mock";
  return isNamed(object, "mock");
}

function isCreateRequire(node: Expression | null): boolean {
  if (node?.type !== "CallExpression") return false;
  const { callee } = node;
  if (callee.type === "MemberExpression") {
    return callee.property.type === "Identifier" && callee.property.name === "createRequire";
  }
  return isNamed(callee, "createRequire");
}

function isMeta(node: Argument, property: string): boolean {
  return (
    node.type === "MemberExpression" &&
    node.object.type === "MetaProperty" &&
    node.property.type === "Identifier" &&
    node.property.name === property
  );
}

function isNamed(node: Expression, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function textOf(node: Argument): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
