// Tries tests as they were at the base, on the code as it is now.
import { join } from "node:path";
import { newFile } from "../../model/change.ts";
import type { FilePair, PlanContext, Task, TaskPlan } from "../../model/check.ts";
import { rootDir, type RepoPath } from "../../model/paths.ts";
import {
  findWeakened,
  isProgramFile,
  mutatorsNamed,
  onlyAdds,
  workersBeside,
  type FormerTests,
  type MutationRequest,
} from "../../mutation/index.ts";
import { roleOf } from "../../source/role.ts";
import { doubtedFiles } from "./doubted-files.ts";
import { goneTests, type GoneTests } from "./gone-tests.ts";
import { commandPlacesOf, hasTests, placesOf, specificFirst, type Loads } from "../runners/runner-places.ts";
import { isTestSupport } from "./test-support.ts";
import { treeWithPaths } from "../runners/tree-with-paths.ts";
import { typeCheckers } from "./type-checkers.ts";

/** What there is to try. */
export async function planFormerTests(context: PlanContext, baseCommit: string): Promise<TaskPlan> {
  const gone = await goneTests(context);
  const rewritten = rewrittenTests(context);
  const tests = [...rewritten, ...gone.imports.keys()];
  if (tests.length === 0) return { status: "skipped", reason: "no test was rewritten or deleted" };
  const subjects = subjectsOf(context, rewritten, gone);
  if (subjects.length === 0) return { status: "skipped", reason: "the rewritten and deleted tests import no code" };
  const former = await formerTests(context, tests, subjects, gone);
  const request = await requestOf(context, former, subjects);
  if (!former.runners.some(hasTests) && !request.commands.some(hasTests))
    return { status: "skipped", reason: "the rewritten and deleted tests can not be run" };
  const task: Task = {
    label: `what ${tests.length} rewritten or deleted tests noticed before`,
    cost: "expensive",
    replay: { facts: [baseCommit], inputs: { kind: "dirs", dirs: [rootDir] }, failures: true },
    run: (host) => findWeakened(host, request, former, mutatorsNamed(context.workspace.config.mutators)),
  };
  return { status: "planned", tasks: [task] };
}

/** Was it a test, and is it one in the same place? */
function isTestPair({ change, base, head }: FilePair): boolean {
  return base?.role === "test" && head?.role === "test" && change.previousPath === null;
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
function subjectsOf(context: PlanContext, rewritten: readonly RepoPath[], { imports }: GoneTests): readonly FilePair[] {
  const named = rewritten.flatMap((path) => context.affected.importsOf(path));
  const paths = new Set([...named, ...[...imports.values()].flat()]);
  return [...paths].flatMap((path) => {
    const head = context.parse(path);
    if (!isProgramFile(head) || isTestSupport(path, context)) return [];
    const change = newFile(path, [{ start: 1, end: Infinity }]);
    return [{ change, head, headText: head.text, base: undefined, baseText: undefined }];
  });
}

/** What changed beside them is what it was, too, where it is a part of the tests. */
async function formerTests(
  context: PlanContext,
  tests: readonly RepoPath[],
  subjects: readonly FilePair[],
  { texts, imports }: GoneTests,
): Promise<FormerTests> {
  const { pairs, workspace } = context;
  const rewritten = pairs.filter(isTestPair).map(({ change, baseText }) => [change.path, baseText ?? ""] as const);
  const all = [...rewritten, ...texts].map(([path, text]) => [join(workspace.root, path), text] as const);
  // Of what is gone nobody knows what it loads beside what it imports.
  const loads = new Map(loadsOf(context, subjects));
  for (const path of imports.keys()) loads.set(path, new Set(subjects.map(({ change }) => change.path)));
  const tree = treeWithPaths(workspace.tree, [...texts.keys()]);
  return {
    files: new Set(tests),
    texts: Object.fromEntries(all),
    gone: [...texts.keys()],
    runners: (await placesOf({ ...workspace, tree }, specificFirst(tests, loads))).filter(hasTests),
    loads,
  };
}

async function requestOf(
  context: PlanContext,
  former: FormerTests,
  subjects: readonly FilePair[],
): Promise<MutationRequest> {
  const { workspace } = context;
  const loads = loadsOf(context, subjects);
  const runners = (await placesOf(workspace, specificFirst([...loads.keys()], loads))).filter(hasTests);
  const commands = await commandPlacesOf(workspace, [...new Set([...loads.keys(), ...former.files])]);
  return {
    root: workspace.root,
    pairs: subjects,
    support: new Set(),
    overlooked: new Set(),
    doubted: doubtedFiles({ workspace, pairs: subjects }),
    maxMutants: workspace.config.maxMutants,
    listed: null,
    replay: null,
    equivalents: workspace.config.equivalents,
    // With no test left to run it still is known who would run it.
    runners: runners.length > 0 ? runners : former.runners.map(({ start }) => ({ start, testFiles: [] })),
    commands: commands.filter(hasTests),
    longestCommandMs: 1000 * workspace.config.commandSeconds,
    patienceMs: 120_000,
    files: workspace.tree.files.map(({ path }) => path),
    loads,
    otherRunners: [],
    workers: workersBeside(import.meta.url),
    compilersOf: (files) => typeCheckers(workspace, files),
    filesBeside: () => Promise.resolve([]),
  };
}

/** By test file, the subjects that it may load. */
function loadsOf({ affected }: PlanContext, subjects: readonly FilePair[]): Loads {
  const loads = new Map<RepoPath, Set<RepoPath>>();
  for (const { change } of subjects)
    for (const loader of affected.loadersOf(change.path))
      loads.set(loader, (loads.get(loader) ?? new Set()).add(change.path));
  return loads;
}
