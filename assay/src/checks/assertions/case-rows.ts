// The tables of cases that tests are made from, and rows that they lost.
import type { FilePair } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import { plain } from "../../source/passed-on.ts";
import { descendants, type Argument, type CallExpression, type Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { memberName } from "./call-chain.ts";
import { constantString } from "../syntax/constants.ts";
import type { GoneCode } from "../test-code/gone-code.ts";
import { shortened } from "../change/shortened.ts";
import { plainText } from "./stated-assertions.ts";
import { speaksOf } from "../syntax/speaks-of.ts";

interface Table {
  /** The same before and after: the constant's name, or the title of what is made from it. */
  readonly key: string;
  readonly rows: readonly Node[];
  /** Only some rows are taken: by `slice` or `filter`. */
  readonly isCut: boolean;
  /** Of a linter's rule, which other cases are tried with once it is meant otherwise. */
  readonly isOfRule?: boolean;
  readonly node: Node;
}

/** Rows that are nowhere in the change any more, of tables that stay and have fewer rows than before. */
export function removedRows(pairs: readonly FilePair[], gone: GoneCode): readonly Finding[] {
  return pairs.flatMap((pair) => (pair.base && pair.head ? lossesIn(pair.base, pair.head, pairs, gone) : []));
}

function lossesIn(base: SourceFile, head: SourceFile, pairs: readonly FilePair[], gone: GoneCode): readonly Finding[] {
  const tables = tablesIn(base);
  if (tables.size === 0) return [];
  const findings = [...tablesIn(head)].flatMap(([id, now]): readonly Finding[] => {
    const before = tables.get(id);
    if (before === undefined || (now.isOfRule && gainsRuleCases(pairs))) return [];
    const at = { path: head.path, line: head.lineOf(now.node.start) };
    if (now.isCut && !before.isCut && now.rows.length <= before.rows.length)
      return [{ ...at, message: `only some cases of ${nameOf(now)} are tried; try all of them, or say why not` }];
    const kept = new Set(now.rows.map((row) => textOf(head, row)));
    const lost = before.rows.filter(
      (row) =>
        !kept.has(textOf(base, row)) &&
        isLost(textOf(base, row), base, head) &&
        !isAnywhere(textOf(base, row), pairs) &&
        !gone.mentioned(row, base),
    );
    const [first] = lost;
    const fewer = before.rows.length - now.rows.length;
    if (first === undefined || fewer <= 0) return [];
    const what = shortened(base.text.slice(first.start, first.end).replaceAll(/\s+/g, " "), 60);
    const message = `${countOf(Math.min(fewer, lost.length))} deleted from ${nameOf(now)}, \`${what}\` first; keep what was tried, or say why it went`;
    return [{ ...at, message }];
  });
  // A table that several tests are made from is one.
  const said = new Map(findings.map((finding) => [`${finding.line} ${finding.message}`, finding]));
  return [...said.values()];
}

const known = new WeakMap<readonly FilePair[], boolean>();

/** Has a rule of the change cases that it did not have? Looked at once. */
function gainsRuleCases(pairs: readonly FilePair[]): boolean {
  const found =
    known.get(pairs) ??
    pairs.some(({ base, head }) => {
      if (head === undefined || !mayHoldRuleCases(head)) return false;
      const before = new Set(base === undefined ? [] : ruleCasesIn(base));
      return ruleCasesIn(head).some((row) => !before.has(row));
    });
  known.set(pairs, found);
  return found;
}

function ruleCasesIn(file: SourceFile): readonly string[] {
  return [...tablesIn(file).values()].flatMap(({ rows, isOfRule }) =>
    isOfRule ? rows.map((row) => textOf(file, row)) : [],
  );
}

function countOf(count: number): string {
  return count === 1 ? "a case was" : `${count} cases were`;
}

function nameOf({ key }: Table): string {
  return `the table \`${shortened(key, 50)}\``;
}

function textOf({ text }: SourceFile, { start, end }: Node): string {
  return plainText(text.slice(start, end));
}

/** It stands in the file less often than it did. */
function isLost(row: string, base: SourceFile, head: SourceFile): boolean {
  return timesIn(plainTextOf(head), row) < timesIn(plainTextOf(base), row);
}

function isAnywhere(row: string, pairs: readonly FilePair[]): boolean {
  return pairs.some(
    ({ base, head }) => head && timesIn(plainTextOf(head), row) > (base ? timesIn(plainTextOf(base), row) : 0),
  );
}

function timesIn(text: string, part: string): number {
  return text.split(part).length - 1;
}

const texts = new WeakMap<SourceFile, string>();

function plainTextOf(file: SourceFile): string {
  const found = texts.get(file) ?? plainText(withoutComments(file));
  texts.set(file, found);
  return found;
}

function withoutComments({ text, comments }: SourceFile): string {
  let rest = "";
  let at = 0;
  for (const { start, end } of comments) {
    rest += text.slice(at, start);
    at = end;
  }
  return rest + text.slice(at);
}

/** By key, and by which of several of that key it is. What tests are not made from is no table. */
function tablesIn(file: SourceFile): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (const node of descendants(file.program)) {
    const table = tableAt(file, node);
    if (table !== undefined && table.rows.length > 0) tables.set(freeId(tables, table.key), table);
    for (const { key, rows, ...more } of casesOfRule(file, node)) {
      const known = tables.get(key)?.rows ?? [];
      if (rows.length > 0) tables.set(key, { key, rows: [...known, ...rows], ...more });
    }
  }
  return tables;
}

