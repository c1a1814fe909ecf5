// What the mutate check uses.
export { requireChangedTests } from "./changed-tests.ts";
export type { MutantResult, MutationReport, TestName } from "./report.ts";
export { runMutation, workersBeside, type MutationRequest, type VitestPlace, type WorkerFiles } from "./run.ts";
export { toOutcome } from "./verdict.ts";
