// A test that speaks of what a mutant is in, or is named after its file, notices it sooner than one that only executes it.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Mutant } from "../model/mutant.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Node } from "../source/walk.ts";

/** The names of the top-level declarations that mutants of the file are in. */
export function subjectsIn({ path, program }: SourceFile, mutants: readonly Mutant[]): readonly string[] {
  const own = mutants.filter((mutant) => mutant.path === path);
  return program.body
    .flatMap((statement) => declarationsIn(statement))
    .filter(({ start, end }) => own.some((mutant) => start <= mutant.start && mutant.end <= end))
    .flatMap(({ id }) => (id?.type === "Identifier" ? [id.name] : []));
}

function declarationsIn(statement: Node): readonly Declaration[] {
  if (statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration")
    return statement.declaration === null ? [] : declarationsIn(statement.declaration);
  if (statement.type === "VariableDeclaration") return statement.declarations;
  return statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration" ? [statement] : [];
}

interface Declaration {
  readonly start: number;
  readonly end: number;
  readonly id: Node | null;
}

/** More are not read: it would take longer than it saves. */
const mostRead = 400;

/** Those that mention a subject. `files`: absolute paths. */
export function speakingOf(files: readonly string[], subjects: readonly string[]): ReadonlySet<string> {
  if (subjects.length === 0 || files.length > mostRead) return new Set();
  const names = new RegExp(String.raw`(?<![\w$])(?:${subjects.map(escaped).join("|")})(?![\w$])`);
  return new Set(files.filter((file) => mentions(file, names)));
}

/** Those with the name of a file that mutants are in: `sum.test.ts` and `__tests__/sum.js` of `sum.ts`. */
export function namesakesOf(files: readonly string[], sources: readonly string[]): ReadonlySet<string> {
  const names = new Set(sources.map(plainNameOf));
  return new Set(files.filter((file) => names.has(plainNameOf(file))));
}

function plainNameOf(path: string): string {
  return basename(path).replace(/(?:[._-](?:test|spec))?\.\w+$/, "");
}

/** Whoever runs a file that can not be read will say so. */
function mentions(file: string, names: RegExp): boolean {
  try {
    return names.test(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}

function escaped(name: string): string {
  return name.replaceAll("$", String.raw`\$`);
}
