import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isAmongTests } from "../source/role.ts";
import { handWritten } from "./change/hand-written.ts";
import { shortened } from "./change/shortened.ts";
import { silencedEvents, workOf, type Work } from "./errors/dropped-errors.ts";
import { maySwallow } from "./errors/error-signs.ts";
import { testsOfChange } from "./test-code/test-matching.ts";

/**
 * Flags code whose error came through at the base and is dropped now: a `try` with a `catch` that does nothing but print
 * was put around it, or `.catch(() => {})` behind it, or the `catch` that was there does nothing any more. So are errors
 * that end the process unless somebody listens, where somebody listens and does nothing.
 *
 * The error is still there, and nobody gets to see it: to suppress it is an agent's first instinct.
 *
 * Left alone is what a changed test of the function may pin, what only tidies up, and functions that say by their name
 * that they ask or try.
 *
 * Not seen: an error that is handed to a logger and forgotten, and new code that drops its errors from the start.
 */
export const swallowedError: ChangeCheck = {
  id: "swallowed-error",
  kind: "change",
  summary: "An error that came through is dropped now",
  in: ["loop", "gate"],

  async inspect(context) {
    const found = (await handWritten(context)).flatMap(newlyDropped);
    if (found.length === 0) return [];
    const tests = await changedTests(context);
    return found
      .filter((each) => !tests.some((words) => pins(words, each)))
      .map(({ file, at, message }) => ({ path: file.path, line: file.lineOf(at), message }));
  },
};

interface Dropped {
  readonly file: SourceFile;
  readonly at: number;
  readonly message: string;
  readonly owner: string | undefined;
}

/** Once for each place that drops. */
function newlyDropped({ base, head }: FilePair): readonly Dropped[] {
  if (!base || head?.role !== "source" || isAmongTests(head.path) || !maySwallow(head.text)) return [];
  const known = new Set(silencedEvents(base).map(({ event }) => event));
  const silenced = silencedEvents(head).filter(({ event }) => !known.has(event));
  const before = countsOf(workOf(base));
  const work = workOf(head);
  const after = countsOf(work);
  const found = new Map<number, Dropped>();
  for (const { text, dropper, owner } of work) {
    if (dropper === undefined || found.has(dropper.start) || asks.test(owner ?? "")) continue;
    const [was, is] = [before.get(keyOf(text)), after.get(keyOf(text))];
    const isNew = was !== undefined && is !== undefined && was.open > is.open && was.dropped < is.dropped;
    if (isNew) found.set(dropper.start, { file: head, at: dropper.start, message: messageOf(text), owner });
  }
  const events = silenced.map(({ start, event }) => {
    const message = `\`${event}\` ended the process before, and is dropped here; let it end, or answer it`;
    return { file: head, at: start, message, owner: undefined };
  });
  return [...found.values(), ...events];
}

/** Names of functions that ask whether something can be done, or may fail by their name. */
const asks =
  /^_?(?:is|has|can|supports|try|safe|safely|maybe|attempt|ignore|silent|quiet|optional|guess|detect|probe)(?![a-z])/;

interface Counts {
  open: number;
  dropped: number;
}

function countsOf(work: readonly Work[]): ReadonlyMap<string, Readonly<Counts>> {
  const counts = new Map<string, Counts>();
  for (const { text, dropper } of work) {
    const own = counts.get(keyOf(text)) ?? { open: 0, dropped: 0 };
    own[dropper === undefined ? "open" : "dropped"]++;
    counts.set(keyOf(text), own);
  }
  return counts;
}

/** The same however its lines are broken. */
function keyOf(text: string): string {
  return text.replaceAll(/\s/g, "").replaceAll(/,(?=[)\]}])/g, "");
}

/** The words of the files whose tests the change adds or edits, and of changed ones that declare their tests otherwise. */
async function changedTests(context: ChangeContext): Promise<readonly ReadonlySet<string>[]> {
  const { pairs, added, matches } = await testsOfChange(context);
  const edited = matches.flatMap(({ base, head }) => (base.text === head.text ? [] : [head]));
  const others = (await handWritten(context)).filter((pair) => !pairs.includes(pair) && pair.head?.role === "test");
  const texts = new Set([
    ...[...added, ...edited].map(({ file }) => file.text),
    ...others.flatMap(({ headText }) => headText ?? []),
  ]);
  return [...texts].map((text) => new Set(text.match(/[\w$-]+/g)));
}

/** Does a test speak of the function, or load the module? */
function pins(words: ReadonlySet<string>, { owner, file }: Dropped): boolean {
  const [name = "", folder = ""] = file.path.split("/").toReversed();
  const stem = name.replace(/(?:\.\w+)+$/, "");
  const module = stem !== "index" ? stem : /^(?:src|lib)$/.test(folder) ? undefined : folder;
  return [module, owner].some((each) => each !== undefined && words.has(each));
}

function messageOf(text: string): string {
  return `an error of \`${shortened(text, 60)}\` came through before and is dropped here; let it through, or answer it`;
}
