import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { dirOf } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { calls, descendants, type Node } from "../source/walk.ts";
import { constantString } from "./syntax/constants.ts";
import { roleOf } from "../source/role.ts";
import { handWritten } from "./change/hand-written.ts";
import { shortened } from "./change/shortened.ts";
import { editedBlocks } from "./change/edited-blocks.ts";
import { goneCode, withUndone, type GoneCode } from "./test-code/gone-code.ts";
import { mayHoldRuleCases, removedRows } from "./assertions/case-rows.ts";
import { isLeftUncalled } from "./assertions/uncalled.ts";
import { bindingsOf } from "./syntax/bindings.ts";
import { missingAssertions } from "./assertions/missing-assertions.ts";
import { valuesIn } from "./assertions/tabled-values.ts";
import { losesItsEnvironment } from "./test-code/gone-environment.ts";
import { isLeftBehind } from "./test-code/left-behind.ts";
import { testsOf, wordsOf, type TestBody } from "./test-code/test-bodies.ts";
import {
  isGeneralized,
  isOverhaul,
  testsOfChange,
  titlesAlike,
  type CodeMatch,
  type TestsOfChange,
} from "./test-code/test-matching.ts";
import { undoneCommits } from "./test-code/undone-commits.ts";

/** How much of what a test holds the code against has to stand in new tests for it to be among them. */
const kept = 0.7;

/**
 * Flags tests that were deleted or commented out, assertions that were deleted from a test that stays, and rows that were
 * deleted from a table of cases, the cases of a linter's rule among them.
 *
 * A test that is gone can not fail.
 *
 * Renamed, moved, split, merged and rewritten tests are not gone, nor are tests of code that the change deletes, or that
 * came with a commit which it reverts.
 *
 * Not seen: a test that was replaced, where it stood, by one that looks alike; what is deleted while most tests of a
 * change are rewritten; cases that are read from a file.
 */
export const removedTest: ChangeCheck = {
  id: "removed-test",
  kind: "change",
  summary: "A test or an assertion was deleted, and what it verified is still there",
  in: ["loop", "gate"],

  async inspect(context) {
    const change = await testsOfChange(context);
    const rules = (await handWritten(context)).filter((pair) => !change.pairs.includes(pair) && testsRule(pair));
    if ([...change.pairs, ...rules].every(({ base }) => base === undefined)) return [];
    const gone = goneCode(context);
    const findings = removals(context, change, rules, gone);
    if (findings.length === 0) return findings;
    // Earlier commits are asked for once something seems to be missing.
    return removals(context, change, rules, withUndone(gone, await undoneCommits(context)));
  },
};

/** `rules`: tests of a linter's rules, in which no test is declared by a call. */
function removals(
  context: ChangeContext,
  change: TestsOfChange,
  rules: readonly FilePair[],
  gone: GoneCode,
): readonly Finding[] {
  const tables = change.pairs.filter(({ base }) => base === undefined || !isOverhaul(change, base));
  return [
    ...removedTests(context, change, gone),
    ...removedAssertions(change, gone),
    ...removedRows([...tables, ...rules], gone),
  ];
}

function testsRule({ base, head }: FilePair): boolean {
  return [base, head].some((file) => file !== undefined && mayHoldRuleCases(file));
}

function removedTests(context: ChangeContext, change: TestsOfChange, gone: GoneCode): readonly Finding[] {
  if (change.gone.length === 0) return [];
  const fresh = newMaterial(change);
  const texts = new Set(change.pairs.flatMap(({ head }) => testsOf(head).tests.map(({ text }) => text)));
  // A title that something is still called with is handed to the runner in a way that can not be read.
  const titles = new Set(change.pairs.flatMap(({ head }) => (head ? firstArguments(head) : [])));
  const missing = change.gone.filter(
    ({ test, pair }) =>
      verifies(test) &&
      !isOverhaul(change, test.file) &&
      !texts.has(test.text) &&
      !titles.has(test.title) &&
      !isTestOfGoneCode(test, gone) &&
      !isFileOfGoneCode(pair, gone, context) &&
      !standsIn(fresh, test) &&
      !isInTable(change, test) &&
      !isGeneralized(change, test) &&
      !isMadeInLoop(change, test),
  );
  const removed = missing.filter(({ test }) => !isNextDoor(context, test));
  const files = new Set(removed.map(({ pair }) => pair));
  return [...files].flatMap((pair) =>
    findingsFor(
      pair,
      removed.filter((each) => each.pair === pair).map(({ test }) => test),
    ),
  );
}

