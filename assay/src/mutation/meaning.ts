// What code says to the machine that runs it.
import { childrenOf, type Node } from "../source/walk.ts";

/**
 * The same text for code that does the same because it is the same but for comments, layout, types, imports and how
 * literals are spelled.
 */
export function meaningOf(node: Node): string {
  if (isTypeOnly(node)) return "";
  const inner = unwrapped(node);
  if (inner !== undefined) return meaningOf(inner);
  const children = childrenOf(node).map(meaningOf).join("");
  return `(${node.type} ${ownFacts(node)}${children})`;
}

const wrappers: ReadonlySet<Node["type"]> = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

function unwrapped(node: Node): Node | undefined {
  return wrappers.has(node.type) && "expression" in node && typeof node.expression === "object"
    ? node.expression
    : undefined;
}

const runtimeTypeScript: ReadonlySet<Node["type"]> = new Set([
  ...wrappers,
  "TSEnumDeclaration",
  "TSEnumBody",
  "TSEnumMember",
  "TSExportAssignment",
  "TSModuleBlock",
  "TSModuleDeclaration",
  "TSParameterProperty",
]);

function isTypeOnly(node: Node): boolean {
  if (node.type.startsWith("TS") && !runtimeTypeScript.has(node.type)) return true;
  if ("declare" in node && node.declare) return true;
  if (node.type === "ImportDeclaration") return node.specifiers.length > 0;
  return "exportKind" in node && node.exportKind === "type";
}

/** Positions, spelling (`'a'` for `"a"`, `0x10` for `16`) and modifiers that only the compiler reads. */
const ignored: ReadonlySet<string> = new Set([
  "start",
  "end",
  "raw",
  "type",
  "accessibility",
  "override",
  "readonly",
  "definite",
  "abstract",
  "declare",
  "exportKind",
  "importKind",
]);

function ownFacts(node: Node): string {
  const facts: string[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (ignored.has(key)) continue;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      facts.push(`${key}=${JSON.stringify(value)}`);
    if (typeof value === "bigint") facts.push(`${key}=${value}n`);
  }
  if (node.type === "TemplateElement") facts.push(JSON.stringify(node.value.raw));
  if (node.type === "Literal" && "regex" in node) facts.push(JSON.stringify(node.regex));
  return facts.join(" ");
}
