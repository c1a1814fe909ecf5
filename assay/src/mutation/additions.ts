// Does a test file still say all that it said, with nothing but additions?
import type { SourceFile } from "../model/source-file.ts";
import { isFunction } from "../source/functions.ts";
import { descendants, type Node } from "../source/walk.ts";
import { meaningOf } from "./meaning.ts";
import { lastName, rootName } from "./names.ts";

/**
 * Are tests, suites and assertions all that the head has beyond the base? Then it notices all that the base noticed.
 * Anything else that is new, such as a mock, a hook, a condition or an early return, may keep it from that.
 */
export function onlyAdds(base: SourceFile, head: SourceFile): boolean {
  if (base.syntaxErrors.length + head.syntaxErrors.length > 0) return base.text === head.text;
  const names = new Set(importedBy(head));
  return importedBy(base).every((name) => names.has(name)) && covers(base.program.body, head.program.body);
}

function importedBy({ program }: SourceFile): readonly string[] {
  return program.body.flatMap((node) => {
    if (node.type !== "ImportDeclaration") return [];
    const { specifiers, source } = node;
    return [source.value, ...specifiers.map((each) => `${source.value} ${nameIn(each)} ${each.local.name}`)];
  });
}

function nameIn(specifier: Node): string {
  if (specifier.type !== "ImportSpecifier") return specifier.type;
  return specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
}

/** Every statement of `before` in its order, and between and behind them none that could matter. */
function covers(before: readonly Node[], after: readonly Node[]): boolean {
  const left = before.filter(isRuntime);
  for (const statement of after.filter(isRuntime)) {
    if (left[0] !== undefined && isSame(left[0], statement)) left.shift();
    else if (!isAddition(statement)) return false;
  }
  return left.length === 0;
}

function isRuntime(node: Node): boolean {
  return node.type !== "ImportDeclaration" && meaningOf(node) !== "";
}

function isSame(before: Node, after: Node): boolean {
  if (meaningOf(before) === meaningOf(after)) return true;
  const [a, b] = [blockOf(before), blockOf(after)];
  return a !== null && b !== null && a.head === b.head && covers(a.body, b.body);
}

/** `test("adds", () => { … })`: what is called with what, and what it does. */
function blockOf(statement: Node): { readonly head: string; readonly body: readonly Node[] } | null {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "CallExpression") return null;
  const { callee, arguments: given } = statement.expression;
  const last = given.at(-1);
  if (last === undefined || !isFunction(last) || !("body" in last) || last.body?.type !== "BlockStatement") return null;
  const facts = [callee, ...given.slice(0, -1)].map(meaningOf);
  const parameters = "params" in last ? last.params.map(meaningOf) : [];
  return { head: JSON.stringify([facts, parameters]), body: last.body.body };
}

const additions: ReadonlySet<string> = new Set(["assert", "describe", "expect", "it", "suite", "test"]);
const narrowing: ReadonlySet<string> = new Set(["fails", "only", "skip", "todo"]);

function isAddition(statement: Node): boolean {
  if (statement.type === "VariableDeclaration") return !hasOtherCall(statement);
  if (statement.type !== "ExpressionStatement") return false;
  const { expression } = statement;
  const call = expression.type === "AwaitExpression" ? expression.argument : expression;
  return call.type === "CallExpression" && isOfTests(call) && !hasNarrowing(call);
}

/** `expect(a).not.toBe(b)`. */
function isOfTests(call: Node): boolean {
  return additions.has(rootName(call) ?? "");
}

function hasNarrowing(call: Node): boolean {
  for (const node of descendants(call)) {
    if (node.type === "MemberExpression" && narrowing.has(lastName(node) ?? "")) return true;
  }
  return false;
}

function hasOtherCall(node: Node): boolean {
  for (const each of descendants(node))
    if ((each.type === "CallExpression" || each.type === "NewExpression") && !isOfTests(each)) return true;
  return false;
}
