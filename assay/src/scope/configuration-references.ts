// What configuration pulls in: `extends`, set-up files, imports. A change there is a change of the configuration.
import { dirOf, isWithin, nameOf, pathInside, rootDir, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { isConfigurationName, type Governing } from "./root-configuration.ts";
import type { ScopeMap } from "./scope-map.ts";

/** A file, or the folder of a workspace package, that configuration refers to, and the configuration that does. */
export interface Reference {
  readonly target: RepoPath;
  readonly from: RepoPath;
}

/** What is needed to find what a configuration refers to. */
export interface ReferenceContext {
  readonly workspace: Workspace;
  readonly map: ScopeMap;
  readonly governing: Governing;
  /** A file that the change took away can still be referred to. */
  readonly changed: ReadonlySet<RepoPath>;
}

/**
 * What the configuration in shared folders refers to, directly or through other files; and, where the change holds
 * JSON, what `tsconfig` files take from other scopes.
 *
 * Reads texts, not syntax. Not seen: names that are put together at run time, and settings that name a folder.
 */
export function configurationReferences(context: ReferenceContext): readonly Reference[] {
  const { workspace, governing, changed } = context;
  const found = new Map<RepoPath, Reference>();
  const holdsJson = [...changed].some((path) => path.endsWith(".json"));
  for (const { path } of workspace.tree.files) {
    if (isSharedConfiguration(path, governing)) follow(context, path, found);
    else if (holdsJson && /^tsconfig[^/]*\.json$/.test(nameOf(path))) addForeign(context, path, found);
  }
  return [...found.values()];
}

/** The reference that makes a path part of the configuration. */
export function referenceTo(references: readonly Reference[], path: RepoPath): Reference | undefined {
  return references.find(({ target }) => isWithin(target, path));
}

function isSharedConfiguration(path: RepoPath, { sharedDirs }: Governing): boolean {
  if (path === "package.json") return true;
  return sharedDirs.has(dirOf(path)) && isConfigurationName(nameOf(path));
}

function follow(context: ReferenceContext, path: RepoPath, found: Map<RepoPath, Reference>): void {
  for (const target of referencesIn(context, path)) {
    if (found.has(target)) continue;
    found.set(target, { target, from: path });
    follow(context, target, found);
  }
}

function addForeign(context: ReferenceContext, path: RepoPath, found: Map<RepoPath, Reference>): void {
  const { map } = context;
  for (const target of referencesIn(context, path)) {
    if (map.scopeOf(target) !== map.scopeOf(path)) found.set(target, { target, from: path });
  }
}

function* referencesIn(context: ReferenceContext, path: RepoPath): Generator<RepoPath> {
  const { workspace } = context;
  const text = workspace.readText(path)?.replaceAll(codeNames, "");
  if (text === undefined) return;
  const names = nameOf(path) === "package.json" ? [] : [...importsIn(text)];
  for (const value of settingsIn(text)) {
    // A set-up file may be named without a leading `./`, in a folder that is called like the package in it.
    const file = pathInside(dirOf(path), value);
    names.push(`./${value}`);
    if (file === undefined || !workspace.tree.has(file)) names.push(value);
  }
  for (const name of names) {
    const target = locate(context, dirOf(path), name);
    if (target !== undefined) yield target;
  }
}

/** What an alias or a bundler's entry leads to is code like any other: the module graph knows who imports it. */
const codeNames =
  /\b(?:alias|moduleNameMapper|entry|entries|entryPoints|input)["']?\s*:\s*(?:\{[^{}]*\}|\[[^[\]]*\]|[\w.]+\([^()]*\))/g;
const imported = /(?:from|import|require|resolve)[\s(]*(?<quote>["'`])(?<specifier>[^"'`\n]+)\k<quote>/g;
const setting =
  /(?:extends|preset|setupFiles|setupFilesAfterEnv|globalSetup|globalTeardown|testEnvironment|jsPlugins|plugins|prettier)["']?\s*[:=]\s*(?<value>\[(?:[^[\]]|\[[^[\]]*\])+\]|"[^"\n]+"|'[^'\n]+')/g;

function* importsIn(text: string): Generator<string> {
  for (const match of text.matchAll(imported)) yield match.groups?.["specifier"] ?? "";
}

function* settingsIn(text: string): Generator<string> {
  for (const match of text.matchAll(setting)) {
    const value = match.groups?.["value"] ?? "";
    for (const quoted of value.matchAll(/["'](?<specifier>[^"'\n]+)["']/g)) {
      const before = value.slice(0, quoted.index);
      // Of a plug-in with options only its name leads anywhere: `{ "name": "x", "packages": ["effect"] }`.
      if (depthOf(before) > 0 && !/\b(?:name|path|resolve|transform)["']?\s*:\s*(?:[\w.]+\()?$/.test(before)) continue;
      yield (quoted.groups?.["specifier"] ?? "").replace("<rootDir>/", "./");
    }
  }
}

/** In how many objects what follows stands. */
function depthOf(text: string): number {
  return text.split("{").length - text.split("}").length;
}

const endings = ["", ".json", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/** A file of the head or of the change, or the folder of the workspace package that the specifier names. */
function locate({ workspace, changed }: ReferenceContext, dir: RepoPath, specifier: string): RepoPath | undefined {
  if (!specifier.startsWith(".")) {
    const isNamed = (name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);
    return workspace.packages.find((pkg) => pkg.dir !== rootDir && isNamed(pkg.name))?.dir;
  }
  const typed = specifier.replace(/\.([cm]?)js$/, ".$1ts");
  const plain = endings.map((ending) => specifier + ending);
  for (const name of [...plain, typed, ...endings.map((ending) => `${specifier}/index${ending}`)]) {
    const path = pathInside(dir, name);
    if (path !== undefined && (workspace.tree.has(path) || changed.has(path))) return path;
  }
  return undefined;
}
