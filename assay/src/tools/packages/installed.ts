// Finds the packages that a repository has installed, without running any of its code.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AssayError } from "../../model/errors.ts";
import { ancestors, type RepoPath } from "../../model/paths.ts";
import { declaredDependencies, packageOf, type PackageManager, type Workspace } from "../../model/workspace.ts";

/** A package in some `node_modules`. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute; symbolic links are left as they are. */
  readonly dir: string;
  /**
   * Absolute path of the file behind one of its commands.
   *
   * @throws AssayError `tool-missing` when it has no such command: the installation is broken.
   */
  bin(command: string): string;
}

/**
 * The package that an import in `dir` would get.
 *
 * Looks in the `node_modules` of `dir` and of every folder above it, past the repository's root, as Node does.
 */
export function findInstalled(workspace: Workspace, dir: RepoPath, name: string): InstalledPackage | undefined {
  for (let folder = join(workspace.root, dir); ; folder = dirname(folder)) {
    const found = readInstalled(join(folder, "node_modules", name), name);
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}

/** Is `dir` under Yarn's Plug'n'Play? Its packages lie in archives that only Yarn can run. */
export function usesPlugAndPlay(workspace: Workspace, dir: RepoPath): boolean {
  if (workspace.manager !== "yarn") return false;
  const folders = dir === "" ? [dir] : [dir, ...ancestors(dir)];
  return folders.some((folder) => existsSync(join(workspace.root, folder, ".pnp.cjs")));
}

const addCommands: { readonly [M in PackageManager]: string } = {
  npm: "npm install --save-dev",
  pnpm: "pnpm add --save-dev",
  yarn: "yarn add --dev",
  bun: "bun add --dev",
};

/** The command, typed in the repository's root, that brings in a package which `dir` needs. */
export function installCommand(workspace: Workspace, dir: RepoPath, name: string): string {
  return isDeclared(workspace, dir, name)
    ? `${workspace.manager} install`
    : `${addCommands[workspace.manager]} ${name}`;
}

/** Does the manifest that `dir` belongs to name the package, or the root's? */
export function isDeclared(workspace: Workspace, dir: RepoPath, name: string): boolean {
  const inReach = [packageOf(workspace, dir), workspace.packages.find((pkg) => pkg.dir === "")];
  return inReach.some((pkg) => pkg !== undefined && declaredDependencies(pkg.manifest).has(name));
}

function readInstalled(dir: string, name: string): InstalledPackage | undefined {
  const file = join(dir, "package.json");
  if (!existsSync(file)) return undefined;
  const manifest = parseManifest(readFileSync(file, "utf8"));
  const version = manifest["version"];
  if (typeof version !== "string") return undefined;
  return { name, version, dir, bin: (command) => join(dir, binPath(manifest["bin"], name, command)) };
}

function parseManifest(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // A half-written installation counts as none.
    return {};
  }
}

function binPath(bin: unknown, name: string, command: string): string {
  if (typeof bin === "string" && command === name.slice(name.lastIndexOf("/") + 1)) return bin;
  const path: unknown = typeof bin === "object" && bin !== null ? Reflect.get(bin, command) : undefined;
  if (typeof path === "string") return path;
  throw new AssayError("tool-missing", `the installed ${name} has no command \`${command}\``);
}
