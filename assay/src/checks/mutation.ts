import type { PlanContext, TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";
import { runMutation, toOutcome, workersBeside, type MutationRequest } from "../mutation/index.ts";
import { roleOf } from "../source/role.ts";
import { allTools } from "../tools/index.ts";
import { vitestPlaces } from "../tools/vitest.ts";

/**
 * Edits the changed lines, one at a time and in memory, and fails for every edit that no test notices.
 *
 * Coverage says that a line was executed. Only a test that fails when the line is wrong verifies it.
 *
 * Not seen: code that only child processes execute, and tests of runners other than vitest; both are errors.
 */
export const mutation: TaskCheck = {
  id: "mutation",
  kind: "tasks",
  summary: "The tests do not notice when a changed line is changed again",
  in: ["mutate", "gate"],
  phase: "mutate",
  mustFinish: false,
  plan: async (context) => {
    if (context.diff.base.kind === "none") throw needsBase(context.diff.base);
    if (!context.pairs.some(({ head }) => head?.role === "source")) {
      return { status: "skipped", reason: "no source file changed" };
    }
    const request = await requestOf(context);
    const label = `mutants of ${request.pairs.length} changed files`;
    return {
      status: "planned",
      tasks: [
        { label, cost: "expensive", replay: null, run: async (host) => toOutcome(await runMutation(host, request)) },
      ],
    };
  },
};

async function requestOf(context: PlanContext): Promise<MutationRequest> {
  const { workspace, pairs, affected } = context;
  const places = await vitestPlaces(workspace);
  const runners = places.map(({ dir, version, vitestDir, tests }) => {
    const candidates = new Set(tests.candidates);
    // Nearest first: that is the order of `reached`. Type tests execute nothing.
    const testFiles = [...affected.reached.keys()].filter(
      (path) => candidates.has(path) && (tests.exact || roleOf(path) === "test") && !isTypeTest(path),
    );
    return { dir, version, vitestDir, testFiles };
  });
  return {
    root: workspace.root,
    pairs,
    maxMutants: workspace.config.maxMutants,
    runners: runners.filter(({ testFiles }) => testFiles.length > 0 || places.length === 1),
    otherRunners: await otherRunners(context),
    workers: workersBeside(import.meta.url),
  };
}

function isTypeTest(path: RepoPath): boolean {
  return /\.(?:test|spec)-d\.[cm]?tsx?$/.test(path);
}

async function otherRunners({ workspace }: PlanContext): Promise<readonly string[]> {
  const tools = allTools.filter(({ role, name }) => role === "tests" && name !== "vitest");
  const detections = (await Promise.all(tools.map((tool) => tool.detect(workspace)))).flat();
  return detections.map(({ tool, dir }) => (dir === "" ? tool : `${tool} in ${dir}`));
}
