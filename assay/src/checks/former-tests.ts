// Tries tests as they were at the base, on the code as it is now.
import { join } from "node:path";
import { newFile } from "../model/change.ts";
import type { FilePair, PlanContext, Task, TaskPlan } from "../model/check.ts";
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
import { isTestPair } from "./test-pairs.ts";
import { typeCheckers } from "./type-checkers.ts";

/** What there is to try. */
export async function planFormerTests(context: PlanContext, baseCommit: string): Promise<TaskPlan> {
  const tests = rewrittenTests(context);
  if (tests.length === 0) return { status: "skipped", reason: "no test was rewritten" };
  const subjects = subjectsOf(context, tests);
  if (subjects.length === 0) return { status: "skipped", reason: "the rewritten tests import no code" };
  const request = await requestOf(context, tests, subjects);
  if (!request.runners.some(hasTests)) return { status: "skipped", reason: "the rewritten tests can not be driven" };
  const task: Task = {
    label: `what ${tests.length} rewritten tests noticed before`,
    cost: "expensive",
    replay: { facts: [baseCommit], inputs: { kind: "dirs", dirs: [rootDir] }, failures: true },
    run: (host) =>
      findWeakened(host, request, formerTests(context, tests), mutatorsNamed(context.workspace.config.mutators)),
  };
  return { status: "planned", tasks: [task] };
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
