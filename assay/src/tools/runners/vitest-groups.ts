// Packages that a run from above takes as its projects, run several to a process: each process of vitest costs more to
// start than most packages' tests take.
import { existsSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Task } from "../../model/check.ts";
import type { RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { Detection, Selection } from "../tool.ts";
import { selectedFiles, type TestFiles } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";
import { plainProjectFolders } from "./vitest-config.ts";

/** One folder's run of vitest, as it is without the others. */
export interface VitestRun {
  readonly detection: Detection;
  /** Null where its script has flags of its own, or vitest is not installed. */
  readonly setup: RunnerSetup | null;
  readonly tests: TestFiles;
}

interface Member extends VitestRun {
  readonly setup: RunnerSetup;
}

interface Group {
  /** The folder whose configuration lists the members. */
  readonly dir: RepoPath;
  readonly members: readonly Member[];
}

/** The detections of the runs, where those that can be joined are when enough of them are selected. */
export async function grouped(workspace: Workspace, runs: readonly VitestRun[]): Promise<readonly Detection[]> {
  const groups = await findGroups(workspace, runs);
  return runs.map(({ detection }) => {
    const group = groups.find(({ members }) => members.some((member) => member.detection === detection));
    if (group === undefined) return detection;
    return { ...detection, plan: (selection) => planMember(workspace, group, detection, selection) };
  });
}

/** Fewer are quicker alone: nothing has to be told apart. */
const fewest = 3;

async function findGroups(workspace: Workspace, runs: readonly VitestRun[]): Promise<readonly Group[]> {
  const members = runs.filter(isMember);
  if (members.length < fewest) return [];
  const groups: Group[] = [];
  for (const { detection } of runs) {
    const lists = await plainProjectFolders(workspace, detection.dir);
    if (lists === undefined) continue;
    const listed = members.filter((member) => member.detection !== detection && lists(member.detection.dir));
    for (const like of new Set(listed.map(manner))) {
      groups.push({ dir: detection.dir, members: listed.filter((member) => manner(member) === like) });
    }
  }
  return groups.filter((group) => group.members.length >= fewest);
}

function isMember(run: VitestRun): run is Member {
  return run.setup !== null && run.tests.exact && knowsProjects(run.setup.version);
}

/** From version 3.2 on a configuration can list projects. */
function knowsProjects(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 2);
}

/** How it is started. Each package may have a link of its own to one installed vitest. */
function manner({ setup }: Member): string {
  const args = setup.args.map((arg) => (isAbsolute(arg) && existsSync(arg) ? realpathSync(arg) : arg));
  return JSON.stringify([args, setup.env]);
}

/** Every member is asked for its work; the first that is selected has that of all. */
function planMember(
  workspace: Workspace,
  { dir, members }: Group,
  detection: Detection,
  selection: Selection,
): readonly Task[] {
  const selected = members.flatMap((member) => {
    const files = selectedFiles(selection, member.tests.candidates);
    return files.length === 0 ? [] : [{ member, files }];
  });
  if (selected.length < fewest) return detection.plan(selection);
  if (selected[0]?.member.detection !== detection) return [];
  return shared(nearestFirst(selection, selected)).map((part) => groupTask(workspace, dir, part, selection));
}

interface Selected {
  readonly member: Member;
  readonly files: readonly RepoPath[];
}

function nearestFirst(selection: Selection, selected: readonly Selected[]): readonly Selected[] {
  if (selection.kind === "all") return selected;
  const rank = ranks(selection);
  const nearest = ({ files: [first] }: Selected): number => (first === undefined ? Infinity : rank(first));
  return selected.toSorted((a, b) => nearest(a) - nearest(b));
}

function ranks(selection: Selection): (path: RepoPath) => number {
  if (selection.kind === "all") return () => 0;
  const order = new Map([...selection.affected.reached.keys()].map((path, index) => [path, index]));
  return (path) => order.get(path) ?? order.size;
}

const mostProcesses = 4;

/** As many parts as there are processors, with about as many files each. */
function shared(selected: readonly Selected[]): readonly (readonly Selected[])[] {
  const parts: Selected[][] = Array.from({ length: Math.min(availableParallelism(), mostProcesses) }, () => []);
  const size = (part: readonly Selected[]): number => part.reduce((sum, { files }) => sum + files.length, 0);
  for (const each of selected) parts.toSorted((a, b) => size(a) - size(b))[0]?.push(each);
  return parts.filter((part) => part.length > 0);
}

function groupTask(workspace: Workspace, dir: RepoPath, part: readonly Selected[], selection: Selection): Task {
  const [first] = part;
  if (first === undefined) throw new Error("a part has a member");
  const dirs = part.map(({ member }) => member.detection.dir);
  const rank = ranks(selection);
  const files = part.flatMap((each) => each.files).toSorted((a, b) => rank(a) - rank(b));
  const whole = selection.kind === "all" && part.every(({ member }) => member.tests.whole);
  const absolute = (path: RepoPath): string => join(workspace.root, path);
  const setup: RunnerSetup = {
    ...first.member.setup,
    dir,
    dirs,
    configuration: configurationOf(absolute(dir), dirs.map(absolute), whole ? [] : files.map(absolute)),
  };
  return testTask(setup, { files: whole ? null : files, first: false, mayBeEmpty: false });
}

/** Runs the files in the order in which they are given, so that the nearest are finished first. */
function configurationOf(root: string, projects: readonly string[], files: readonly string[]): string {
  return `const order = new Map(${JSON.stringify(files)}.map((file, index) => [file, index]));
const rank = ({ moduleId }) => order.get(moduleId) ?? order.size;
class NearestFirst {
  shard = (files) => files;
  sort = (files) => files.toSorted((a, b) => rank(a) - rank(b));
}
const test = { projects: ${JSON.stringify(projects)}, sequence: { sequencer: NearestFirst } };
export default { root: ${JSON.stringify(root)}, test };
`;
}
