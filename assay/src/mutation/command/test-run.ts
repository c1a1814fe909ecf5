// One run of a test command in a copy of the repository, with one mutant on or none.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { AssayError } from "../../model/errors.ts";
import { ancestors, type RepoPath } from "../../model/paths.ts";
import { ownTemporary } from "../own-temporary.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import type { ProgramCall, TestCommand } from "../../tools/runners/test-command.ts";
import { tellingLine, type ReportedFailure, type TestReport } from "../../tools/runners/test-report.ts";
import type { Failure } from "../worker/protocol.ts";
import { readFacts, type Control, type Facts } from "./facts.ts";

export interface TestRun {
  /** `unknown`: it ended well, and does not say that its tests did. */
  readonly outcome: "passed" | "failed" | "timeout" | "unknown";
  readonly failure: Failure | null;
  /** The failing test's file, absolute, in the copy. */
  readonly failedFile: string | null;
  /** Null where the program can not be read. */
  readonly tests: number | null;
  /** The files whose tests were executed, absolute, in the copy; empty where nobody says. */
  readonly files: readonly string[];
  readonly facts: Facts;
  readonly durationMs: number;
  readonly exitCode: number | null;
}

/** Where commands are run. Paths are absolute. */
export interface Place {
  readonly host: Host;
  /** Of the repository. */
  readonly root: string;
  /** Of the copy. */
  readonly copy: string;
  readonly control: string;
  /** What instrumented code loads. */
  readonly program: string;
  /** A folder for what runs leave to be read. */
  readonly notes: string;
}

export interface RunRequest {
  readonly mutant: number | null;
  readonly rounds: Control["rounds"];
  /** Absolute, in the copy; null: all. */
  readonly files: readonly string[] | null;
  readonly limitMs: number;
}

/** @throws AssayError when the run was interrupted, or the program could not be started. */
export async function runTests(place: Place, command: TestCommand, request: RunRequest): Promise<TestRun> {
  const { mutant, rounds, files, limitMs } = request;
  const facts = join(place.notes, "facts");
  const report = join(place.notes, "report.jsonl");
  for (const path of [facts, report]) rmSync(path, { recursive: true, force: true });
  mkdirSync(facts, { recursive: true });
  writeFileSync(place.control, JSON.stringify({ mutant, facts, rounds } satisfies Control));
  const access = { reads: [place.program, place.control, facts], writes: [facts] };
  const call = command.call(files, mutant !== null, access);
  const outcome = await runProgram(place, command.dir, call, { ASSAY_TEST_REPORT: report }, limitMs);
  const text = existsSync(report) ? readFileSync(report, "utf8") : "";
  return toRun(outcome, command.read(outcome, text), readFacts(facts));
}

/** @throws AssayError as `runTests` does. */
export async function runProgram(
  { host, root, copy }: Place,
  dir: RepoPath,
  call: ProgramCall,
  env: ProgramCall["env"],
  timeoutMs: number,
): Promise<ProcessOutcome> {
  const cwd = join(copy, dir);
  const outcome = await host.run({
    file: call.file,
    args: call.args,
    cwd,
    env: { ...surroundings(root, copy, dir), ...ownTemporary(host.scratch), PWD: cwd, ...call.env, ...env },
    timeoutMs,
  });
  if (host.signal.aborted || performance.now() >= host.deadline) throw runIsOver();
  if (outcome.spawnError !== null)
    throw new AssayError("tool-missing", `${call.file} could not be started: ${outcome.spawnError}`);
  return outcome;
}

export function runIsOver(): AssayError {
  return new AssayError("interrupted", "The run ended before mutation testing did");
}

/** As a package manager would start it in the copy, though it may be one that has started us in the repository. */
function surroundings(root: string, copy: string, dir: RepoPath): Record<string, string | undefined> {
  const folders = dir === "" ? [dir] : [dir, ...ancestors(dir), ""];
  const commands = [...new Set(folders)].map((folder) => join(copy, folder, "node_modules", ".bin"));
  const path = (process.env["PATH"] ?? "").replaceAll(`${root}/`, `${copy}/`);
  const ofManager = Object.keys(process.env).filter((name) => /^npm_(?:package|lifecycle|config_local)_/.test(name));
  return {
    ...Object.fromEntries(ofManager.map((name) => [name, undefined])),
    PATH: [...commands, path].join(delimiter),
    INIT_CWD: undefined,
    // pnpm would look whether the installation fits, and mend it.
    npm_config_verify_deps_before_run: "false",
    pnpm_config_verify_deps_before_run: "false",
  };
}

function toRun(outcome: ProcessOutcome, report: TestReport | null, facts: Facts): TestRun {
  const reported = report?.failures[0] ?? report?.errors?.[0];
  const { exitCode, durationMs } = outcome;
  const common = {
    failedFile: reported?.file ?? null,
    tests: report?.executed ?? null,
    files: (report?.executedFiles ?? []).filter((file) => file !== ""),
    facts,
    durationMs,
    exitCode,
  };
  if (outcome.timedOut || facts.stopped) return { ...common, outcome: "timeout", failure: null };
  if (exitCode !== 0) return { ...common, outcome: "failed", failure: failureOf(outcome, reported) };
  const trouble = doubtOf(outcome, report);
  if (trouble !== null) return { ...common, outcome: "unknown", failure: { test: null, message: trouble } };
  return { ...common, outcome: "passed", failure: null };
}

/** Why a run that ended well is none that passed. */
function doubtOf({ stdout, stderr }: ProcessOutcome, report: TestReport | null): string | null {
  if (report === null) return noTests.test(`${stdout}\n${stderr}`) ? "no test was run" : null;
  if (report.failures.length > 0) return "it reports failed tests and ends with exit code 0";
  if (report.errors === null || report.damaged || !report.complete)
    return "it ended with exit code 0 before its report was complete";
  return report.executed === 0 ? "no test was run" : null;
}

/** As jasmine, lab, tap and uvu say it. */
const noTests =
  /^\s*(?:(?:#\s*)?(?:tests|total):?\s+0|0 (?:tests|specs|passing)\b.*|no (?:tests|specs) (?:were )?found.*)$/im;

function failureOf(
  { stdout, stderr, signal, exitCode }: ProcessOutcome,
  reported: ReportedFailure | undefined,
): Failure {
  if (reported) return { test: reported.name, message: firstLine(reported.message) };
  const end = signal === null ? `exit code ${String(exitCode)}` : `ended by ${signal}`;
  return { test: null, message: tellingLine(`${stdout}\n${stderr}`) || end };
}

function firstLine(text: string): string {
  return (text.trim().split("\n", 1)[0] ?? "").slice(0, 300);
}
