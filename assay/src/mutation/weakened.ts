// Do tests that were rewritten still notice what they noticed before?
import type { Finding, TaskOutcome } from "../model/finding.ts";
import type { Host } from "../model/process.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Mutator } from "./mutator.ts";
import type { MutantResult } from "./report.ts";
import type { MutationRequest, Replay } from "./request.ts";
import { runMutation } from "./run.ts";
import { shorten, shownEdit } from "./shown-code.ts";

/** The tests that were rewritten, and what they read like before; helpers of theirs included. */
export interface FormerTests {
  readonly files: ReadonlySet<RepoPath>;
  readonly texts: Replay["texts"];
}

/**
 * Tries mutants of the request's files against the rewritten tests as they were, and those that were noticed against all
 * tests as they are. What nobody notices any more is a finding.
 *
 * Where the former tests fail on the code as it is now they tell nothing.
 */
export async function findWeakened(
  host: Host,
  request: MutationRequest,
  former: FormerTests,
  mutators: readonly Mutator[],
): Promise<TaskOutcome> {
  const runners = request.runners.map((place) => {
    return { start: place.start, testFiles: place.testFiles.filter((file) => former.files.has(file)) };
  });
  const asBefore = { ...request, runners, replay: { texts: former.texts, only: null } };
  const before = await runMutation(host, asBefore, mutators);
  const [error] = before.errors;
  if (error?.code === "interrupted") return { status: "errored", error };
  const noticed = new Map(before.mutants.filter(isNoticed).map((result) => [result.mutant.id, result]));
  // A kill has its proof, whatever else went wrong.
  if (noticed.size === 0 && error !== undefined) {
    return { status: "skipped", reason: `the tests of the base tell nothing of this code: ${error.message}` };
  }
  if (noticed.size === 0)
    return { status: "passed", note: `they noticed none of ${before.mutants.length} mutants before` };
  const asNow = { ...request, replay: { texts: {}, only: new Set(noticed.keys()) } };
  const now = await runMutation(host, asNow, mutators);
  if (now.errors[0]) return { status: "errored", error: now.errors[0] };
  const lost = now.mutants.filter(({ status, acknowledged }) => isLost.has(status) && acknowledged === null);
  if (lost.length === 0) return { status: "passed", note: `${noticed.size} mutants are noticed as before` };
  return { status: "failed", findings: lost.map((result) => toFinding(result, noticed.get(result.mutant.id))) };
}

function isNoticed({ status }: MutantResult): boolean {
  return status === "killed" || status === "timeout";
}

const isLost: ReadonlySet<MutantResult["status"]> = new Set(["survived", "no-coverage"]);

function toFinding({ mutant, around }: MutantResult, before: MutantResult | undefined): Finding {
  const [original, replacement] = shownEdit(mutant, around, 32);
  const test = before?.killedBy?.test;
  const who = test === null || test === undefined ? "it" : `"${shorten(test, 40, "start")}"`;
  return {
    path: before?.killedBy?.file ?? mutant.path,
    line: null,
    message: `${who} noticed ${original} → ${replacement} in ${mutant.path}:${mutant.line} before this change, and no test does now; restore what it asserted`,
  };
}
