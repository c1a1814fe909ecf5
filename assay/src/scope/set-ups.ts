// Which tests are set up by which files: a test depends on its set-up as if it imported it.
import { dirOf, isWithin, joinPath, nameOf, rootDir, type RepoPath } from "../model/paths.ts";
import type { ModuleGraph } from "../source/graph.ts";
import { roleOf } from "../source/role.ts";
import { locate, namedIn, type NameContext } from "./configuration-names.ts";

/** A file, or the folder of a workspace package, that sets up tests. */
interface SetUp {
  readonly target: RepoPath;
  /** The folder of the package whose configuration says so. */
  readonly dir: RepoPath;
}

/** What is needed to tell whose tests are set up. */
export interface SetUpGround extends NameContext {
  readonly graph: ModuleGraph;
  readonly dirAt: (path: RepoPath) => RepoPath;
  /** The folders of a package and of all that depend on it: they may share its configuration. */
  dependentsOf(dir: RepoPath): ReadonlySet<RepoPath>;
}

/**
 * Answers the test files that a file sets up: those of the package whose test runner is told to load it, and of all
 * packages that depend on that one. What lies in `__mocks__` a runner may load in any test of its package.
 *
 * Not seen: set-ups that are named by an expression, or in a command that stands outside of the manifests' scripts.
 */
export function testsSetUpBy(ground: SetUpGround): (path: RepoPath) => readonly RepoPath[] {
  let setUps: readonly SetUp[] | undefined;
  let tests: readonly { readonly path: RepoPath; readonly dir: RepoPath }[] | undefined;
  return (path) => {
    setUps ??= [...findSetUps(ground)];
    const dirs = new Set<RepoPath>();
    for (const { target, dir } of setUps)
      if (isWithin(target, path)) for (const dependent of ground.dependentsOf(dir)) dirs.add(dependent);
    if (standIn.test(path)) dirs.add(ground.dirAt(path));
    if (dirs.size === 0) return [];
    tests ??= ground.graph.files
      .filter((file) => roleOf(file) === "test")
      .map((file) => ({ path: file, dir: ground.dirAt(file) }));
    // What lies at the root belongs to all.
    return tests.filter(({ dir }) => dirs.has(dir) || dirs.has(rootDir)).map((each) => each.path);
  };
}

function* findSetUps(ground: SetUpGround): Generator<SetUp> {
  const { workspace } = ground;
  for (const { path } of workspace.tree.files) {
    const name = nameOf(path);
    if (runnerConfiguration.test(name)) yield* setUpsNamedIn(ground, path);
    else if (settingsOfRequire.test(name)) yield* located(ground, path, requiredIn(workspace.readText(path) ?? ""));
  }
  for (const { dir, manifest } of workspace.packages) {
    const path = joinPath(dir, "package.json");
    yield* setUpsNamedIn(ground, path);
    const { mocha = {}, ava = {} } = manifest.raw;
    yield* located(ground, path, requiredIn(JSON.stringify([mocha, ava])));
    yield* located(ground, path, loadedByScripts(Object.values(manifest.scripts)));
  }
}

function* setUpsNamedIn(ground: SetUpGround, path: RepoPath): Generator<SetUp> {
  for (const { target, isSetUp } of namedIn(ground, path)) if (isSetUp) yield { target, dir: ground.dirAt(path) };
}

function* located(ground: SetUpGround, path: RepoPath, names: Iterable<string>): Generator<SetUp> {
  for (const name of names) {
    const target = locate(ground, [dirOf(path)], name);
    if (target !== undefined) yield { target, dir: ground.dirAt(path) };
  }
}

const standIn = /(?:^|\/)__mocks__\//;
/** Of a runner whose settings `namedIn` reads; also one of several: `vitest.shared.ts`, `unit.jest.config.js`. */
const runnerConfiguration = /\b(?:vitest|vite|jest|playwright)[.-][\w.-]+\.(?:[cm]?[jt]s|json)$/;
const settingsOfRequire = /^(?:\.mocharc|ava\.config)\.\w+$|^bunfig\.toml$/;
const required =
  /(?:^|[\s{,])["']?(?:require|file|preload)["']?\s*[:=][ \t]*(?<value>\[[^\]]*\]|(?:\s*\n\s*-[ \t]+\S+)+|[^\s,}]+)/g;

/** What the settings of mocha, ava and bun have loaded before the tests, in any of the notations they are written in. */
function* requiredIn(text: string): Generator<string> {
  for (const { groups } of text.matchAll(required))
    for (const [name] of groups?.["value"]?.matchAll(/[\w@./-]+/g) ?? []) yield name;
}

const runsTests = /\b(?:mocha|ava|tape?|borp|jest|vitest|bun test)\b|--test\b/;
const loaded =
  /(?:^|\s)(?:-r|--require|--import|--preload|--loader|--experimental-loader|--file|--globalSetup|--setupFiles|--setupFilesAfterEnv)[\s=]+["']?(?<name>[\w@./-]+)/g;

/** What the scripts that run tests name by the flags of Node or of a runner. */
function* loadedByScripts(scripts: readonly string[]): Generator<string> {
  for (const script of scripts.filter((each) => runsTests.test(each)))
    for (const { groups } of script.matchAll(loaded)) yield groups?.["name"] ?? "";
}
