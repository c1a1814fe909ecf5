// What a configuration file names: modules that it imports, and files in its settings.
import { dirOf, nameOf, pathInside, rootDir, type RepoPath } from "../model/paths.ts";
import { packageOf, type Workspace } from "../model/workspace.ts";

/** A file, or the folder of a workspace package, that a configuration file names. */
export interface Named {
  readonly target: RepoPath;
  /** Is it loaded for the sake of tests, before them or around them, rather than to configure anything? */
  readonly isSetUp: boolean;
}

/** What is needed to find what a name leads to. */
export interface NameContext {
  readonly workspace: Workspace;
  /** A file that the change took away can still be named. */
  readonly changed: ReadonlySet<RepoPath>;
}

/**
 * What one configuration file names, in any order; a target may come twice.
 *
 * Reads texts, not syntax. Not seen: names that are put together at run time, and settings that name a folder.
 */
export function* namedIn(context: NameContext, path: RepoPath): Generator<Named> {
  const { workspace } = context;
  const text = workspace.readText(path)?.replaceAll(codeNames, "");
  if (text === undefined) return;
  const found = (dirs: readonly RepoPath[], name: string): RepoPath | undefined =>
    // A file may be named without a leading `./`, in a folder that is called like the package in it.
    locate(context, dirs, name) ?? packageNamed(workspace, name);
  const dir = dirOf(path);
  const roots = [dir, packageOf(workspace, path)?.dir ?? rootDir];
  for (const value of valuesOf(setUp, text))
    for (const name of [...namesIn(value), ...joinedIn(value)]) yield* to(found(roots, name), true);
  const rest = text.replaceAll(setUp, "");
  for (const value of valuesOf(setting, rest)) for (const name of namesIn(value)) yield* to(found([dir], name), false);
  if (nameOf(path) === "package.json") return;
  for (const name of valuesOf(imported, rest))
    yield* to(name.startsWith(".") ? locate(context, [dir], name) : packageNamed(workspace, name), false);
}

function to(target: RepoPath | undefined, isSetUp: boolean): readonly Named[] {
  return target === undefined ? [] : [{ target, isSetUp }];
}

/** What an alias or a bundler's entry leads to is code like any other: the module graph knows who imports it. */
const codeNames =
  /\b(?:alias|moduleNameMapper|entry|entries|entryPoints|input)["']?\s*:\s*(?:\{[^{}]*\}|\[[^[\]]*\]|[\w.]+\([^()]*\))/g;
const written = /\[(?:[^[\]]|\[[^[\]]*\])+\]|"[^"\n]+"|'[^'\n]+'/.source;
const called = /(?:new\s+)?[\w.]+\((?:[^()]|\([^()]*\))*\)/.source;
const setUp = new RegExp(
  `(?:setupFiles|setupFilesAfterEnv|globalSetup|globalTeardown|testEnvironment|environment|snapshotSerializers)["']?\\s*[:=]\\s*(?<value>${written}|${called})`,
  "g",
);
const setting = new RegExp(`(?:extends|preset|jsPlugins|plugins|prettier)["']?\\s*[:=]\\s*(?<value>${written})`, "g");
const imported = /(?:from|import|require|resolve)[\s(]*(?<quote>["'`])(?<value>[^"'`\n]+)\k<quote>/g;

function valuesOf(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].map(({ groups }) => groups?.["value"] ?? "");
}

function* namesIn(value: string): Generator<string> {
  for (const quoted of value.matchAll(/["'](?<specifier>[^"'\n]+)["']/g)) {
    const before = value.slice(0, quoted.index);
    // Of a plug-in with options only its name leads anywhere: `{ "name": "x", "packages": ["effect"] }`.
    if (depthOf(before) > 0 && !/\b(?:name|path|resolve|transform)["']?\s*:\s*(?:[\w.]+\()?$/.test(before)) continue;
    yield (quoted.groups?.["specifier"] ?? "").replace("<rootDir>/", "./");
  }
}

/** `path.join(__dirname, "test", "set-up.ts")`. */
function* joinedIn(value: string): Generator<string> {
  for (const [, parts = ""] of value.matchAll(/\(([^()]*)\)/g)) {
    const names = [...namesIn(parts)];
    if (names.length > 1) yield names.join("/");
  }
}

/** In how many objects what follows stands. */
function depthOf(text: string): number {
  return text.split("{").length - text.split("}").length;
}

const endings = ["", ".json", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/** A file of the head or of the change, below the first of these folders that has one. */
export function locate(
  { workspace, changed }: NameContext,
  dirs: readonly RepoPath[],
  name: string,
): RepoPath | undefined {
  const typed = name.replace(/\.([cm]?)js$/, ".$1ts");
  const variants = [
    ...endings.map((ending) => name + ending),
    typed,
    ...endings.map((ending) => `${name}/index${ending}`),
  ];
  for (const dir of dirs)
    for (const variant of variants) {
      const path = pathInside(dir, variant);
      if (path !== undefined && (workspace.tree.has(path) || changed.has(path))) return path;
    }
  return undefined;
}

/** The folder of the workspace package that a specifier begins with. */
function packageNamed({ packages }: Workspace, specifier: string): RepoPath | undefined {
  const isNamed = (name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);
  return packages.find((pkg) => pkg.dir !== rootDir && isNamed(pkg.name))?.dir;
}
