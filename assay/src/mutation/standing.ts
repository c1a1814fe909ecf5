// How far a run had come when it was over too soon, and what became of mutants in numbers.
import type { MutantStatus } from "../model/mutant.ts";
import type { MutantResult, MutationReport } from "./report.ts";
import { mutatorOf } from "./mutators/index.ts";
import { shownEdit } from "./shown-code.ts";

/** Sentences: how many mutants were judged, and which of the others have got past some of the tests. */
export function standingOf({ mutants, pending }: Pick<MutationReport, "mutants" | "pending">): readonly string[] {
  const total = mutants.length + pending.length;
  if (total === 0) return ["nothing was found out before the run was over"];
  const tried = pending.filter(isTried);
  const untried = pending.length - tried.length;
  const open = [
    ...(untried === 0 ? [] : [`${untried} not tried`]),
    ...(tried.length === 0 ? [] : [`${tried.length} not noticed so far`]),
  ];
  const judged = mutants.length === 0 ? [] : [tallyOf(mutants)];
  return [`${[...judged, ...open].join(", ")} (${total} in all)`, ...tried.map(pastSome)];
}

const notKilled: ReadonlySet<MutantStatus> = new Set(["survived", "compile-error", "no-coverage"]);

/** `6 mutants killed, 1 refused by the compiler`: what there is none of is left out, but for those that were killed. */
export function tallyOf(mutants: readonly MutantResult[]): string {
  const countOf = (is: (result: MutantResult) => boolean): number => mutants.filter(is).length;
  const others: readonly (readonly [number, string])[] = [
    [countOf(({ status, acknowledged }) => status === "survived" && acknowledged === null), "survived"],
    [countOf(({ status }) => status === "compile-error"), "refused by the compiler"],
    [
      countOf(({ status, acknowledged }) => status === "survived" && acknowledged !== null),
      "acknowledged as equivalent",
    ],
  ];
  const killed = countOf(({ status }) => !notKilled.has(status));
  return [
    `${killed} ${killed === 1 ? "mutant" : "mutants"} killed`,
    ...others.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])),
  ].join(", ");
}

function isTried({ nearest }: MutantResult): boolean {
  return nearest !== null;
}

function pastSome({ mutant, fingerprint, around, testsRun }: MutantResult): string {
  const [original, replacement] = shownEdit(mutant, around);
  const family = mutatorOf(mutant.mutator)?.family ?? mutant.mutator;
  const tests = testsRun === 0 ? "the tests" : `${testsRun} ${testsRun === 1 ? "test" : "tests"}`;
  return `${mutant.path}:${mutant.line} ${original} → ${replacement} (${family} ${fingerprint}): not noticed by ${tests} so far, which is no proof yet`;
}
