import { join } from "node:path";
import { newFile } from "../model/change.ts";
import type { FilePair, PlanContext, Task, TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";
import { rootDir, type RepoPath } from "../model/paths.ts";
import {
  findWeakened,
  isProgramFile,
  mutatorsNamed,
  onlyAdds,
  workersBeside,
  type FormerTests,
  type MutationRequest,
} from "../mutation/index.ts";
import { roleOf } from "../source/role.ts";
import { hasTests, placesOf } from "./runner-places.ts";
import { typeCheckers } from "./type-checkers.ts";

/**
 * Fails when tests were rewritten and no test notices any more what they noticed before.
 *
 * Mutants of the code that the rewritten tests import are tried against these tests as they were at the base, and those
 * that were noticed against all tests as they are now.
 *
 * Not seen: tests that were deleted or renamed; tests that are run by a command; what the tests of the base can not tell
 * since they fail on the code as it is now.
 */
export const weakenedTest: TaskCheck = {
  id: "weakened-test",
  kind: "tasks",
  summary: "Tests were rewritten and no longer notice what they noticed before",
  in: ["mutate", "gate"],
  phase: "mutate",
  mustFinish: false,
  plan: async (context) => {
    if (context.diff.base.kind === "none") throw needsBase(context.diff.base);
    const tests = rewrittenTests(context);
    if (tests.length === 0) return { status: "skipped", reason: "no test was rewritten" };
    const subjects = subjectsOf(context, tests);
    if (subjects.length === 0) return { status: "skipped", reason: "the rewritten tests import no code" };
    const request = await requestOf(context, tests, subjects);
    if (!request.runners.some(hasTests)) return { status: "skipped", reason: "the rewritten tests can not be driven" };
    const task: Task = {
      label: `what ${tests.length} rewritten tests noticed before`,
      cost: "expensive",
      replay: { facts: [context.diff.base.commit], inputs: { kind: "dirs", dirs: [rootDir] }, failures: true },
      run: (host) =>
        findWeakened(host, request, formerTests(context, tests), mutatorsNamed(context.workspace.config.mutators)),
    };
    return { status: "planned", tasks: [task] };
  },
};

function isTestPair({ base, head }: FilePair): boolean {
  return base?.role === "test" && head?.role === "test";
}

function isRewritten(pair: FilePair): boolean {
  const { base, head } = pair;
  return isTestPair(pair) && base !== undefined && head !== undefined && !onlyAdds(base, head);
}

/** Test files that were rewritten, and those that use a helper that was. */
function rewrittenTests({ pairs, affected }: PlanContext): readonly RepoPath[] {
  const rewritten = pairs.filter(isRewritten).map(({ change }) => change.path);
  const users = new Set(rewritten);
  for (const path of rewritten) for (const user of affected.loadersOf(path)) users.add(user);
  return [...users].filter((path) => roleOf(path) === "test");
}

/** Files that the tests import, as if every line of them were new. */
function subjectsOf(context: PlanContext, tests: readonly RepoPath[]): readonly FilePair[] {
  const paths = new Set(tests.flatMap((path) => context.affected.importsOf(path)));
  return [...paths].flatMap((path) => {
    const head = context.parse(path);
    if (!isProgramFile(head)) return [];
    const change = newFile(path, [{ start: 1, end: Infinity }]);
    return [{ change, head, headText: head.text, base: undefined, baseText: undefined }];
  });
}

/** What changed beside them is what it was, too, where it is a part of the tests. */
function formerTests({ pairs, workspace }: PlanContext, tests: readonly RepoPath[]): FormerTests {
  const texts = pairs
    .filter(isTestPair)
    .map(({ change, baseText }) => [join(workspace.root, change.path), baseText ?? ""] as const);
  return { files: new Set(tests), texts: Object.fromEntries(texts) };
}

async function requestOf(
  { workspace, affected }: PlanContext,
  tests: readonly RepoPath[],
  subjects: readonly FilePair[],
): Promise<MutationRequest> {
  const loads = new Map(tests.map((test) => [test, new Set<RepoPath>()]));
  for (const { change } of subjects) {
    for (const loader of affected.loadersOf(change.path)) {
      const known = loads.get(loader) ?? new Set();
      loads.set(loader, known.add(change.path));
    }
  }
  return {
    root: workspace.root,
    pairs: subjects,
    maxMutants: workspace.config.maxMutants,
    listed: null,
    replay: null,
    equivalents: workspace.config.equivalents,
    runners: (await placesOf(workspace, [...loads.keys()])).filter(hasTests),
    commands: [],
    longestCommandMs: 0,
    files: [],
    loads,
    otherRunners: [],
    workers: workersBeside(import.meta.url),
    compilersOf: (files) => typeCheckers(workspace, files),
  };
}