function findingsFor(pair: FilePair, tests: readonly TestBody[]): readonly Finding[] {
  const { path } = pair.change;
  const isLink = pair.change.symlink && pair.head === undefined;
  if (pair.head === undefined && pair.change.kind !== "deleted" && !isLink) return [];
  if (pair.change.kind === "deleted" || isLink) {
    const count = tests.length === 1 ? "its test" : `its ${tests.length} tests`;
    const message = `the file ${isLink ? "became a link and lost" : "was deleted with"} ${count}, and the code they verify is still there; keep them, or say why they went`;
    return [{ path, line: null, message }];
  }
  return tests.map((test) => {
    const how = isCommentedOut(pair, test) ? "commented out" : "deleted";
    const message = `the test ${quoted(test.title)} was ${how}, and the code it verifies is still there; keep it, or say why it went`;
    return { path, line: headLine(pair, test.file.lineOf(test.node.start)), message };
  });
}

function removedAssertions(change: TestsOfChange, gone: GoneCode): readonly Finding[] {
  const adopted = assertionsAdopted(change, gone);
  return missingAssertions(change).flatMap((missing) => {
    if (isOverhaul(change, missing.match.base.file)) return [];
    const lost = missing.lost.filter(
      ({ node, text }) =>
        !gone.mentioned(node, missing.match.base.file) && !adopted.has(placed(missing.match.head.file, text)),
    );
    if (lost.length <= allowance(missing.match)) return [];
    const { match } = missing;
    const first = lost[0]?.node ?? match.base.node;
    const rest = lost.length > 1 ? ` and ${lost.length - 1} more` : "";
    const message = `${quoted(match.base.file.text.slice(first.start, first.end), 70)}${rest} was deleted from ${match.head.title === "" ? "what tests call" : "a test that stays"}; keep it, or say why it went`;
    return [
      {
        path: match.head.file.path,
        line: match.head.title === "" ? null : match.head.file.lineOf(match.head.node.start),
        message,
      },
    ];
  });
}

/**
 * Assertions that a file has now from a test of code that is gone, which nobody had to keep: another of the file that says
 * the same is there still.
 */
function assertionsAdopted({ matches }: TestsOfChange, gone: GoneCode): ReadonlySet<string> {
  const adopting = matches.filter(({ base }) => gone.deletedFor(base.file));
  return new Set(adopting.flatMap(({ head }) => head.assertions.map(({ text }) => placed(head.file, text))));
}

function placed({ path }: SourceFile, text: string): string {
  return `${path} ${text}`;
}

/** A test under another title is about something else by then, and some of what it asserted may be about the former. */
function allowance({ base, head }: CodeMatch): number {
  return base.title === head.title ? 0 : base.assertions.length / 2;
}

/** Was it run, and could it fail? */
function verifies({ call, body, assertions }: TestBody): boolean {
  const leftOut = call.name.startsWith("x") || call.modifiers.some(({ name }) => /^(?:skip|todo|fixme)$/.test(name));
  return body !== undefined && !leftOut && (assertions.length > 0 || wordsOf(body).size > 0);
}

function isTestOfGoneCode({ node, file }: TestBody, gone: GoneCode): boolean {
  return gone.deletedFor(file) || gone.mentioned(node, file);
}

/** Was a file deleted of which most tests are of code that is gone, or left behind? The others went round it. */
function isFileOfGoneCode({ base, change }: FilePair, gone: GoneCode, { pairs }: ChangeContext): boolean {
  if (change.kind !== "deleted" || base === undefined) return false;
  if (isLeftBehind(base, pairs) || losesItsEnvironment(base, pairs)) return true;
  const { tests } = testsOf(base);
  return tests.filter((test) => isTestOfGoneCode(test, gone)).length > tests.length / 2;
}

/** Words that tests of the change gained, those that were taken from a test that is gone among them. */
function newMaterial({ pairs, gone }: TestsOfChange): ReadonlySet<string> {
  const fresh = new Set<string>();
  const taken = new Map<string, number>();
  for (const { test } of gone)
    for (const [word, count] of wordsOf(test.node)) taken.set(word, (taken.get(word) ?? 0) + count);
  for (const { base, head } of pairs) {
    const before = base ? wordsOf(base.program) : new Map<string, number>();
    const idle = head ? idleWords(head) : new Map<string, number>();
    for (const [word, count] of head ? wordsOf(head.program) : [])
      if (count - (idle.get(word) ?? 0) > (before.get(word) ?? 0) - (taken.get(word) ?? 0)) fresh.add(word);
  }
  return fresh;
}

/** Of functions that nothing calls. */
function idleWords(file: SourceFile): ReadonlyMap<string, number> {
  const idle = new Map<string, number>();
  for (const node of file.role === "test" ? descendants(file.program) : []) {
    if (!isLeftUncalled(file, node, bindingsOf(file).parentOf(node)) || isExported(file, node)) continue;
    for (const [word, count] of wordsOf(node)) idle.set(word, (idle.get(word) ?? 0) + count);
  }
  return idle;
}

