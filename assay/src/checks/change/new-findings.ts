// Subtracts what the base had from what the head has.
import type { FilePair, Sighting } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { editedBlocks } from "./edited-blocks.ts";

export type Inspect = (file: SourceFile) => Iterable<Sighting>;

interface Seen {
  readonly file: SourceFile;
  readonly sighting: Sighting;
  readonly line: number;
}

/** What was seen on both sides of one or several files. */
interface Sides {
  readonly base: readonly Seen[];
  readonly head: readonly Seen[];
}

/**
 * What `inspect` sees in the head and did not see in the base.
 *
 * Four things are not new: what stands in the same file with the same fingerprint, what was moved from another file of
 * the change with its fingerprint, what was edited where it stands (inside one block of rewritten lines), and what was
 * edited while its file was split or merged (deleted there, added here).
 *
 * An edit may change all of a fingerprint but its first line, which says what was seen; the others say on what.
 */
export function newFindings(pairs: readonly FilePair[], inspect: Inspect): readonly Finding[] {
  const edited = pairs.filter(isEdited);
  const notInSameFile = edited.map((pair) => subtract(look(pair, inspect), fingerprintOf));
  const notMoved = subtract(joined(notInSameFile), fingerprintOf);
  const notRewritten = edited.map((pair, index) => {
    const base = intersection(notInSameFile[index]?.base, notMoved.base);
    const head = intersection(notInSameFile[index]?.head, notMoved.head);
    return { base, head: withoutRewritten(pair, { base, head }) };
  });
  const deleted = notRewritten.flatMap(({ base }, index) => (edited[index]?.change.kind === "deleted" ? base : []));
  const added = notRewritten.flatMap(({ head }, index) => (edited[index]?.change.kind === "added" ? head : []));
  const split = subtract({ base: deleted, head: added }, kindOf);
  const old = new Set(added.filter((seen) => !split.head.includes(seen)));
  return distinct(
    joined(notRewritten)
      .head.filter((seen) => !old.has(seen))
      .map(toFinding),
  );
}

/** Without what was seen twice on one line. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(findings.map((finding) => [`${finding.path}:${finding.line} ${finding.message}`, finding])).values(),
  ];
}

// A change of mode alone shows the same on both sides.
function isEdited(pair: FilePair): boolean {
  return pair.change.previousPath !== null || pair.baseText !== pair.headText;
}

/** In the head, what stands on untouched lines comes first: where the head has more of a kind, those are the old ones. */
function look(pair: FilePair, inspect: Inspect): Sides {
  const head = sightingsIn(pair.head, inspect);
  const isTouched = ({ line }: Seen): boolean =>
    pair.change.changedLines.some(({ start, end }) => start <= line && line <= end);
  // What it had before is not known, as where the marks of a conflict were committed: what nobody touched is not new.
  if (pair.base && isUnparsed(pair.base)) return { base: [], head: head.filter(isTouched) };
  return {
    base: sightingsIn(pair.base, inspect),
    head: [...head.filter((seen) => !isTouched(seen)), ...head.filter(isTouched)],
  };
}

/** Of a file with lesser errors, as a `return` outside of functions, the parser tells what is in it. */
function isUnparsed({ syntaxErrors, program }: SourceFile): boolean {
  return syntaxErrors.length > 0 && program.body.length === 0;
}

function sightingsIn(file: SourceFile | undefined, inspect: Inspect): readonly Seen[] {
  if (file === undefined) return [];
  return Array.from(inspect(file), (sighting) => ({ file, sighting, line: file.lineOf(sighting.at.start) }));
}

function joined(all: readonly Sides[]): Sides {
  return { base: all.flatMap(({ base }) => base), head: all.flatMap(({ head }) => head) };
}

/** Takes what has the same key on both sides out of both, as often as it occurs in both. */
function subtract({ base, head }: Sides, keyOf: (seen: Seen) => string): Sides {
  const left = new Map<string, Seen[]>();
  for (const seen of base) {
    const same = left.get(keyOf(seen));
    if (same) same.push(seen);
    else left.set(keyOf(seen), [seen]);
  }
  const rest = head.filter((seen) => left.get(keyOf(seen))?.shift() === undefined);
  return { base: [...left.values()].flat(), head: rest };
}

function intersection(some: readonly Seen[] = [], others: readonly Seen[]): readonly Seen[] {
  const wanted = new Set(others);
  return some.filter((seen) => wanted.has(seen));
}

function withoutRewritten(pair: FilePair, { base, head }: Sides): readonly Seen[] {
  if (base.length === 0 || head.length === 0) return head;
  const blocks = editedBlocks(pair.baseText ?? "", pair.headText ?? "");
  const keysOf = (side: "base" | "head") => (seen: Seen) =>
    `${blocks.findIndex((block) => block[side].start <= seen.line && seen.line <= block[side].end)} ${kindOf(seen)}`;
  const before = base.map(keysOf("base"));
  return head.filter((seen) => {
    const index = before.indexOf(keysOf("head")(seen));
    if (index >= 0) before.splice(index, 1);
    return index < 0;
  });
}

function fingerprintOf({ sighting }: Seen): string {
  return sighting.fingerprint ?? sighting.message;
}

function kindOf(seen: Seen): string {
  return fingerprintOf(seen).split("\n", 1)[0] ?? "";
}

function toFinding({ file, line, sighting }: Seen): Finding {
  return { path: file.path, line, message: sighting.message };
}
