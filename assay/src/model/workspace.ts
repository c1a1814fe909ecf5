import type { HeadTree } from "./change.ts";
import type { Config } from "./config.ts";
import { isWithin, type RepoPath } from "./paths.ts";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** What assay reads of a `package.json`. Fields that do not have the expected type are absent. */
export interface Manifest {
  readonly name: string | null;
  readonly type: "module" | "commonjs";
  readonly scripts: Readonly<Record<string, string>>;
  /** By field: a range as written. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  /** The whole object, for fields that only one reader needs (`exports`, `jest`, `prettier`, `eslintConfig`). */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Is there no other package in the repository? */
  readonly isAlone?: boolean;
}

/** A folder with a `package.json` that the workspace lists; the root counts as one when it has a manifest. */
export interface Package {
  /** The manifest's name; the folder's path where it has none. */
  readonly name: string;
  readonly dir: RepoPath;
  readonly manifest: Manifest;
}

/** What the repository is: read once, without running any of its code. */
export interface Workspace {
  /** Absolute path of the repository's root, symbolic links resolved. */
  readonly root: string;
  readonly manager: PackageManager;
  readonly tree: HeadTree;
  /** Ordered by folder; the root first if it has a manifest. */
  readonly packages: readonly Package[];
  readonly config: Config;
  /** Text of a file of the head; undefined where there is none, or it is no file, or not valid UTF-8, or over 4 MiB. */
  readText(path: RepoPath): string | undefined;
}

/** Every package that a manifest declares in any field. */
export function declaredDependencies(manifest: Manifest): ReadonlySet<string> {
  return new Set([
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.devDependencies),
    ...Object.keys(manifest.peerDependencies),
    ...Object.keys(manifest.optionalDependencies),
  ]);
}

/** The package whose folder is the longest that holds `path`. */
export function packageOf({ packages }: Workspace, path: RepoPath): Package | undefined {
  // A folder stands before those below it.
  return packages.findLast(({ dir }) => isWithin(dir, path));
}
