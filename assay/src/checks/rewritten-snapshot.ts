import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { dirOf, joinPath, nameOf } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { lastOf } from "./assertions/assertion-strength.ts";
import type { StatedAssertion } from "./assertions/stated-assertions.ts";
import { constantString } from "./syntax/constants.ts";
import { isRuin, ruinedText, snapshotsIn, type Snapshots } from "./assertions/snapshots.ts";
import { testsOf, type TestBody } from "./test-code/test-bodies.ts";
import { testsOfChange, type TestMatch } from "./test-code/test-matching.ts";
import { isSnapshotFile } from "./test-code/test-signs.ts";
import { shortened } from "./change/shortened.ts";

/**
 * Flags snapshots that pin nothing any more: those that became an error, nothing or something empty, or a line of whose
 * text did, and those that were deleted while their test stays.
 *
 * A snapshot that is written anew says whatever the code gives, right or wrong.
 *
 * Not seen: a snapshot that was rewritten with another value, which is what an intended change of the output looks like.
 */
export const rewrittenSnapshot: ChangeCheck = {
  id: "rewritten-snapshot",
  kind: "change",
  summary: "A snapshot pins nothing any more, and its test stays",
  in: ["loop", "gate"],

  async inspect(context) {
    const files = context.pairs.filter(
      ({ change, baseText }) => baseText !== undefined && isSnapshotFile(change.previousPath ?? change.path),
    );
    const kept = await Promise.all(files.map((pair) => inFile(context, pair)));
    const { matches } = await testsOfChange(context);
    return [...kept.flat(), ...matches.flatMap(inline)];
  },
};

async function inFile(context: ChangeContext, pair: FilePair): Promise<readonly Finding[]> {
  const { path } = pair.change;
  const tests = testFileOf(context, pair);
  if (pair.headText === undefined) {
    if (!tests || !usesSnapshots(tests)) return [];
    const message = `the snapshots of ${tests.path} were deleted, so the next run keeps whatever the code gives; restore them`;
    return [{ path, line: null, message }];
  }
  const [before, after] = await Promise.all([snapshotsIn(path, pair.baseText), snapshotsIn(path, pair.headText)]);
  return [...ruined(pair, before, after), ...(tests ? deleted(pair, before, after, tests) : [])];
}

/** `__snapshots__/x.test.ts.snap` belongs to `x.test.ts`. */
function testFileOf(context: ChangeContext, { change }: FilePair): SourceFile | undefined {
  const base = change.previousPath ?? change.path;
  if (!base.endsWith(".snap")) return undefined;
  const name = nameOf(base).replace(/\.snap$/, "");
  const folder = dirOf(base);
  return context.parse(joinPath(nameOf(folder) === "__snapshots__" ? dirOf(folder) : folder, name));
}

function ruined(pair: FilePair, before: Snapshots, after: Snapshots): readonly Finding[] {
  return [...after].flatMap(([name, value]) => {
    const was = before.get(name);
    if (was === undefined || isRuin(was) || tellsOfErrors(was)) return [];
    const ruin = isRuin(value) ? value : ruinedText(was, value);
    if (ruin === undefined) return [];
    const message = `the snapshot ${shown(name)} was rewritten to ${shown(ruin)}; mend the code, or assert that on purpose`;
    return [{ path: pair.change.path, line: lineOf(pair.headText, name), message }];
  });
}

/** An error may be written in another way. */
function tellsOfErrors(value: string): boolean {
  return /error|invalid|exception/i.test(value);
}

/** Fewer are kept for a test than it asks for. */
function deleted(pair: FilePair, before: Snapshots, after: Snapshots, file: SourceFile): readonly Finding[] {
  return testsOf(file).tests.flatMap((test) => {
    const asked = test.assertions.filter(asksForSnapshot).length;
    const [was, now] = [countFor(test, before), countFor(test, after)];
    if (asked === 0 || was <= now || now >= asked) return [];
    const message = `the snapshot of ${shown(test.title)} was deleted, so the next run keeps whatever the code gives; restore it`;
    return [{ path: pair.change.path, line: null, message }];
  });
}

/** Names are titles, joined as the runner does it, with a number behind. */
function countFor({ fullTitle }: TestBody, snapshots: Snapshots): number {
  const names = new Set([" ", " > "].map((separator) => fullTitle.split(" › ").join(separator)));
  return [...snapshots.keys()].filter((key) => names.has(key.replace(/ \d+$/, ""))).length;
}

function asksForSnapshot({ matcher }: StatedAssertion): boolean {
  return /^toMatchSnapshot$|^toThrowErrorMatchingSnapshot$/.test(lastOf(matcher));
}

function usesSnapshots(file: SourceFile): boolean {
  const { tests, rest } = testsOf(file);
  return [...tests.flatMap(({ assertions }) => assertions), ...(rest?.assertions ?? [])].some(asksForSnapshot);
}

/** Snapshots in the test itself, in the order in which they stand. */
function inline({ base, head }: TestMatch): readonly Finding[] {
  if (base.text === head.text) return [];
  const before = base.assertions.filter(isInline);
  const after = head.assertions.filter(isInline);
  return after.flatMap((assertion, index) => {
    const old = before.find(({ subjectText }) => subjectText === assertion.subjectText) ?? before[index];
    const was = old && valueOf(old);
    if (was === undefined || isRuin(was) || tellsOfErrors(was)) return [];
    const value = valueOf(assertion);
    const at = { path: head.file.path, line: head.file.lineOf(assertion.node.start) };
    if (assertion.args.length === 0)
      return [
        { ...at, message: "an inline snapshot was emptied, so the next run keeps whatever the code gives; restore it" },
      ];
    const ruin = value === undefined || isRuin(value) ? value : ruinedText(was, value);
    if (ruin === undefined) return [];
    return [
      {
        ...at,
        message: `an inline snapshot was rewritten to ${shown(ruin)}; mend the code, or assert that on purpose`,
      },
    ];
  });
}

function isInline({ matcher }: StatedAssertion): boolean {
  return matcher.endsWith("InlineSnapshot");
}

function valueOf({ args }: StatedAssertion): string | undefined {
  const last = args.at(-1);
  return last && constantString(last)?.trim();
}

function lineOf(text: string | undefined, name: string): number | null {
  const index = name === "" ? -1 : (text?.indexOf(name) ?? -1);
  return index < 0 ? null : (text?.slice(0, index).split("\n").length ?? null);
}

function shown(text: string): string {
  const plain = text.replaceAll(/\s+/g, " ");
  return `\`${shortened(plain, 50)}\``;
}
