// Is what tests noticed that were rewritten or deleted still noticed?
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Finding, TaskOutcome } from "../model/finding.ts";
import type { Host } from "../model/process.ts";
import type { RepoPath } from "../model/paths.ts";
import { Overlay } from "./command/overlay.ts";
import type { Mutator } from "./mutator.ts";
import { isStopped, type MutantResult } from "./report.ts";
import type { MutationRequest, Replay, RunnerPlace } from "./request.ts";
import { runMutation } from "./run.ts";
import { shorten, shownEdit } from "./shown-code.ts";

/** Tests that were rewritten or deleted, as they were. */
export interface FormerTests {
  readonly files: ReadonlySet<RepoPath>;
  /** What they read like before, by absolute path; helpers of theirs, and what they read, included. */
  readonly texts: Replay["texts"];
  /** Those of all these files that are not there any more. */
  readonly gone: readonly RepoPath[];
  /** Where they were run. */
  readonly runners: readonly RunnerPlace[];
  readonly loads: MutationRequest["loads"];
}

/**
 * Tries mutants of the request's files against the former tests, and those that were noticed against all tests as they
 * are. What nobody notices any more is a finding.
 *
 * Where the former tests fail on the code as it is now they tell nothing.
 */
export async function findWeakened(
  host: Host,
  request: MutationRequest,
  former: FormerTests,
  mutators: readonly Mutator[],
): Promise<TaskOutcome> {
  const before = await runMutation(host, requestBefore(host, request, former), mutators);
  const [error] = before.errors;
  if (isStopped(before)) return stopped;
  const noticed = new Map(before.mutants.filter(isNoticed).map((result) => [result.mutant.id, result]));
  // A kill has its proof, whatever else went wrong.
  if (noticed.size === 0 && error !== undefined) {
    return { status: "skipped", reason: `the tests of the base tell nothing of this code: ${error.message}` };
  }
  if (noticed.size === 0)
    return { status: "passed", note: `they noticed none of ${counted(before.mutants.length)} before` };
  const replay = { texts: {}, only: new Set(noticed.keys()), isSample: false };
  const asNow = { ...request, runners: noticersFirst(request.runners, before.mutants), replay };
  const now = await runMutation(host, asNow, mutators);
  if (isStopped(now)) return stopped;
  if (now.errors[0]) return { status: "errored", error: now.errors[0] };
  const lost = now.mutants.filter(({ status, acknowledged }) => isLost.has(status) && acknowledged === null);
  if (lost.length === 0)
    return {
      status: "passed",
      note: `${counted(noticed.size)} ${noticed.size === 1 ? "is" : "are"} noticed as before`,
    };
  return { status: "failed", findings: lost.map((result) => toFinding(result, noticed.get(result.mutant.id))) };
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "mutant" : "mutants"}`;
}

const stopped: TaskOutcome = { status: "deferred", remaining: "what the tests of the base noticed" };

/**
 * The former tests are put in the place of those that are there, where that will do. What is gone, and what a command is
 * to run, needs files: they lie in a copy of the repository.
 */
function requestBefore(host: Host, request: MutationRequest, former: FormerTests): MutationRequest {
  const { runners, loads, gone, texts } = former;
  const commands = request.commands
    .map(({ command, testFiles }) => ({ command, testFiles: testFiles.filter((file) => former.files.has(file)) }))
    .filter(({ testFiles }) => testFiles.length > 0);
  // Only what is noticed counts: what the compiler says of the rest is of no interest.
  const common = { ...request, runners, commands, loads, compilersOf: () => Promise.resolve([]) };
  if (gone.length === 0 && commands.length === 0) return { ...common, replay: { texts, only: null, isSample: true } };
  const files = [...request.files, ...gone];
  const { root } = new Overlay({ root: request.root, paths: files, texts }, join(host.scratch, randomUUID()));
  return { ...common, root, files, replay: { texts: {}, only: null, isSample: true } };
}

/** What noticed them before is most likely to notice them now. */
function noticersFirst(runners: readonly RunnerPlace[], results: readonly MutantResult[]): readonly RunnerPlace[] {
  const noticers = new Set(results.map(({ killedBy }) => killedBy?.file));
  return runners.map(({ start, testFiles }) => ({
    start,
    testFiles: [...testFiles.filter((file) => noticers.has(file)), ...testFiles.filter((file) => !noticers.has(file))],
  }));
}

function isNoticed({ status }: MutantResult): boolean {
  return status === "killed" || status === "timeout";
}

const isLost: ReadonlySet<MutantResult["status"]> = new Set(["survived", "no-coverage"]);

function toFinding({ mutant, around }: MutantResult, before: MutantResult | undefined): Finding {
  const [original, replacement] = shownEdit(mutant, around, 32);
  const test = before?.killedBy?.test;
  const who = test === null || test === undefined ? "it" : `"${shorten(test, 40)}"`;
  return {
    path: before?.killedBy?.file ?? mutant.path,
    line: null,
    message: `${who} noticed ${original} → ${replacement} in ${mutant.path}:${mutant.line} before this change, and no test does now; restore what it asserted`,
  };
}
