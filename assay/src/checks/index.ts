import type { Check } from "../model/check.ts";
import type { Config } from "../model/config.ts";
import { AssayError } from "../model/errors.ts";
import { anyType } from "./any-type.ts";
import { approvalInChange } from "./approval-in-change.ts";
import { build } from "./build.ts";
import { dirtyTree } from "./dirty-tree.ts";
import { docsBuild } from "./docs-build.ts";
import { forbiddenImport } from "./forbidden-import.ts";
import { format } from "./format.ts";
import { grownSuppressions } from "./grown-suppressions.ts";
import { guardsOnDemand } from "./guards-on-demand.ts";
import { hardCodedAnswer } from "./hard-coded-answer.ts";
import { hiddenSource } from "./hidden-source.ts";
import { lint } from "./lint.ts";
import { loosenedCompiler } from "./loosened-compiler.ts";
import { loosenedHarness } from "./loosened-harness.ts";
import { loosenedHook } from "./loosened-hook.ts";
import { loosenedLinter } from "./loosened-linter.ts";
import { loosenedScript } from "./loosened-script.ts";
import { loosenedTestRunner } from "./loosened-test-runner.ts";
import { loosenedWorkflow } from "./loosened-workflow.ts";
import { mutation } from "./mutation.ts";
import { nonNullAssertion } from "./non-null-assertion.ts";
import { outdatedBranch } from "./outdated-branch.ts";
import { oversizedFile } from "./oversized-file.ts";
import { repeatedCommand } from "./repeated-command.ts";
import { overChange, type Guard } from "./run-guards.ts";
import { scopeCycle } from "./scope-cycle.ts";
import { staleEquivalent } from "./stale-equivalent.ts";
import { staleInstruction } from "./stale-instruction.ts";
import { suppression } from "./suppression.ts";
import { syntaxError } from "./syntax-error.ts";
import { testCodeImport } from "./test-code-import.ts";
import { testLogicInProduction } from "./test-logic-in-production.ts";
import { tests } from "./tests.ts";
import { types } from "./types.ts";
import { unconventionalCommit } from "./unconventional-commit.ts";
import { undeclaredDependency } from "./undeclared-dependency.ts";
import { unsafeCast } from "./unsafe-cast.ts";
import { untestedChange } from "./untested-change.ts";
import { weakenedTest } from "./weakened-test.ts";

/** Every check that reads files and runs nothing, ordered by id. */
export const guards: readonly Guard[] = [
  ...guardsOnDemand,
  anyType,
  approvalInChange,
  forbiddenImport,
  grownSuppressions,
  hardCodedAnswer,
  hiddenSource,
  loosenedCompiler,
  loosenedHarness,
  loosenedHook,
  loosenedLinter,
  loosenedScript,
  loosenedTestRunner,
  loosenedWorkflow,
  nonNullAssertion,
  oversizedFile,
  repeatedCommand,
  scopeCycle,
  staleInstruction,
  suppression,
  syntaxError,
  testCodeImport,
  testLogicInProduction,
  unconventionalCommit,
  undeclaredDependency,
  unsafeCast,
].toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** Every check that is the same in every repository, in the order of a report: what a reader asks for first comes first. */
export const builtInChecks: readonly Check[] = [
  format,
  lint,
  types,
  tests,
  mutation,
  untestedChange,
  weakenedTest,
  staleEquivalent,
  build,
  docsBuild,
  outdatedBranch,
  dirtyTree,
  ...guards.map(overChange),
];

/**
 * The built-in checks and the project's own.
 *
 * @throws AssayError `config-invalid` when a check of the project's takes the id of another one, or a check that is
 * switched on or off is none.
 */
export async function allChecks(config: Config): Promise<readonly Check[]> {
  const known = new Set(builtInChecks.map(({ id }) => id));
  const unknown = [...config.checksOn, ...config.checksOff].find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new AssayError("config-invalid", `assay.toml: [checks] names "${unknown}", which is no built-in check`, {
      hint: `there are ${[...known].join(", ")}`,
    });
  }
  const taken = [...config.checks, ...config.parities, ...config.ratios].find(({ id }) => known.has(id));
  if (taken !== undefined) {
    throw new AssayError("config-invalid", `assay.toml: "${taken.id}" is the id of a built-in check`, {
      hint: `rename it, for example to "project-${taken.id}"`,
    });
  }
  return [...builtInChecks, ...(await ownChecks(config))];
}

/** Most repositories have none. */
async function ownChecks(config: Config): Promise<readonly Check[]> {
  if (config.checks.length + config.parities.length + config.ratios.length === 0) return [];
  const { toOwnChecks } = await import("./own/own-checks.ts");
  return toOwnChecks(config);
}
