// What manifests declare, for whom, now and at the base.
import type { ChangeContext } from "../../model/check.ts";
import { ancestors, isWithin, joinPath, rootDir, type RepoPath } from "../../model/paths.ts";
import { packageOf } from "../../model/workspace.ts";
import { roleOf } from "../../source/role.ts";
import { readNames, usedFields, type ManifestNames } from "./manifest-names.ts";
import { remembered } from "../change/remembered.ts";
import { baseTextReader } from "../change/base-text.ts";

/** One file's need of one package. */
export interface Need {
  readonly path: RepoPath;
  readonly name: string;
}

export interface Declarations {
  /** The manifest in which a file's packages belong; undefined where there is none. */
  manifestFor(path: RepoPath): RepoPath | undefined;
  isDeclared(need: Need): boolean;
  wasDeclared(need: Need): boolean;
  /** Did any manifest at the base declare it that lay above the path then? */
  wasDeclaredAbove(need: Need): boolean;
  /** What the change took out of manifests, by the manifest's folder. */
  removed(): readonly { readonly dir: RepoPath; readonly name: string }[];
}

const fields = [...usedFields, "devDependencies", "bundledDependencies", "bundleDependencies"];

/** Folders for what accompanies a package and is not shipped with it. */
const besides =
  /(?:^|\/)(?:\.[\w-]+|bench(?:mark|marks)?|demos?|dev|docs?|e2e|examples?|playgrounds?|samples?|scripts?|stories|tasks|testing|tools?|website)\/|\.(?:bench|stories|story)\.[cm]?[jt]sx?$/;

export function createDeclarations(context: ChangeContext): Declarations {
  const { workspace } = context;
  const changed = new Set(context.pairs.map(({ change }) => change.path));
  const readBase = baseTextReader(context);
  const headOf = remembered((dir: RepoPath) => readNames(workspace.readText(manifestIn(dir)), fields));
  const baseOf = remembered((dir: RepoPath) => readNames(readBase(manifestIn(dir)), fields));

  const declares = (read: (dir: RepoPath) => ManifestNames | undefined, { path, name }: Need): boolean =>
    foldersFor(context, path).some((dir) => {
      const manifest = read(dir);
      return manifest !== undefined && (manifest.name === name || declaredBy(manifest.declared, name));
    });

  return {
    manifestFor(path) {
      const dir = ownFolders(context, path).find((each) => headOf(each) !== undefined);
      return dir === undefined ? undefined : manifestIn(dir);
    },
    isDeclared: (need) => declares(headOf, need),
    wasDeclared: (need) => declares(baseOf, need),
    wasDeclaredAbove: ({ path, name }) =>
      [...ancestors(path)].some((dir) => declaredBy(baseOf(dir)?.declared ?? new Set(), name)),
    removed: () =>
      workspace.packages
        .filter(({ dir }) => changed.has(manifestIn(dir)))
        .flatMap(({ dir }) => {
          const now = headOf(dir)?.declared ?? new Set<string>();
          const before = baseOf(dir)?.declared ?? new Set<string>();
          return [...before].filter((name) => !declaredBy(now, name)).map((name) => ({ dir, name }));
        }),
  };
}

/** Folders whose manifests count for a file, nearest first. */
function foldersFor(context: ChangeContext, path: RepoPath): readonly RepoPath[] {
  const own = ownFolders(context, path);
  return isShipped(path) ? own : [...own, rootDir];
}

/** Is a file part of what its package is for, rather than something that accompanies it? */
export function isShipped(path: RepoPath): boolean {
  return roleOf(path) === "source" && !besides.test(path);
}

/** Up to and with the workspace package's; where a file is in none, up to the root. */
function ownFolders({ workspace }: ChangeContext, path: RepoPath): readonly RepoPath[] {
  const top = packageOf(workspace, path)?.dir ?? rootDir;
  return [...ancestors(path)].filter((dir) => isWithin(top, dir) && workspace.tree.has(manifestIn(dir)));
}

function declaredBy(declared: ReadonlySet<string>, name: string): boolean {
  return declared.has(name) || declared.has(`@types/${name.replace(/^@([^/]+)\//, "$1__")}`);
}

function manifestIn(dir: RepoPath): RepoPath {
  return joinPath(dir, "package.json");
}
