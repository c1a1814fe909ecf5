// A test command without a process: what it is started for is told, and a test says what becomes of it.
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repoPath } from "../../model/paths.ts";
import type { Command, Host, ProcessOutcome } from "../../model/process.ts";
import { readReport, type ReportLine } from "../../tools/runners/test-report.ts";
import type { TestCommand } from "../../tools/runners/test-command.ts";
import type { Control, Fact } from "../command/facts.ts";
import type { MutationReport } from "../report.ts";
import type { MutationRequest } from "../request.ts";
import { runMutation } from "../run.ts";
import { temporaryFolder } from "./project.ts";
import { scriptedHost } from "./scripted-host.ts";
import { oneFunction, requestOf } from "./scripted-session.ts";

/** What a run of the tests was started for. */
export interface Asked {
  readonly mutant: number | null;
  /** Paths from the root; null: all. */
  readonly files: readonly string[] | null;
  /** Is the source in the copy instrumented? */
  readonly isInstrumented: boolean;
  readonly rounds: Control["rounds"];
  readonly command: Command;
  /** The copy's root. */
  readonly copy: string;
}

/** What becomes of a run, or of a line that prepares for one: it ends well, unless this says otherwise. */
export interface Ended extends Partial<ProcessOutcome> {
  /** That the source is loaded, and its only function executed, with the mutant if it is on, unless given. */
  readonly facts?: readonly Fact[];
  /** What the runner's reporter has written; nothing, unless given. */
  readonly report?: readonly ReportLine[];
}

export interface Script {
  readonly run: (asked: Asked) => Ended;
  /** A line for a shell. */
  readonly prepare?: (line: string, copy: string) => Ended;
  readonly command?: Partial<TestCommand>;
  readonly testFiles?: readonly string[];
  readonly request?: Partial<MutationRequest>;
  readonly host?: Partial<Host>;
  /** Is told where the repository is. */
  readonly onRoot?: (root: string) => void;
}

const source = "src/a.ts";

/** The one function is loaded and executed, and with it the only mutant's place. */
export const reaching: readonly Fact[] = [
  ["loaded", 0],
  ["reached", 0],
  ["executed", 0],
  ["executed", 1],
];

/** With this number no code is another. */
export const control = 1;

/** Tries the only mutant of one function in this way. */
export async function mutateScripted(script: Script): Promise<MutationReport> {
  // Without installed packages, which take time to be linked.
  const root = temporaryFolder("assay-command-");
  const files = { "package.json": "{}", [source]: oneFunction, "test/a.test.js": "", "test/b.test.js": "" };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  script.onRoot?.(root);
  const command = { ...plainCommand, ...script.command };
  const testFiles = (script.testFiles ?? []).map((path) => repoPath(path));
  const request: MutationRequest = {
    ...requestOf(0),
    root,
    files: Object.keys(files).map((path) => repoPath(path)),
    commands: [{ command, testFiles }],
    longestCommandMs: 60_000,
    ...script.request,
  };
  const run = (started: Command): Promise<ProcessOutcome> => Promise.resolve(answer(script, started));
  return runMutation({ ...scriptedHost({ said: [], ending: "end" }), run, ...script.host }, request);
}

const plainCommand: TestCommand = {
  tool: "test script",
  label: "npm run test",
  dir: repoPath(""),
  evidence: repoPath("package.json"),
  prepare: [],
  build: null,
  takesFiles: false,
  accepts: () => true,
  call: (files, stops) => ({ file: "tests", args: [...(files ?? []), ...(stops ? ["--stop"] : [])], env: {} }),
  read: (_outcome, report) => (report === "" ? null : readReport(report)),
};

function answer({ run, prepare = () => ({}) }: Script, started: Command): ProcessOutcome {
  const reportFile = started.env?.["ASSAY_TEST_REPORT"];
  if (reportFile === undefined) return outcomeOf(prepare(started.args.at(-1) ?? "", started.cwd));
  const at = dirname(dirname(reportFile));
  const control = JSON.parse(readFileSync(join(at, "control.json"), "utf8")) as Control;
  const copy = join(at, "repository");
  const files = started.args.filter((word) => word !== "--stop").map((file) => file.slice(copy.length + 1));
  const isInstrumented = readFileSync(join(copy, source), "utf8") !== oneFunction;
  const { mutant, rounds, facts: folder } = control;
  const ended = run({ mutant, rounds, copy, isInstrumented, command: started, files: files.length > 0 ? files : null });
  const { facts = mutant === 0 ? [...reaching, ["hit"]] : reaching, report = [] } = ended;
  mkdirSync(folder, { recursive: true });
  // Each run is a process of its own.
  writeFileSync(join(folder, randomUUID()), facts.map((fact) => `${fact.join(" ")}\n`).join(""));
  if (report.length > 0) writeFileSync(reportFile, report.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return outcomeOf(ended);
}

function outcomeOf({ facts: _facts, report: _report, ...given }: Ended): ProcessOutcome {
  const usual = { exitCode: 0, signal: null, spawnError: null, timedOut: false, stdout: "", stderr: "" };
  return { ...usual, truncated: false, durationMs: 100, ...given };
}
