// Where the runners that can be driven are started, and which test files each of them is offered.
import { isWithin, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { isDriven, type CommandPlace, type RunnerPlace } from "../../mutation/index.ts";
import { roleOf } from "../../source/role.ts";
import { startedCommands, testCommands } from "../../tools/index.ts";
import { jestPlaces, jestPlacesBeside } from "../../tools/runners/jest.ts";
import { nodePlaces, nodePlacesBeside } from "../../tools/runners/node-test.ts";
import type { DrivenPlace, DrivenRunner } from "../../tools/runners/runner-start.ts";
import type { Detection } from "../../tools/tool.ts";
import { vitestPlaces, vitestPlacesBeside } from "../../tools/runners/vitest.ts";

export function hasTests({ testFiles }: Pick<RunnerPlace, "testFiles">): boolean {
  return testFiles.length > 0;
}

/** How each runner's places are found, and which of the reached test files each of them is offered. */
export const driven: { readonly [R in DrivenRunner]: Driven } = {
  vitest: { find: vitestPlaces, findBeside: vitestPlacesBeside, share: filesOfAll },
  jest: { find: jestPlaces, findBeside: jestPlacesBeside, share: filesOfAll },
  "node:test": { find: nodePlaces, findBeside: nodePlacesBeside, share: ownFiles },
};

interface Driven {
  readonly find: Find;
  /** What scripts beside the test script run. */
  readonly findBeside: Find;
  readonly share: (found: readonly DrivenPlace[], reached: readonly RepoPath[]) => readonly RunnerPlace[];
}

type Find = (workspace: Workspace) => Promise<readonly DrivenPlace[]>;

/** `reached`: files, the nearest first. */
export async function placesOf(workspace: Workspace, reached: readonly RepoPath[]): Promise<readonly RunnerPlace[]> {
  const places = Object.values(driven).map(async ({ find, share }) => {
    const found = (await find(workspace)).filter(({ start }) => isDriven(start));
    return share(found, reached);
  });
  return (await Promise.all(places)).flat();
}

/** Those of the reached test files that scripts beside the test script run, or might. */
export async function filesBeside(workspace: Workspace, reached: readonly RepoPath[]): Promise<readonly RepoPath[]> {
  const places = (await Promise.all(Object.values(driven).map(({ findBeside }) => findBeside(workspace)))).flat();
  const run = new Set(places.flatMap(({ tests }) => tests.candidates.filter((path) => isTest(path, tests.exact))));
  return reached.filter((path) => run.has(path));
}

/**
 * What can only be run as a whole program, with those of the reached test files that lie in its folder; the nearest
 * folders first.
 */
export async function commandPlacesOf(
  workspace: Workspace,
  reached: readonly RepoPath[],
): Promise<readonly CommandPlace[]> {
  const tests = reached.filter((path) => isTest(path, false));
  const old = (await startedCommands(workspace)).filter(({ start }) => !isDriven(start));
  return [...(await testCommands(workspace)), ...old.map(({ command }) => command)]
    .map((command) => ({ command, testFiles: tests.filter((path) => isOf(command, path)) }))
    .toSorted((a, b) => b.command.dir.length - a.command.dir.length);
}

/** Is nothing of it left to ask: one of these commands runs it, or it executes no code that others do not? */
export function isAsked(
  { tool, dir, program = tool, testsNoCode = false }: Detection,
  commands: readonly CommandPlace[],
): boolean {
  return testsNoCode || commands.some(({ command }) => command.dir === dir && [tool, program].includes(command.tool));
}

function isOf(command: CommandPlace["command"], path: RepoPath): boolean {
  return isWithin(command.dir, path) && command.accepts(path);
}

/** The arguments of each script say which files it runs, and how. */
function ownFiles(found: readonly DrivenPlace[], reached: readonly RepoPath[]): readonly RunnerPlace[] {
  return found.map(({ start, tests }) => {
    const own = new Set(tests.candidates.filter((path) => isTest(path, tests.exact)));
    return { start, testFiles: reached.filter((path) => own.has(path)) };
  });
}

/**
 * One for each folder and way to start the runner there, however many scripts do. A place is offered the tests of those
 * inside it as well: where one can not be run by itself, the one above may have it among its projects.
 */
function filesOfAll(found: readonly DrivenPlace[], reached: readonly RepoPath[]): readonly RunnerPlace[] {
  const byStart = new Map(found.toReversed().map((place) => [JSON.stringify(place.start), place]));
  const places = [...byStart.values()].toReversed().toSorted((a, b) => b.start.dir.length - a.start.dir.length);
  const claimed = new Set(places.flatMap(({ tests }) => tests.candidates.filter((path) => isTest(path, tests.exact))));
  const tests = reached.filter((path) => claimed.has(path));
  return places.map(({ start }) => ({ start, testFiles: tests.filter((path) => isWithin(start.dir, path)) }));
}

/** `exact`: the configuration says which files are tests. Type tests execute nothing. */
export function isTest(path: RepoPath, exact: boolean): boolean {
  return (exact || roleOf(path) === "test") && !isNamedForTypes(path);
}

/** By its name alone: a folder for tests of types may have tests that run. */
function isNamedForTypes(path: RepoPath): boolean {
  return /\.(?:test|spec)-d\.[cm]?tsx?$/.test(path);
}

/** By test file, the files that it may load of those that matter. */
export type Loads = ReadonlyMap<RepoPath, ReadonlySet<RepoPath>>;

/**
 * What loads little comes first: it is about what it loads, and quick. Else paths stay in their order. That a changed
 * test loads itself says nothing about what it loads.
 */
export function specificFirst(paths: readonly RepoPath[], loads: Loads): readonly RepoPath[] {
  const others = new Map([...loads].map(([path, loaded]) => [path, loaded.size - (loaded.has(path) ? 1 : 0)]));
  const isLoading = (path: RepoPath): boolean => (loads.get(path)?.size ?? 0) > 0;
  const breadthOf = (path: RepoPath): number => others.get(path) ?? 0;
  const loading = paths.filter(isLoading).toSorted((a, b) => breadthOf(a) - breadthOf(b));
  return [...loading, ...paths.filter((path) => !isLoading(path))];
}
