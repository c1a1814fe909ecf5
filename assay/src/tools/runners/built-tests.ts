// Runs of tests that no file of the repository is, since a build makes them: their script is run as it is.
import { isWithin } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { isRunner, mayMake } from "../scripts/known-programs.ts";
import { runScript, scriptLabel } from "../scripts/run-script.ts";
import type { Detection } from "../tool.ts";
import { testInvocations, testScript, type RunnerUse } from "./runner-uses.ts";
import { concerns } from "./test-selection.ts";

/**
 * The test script as a whole, for a run whose tests are not in the repository. Undefined where nothing says that they
 * ever are: neither something that may make files in front of the run, nor, with `isNamed`, the run's own arguments.
 */
export function builtTests(
  workspace: Workspace,
  tool: string,
  { dir, evidence, invocation }: RunnerUse,
  isNamed: boolean,
): Detection | undefined {
  if (invocation === null) return undefined;
  const isStart = (call: typeof invocation): boolean => isRunner(call) && call.evidence === evidence;
  const pkg = workspace.packages.findLast(
    (each) => isWithin(each.dir, dir) && testInvocations(each.manifest).some(isStart),
  );
  if (pkg === undefined) return undefined;
  const script = testScript(pkg.manifest) ?? invocation.script;
  const calls = testInvocations(pkg.manifest);
  if (!isNamed && !calls.slice(0, calls.findIndex(isStart)).some(mayMake)) return undefined;
  const label = scriptLabel(workspace, pkg, script);
  return {
    tool,
    role: "tests",
    dir,
    version: "",
    install: null,
    evidence,
    gateOnly: "runs tests that a build makes",
    builtBy: script,
    // Nobody knows what a build reads.
    plan: (selection) =>
      concerns(selection, workspace, pkg.dir, [])
        ? [{ label, cost: "expensive", replay: null, run: (host) => runScript(host, workspace, pkg, script) }]
        : [],
  };
}
