// What can be read of a vitest configuration: which files are its tests.
import { posix } from "node:path";
import { ancestors, dirOf, isWithin, joinPath, nameOf, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { findInstalled } from "../packages/installed.ts";
import { fieldOf, isAbsent, readStaticConfig, stringsOf, type StaticValue } from "./static-config.ts";
import { hasFileBelow, matcherOf, pathFrom, staysInside, type TestPatterns } from "./test-patterns.ts";

const extensions = ["ts", "mts", "cts", "js", "mjs", "cjs"];
const named = (stem: string): readonly string[] => extensions.map((extension) => `${stem}.${extension}`);

/** In the order in which vitest looks for them. */
export const vitestConfigFiles: readonly string[] = named("vitest.config");
export const vitestWorkspaceFiles: readonly string[] = [...named("vitest.workspace"), "vitest.workspace.json"];
export const viteConfigFiles: readonly string[] = named("vite.config");

const defaultInclude = ["**/*.{test,spec}.?(c|m)[jt]s?(x)"];
const typeTestInclude = ["**/*.{test,spec}-d.?(c|m)[jt]s?(x)"];
const defaultExclude = ["**/node_modules/**", "**/.git/**"];
/** Beside these up to version 3, where the configuration says nothing of it. */
const olderExclude = ["**/dist/**", "**/cypress/**", "**/.{idea,cache,output,temp}/**"];

/** The patterns of a run in `dir`; undefined where they can't be read. */
export async function vitestPatterns(
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
  configFlag: string | null,
): Promise<TestPatterns | undefined> {
  const projectList = vitestWorkspaceFiles.map((name) => joinPath(dir, name)).find((path) => workspace.tree.has(path));
  if (projectList !== undefined) {
    return projectPatterns(workspace, dir, nested, await readConfig(workspace, projectList));
  }
  const path = configFlag === null ? findConfig(workspace, dir) : pathFrom(dir, configFlag);
  if (path === undefined && configFlag !== null) return undefined;
  if (path === undefined) return patternsOf(workspace, dir, { kind: "literal", value: null });
  const config = await readConfig(workspace, path);
  const test = fieldOf(config, "test");
  const projects = fieldOf(test, "projects");
  // Folders of projects count from where vitest is run, not from the configuration that lists them.
  if (!isAbsent(projects)) return dirOf(path) === dir ? projectPatterns(workspace, dir, nested, projects) : undefined;
  return isAbsent(fieldOf(config, "root")) ? patternsOf(workspace, dir, test) : undefined;
}

/** The folders that the configuration of a run in `dir` has it look for tests in. Those above `dir` count from elsewhere. */
export async function vitestFolders(
  workspace: Workspace,
  dir: RepoPath,
  configFlag: string | null,
): Promise<readonly string[]> {
  const path = configFlag === null ? findConfig(workspace, dir) : pathFrom(dir, configFlag);
  if (path === undefined || dirOf(path) !== dir) return [];
  const config = await readConfig(workspace, path);
  const test = fieldOf(config, "test");
  const named = [fieldOf(config, "root"), fieldOf(test, "root"), fieldOf(test, "dir")];
  return named.flatMap((value) => stringsOf(value)?.items ?? []);
}

/** The folder above `dir` whose configuration a run in `dir` would take, if that lists projects. */
export async function projectsAbove(workspace: Workspace, dir: RepoPath): Promise<RepoPath | undefined> {
  const path = findConfig(workspace, dir);
  if (path === undefined || dirOf(path) === dir) return undefined;
  const projects = fieldOf(fieldOf(await readConfig(workspace, path), "test"), "projects");
  return isAbsent(projects) || projects.kind === "unknown" ? undefined : dirOf(path);
}

/** Does a run in `dir` consist of projects that need nothing of its own configuration? */
export async function listsPlainProjects(workspace: Workspace, dir: RepoPath): Promise<boolean> {
  if (vitestWorkspaceFiles.some((name) => workspace.tree.has(joinPath(dir, name)))) return true;
  const path = findConfig(workspace, dir);
  if (path === undefined || dirOf(path) !== dir) return false;
  const test = fieldOf(await readConfig(workspace, path), "test");
  return fieldOf(test, "projects").kind === "list" && isAbsent(fieldOf(test, "globalSetup"));
}

/**
 * The folders of packages that a run in `dir` takes as its projects, as a function of a folder.
 *
 * Undefined where the run's own configuration has more to say than that, or can't be read.
 */
export async function plainProjectFolders(
  workspace: Workspace,
  dir: RepoPath,
): Promise<((folder: RepoPath) => boolean) | undefined> {
  if (vitestWorkspaceFiles.some((name) => workspace.tree.has(joinPath(dir, name)))) return undefined;
  if (!(await listsPlainProjects(workspace, dir))) return undefined;
  const path = findConfig(workspace, dir);
  if (path === undefined) return undefined;
  const listed = stringsOf(fieldOf(fieldOf(await readConfig(workspace, path), "test"), "projects"))?.items ?? [];
  const folders = listed.map((glob) =>
    glob
      .replace(/^(!?)\.\//, "$1")
      .replace(usualConfig, "")
      .replace(/\/+$/, ""),
  );
  // What is left with a file's name is a configuration that a run in the folder would not take.
  const wanted = folders.filter((glob) => glob !== "" && !/^!|\.config\./.test(glob) && staysInside(glob));
  const unwanted = folders.filter((glob) => /^!./.test(glob)).map((glob) => glob.slice(1));
  if (wanted.length === 0) return undefined;
  const { default: picomatch } = await import("picomatch");
  const matches = picomatch(wanted, { ignore: unwanted });
  return (folder) => isWithin(dir, folder) && matches(posix.relative(dir, folder));
}

/**
 * Is a module of a run in `dir` transformed by vite alone, from the module and what configures vite? A plugin may read
 * anything.
 */
export async function transformsAlone(workspace: Workspace, dir: RepoPath): Promise<boolean> {
  const own = findConfig(workspace, dir);
  const files = workspace.tree.files.map(({ path }) => path);
  // Stylesheets have plugins of their own, which read other files.
  if (files.some((path) => postcssConfig.test(nameOf(path)))) return false;
  // A run may have projects below its folder.
  const below = files.filter((path) => isWithin(dir, path) && projectConfig.test(nameOf(path)));
  const paths = new Set([...(own === undefined ? [] : [own]), ...below]);
  const plain = await Promise.all([...paths].map(async (path) => hasNoPlugins(await readConfig(workspace, path))));
  return plain.every(Boolean);
}

function hasNoPlugins(config: StaticValue): boolean {
  const projects = fieldOf(fieldOf(config, "test"), "projects");
  const listed = stringsOf(projects);
  const areBelow = isAbsent(projects) || (listed?.open === false && listed.items.every(staysInside));
  return areBelow && ["plugins", "css"].every((name) => isAbsent(fieldOf(config, name)));
}

/** Whatever vitest takes for the configuration of a project. */
const projectConfig = /^vite(?:st)?(?:\.[\w-]+)*\.(?:config|workspace)\./;
const postcssConfig = /^(?:postcss\.config\.|\.postcssrc)/;

const usualConfig = /\/vite(?:st)?\.config\.(?:[cm]?[jt]s|\*|\{[\w,]+\})$/;

/** Vitest looks in the folder it is run in, then in those above. */
function findConfig(workspace: Workspace, dir: RepoPath): RepoPath | undefined {
  const folders = [...ancestors(joinPath(dir, "x"))];
  return folders
    .flatMap((folder) => [...vitestConfigFiles, ...viteConfigFiles].map((name) => joinPath(folder, name)))
    .find((path) => workspace.tree.has(path));
}

async function readConfig(workspace: Workspace, path: RepoPath): Promise<StaticValue> {
  return readStaticConfig(nameOf(path), workspace.readText(path) ?? "");
}

function patternsOf(workspace: Workspace, dir: RepoPath, test: StaticValue): TestPatterns | undefined {
  const moved = ["dir", "root", "workspace"].some((name) => !isAbsent(fieldOf(test, name)));
  const include = stringsOr(fieldOf(test, "include"), defaultInclude);
  const inSource = stringsOr(fieldOf(test, "includeSource"), []);
  if (moved || include === undefined || inSource === undefined) return undefined;
  const typeTests = fieldOf(test, "typecheck");
  const typeInclude = isAbsent(typeTests) ? [] : stringsOr(fieldOf(typeTests, "include"), typeTestInclude);
  if (typeInclude === undefined || ![...include, ...inSource].every(staysInside)) return undefined;
  const files = [...include, ...typeInclude].map(withoutDot);
  // Leaving out too little is safe: the runner leaves out the rest.
  const exclude = [...defaultExclude, ...excludedBy(workspace, dir, fieldOf(test, "exclude"))];
  const patterns = { include: [...files, ...inSource.map(withoutDot)], exclude };
  if (inSource.length === 0) return patterns;
  const isNamed = matcherOf({ include: files, exclude: [] });
  const accepts = (path: RepoPath, matched: string): boolean =>
    isNamed(matched) || (workspace.readText(path)?.includes("import.meta.vitest") ?? false);
  return { ...patterns, accepts };
}

function excludedBy(workspace: Workspace, dir: RepoPath, written: StaticValue): readonly string[] {
  if (!isAbsent(written)) return stringsOf(written)?.items ?? [];
  return /^[0-3]\./.test(findInstalled(workspace, dir, "vitest")?.version ?? "") ? olderExclude : [];
}

/** Projects by folder have vitest's own patterns below these folders, unless a configuration of theirs says otherwise. */
async function projectPatterns(
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
  projects: StaticValue,
): Promise<TestPatterns | undefined> {
  const listed = stringsOf(projects);
  if (listed === undefined || listed.open) return inlinePatterns(workspace, dir, projects);
  const configs = new Set([...vitestConfigFiles, ...viteConfigFiles]);
  if (hasFileBelow(workspace, dir, nested, (path) => configs.has(nameOf(path)))) return undefined;
  const include = listed.items.filter((glob) => !glob.startsWith("!")).map(withoutDot);
  if (!include.every(staysInside)) return undefined;
  const exclude = listed.items.filter((glob) => glob.startsWith("!")).map((glob) => `${withoutDot(glob.slice(1))}/**`);
  const folders = await Promise.all(include.map((project) => projectFolders(workspace, dir, project)));
  return { include: folders.flat().map(testsBelow), exclude: [...defaultExclude, ...exclude] };
}

/** Projects that are written out where they are listed: a file that one of them takes is a test. */
function inlinePatterns(workspace: Workspace, dir: RepoPath, projects: StaticValue): TestPatterns | undefined {
  if (projects.kind !== "list" || !projects.items.every(standsAlone)) return undefined;
  const all = projects.items.map((project) => patternsOf(workspace, dir, fieldOf(project, "test")));
  const known = all.flatMap((patterns) => (patterns === undefined || patterns.accepts ? [] : [patterns]));
  if (known.length < all.length) return undefined;
  const exclude = known.map((patterns) => patterns.exclude);
  return {
    include: known.flatMap((patterns) => patterns.include),
    exclude: (exclude[0] ?? []).filter((glob) => exclude.every((globs) => globs.includes(glob))),
  };
}

/** Has it neither a folder of its own nor settings of another configuration? */
function standsAlone(project: StaticValue): boolean {
  return project.kind === "object" && ["root", "extends"].every((name) => isAbsent(fieldOf(project, name)));
}

/** A project is given by its folder, or by a configuration file, which then has to be there. */
async function projectFolders(workspace: Workspace, dir: RepoPath, project: string): Promise<readonly string[]> {
  if (!/\.config\.[^/]*$/.test(project)) return [project.replace(/\/+$/, "")];
  const { default: picomatch } = await import("picomatch");
  const matches = picomatch(project);
  const files = workspace.tree.files.filter(({ path }) => isWithin(dir, path) && matches(posix.relative(dir, path)));
  return files.map(({ path }) => posix.relative(dir, dirOf(path)));
}

function testsBelow(folder: string): string {
  return folder === "" ? "**/*.{test,spec}.?(c|m)[jt]s?(x)" : `${folder}/**/*.{test,spec}.?(c|m)[jt]s?(x)`;
}

function stringsOr(value: StaticValue, fallback: readonly string[]): readonly string[] | undefined {
  if (isAbsent(value)) return fallback;
  const strings = stringsOf(value);
  return strings === undefined || strings.open ? undefined : strings.items;
}

function withoutDot(glob: string): string {
  return glob.replace(/^\.\//, "");
}
