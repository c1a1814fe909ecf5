// The part of a file's facts for which its syntax tree is needed.
import { CalleeNames } from "./callee-names.ts";
import { loadOf, type LoadKind } from "./loading-calls.ts";
import { computed, type AddSpecifier, type SpecifierKind } from "./specifier.ts";
import {
  descendants,
  type Argument,
  type CallExpression,
  type NewExpression,
  type Node,
  type Program,
  type TSModuleBlock,
} from "./walk.ts";

/** Adds what a file names in calls, types and nested declarations. */
export function syntaxSpecifiers(program: Program, add: AddSpecifier): void {
  const nodes = [...descendants(program)];
  const names = new CalleeNames();
  for (const node of nodes) names.learn(node);
  for (const node of nodes) addFrom(node, names, add);
}

function addFrom(node: Node, names: CalleeNames, add: AddSpecifier): void {
  if (node.type === "CallExpression") addCall(node, names, add);
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

function addCall(node: CallExpression, names: CalleeNames, add: AddSpecifier): void {
  for (const name of names.of(node.callee)) {
    const load = loadOf(name);
    if (load === undefined || !namesModule(load.kind)) continue;
    const given = node.arguments[load.skipped];
    const isList = load.kind === "glob" && given?.type === "ArrayExpression";
    for (const argument of isList ? given.elements : [given]) if (argument) addArgument(argument, load.kind, node, add);
    return;
  }
}

/** What reads files or runs programs comes from modules that make the file opaque. */
function namesModule(kind: LoadKind): kind is SpecifierKind {
  return kind !== "place" && kind !== "command" && kind !== "code";
}

function addArgument(argument: Argument, kind: SpecifierKind, { start }: Node, add: AddSpecifier): void {
  // `vi.mock(import("./x"))`: the import is on the parser's record.
  if (argument.type === "ImportExpression") return;
  add(textOf(argument) ?? computed, kind, start);
}

/** `new URL("./x", import.meta.url)`. A computed path is left to what else the file does with it. */
function addUrl(node: NewExpression, add: AddSpecifier): void {
  const [path, base] = node.arguments;
  if (!path || !base || node.callee.type !== "Identifier" || node.callee.name !== "URL" || !isMetaUrl(base)) return;
  const text = textOf(path);
  if (text !== undefined) add(text, "url", node.start);
}

function isMetaUrl(node: Argument): boolean {
  return (
    node.type === "MemberExpression" &&
    node.object.type === "MetaProperty" &&
    node.property.type === "Identifier" &&
    node.property.name === "url"
  );
}

function textOf(node: Argument): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
