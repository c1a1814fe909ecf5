// What is left: a package's own `test` script, run through its package manager.
import type { Task } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { Package, Workspace } from "../../model/workspace.ts";
import { testRunners } from "../runners/known.ts";
import { nestedDirs, testScript, testsElsewhere } from "../runners/runner-uses.ts";
import { concerns } from "../runners/test-selection.ts";
import { readScript } from "../scripts/read-scripts.ts";
import { runScript, scriptLabel } from "../scripts/run-script.ts";
import type { Detection, Tool } from "../tool.ts";

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
  const nested = nestedDirs(pkg.dir, workspace.packages);
  return {
    tool: "test script",
    role: "tests",
    dir: pkg.dir,
    version: "",
    install: null,
    evidence: `"${script}": "${pkg.manifest.scripts[script] ?? ""}"`,
    plan: (selection) => (concerns(selection, workspace, pkg.dir, nested) ? [scriptTask(workspace, pkg, script)] : []),
  };
}

function scriptTask(workspace: Workspace, pkg: Package, script: string): Task {
  const label = scriptLabel(workspace, pkg, script);
  const error = new AssayError("no-tests-ran", `${label}: the script tests nothing`);
  return {
    label,
    cost: "expensive",
    // Nobody knows what a script reads.
    replay: null,
    run: (host) =>
      testsNothing(pkg, script)
        ? Promise.resolve({ status: "errored", error })
        : runScript(host, workspace, pkg, script),
  };
}

const idle = new Set([":", "echo", "exit", "true"]);

/** `exit 0`, `true`, `echo no tests yet`. */
function testsNothing({ manifest }: Package, script: string): boolean {
  const reading = readScript(manifest, script);
  return reading?.plain === true && reading.invocations.every(({ program }) => idle.has(program));
}
