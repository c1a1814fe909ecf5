import type { ChangeCheck, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import type { SourceFile } from "../model/source-file.ts";
import { handWritten } from "./change/hand-written.ts";
import { shortened } from "./change/shortened.ts";
import { hasOwnTests, PatienceOfFile, type Patience, type PatienceKind } from "./test-code/patience.ts";
import { testsOfChange, type TestMatch } from "./test-code/test-matching.ts";
import { setsForAll } from "./test-code/test-signs.ts";

/** What holds where nothing is said: no second try, the limit of most runners in milliseconds, and all sanitizers on. */
const defaults: Readonly<Record<PatienceKind, number>> = {
  retries: 0,
  "time limit": 5000,
  sanitizeOps: 0,
  sanitizeResources: 0,
  sanitizeExit: 0,
};
const allKinds: readonly PatienceKind[] = ["retries", "time limit", "sanitizeOps", "sanitizeResources", "sanitizeExit"];
const defaultOfPlaywright = 30_000;

/**
 * Flags retries that were added or raised, time limits that were raised, and sanitizers of Deno that were switched off, for
 * tests that the base had.
 *
 * A test that passes at the third attempt hides that the code fails two times in three.
 *
 * Not seen: waits and polling inside a test, and settings that come from the environment.
 */
export const relaxedTest: ChangeCheck = {
  id: "relaxed-test",
  kind: "change",
  summary: "A test may be tried again, or take longer, than before",
  in: ["loop", "gate"],

  async inspect(context) {
    const change = await testsOfChange(context);
    const read = reader();
    const found = new Map<Patience["node"], Finding>();
    for (const match of change.matches) {
      for (const kind of allKinds) {
        const relaxed = relaxedIn(match, kind, read);
        if (relaxed)
          found.set(relaxed.node, findingAt(match.head.file, relaxed, read.of(match.base.file).of(match.base, kind)));
      }
    }
    return [...found.values(), ...(await handWritten(context)).flatMap((pair) => setUp(pair, read))];
  },
};

interface Reader {
  of(file: SourceFile): PatienceOfFile;
}

function reader(): Reader {
  const known = new Map<SourceFile, PatienceOfFile>();
  return {
    of(file) {
      const found = known.get(file) ?? new PatienceOfFile(file);
      known.set(file, found);
      return found;
    },
  };
}

function relaxedIn({ base, head }: TestMatch, kind: PatienceKind, read: Reader): Patience | undefined {
  const now = read.of(head.file).of(head, kind);
  if (now === undefined) return undefined;
  const before = read.of(base.file).of(base, kind);
  return now.amount > (before?.amount ?? defaultFor(kind, base.file)) ? now : undefined;
}

/** Files without tests that set it for all: what is run before them. */
function setUp({ base, head }: FilePair, read: Reader): readonly Finding[] {
  if (!head || !setsForAll.test(head.text) || hasOwnTests(head) || (base && hasOwnTests(base))) return [];
  const before = base ? read.of(base).ofAll() : [];
  return read
    .of(head)
    .ofAll()
    .filter(
      ({ kind, amount }) => amount > (before.findLast((each) => each.kind === kind)?.amount ?? defaultFor(kind, head)),
    )
    .map((each) =>
      findingAt(
        head,
        each,
        before.findLast(({ kind }) => kind === each.kind),
      ),
    );
}

function defaultFor(kind: PatienceKind, file: SourceFile): number {
  const isPlaywright = kind === "time limit" && file.text.includes("@playwright/test");
  return isPlaywright ? defaultOfPlaywright : defaults[kind];
}

function findingAt(file: SourceFile, { kind, node }: Patience, before: Patience | undefined): Finding {
  const text = file.text.slice(node.start, node.end).replaceAll(/\s+/g, " ");
  const shown = `\`${shortened(text, 50)}\``;
  if (kind !== "retries" && kind !== "time limit") {
    const message = `${shown} lets a test leave open what it had to close; close it in the test`;
    return { path: file.path, line: file.lineOf(node.start), message };
  }
  const verb = kind === "retries" ? (before ? "raises the retries" : "adds retries") : "raises the time limit";
  const message = `${shown} ${verb} of tests that did ${before ? "with less" : "without"}; find out why they fail or are slow`;
  return { path: file.path, line: file.lineOf(node.start), message };
}
