// Reads the imports of the usual kind of file without parsing it: they stand at its top, and nowhere else.
import { testCode } from "./comments.ts";
import { loadingPackages } from "./loading-calls.ts";
import { needsTree } from "./needs-tree.ts";
import type { Specifier } from "./specifier.ts";

const skipped = /(?:\s|\/\/.*|\/\*[^]*?\*\/|["']use [\w ]+["'];?)+/y;
const quoted = String.raw`(?:"([^"\\\n]+)"|'([^'\\\n]+)')(?:\s*with\s*\{[^{}()\`]*\})?[ \t]*(?:;|(?=[\r\n]|$))`;
const importing = new RegExp(String.raw`import\b(?:([^"'\`;()=/]+?)\bfrom\b)?\s*${quoted}`, "y");
const exporting = new RegExp(
  String.raw`export\s*((?:type\s*)?(?:\*[^"'\`;()=/{}]*?|\{[^"'\`;()=/{}]*\}))\s*from\s*${quoted}`,
  "y",
);
const hashbang = /\uFEFF?#!.*/y;

/** What must not follow, since it may name a file. In a string it is as good a reason to parse. */
const imports = /\bimport\b(?!\.meta\.(?:dirname|env|filename|hot|vitest)\b)|from\s*["'`]|declare\s+module/;

/** The imports and re-exports of a file; undefined where only the parser can tell. Agrees with the parser elsewhere. */
export function importHeader(text: string): readonly Specifier[] | undefined {
  // A reference, and an import type in a comment, which is one for JavaScript.
  if (text.includes("<reference") || text.includes("import(")) return undefined;
  const specifiers: Specifier[] = [];
  let at = endOf(hashbang, text, 0);
  let line = 1;
  for (;;) {
    const start = endOf(skipped, text, at);
    const statement = matchAt(importing, text, start) ?? matchAt(exporting, text, start);
    if (!statement) return namesMore(text.slice(at)) || specifiers.some(isLoader) ? undefined : specifiers;
    line += newlines(text, at, start);
    const [all, clause, double, single] = statement;
    specifiers.push({ text: double ?? single ?? "", kind: kindOf(all, clause?.trim()), line });
    at = start + all.length;
    line += newlines(text, start, at);
  }
}

function namesMore(rest: string): boolean {
  return testCode(imports, rest) || needsTree(rest);
}

/** What is imported so is called with the names of others. */
function isLoader({ text }: Specifier): boolean {
  return loadingPackages.has(text);
}

function kindOf(statement: string, clause: string | undefined): Specifier["kind"] {
  if (clause !== undefined && isTypeOnly(clause)) return "type";
  return statement.startsWith("export") ? "re-export" : "import";
}

/** `type A`, `type { A }`, `{ type A, type B }`; but `type` and `type, { A }` import something of that name. */
function isTypeOnly(clause: string): boolean {
  return (
    /^type(?:\s+[\w$]|\s*[{*])/.test(clause) ||
    /^\{\s*(?:type\s+[\w$]+(?:\s+as\s+[\w$]+)?\s*(?:,\s*|(?=\})))+\}/.test(clause)
  );
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  return at + (matchAt(pattern, text, at)?.[0].length ?? 0);
}

function newlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
