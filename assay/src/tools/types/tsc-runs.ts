// From programs to runs of the compiler: which are checked alone, which are built together, and which can't be run.
import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { AssayError } from "../../model/errors.ts";
import { isWithin, nameOf, repoPath, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { readIgnoreRules } from "./git-ignore.ts";
import { findCompiler } from "./tsc-compiler.ts";
import { closureOf, type TsProgram } from "./tsc-programs.ts";
import { outputFolders, outputsOf, programFiles, type TsConfig, type TsConfigs } from "./tsconfig.ts";

/** One start of the compiler. */
export interface TypeRun extends Omit<TsProgram, "config"> {
  /** One, or those that are built together. */
  readonly projects: readonly TypeProject[];
  /** Why it can't be run. */
  readonly obstacle: AssayError | null;
  /** Why projects that should be built together are checked alone: what to say when they can't be. */
  readonly notBuilt: AssayError | null;
}

export interface TypeProject {
  readonly config: TsConfig;
  /** Is this file in the project by name? */
  contains(path: RepoPath): boolean;
}

/**
 * Projects without references are checked alone. Those that refer to each other are built, if git ignores all that
 * this writes. Otherwise each is checked alone too: right as long as none of them imports another's files, and the
 * compiler says so (TS6305) when one does. Only where declaration files of an earlier build lie about, which may be
 * out of date without anybody noticing, no run is trusted.
 */
export async function typeRuns(configs: TsConfigs, programs: readonly TsProgram[]): Promise<readonly TypeRun[]> {
  if (programs.length === 0) return [];
  const isIgnored = await readIgnoreRules(configs.workspace);
  const filesOf = await programFiles(configs.workspace);
  const runs = programs.flatMap((program) => runsOf(configs, program, isIgnored, filesOf));
  return together(configs.workspace, runs);
}

function runsOf(
  configs: TsConfigs,
  program: TsProgram,
  isIgnored: (path: RepoPath) => boolean,
  filesOf: (config: TsConfig) => (path: RepoPath) => boolean,
): readonly TypeRun[] {
  const { workspace } = configs;
  const closure = program.build ? closureOf(configs, program.config) : ownConfig(configs, program.config);
  const leaves = [...closure.values()].filter((config) => !config.isSolution);
  const obstacle = [...closure.values()].map(missingFile).find((error) => error !== null) ?? null;
  const projects = leaves.map((config): TypeProject => ({ config, contains: filesOf(config) }));
  const alone = (notBuilt: AssayError | null): readonly TypeRun[] =>
    projects.map((project) => ({ ...program, build: false, projects: [project], obstacle, notBuilt }));
  if (obstacle !== null) return alone(null).slice(0, 1);
  if (!program.build || !leaves.some((config) => refersToOther(config, closure))) return alone(null);
  const written = leaves
    .flatMap((config) => outputsOf(config))
    .find((path) => !isIgnoredOutput(workspace, path, isIgnored));
  if (written === undefined) return [{ ...program, projects, obstacle, notBuilt: null }];
  const notBuilt = wouldWrite(workspace, written);
  const stale = leaves.some((config) => hasDeclarations(workspace, config));
  return stale ? [{ ...program, projects, obstacle: notBuilt, notBuilt }] : alone(notBuilt);
}

/** Has an earlier build left declaration files? Beside the sources those are that have the name of one. */
function hasDeclarations({ root, tree }: Workspace, config: TsConfig): boolean {
  const tracked = new Set(tree.files.map((file) => join(root, file.path)));
  const isEmitted = (path: string): boolean => {
    const stem = /^(.*)\.d\.[cm]?ts$/u.exec(path)?.[1];
    if (stem === undefined || tracked.has(path)) return false;
    return config.outDir !== null || [".ts", ".tsx", ".mts", ".cts"].some((end) => tracked.has(stem + end));
  };
  const search = (dir: string): boolean =>
    readdirSync(dir, { withFileTypes: true }).some((entry) => {
      const path = join(dir, entry.name);
      if (!entry.isDirectory()) return isEmitted(path);
      return entry.name !== "node_modules" && !entry.name.startsWith(".") && search(path);
    });
  return outputFolders(config).some((dir) => existsSync(dir) && search(dir));
}

function ownConfig(configs: TsConfigs, path: RepoPath): ReadonlyMap<RepoPath, TsConfig> {
  const config = configs.read(path);
  return new Map(config === undefined ? [] : [[path, config]]);
}

function refersToOther(config: TsConfig, closure: ReadonlyMap<RepoPath, TsConfig>): boolean {
  return config.references.some((path) => closure.get(path)?.isSolution === false);
}

/** What frameworks write before types can be checked, by the folder it lies in. */
const generators: readonly (readonly [RegExp, string])[] = [
  [/\.nuxt\//u, "npx nuxi prepare"],
  [/\.svelte-kit\//u, "npx svelte-kit sync"],
  [/\.astro\//u, "npx astro sync"],
  [/\.wxt\//u, "npx wxt prepare"],
  [/\.react-router\//u, "npx react-router typegen"],
];

function missingFile({ path, missing }: TsConfig): AssayError | null {
  if (missing === null) return null;
  const hint = generators.find(([pattern]) => pattern.test(`${missing}/`))?.[1];
  return new AssayError(
    "config-invalid",
    `${path} needs ${missing}, which is not there`,
    hint === undefined ? {} : { hint },
  );
}

function isIgnoredOutput(workspace: Workspace, absolute: string, isIgnored: (path: RepoPath) => boolean): boolean {
  const path = fromRoot(workspace, absolute);
  if (path === undefined) return true;
  // A folder may be ignored and still hold files that are tracked.
  const folder = nameOf(path) === "index.d.ts" ? repoPath(path.slice(0, -nameOf(path).length)) : path;
  return isIgnored(path) && !workspace.tree.files.some((file) => isWithin(folder, file.path));
}

function fromRoot({ root }: Workspace, absolute: string): RepoPath | undefined {
  try {
    return repoPath(relative(root, absolute).split(sep).join("/"));
  } catch {
    return undefined;
  }
}

function wouldWrite(workspace: Workspace, absolute: string): AssayError {
  const path = (fromRoot(workspace, absolute) ?? absolute).replace(/(?:^|(?<=\/))index\.d\.ts$/u, "") || ".";
  return new AssayError(
    "config-invalid",
    `types can't be checked: \`tsc -b\` would write ${path}, which git does not ignore`,
    {
      hint: `echo '${path.endsWith(".tsbuildinfo") ? "*.tsbuildinfo" : path}' >> .gitignore`,
    },
  );
}

/** Builds by the same compiler become one: two at once would write the same files. */
function together(workspace: Workspace, runs: readonly TypeRun[]): readonly TypeRun[] {
  const builds = new Map<string, TypeRun>();
  const alone: TypeRun[] = [];
  for (const run of runs) {
    if (!run.build || run.obstacle !== null) {
      alone.push(run);
      continue;
    }
    const version = findCompiler(workspace, run.dir, run.compiler)?.version;
    const key = JSON.stringify([run.compiler, version, run.flags, run.env]);
    const other = builds.get(key);
    builds.set(key, other === undefined ? run : joined(workspace, other, run));
  }
  return [...builds.values(), ...unrepeated(alone)];
}

function joined(workspace: Workspace, a: TypeRun, b: TypeRun): TypeRun {
  const projects = [
    ...new Map([...a.projects, ...b.projects].map((project) => [project.config.path, project])).values(),
  ];
  const hasRoot = findCompiler(workspace, rootDir, a.compiler) !== undefined;
  return { ...a, dir: hasRoot ? rootDir : a.dir, projects };
}

function unrepeated(runs: readonly TypeRun[]): readonly TypeRun[] {
  const key = (run: TypeRun): string =>
    JSON.stringify([run.compiler, run.projects.map(({ config }) => config.path), run.flags]);
  return [...new Map(runs.map((run) => [key(run), run])).values()];
}
