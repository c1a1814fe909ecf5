// From changed files to mutants and instrumented code.
import { join } from "node:path";
import type { FilePair } from "../model/check.ts";
import type { LineRange } from "../model/change.ts";
import type { ListedMutant, Mutant } from "../model/mutant.ts";
import { byPath, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { holdsMacro } from "./component-macros.ts";
import { findCandidates } from "./candidates.ts";
import { fingerprintsOf, type Parse } from "./fingerprint.ts";
import { placeListed } from "./listed.ts";
import type { Mutator } from "./mutator.ts";
import { findProbes, type Probes } from "./probes.ts";
import { isProgramFile } from "./program-file.ts";
import type { MutationRequest, Replay } from "./request.ts";
import { selectMutants } from "./selection.ts";
import { subjectsIn } from "./subjects.ts";
import { switchNameFor, withMutant, withSwitches, type SwitchPlan } from "./switch.ts";

export interface MutationPlan {
  /** A mutant's number is its index. */
  readonly mutants: readonly Mutant[];
  /** One for each mutant. */
  readonly fingerprints: readonly string[];
  /** What mutants are in, by name. */
  readonly subjects: readonly string[];
  /** Each changed line that does something at run time, with the probes that tell whether it was executed. */
  readonly lines: readonly PlannedLine[];
  /** By number: the file that the loop is in. */
  readonly loops: readonly RepoPath[];
  /** The global that instrumented code calls. */
  readonly switchName: string;
  /** Instrumented contents by absolute path. */
  readonly sources: Readonly<Record<string, string>>;
  /** Files that could not be instrumented. */
  readonly unusable: readonly RepoPath[];
  /** Mutants of the list that can not be compiled in. */
  readonly unplaced: readonly ListedMutant[];
  readonly candidates: number;
  readonly arid: ReadonlyMap<string, number>;
}

export interface PlannedLine {
  readonly path: RepoPath;
  readonly line: number;
  readonly probes: readonly number[];
  /** Is a test asked for that executes it? Not where all that could be edited is left alone. */
  readonly isAskedFor: boolean;
}

/** Which mutants are tried. */
export interface Choice {
  readonly maxMutants: number;
  readonly mutators: readonly Mutator[];
  /** These and no others; null: they are chosen. */
  readonly listed: readonly ListedMutant[] | null;
  readonly support: MutationRequest["support"];
  readonly replay: Replay | null;
  readonly overlooked: MutationRequest["overlooked"];
  readonly doubted: MutationRequest["doubted"];
}

interface ChangedFile {
  readonly file: SourceFile;
  readonly lines: readonly LineRange[];
}

/** Chooses mutants on the changed lines of source files and compiles them in. */
export function planMutation(root: string, pairs: readonly FilePair[], choice: Choice, parse: Parse): MutationPlan {
  const parses = (path: RepoPath, text: string): boolean => parse(path, text).syntaxErrors.length === 0;
  const files = changedSources(pairs).filter(({ file }) => parses(file.path, file.text));
  const texts = new Map(files.map(({ file }) => [file.path, file.text]));
  const isUsable = (mutant: Mutant): boolean => {
    const text = texts.get(mutant.path) ?? "";
    return !holdsMacro(mutant.path, text, mutant) && parses(mutant.path, withMutant(text, mutant));
  };
  const { mutants, candidates, arid, unplaced, asksFor } =
    choice.listed === null ? chosen(files, choice, isUsable) : placed(files, choice.listed, isUsable);

  const switchName = switchNameFor([...texts.values()]);
  const lines: PlannedLine[] = [];
  const sources: Record<string, string> = {};
  const unusable: RepoPath[] = [];
  const loops: RepoPath[] = [];
  let probeCount = 0;
  for (const { file, lines: changed } of files) {
    const probes = findProbes(file, choice.replay === null && !choice.support.has(file.path) ? changed : []);
    const instrumented = withSwitches(file.text, {
      switchName,
      ...numbered(file.path, mutants, probes, { probes: probeCount, loops: loops.length }),
    });
    if (parses(file.path, instrumented)) sources[join(root, file.path)] = instrumented;
    else unusable.push(file.path);
    for (const [line, own] of probes.lines) {
      const numbers = own.map((probe) => probeCount + probe);
      lines.push({ path: file.path, line, probes: numbers, isAskedFor: asksFor(file.path, line) });
    }
    probeCount += probes.probes.length;
    loops.push(...probes.loops.map(() => file.path));
  }
  return {
    mutants,
    fingerprints: fingerprintsIn(files, mutants, parse),
    subjects: files.flatMap(({ file }) => subjectsIn(file, mutants)),
    lines,
    loops,
    switchName,
    sources: { ...sources, ...choice.replay?.texts },
    unusable,
    unplaced,
    candidates,
    arid,
  };
}

interface Chosen extends Pick<MutationPlan, "mutants" | "candidates" | "arid" | "unplaced"> {
  /** Is a test asked for that executes this changed line? */
  readonly asksFor: (path: RepoPath, line: number) => boolean;
}

function chosen(
  files: readonly ChangedFile[],
  { maxMutants, mutators, support, replay, overlooked, doubted }: Choice,
  isUsable: (mutant: Mutant) => boolean,
): Chosen {
  const found = files.map(({ file, lines }) => {
    const all = findCandidates(file, lines, mutators, { elements: doubted.has(file.path) });
    if (!support.has(file.path)) return all;
    const { length } = all.mutants;
    return { ...all, mutants: [], arid: new Map(length === 0 ? [] : [["test-support", length]]) };
  });
  const aridLines = new Map(files.map(({ file }, index) => [file.path, found[index]?.aridLines]));
  const candidates = found.flatMap(({ mutants }) => mutants);
  const late = new Set(found.flatMap((each) => [...each.late]));
  const selected = selectMutants(
    candidates,
    maxMutants,
    isUsable,
    (path) => overlooked.has(path),
    ({ id }) => late.has(id),
  );
  return {
    mutants: selected.filter(({ id }) => replay?.only?.has(id) ?? true),
    candidates: candidates.length,
    arid: sumOf(found.map(({ arid }) => arid)),
    unplaced: [],
    asksFor: (path, line) => aridLines.get(path)?.has(line) !== true,
  };
}

function placed(
  files: readonly ChangedFile[],
  listed: readonly ListedMutant[],
  isUsable: (mutant: Mutant) => boolean,
): Chosen {
  const found = files.map(({ file }) =>
    placeListed(
      file,
      listed.filter(({ path }) => path === file.path),
    ),
  );
  const mutants = found.flatMap((each) => each.mutants).filter(isUsable);
  const usable = new Set(mutants.map(({ id }) => id));
  return {
    mutants,
    candidates: listed.length,
    arid: new Map(),
    unplaced: listed.filter(({ id }) => !usable.has(id)),
    // Whoever lists mutants asks about these.
    asksFor: () => false,
  };
}

function fingerprintsIn(files: readonly ChangedFile[], mutants: readonly Mutant[], parse: Parse): readonly string[] {
  const byFile = new Map(files.map(({ file }) => [file.path, fingerprintsOf(file, parse)]));
  return mutants.map((mutant) => byFile.get(mutant.path)?.(mutant) ?? "");
}

function changedSources(pairs: readonly FilePair[]): ChangedFile[] {
  return pairs
    .flatMap(({ change, head }) => {
      if (!isProgramFile(head) || change.changedLines.length === 0) return [];
      return [{ file: head, lines: change.changedLines }];
    })
    .toSorted((a, b) => byPath(a.file.path, b.file.path));
}

function numbered(
  path: RepoPath,
  mutants: readonly Mutant[],
  { probes, loops }: Probes,
  before: { readonly probes: number; readonly loops: number },
): Omit<SwitchPlan, "switchName"> {
  return {
    mutants: mutants.map((mutant, number) => ({ number, mutant })).filter(({ mutant }) => mutant.path === path),
    probes: probes.map((probe, index) => ({ number: before.probes + index, probe })),
    loops: loops.map((loop, index) => ({ number: before.loops + index, loop })),
  };
}

function sumOf(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const [reason, count] of counts.flatMap((each) => [...each])) sum.set(reason, (sum.get(reason) ?? 0) + count);
  return sum;
}
