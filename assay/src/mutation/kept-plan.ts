// What the numbers of a plan stand for, so that another plan can tell which of its own are meant.
import type { Mutant } from "../model/mutant.ts";
import type { RepoPath } from "../model/paths.ts";
import type { MutationPlan } from "./plan.ts";
import type { Rounds } from "./switch-runtime.ts";

/** Of one source file, in the order of their numbers. */
export interface KeptPlan {
  /** `src/a.ts 12-13 >=`, by number: in the same text it is the same edit. */
  readonly mutants: readonly string[];
  /** By number: the file that the loop is in. */
  readonly loops: readonly RepoPath[];
  readonly lines: readonly { readonly path: RepoPath; readonly line: number; readonly probes: readonly number[] }[];
}

export function toKeptPlan({ mutants, loops, lines }: MutationPlan): KeptPlan {
  return { mutants: mutants.map(textOf), loops, lines };
}

/** Names a mutant for as long as the text of its file is the same. */
export function textOf({ path, start, end, replacement }: Mutant): string {
  return `${path} ${start}-${end} ${replacement}`;
}

/** From the numbers of an earlier plan to those of this one. Holds for files whose text is the same. */
export interface Renumbering {
  mutant(number: number): number | undefined;
  probes(executed: readonly number[]): readonly number[];
  rounds(usual: Rounds): Rounds;
  /** Files of which the earlier plan did not have every mutant and every line. */
  readonly unknown: ReadonlySet<RepoPath>;
  /** Did the earlier plan have nothing else? */
  readonly isSame: boolean;
}

export function renumbering(before: KeptPlan, now: MutationPlan): Renumbering {
  const texts = now.mutants.map(textOf);
  const numbers = new Map(texts.map((text, number) => [text, number]));
  const known = new Set(before.mutants);
  const knownLines = new Set(before.lines.map(lineName));
  const unknown = new Set<RepoPath>();
  for (const [number, { path }] of now.mutants.entries()) if (!known.has(texts[number] ?? "")) unknown.add(path);
  for (const line of now.lines) if (!knownLines.has(lineName(line))) unknown.add(line.path);
  const loops = new Map(loopNames(now.loops).map((name, number) => [name, number]));
  const loopsBefore = loopNames(before.loops);
  return {
    mutant: (number) => numbers.get(before.mutants[number] ?? ""),
    probes(executed) {
      const all = new Set(executed);
      const lines = new Set(before.lines.filter(({ probes }) => probes.some((probe) => all.has(probe))).map(lineName));
      return now.lines.filter((line) => lines.has(lineName(line))).flatMap(({ probes }) => probes);
    },
    rounds(usual) {
      const rounds: (number | undefined)[] = [];
      for (const [number, count] of usual.entries()) {
        const own = loops.get(loopsBefore[number] ?? "");
        if (own !== undefined) rounds[own] = count ?? undefined;
      }
      return rounds;
    },
    unknown,
    isSame: unknown.size === 0 && before.mutants.length === texts.length && before.lines.length === now.lines.length,
  };
}

function lineName({ path, line }: KeptPlan["lines"][number]): string {
  return `${path}:${line}`;
}

/** Loops of one file are told apart by their order. */
function loopNames(loops: readonly RepoPath[]): readonly string[] {
  const counts = new Map<RepoPath, number>();
  return loops.map((path) => {
    const nth = (counts.get(path) ?? 0) + 1;
    counts.set(path, nth);
    return `${path} ${nth}`;
  });
}
