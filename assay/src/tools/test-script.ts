// What is left: a package's own `test` script, run through its package manager. Its exit code is the verdict.
import { join } from "node:path";
import { AssayError } from "../model/errors.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";
import type { Host, ProcessOutcome } from "../model/process.ts";
import type { Task } from "../model/check.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import { ava } from "./ava.ts";
import { jest } from "./jest.ts";
import { mocha } from "./mocha.ts";
import { nodeTest } from "./node-test.ts";
import { nestedDirs, testScript, testsElsewhere } from "./runner-uses.ts";
import { splitScript } from "./script-words.ts";
import { concerns } from "./test-selection.ts";
import { tellingLine } from "./test-report.ts";
import { interruptedOutcome } from "./tool-outcome.ts";
import type { Detection, Selection, Tool } from "./tool.ts";
import { vitest } from "./vitest.ts";

/** The runners that assay knows. */
export const testRunners: readonly Tool[] = [vitest, jest, nodeTest, mocha, ava];

export const testScriptTool: Tool = {
  name: "test script",
  role: "tests",
  async detect(workspace) {
    const known = (await Promise.all(testRunners.map((runner) => runner.detect(workspace)))).flat();
    const covered = new Set(known.map((detection) => detection.dir));
    const left = workspace.packages.filter((pkg) => !covered.has(pkg.dir) && !testsElsewhere(pkg.manifest));
    return left.flatMap((pkg) => {
      const script = testScript(pkg.manifest);
      return script === undefined ? [] : [toDetection(workspace, pkg, script)];
    });
  },
};

function toDetection(workspace: Workspace, pkg: Package, script: string): Detection {
  const { dir } = pkg;
  const nested = nestedDirs(dir, workspace.packages);
  return {
    tool: "test script",
    role: "tests",
    dir,
    version: workspace.manager,
    install: null,
    evidence: `"${script}": "${pkg.manifest.scripts[script] ?? ""}"`,
    plan: (selection: Selection) =>
      concerns(selection, workspace, dir, nested) ? [scriptTask(workspace, pkg, script)] : [],
  };
}

function scriptTask(workspace: Workspace, { dir, manifest }: Package, script: string): Task {
  const label = `${workspace.manager} run ${script}${dir === "" ? "" : ` in ${dir}`}`;
  return {
    label,
    cost: "expensive",
    // Nobody knows what a script reads.
    replay: null,
    async run(host) {
      if (runsNothing(manifest.scripts[script] ?? "")) {
        return { status: "errored", error: new AssayError("no-tests-ran", `${label}: the script tests nothing`) };
      }
      const outcome = await host.run({
        file: workspace.manager,
        args: ["run", script],
        cwd: join(workspace.root, dir),
        // In CI mode no runner waits for a person or writes a snapshot.
        env: { CI: "true", UPDATE_SNAPSHOT: undefined },
      });
      return judge(label, host, outcome);
    },
  };
}

const idle = new Set([":", "echo", "exit", "true"]);

/** `exit 0`, `true`, `echo no tests yet`. */
function runsNothing(script: string): boolean {
  const segments = splitScript(script);
  return segments !== undefined && segments.every(([program]) => program === undefined || idle.has(program));
}

function judge(label: string, host: Host, outcome: ProcessOutcome): TaskOutcome {
  const interrupted = interruptedOutcome(label, label, host, outcome);
  if (interrupted !== undefined) return interrupted;
  if (outcome.exitCode === 0) return { status: "passed" };
  const line = tellingLine(withoutManager(outcome.stderr)) || tellingLine(withoutManager(outcome.stdout));
  const message = `${label} ends with exit code ${String(outcome.exitCode)}${line === "" ? "" : `: ${line}`}`;
  const finding: Finding = { path: null, line: null, message };
  return { status: "failed", findings: [finding] };
}

/** Without what package managers add about the failing script. */
function withoutManager(output: string): string {
  const noise = /^\s*(?:npm (?:error|ERR!|warn)|> |error Command failed|info Visit|.*ELIFECYCLE|.*Exit status|\$ )/;
  return output
    .split("\n")
    .filter((line) => !noise.test(line))
    .join("\n");
}
