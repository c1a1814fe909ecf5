// One run of a test runner as a task.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cost, Task } from "../../model/check.ts";
import type { RepoPath } from "../../model/paths.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import type { Workspace } from "../../model/workspace.ts";
import { reachableDirs } from "./runner-uses.ts";
import type { TestBatch } from "./test-selection.ts";
import { judgeTests, type TestRun } from "./test-verdict.ts";

/** How a runner is started in one folder. */
export interface RunnerSetup {
  readonly workspace: Workspace;
  readonly tool: string;
  readonly version: string;
  readonly dir: RepoPath;
  /** Arguments for this Node, up to the files: its own flags, the runner's file, the runner's arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Arguments that depend on the run, not on what is tested; given the folders whose tests are run. */
  hostArgs?(host: Host, dirs: readonly RepoPath[]): Promise<readonly string[]>;
  /** The text of a configuration that stands in for the repository's own; written for each run, outside of it. */
  readonly configuration?: string;
  /** The folders whose tests are run, each of which has to execute one; `dir` unless given. */
  readonly dirs?: readonly RepoPath[];
  /** The arguments that name files; absolute paths. Null: whatever the runner finds. */
  fileArgs(files: readonly string[] | null): readonly string[];
  /** The arguments that send the report to a file, where it isn't the environment that does. */
  reportArgs(report: string): readonly string[];
  /** For a runner whose report is its output: the lines that our reporter would have written. */
  readOutput?(outcome: ProcessOutcome): string;
}

export function testTask(setup: RunnerSetup, batch: TestBatch): Task {
  const { workspace, dir } = setup;
  const run: TestRun = {
    tool: setup.tool,
    label: labelOf(setup, batch),
    root: workspace.root,
    files: batch.files?.length ?? null,
    mayBeEmpty: batch.mayBeEmpty,
    parts: setup.dirs ?? [],
  };
  const files = setup.fileArgs(batch.files?.map((file) => join(workspace.root, file)) ?? null);
  return {
    label: run.label,
    cost: costOf(batch),
    replay: { facts: factsOf(setup, batch), inputs: { kind: "dirs", dirs: inputsOf(setup) } },
    async run(host) {
      const report = join(host.scratch, `${setup.tool.replace(/\W/g, "-")}-${randomUUID()}.jsonl`);
      const outcome = await host.run({
        file: process.execPath,
        args: [...setup.args, ...(await argsOf(setup, host, report)), ...files],
        cwd: join(workspace.root, dir),
        env: { ...setup.env, ...ownVariables, ASSAY_TEST_REPORT: report },
      });
      const text = setup.readOutput?.(outcome) ?? (existsSync(report) ? readFileSync(report, "utf8") : "");
      return judgeTests(run, host, outcome, text);
    },
  };
}

function inputsOf({ workspace, dir, dirs = [dir] }: RunnerSetup): readonly RepoPath[] {
  return [...new Set(dirs.flatMap((each) => reachableDirs(workspace, each)))];
}

async function argsOf(setup: RunnerSetup, host: Host, report: string): Promise<readonly string[]> {
  const hostArgs = (await setup.hostArgs?.(host, setup.dirs ?? [setup.dir])) ?? [];
  return [...hostArgs, ...configurationArgs(setup, host), ...setup.reportArgs(report)];
}

function configurationArgs({ configuration }: RunnerSetup, host: Host): readonly string[] {
  if (configuration === undefined) return [];
  const path = join(host.scratch, `${randomUUID()}.config.mjs`);
  writeFileSync(path, configuration);
  return ["--config", path];
}

/** No rewritten snapshots, and nothing that a runner around us has told its own tests. */
export const ownVariables = {
  UPDATE_SNAPSHOT: undefined,
  NODE_TEST_CONTEXT: undefined,
  VITEST: undefined,
  JEST_WORKER_ID: undefined,
};

function labelOf({ tool, dir, dirs }: RunnerSetup, { files }: TestBatch): string {
  const place = dirs === undefined ? dir : `${dirs.length} packages`;
  const where = place === "" ? tool : `${tool} in ${place}`;
  if (files === null) return where;
  return `${where}, ${files.length === 1 ? files.join("") : `${files.length} files`}`;
}

function costOf({ first, files }: TestBatch): Cost {
  return first || (files !== null && files.length <= 12) ? "medium" : "expensive";
}

function factsOf(setup: RunnerSetup, { files }: TestBatch): readonly string[] {
  const { tool, version, args, env, workspace, configuration = "" } = setup;
  const written = args.map((arg) => arg.replaceAll(workspace.root, "."));
  const facts = [`${tool} ${version}`, process.version, JSON.stringify(written), JSON.stringify(env)];
  return [...facts, configuration.replaceAll(workspace.root, "."), JSON.stringify(files)];
}
