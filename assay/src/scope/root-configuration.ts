// Which files set the rules for more than the folder they lie in.
import { ancestors, dirOf, nameOf, rootDir, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import type { ScopeMap } from "./scope-map.ts";

const lockfiles = new Set([
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
]);

const workspaceLists = new Set(["pnpm-workspace.yaml", "lerna.json"]);

const configurationNames = [
  /^[tj]sconfig[^/]*\.json$/,
  /\.(config|setup|preset|workspace|projects)\.([cm]?[jt]s|jsonc?)$/,
  /^\.[\w-]+rc(\.(jsonc?|json5|[cm]?[jt]s|ya?ml|toml))?$/,
  /^\.[\w-]+ignore$/,
  /^\.env/,
  /^\.pnp\./,
  /^\.(editorconfig|gitattributes|gitmodules|node-version|tool-versions|pnpmfile\.cjs)$/,
  /^(turbo|nx|project|\.?biome|deno|eslint-suppressions)\.jsonc?$/,
  /^(bunfig|mise)\.toml$/,
];

/** Folders at the root that hold nothing else. */
const configurationFolders = new Set([".github", ".config", ".yarn", "patches"]);

/** What a file is for the whole workspace, by its name and place. */
export type GoverningRole = "lockfile" | "workspace-list" | "configuration";

/** Tells by name and place which files set rules for other scopes. */
export interface Governing {
  roleOf(path: RepoPath): GoverningRole | undefined;
  /** Folders above a package or a scope, the root among them: what configures them reaches into others. */
  readonly sharedDirs: ReadonlySet<RepoPath>;
}

export function governingFiles({ packages }: Pick<Workspace, "packages">, map: ScopeMap): Governing {
  const packageDirs = packages.map(({ dir }) => dir);
  const sharedDirs = new Set([rootDir]);
  for (const dir of [...packageDirs, ...map.units]) for (const above of ancestors(dir)) sharedDirs.add(above);
  const installDirs = new Set([...sharedDirs, ...packageDirs]);
  return {
    sharedDirs,
    roleOf(path) {
      const [dir, name] = [dirOf(path), nameOf(path)];
      if (lockfiles.has(name) && installDirs.has(dir)) return "lockfile";
      if (workspaceLists.has(name) && installDirs.has(dir)) return "workspace-list";
      if (configurationFolders.has(path.split("/")[0] ?? "") && dir !== rootDir) return "configuration";
      return isConfigurationName(name) && sharedDirs.has(dir) ? "configuration" : undefined;
    },
  };
}

/** Does a file of this name configure a tool, wherever it lies? */
export function isConfigurationName(name: string): boolean {
  return configurationNames.some((pattern) => pattern.test(name));
}
