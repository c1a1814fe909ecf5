import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import type { RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { packageOf } from "../model/workspace.ts";
import { isMarkupWithScript, scriptOf } from "../source/components.ts";
import { isFunction } from "../source/functions.ts";
import { isSourcePath, roleOf } from "../source/role.ts";
import { descendants, type Node } from "../source/walk.ts";
import { handWritten, isFixture, madeByPrograms } from "./change/hand-written.ts";
import { servesTests } from "./type-escapes/serves-tests.ts";
import { packedLines } from "./syntax/packed-lines.ts";

/**
 * Flags files over the limit of lines (`max_file_lines`, 500 unless set) that are new or longer than they were, and
 * files that stay below it because several statements stand on one line.
 *
 * A file that nobody can hold in mind at once is changed by guesswork, and grows because it is easier to add than to
 * find a place.
 *
 * Of a component in a file of markup (Vue, Svelte, Astro) its script counts.
 *
 * Tests, also by what they use, may be long: they are read one at a time. Without an `assay.toml` nobody has agreed to the
 * limit: a file may grow by a sixteenth, tables in which no function stands may be long, and a file may be as long as
 * three others of its package are.
 *
 * Not seen: long functions, blank lines taken out, files that are not TypeScript or JavaScript, generated files,
 * fixtures, and tables that say that a program wrote them.
 */
export const oversizedFile: ChangeCheck = {
  id: "oversized-file",
  kind: "change",
  summary: "A file over the limit of lines is new or has grown",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = await handWritten(context);
    return pairs
      .filter(({ change: { path } }) => hasCode(path) && ["source", "config"].includes(roleOf(path)))
      .flatMap((pair) => faultOf(context, pair));
  },
};

function faultOf(context: ChangeContext, pair: FilePair): readonly Finding[] {
  const { maxFileLines: limit, present } = context.workspace.config;
  const { change, baseText, headText } = pair;
  const before = lineCount(change.path, baseText);
  const after = lineCount(change.path, headText);
  if (after <= limit || after <= before) return packingOf(pair, before, after, limit);
  if (pair.head && isTable(pair.head) && (!present || isGenerated(pair.head))) return [];
  if (pair.head && servesTests(pair.head)) return [];
  if (before > 0 && !present && after - before < Math.max(limit, before) / 16) return [];
  if (!present && isUsualLength(context, change.path, after)) return [];
  const growth = before > limit ? `, ${after - before} more than before` : "";
  const message = `${after} lines${isMarkupWithScript(change.path) ? " of script" : ""}${growth}, and ${limit} is the limit; move a subject of its own to another file`;
  return [{ path: change.path, line: null, message }];
}

/** So many files that are longer show how long files are here. */
const usual = 3;

/** Are there others of the package, not of the change, that are as long? */
function isUsualLength({ workspace, pairs }: ChangeContext, path: RepoPath, length: number): boolean {
  const changed = new Set(pairs.map(({ change }) => change.path));
  const dir = packageOf(workspace, path)?.dir;
  let found = 0;
  for (const { path: other } of workspace.tree.files) {
    if (changed.has(other) || !isProgram(other) || packageOf(workspace, other)?.dir !== dir) continue;
    if (lineCount(other, workspace.readText(other)) >= length && ++found >= usual) return true;
  }
  return false;
}

/** Written by hand, as far as its path tells. */
function isProgram(path: RepoPath): boolean {
  return hasCode(path) && roleOf(path) === "source" && !isFixture(path) && !madeByPrograms.test(path);
}

/** A slip or two are no packing. */
const slips = 3;

function packingOf({ change, base, head }: FilePair, before: number, after: number, limit: number): readonly Finding[] {
  if (head === undefined || change.changedLines.length === 0 || /\.min\.[cm]?js$/.test(change.path)) return [];
  // A line holds few statements unless it is very long: most files are too short to be worth a look.
  if (after <= limit / 2 && head.text.length < limit * 20) return [];
  const packed = packedLines(head);
  const unpacked = after + packed;
  const gained = packed - (packed > slips && base !== undefined ? packedLines(base) : 0);
  if (gained <= slips || unpacked <= limit || unpacked <= before) return [];
  const message = `${after} lines hold what fills ${unpacked}, and ${limit} is the limit; give each statement its line and move a subject elsewhere`;
  return [{ path: change.path, line: null, message }];
}

/** Nothing in it does anything: it declares, and hands out what it declares. */
function isTable({ program }: SourceFile): boolean {
  if (!program.body.every(isDeclaring)) return false;
  for (const node of descendants(program)) if (isFunction(node) || node.type.startsWith("Class")) return false;
  return true;
}

function isDeclaring(statement: Node): boolean {
  if (statement.type !== "ExpressionStatement") return /^(?:Import|Export|Variable|TS)/.test(statement.type);
  return statement.expression.type === "AssignmentExpression" || statement.expression.type === "Literal";
}

/** Its head says that a program wrote it. */
function isGenerated({ text, program, comments }: SourceFile): boolean {
  const first = program.body[0]?.start ?? 0;
  const head = comments.filter(({ end }) => end <= first).map(({ start, end }) => text.slice(start, end));
  return head.some((comment) => /@generated|do not edit/i.test(comment));
}

function hasCode(path: RepoPath): boolean {
  return isSourcePath(path) || isMarkupWithScript(path);
}

function lineCount(path: RepoPath, text = ""): number {
  const code = isMarkupWithScript(path) ? scriptOf(path, text).trim() : text.replace(/\r?\n$/, "");
  return code === "" ? 0 : code.split("\n").length;
}