function freeId(tables: ReadonlyMap<string, Table>, key: string): string {
  let id = key;
  for (let count = 2; tables.has(id); count++) id = `${key} ${count}`;
  return id;
}

/** Is a file the test of a linter's rule, which no runner's function needs to be called in? */
export function mayHoldRuleCases(file: SourceFile): boolean {
  return file.role === "test" && speaksOf(file, invalidCases) && speaksOf(file, validCases);
}

const invalidCases = /\binvalid\b/;
const validCases = /\bvalid\b/;

/**
 * `tester.run("rule", rule, { valid: […], invalid: […] })`: of each kind the file has one table, since the calls of a file
 * are about one rule, and cases are moved between them.
 */
function casesOfRule(file: SourceFile, node: Node): readonly Table[] {
  if (node.type !== "CallExpression" || !mayHoldRuleCases(file)) return [];
  return node.arguments.flatMap((argument) => {
    const cases = plain(argument);
    if (cases.type !== "ObjectExpression") return [];
    const tables = cases.properties.flatMap((property) => {
      if (property.type !== "Property" || property.key.type !== "Identifier") return [];
      const key = property.key.name;
      const table = key === "valid" || key === "invalid" ? tableOf(file, property.value, key) : undefined;
      return table === undefined ? [] : [{ ...table, key, isOfRule: true }];
    });
    return tables.length === 2 ? tables : [];
  });
}

function tableAt(file: SourceFile, node: Node): Table | undefined {
  if (node.type === "ForOfStatement")
    return isTested(file, node.body) ? tableOf(file, node.right, "for … of") : undefined;
  if (node.type !== "CallExpression") return undefined;
  const { callee } = node;
  const title = titleOf(node);
  if (callee.type === "TaggedTemplateExpression" && isEach(callee.tag)) {
    return title === undefined ? undefined : { key: title, rows: templateRows(callee.quasi), isCut: false, node };
  }
  if (callee.type === "CallExpression" && isEach(callee.callee)) {
    const [rows] = callee.arguments;
    return rows && tableOf(file, rows, title);
  }
  if (callee.type !== "MemberExpression" || !/^(?:forEach|map|flatMap)$/.test(memberName(callee) ?? ""))
    return undefined;
  const [run] = node.arguments;
  return run && isFunction(run) && isTested(file, run) ? tableOf(file, callee.object, "forEach") : undefined;
}

function isEach(callee: Node): boolean {
  return callee.type === "MemberExpression" && /^(?:each|for)$/.test(memberName(callee) ?? "");
}

function titleOf({ arguments: [title] }: CallExpression): string | undefined {
  return title && (constantString(title) ?? (title.type === "TemplateLiteral" ? "a test" : undefined));
}

/** Does it declare a test, or assert? */
function isTested({ text }: SourceFile, { start, end }: Node): boolean {
  return /\b(?:test|it|expect|assert|t)\b[.(]/.test(text.slice(start, end));
}

function tableOf(file: SourceFile, source: Argument, title: string | undefined, isCut = false): Table | undefined {
  const node = plain(source);
  if (node.type === "ArrayExpression") {
    const rows = node.elements.filter((each) => each !== null);
    const taken = takenFrom(rows);
    if (taken) return tableOf(file, taken.source, title, isCut || taken.isCut);
    return title === undefined ? undefined : { key: title, rows, isCut, node };
  }
  if (node.type === "ObjectExpression")
    return title === undefined ? undefined : { key: title, rows: node.properties, isCut, node };
  if (node.type === "Identifier") {
    const init = bindingsOf(file).bindingOf(node)?.init;
    return init && plain(init).type !== "Identifier" ? tableOf(file, init, node.name, isCut) : undefined;
  }
  if (node.type === "NewExpression") return node.arguments[0] && tableOf(file, node.arguments[0], title, isCut);
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const { object } = node.callee;
  const name = memberName(node.callee) ?? "";
  if (object.type === "Identifier" && object.name === "Object")
    return node.arguments[0] && tableOf(file, node.arguments[0], title, isCut);
  const cuts = name === "slice" || name === "filter" || name === "splice";
  return cuts || /^(?:entries|values|keys|map|concat)$/.test(name)
    ? tableOf(file, object, title, isCut || cuts)
    : undefined;
}

/** `[...rows]`, and `[rows[0], rows[2]]`, which are only some of them. */
function takenFrom(rows: readonly Argument[]): { readonly source: Argument; readonly isCut: boolean } | undefined {
  const [first, ...others] = rows;
  if (first?.type === "SpreadElement")
    return others.length === 0 ? { source: first.argument, isCut: false } : undefined;
  if (first?.type !== "MemberExpression" || first.object.type !== "Identifier") return undefined;
  const { object } = first;
  const isOfSame = rows.every(
    (row) =>
      row.type === "MemberExpression" &&
      row.computed &&
      row.object.type === "Identifier" &&
      row.object.name === object.name,
  );
  return isOfSame ? { source: object, isCut: true } : undefined;
}

/** The first cell of each row stands for it. */
function templateRows({ quasis, expressions }: Extract<Node, { type: "TemplateLiteral" }>): readonly Node[] {
  const header = quasis[0]?.value.raw.trim().split("\n")[0] ?? "";
  const columns = header.split("|").length;
  return expressions.filter((_, index) => index % columns === 0);
}