function isExported(file: SourceFile, { start }: Node): boolean {
  return file.program.body.some((each) => each.type.startsWith("Export") && each.start <= start && start < each.end);
}

/** Are the values of the test among what is new, in a table or a data file, say? */
function standsIn(fresh: ReadonlySet<string>, test: TestBody): boolean {
  const values = test.assertions.flatMap(({ node }) => [...wordsOf(node).keys()]);
  const telling = [...new Set(values)].filter((word) => !/^[\w$]{1,2}$|^[A-Za-z_$][\w$]*$/.test(word));
  return telling.length > 0 && telling.filter((word) => fresh.has(word)).length / telling.length >= kept;
}

/** Is there a new table of cases that is called much the same? */
function isInTable({ added, matches }: TestsOfChange, test: TestBody): boolean {
  return (
    added.some((table) => isTable(table) && (titlesAlike(table.title, test.title) >= 0.5 || holdsMany(table, test))) ||
    matches.some(({ base, head }) => isTable(head) && !isTable(base) && holdsValues(head, test))
  );
}

function isTable({ call }: TestBody): boolean {
  return call.modifiers.some(({ name }) => name === "each" || name === "for");
}

/** Do the values that a test asserts stand in the rows of a table? */
function holdsValues({ node }: TestBody, { assertions }: TestBody): boolean {
  const rows = new Set(valuesIn(node));
  const values = assertions.flatMap((assertion) => valuesIn(assertion.node));
  return values.length > 0 && values.filter((value) => rows.has(value)).length / values.length >= kept;
}

/** Do more than the few values that any table might have? */
function holdsMany(table: TestBody, test: TestBody): boolean {
  const values = new Set(test.assertions.flatMap((assertion) => valuesIn(assertion.node)));
  return values.size > 2 && table.file.path === test.file.path && holdsValues(table, test);
}

/** Are there new tests in its file, all from one place, that get their titles from data? */
function isMadeInLoop({ added }: TestsOfChange, { file }: TestBody): boolean {
  return added.some(
    (test) => test.file.path === file.path && isLoop(test) && (test.assertions.length > 0 || runsWhatAsserts(test)),
  );
}

/** Is it handed something of its file that asserts? `test(macro, type)` in ava, which asks the macro for the title. */
function runsWhatAsserts({ call, file }: TestBody): boolean {
  const { tests, rest } = testsOf(file);
  const asserting = [...tests, rest].flatMap((code) => code?.assertions ?? []);
  return call.args.some((arg) => {
    const handed = arg.type === "Identifier" ? bindingsOf(file).bindingOf(arg)?.node : undefined;
    return handed && asserting.some(({ node }) => handed.start <= node.start && node.end <= handed.end);
  });
}

function isLoop({ call, file }: TestBody): boolean {
  const [title] = call.args;
  if (title === undefined || constantString(title) !== undefined) return false;
  return [...descendants(file.program)].some(
    (node) => isRepeating(node) && node.start <= call.node.start && call.node.end <= node.end,
  );
}

function isRepeating(node: Node): boolean {
  if (node.type === "ForOfStatement" || node.type === "ForInStatement" || node.type === "ForStatement") return true;
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { property } = node.callee;
  return property.type === "Identifier" && (property.name === "forEach" || property.name === "map");
}

/** Has another file of the folder a test of that title, with the same assertions? Then one of two went. */
function isNextDoor(context: ChangeContext, test: TestBody): boolean {
  if (test.title === "" || test.assertions.length === 0) return false;
  const { path } = test.file;
  const { workspace } = context;
  const others = workspace.tree.files.filter(
    (file) => file.path !== path && dirOf(file.path) === dirOf(path) && roleOf(file.path) === "test",
  );
  return others.some(
    (other) =>
      workspace.readText(other.path)?.includes(test.title) &&
      testsOf(context.parse(other.path)).tests.some(
        ({ title, assertions }) => title === test.title && assertions.length >= test.assertions.length,
      ),
  );
}

function firstArguments({ program }: SourceFile): readonly string[] {
  return [...calls(program)].flatMap(({ arguments: [first] }) => (first ? (constantString(first) ?? []) : []));
}

function isCommentedOut({ head }: FilePair, { title }: TestBody): boolean {
  return title !== "" && (head?.comments.some(({ value }) => value.includes(title)) ?? false);
}

/** Where a line of the base would stand. */
function headLine({ baseText, headText, head }: FilePair, line: number): number {
  let shift = 0;
  for (const block of editedBlocks(baseText ?? "", headText ?? "")) {
    if (line < block.base.start) break;
    if (line <= block.base.end) return Math.min(block.head.start, head?.text.split("\n").length ?? 1);
    shift = block.head.end - block.base.end;
  }
  return line + shift;
}

function quoted(text: string, length = 60): string {
  return `\`${shortened(text.replaceAll(/\s+/g, " "), length)}\``;
}
