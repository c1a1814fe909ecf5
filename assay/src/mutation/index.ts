// What the mutate check uses.
export { onlyAdds } from "./additions.ts";
export { requireChangedTests } from "./changed-tests.ts";
export { Overlay } from "./command/overlay.ts";
export { isDriven } from "./driven-versions.ts";
export { mutantWith } from "./known-mutants.ts";
export { mutatorsNamed } from "./mutators/index.ts";
export { isProgramFile } from "./program-file.ts";
export type { MutantResult, MutationReport, TestName, Uncovered } from "./report.ts";
export {
  workersBeside,
  type CommandPlace,
  type CompilerPlace,
  type MutationRequest,
  type RunnerPlace,
  type WorkerFiles,
} from "./request.ts";
export { runMutation } from "./run.ts";
export { toSchemaReport } from "./schema-report.ts";
export { toOutcome } from "./verdict.ts";
export { findWeakened, type FormerTests } from "./weakened.ts";
