// What a verdict depends on, as one digest.
import type { Task } from "../model/check.ts";
import { isWithin, nameOf, rootDir, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { digest } from "./digest.ts";
import { groundFacts, type RunFacts } from "./ground.ts";
import { treeFacts } from "./tree-facts.ts";

/** The folders of the packages that one in `dir` can see, by manifest or import. Null: it can see every file. */
export type ReachOf = (dir: RepoPath) => ReadonlySet<RepoPath> | null;

/** The key of a task. Without `reachOf` packages see every file. */
export type KeyOf = (checkId: string, task: Pick<Task, "label" | "replay">, reachOf?: ReachOf) => string | null;

type Inputs = NonNullable<Task["replay"]>["inputs"];

const seesAll: ReachOf = () => null;

/**
 * Makes the keys of a run. Null for a task that is not to be replayed, and where an input can not be identified.
 *
 * Every key holds the ground of the run, files that belong to no package, and the contents, kinds and executable bits
 * of what the task names.
 *
 * Not seen: a file below `node_modules` that was edited by hand; programs found on the PATH that were replaced under
 * the same path; settings in the home folder, unless the repository lies in it; git's own state (HEAD, tags) for a
 * test that asks git; the date, the network and other machines; line endings where git says that they do not matter;
 * terminal variables, process ids and the like, which `environmentFacts` leaves out; the absolute path of the
 * checkout, since worktrees share what they know. The gate replays nothing.
 */
export function replayKeys(workspace: Workspace, run: RunFacts): KeyOf {
  let ground: Ground | undefined;
  return (checkId, task, reachOf = seesAll) => {
    if (task.replay === null) return null;
    ground ??= readGround(workspace, run);
    if (ground.common === null) return null;
    const inputs = ground.factsOf(inputPaths(workspace, reachOf, task.replay.inputs));
    if (inputs === null) return null;
    return digest([ground.common, checkId, task.label, ...task.replay.facts, ...inputs]);
  };
}

/** What all tasks share, read once. */
interface Ground {
  /** Null: something that any task may depend on can not be identified. */
  readonly common: string | null;
  factsOf(paths: readonly RepoPath[]): readonly string[] | null;
}

function readGround(workspace: Workspace, run: RunFacts): Ground {
  const factsOf = treeFacts(workspace);
  return { common: commonDigest(workspace, run, factsOf), factsOf };
}

function commonDigest(workspace: Workspace, run: RunFacts, factsOf: Ground["factsOf"]): string | null {
  const shared = factsOf(sharedPaths(workspace));
  if (shared === null) return null;
  const ground = groundFacts(workspace, run);
  return ground && digest([...ground, ...shared]);
}

/**
 * Files that no task names and any may read. Beside other packages the root's own files are the workspace's tools and
 * data; where the root is the only package they are its sources, and only what lies at the top configures.
 */
function sharedPaths({ packages, tree }: Workspace): readonly RepoPath[] {
  const dirs = packages.map((pkg) => pkg.dir).filter((dir) => dir !== rootDir);
  const paths = tree.files.map((file) => file.path);
  if (dirs.length === 0 && packages.length > 0) return paths.filter(isAtTop);
  return paths.filter((path) => !dirs.some((dir) => isWithin(dir, path)));
}

function isAtTop(path: RepoPath): boolean {
  return !path.includes("/") && !/\.(?:md|mdx|txt)$|^LICEN[CS]E/i.test(path);
}

function inputPaths(workspace: Workspace, reachOf: ReachOf, inputs: Inputs): readonly RepoPath[] {
  const all = workspace.tree.files.map((file) => file.path);
  if (inputs.kind === "files") return namesOthers(workspace, inputs.files) ? all : inputs.files;
  const dirs = new Set<RepoPath>();
  for (const dir of inputs.dirs) {
    const reach = reachOf(dir);
    if (reach === null) return all;
    for (const reached of [dir, ...reach]) dirs.add(reached);
  }
  return all.filter((path) => [...dirs].some((dir) => isWithin(dir, path)));
}

/** Does the configuration among these files name others: a plugin, a file to extend, a package of the workspace? */
function namesOthers(workspace: Workspace, files: readonly RepoPath[]): boolean {
  return files.some((file) => {
    if (!/^\.|\.jsonc?$|\.ya?ml$|\.toml$/.test(nameOf(file))) return false;
    const text = configurationIn(workspace, file);
    return (
      /["'`\s]\.{1,2}\//.test(text) ||
      workspace.packages.some(({ name }) => text.includes(`"${name}`) || text.includes(`'${name}`))
    );
  });
}

/** Of a manifest only what configures tools: every manifest names files of its own package. */
function configurationIn(workspace: Workspace, file: RepoPath): string {
  if (nameOf(file) !== "package.json") return workspace.readText(file) ?? "";
  const manifest = workspace.packages.find(
    ({ dir }) => file === (dir === rootDir ? "package.json" : `${dir}/package.json`),
  );
  return JSON.stringify([manifest?.manifest.raw["prettier"], manifest?.manifest.raw["eslintConfig"]]);
}
