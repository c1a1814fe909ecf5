// Does a change of what the code does come with a change of what its tests say?
import type { FilePair } from "../model/check.ts";
import type { TaskOutcome } from "../model/finding.ts";
import type { SourceFile } from "../model/source-file.ts";
import { childrenOf, type Node } from "../source/walk.ts";
import { isProgramFile } from "./program-file.ts";

/**
 * Fails when runtime code changed and no test file did. Comments, layout and types are no change, nor are imports.
 * A deleted test is no changed test; a deleted source needs none.
 */
export function requireChangedTests(pairs: readonly FilePair[]): TaskOutcome {
  const changed = pairs.filter(({ base, head }) => isProgramFile(head) && differs(base, head));
  const [first] = changed;
  if (first === undefined) return { status: "skipped", reason: "no runtime code changed" };
  if (pairs.some(({ base, head }) => head?.role === "test" && differs(base, head))) return { status: "passed" };
  const others = changed.length > 1 ? ` here and in ${changed.length - 1} more` : "";
  const message = `runtime code changed${others}, and no test did; add or change a test that fails without this change`;
  return {
    status: "failed",
    findings: [{ path: first.change.path, line: first.change.changedLines[0]?.start ?? null, message }],
  };
}

function differs(base: SourceFile | undefined, head: SourceFile): boolean {
  return (base === undefined ? "" : fingerprintOf(base)) !== fingerprintOf(head);
}

function fingerprintOf(file: SourceFile): string {
  // What could not be parsed can not be compared either: any difference counts.
  if (file.syntaxErrors.length > 0) return file.text;
  return file.program.body.map(describe).join("");
}

function describe(node: Node): string {
  if (isTypeOnly(node)) return "";
  const inner = unwrapped(node);
  if (inner !== undefined) return describe(inner);
  const children = childrenOf(node).map(describe).join("");
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
