import { realpathSync } from "node:fs";
import type { HeadTree } from "../model/change.ts";
import type { Config } from "../model/config.ts";
import { AssayError } from "../model/errors.ts";
import { byPath, dirOf, isWithin, nameOf, rootDir, type RepoPath } from "../model/paths.ts";
import type { Manifest, Package, Workspace } from "../model/workspace.ts";
import { parseManifest } from "./manifest.ts";
import { matchMembers, memberPatterns } from "./members.ts";
import { suggestion } from "./nearest.ts";
import { packageManagerOf } from "./package-manager.ts";
import { textReader } from "./read-text.ts";

/**
 * Reads what the repository is: its package manager and its packages.
 *
 * Without a manifest at the root the outermost ones in the tree count as roots of their own, except below folders
 * that hold test data or templates. A manifest that nothing lists is never opened.
 *
 * @throws AssayError `config-invalid` for a manifest or a list of packages that cannot be read, and for a scope in
 * `assay.toml` that is no package's name where scopes are packages.
 */
export async function readWorkspace(root: string, tree: HeadTree, config: Config): Promise<Workspace> {
  const realRoot = realpathSync(root);
  return describeWorkspace({ root: realRoot, tree, config, readText: textReader(realRoot) });
}

/**
 * The same, of files that are read in another way.
 *
 * @throws AssayError as `readWorkspace` does.
 */
export async function describeWorkspace(files: Omit<Workspace, "manager" | "packages">): Promise<Workspace> {
  const { tree, config, readText } = files;
  const manifests = tree.files.map(({ path }) => path).filter(isManifest);
  const packages = await readPackages(readText, manifests);
  checkScopeNames(config, packages);
  const manager = packageManagerOf(tree, packages.find(({ dir }) => dir === rootDir)?.manifest);
  return { ...files, manager, packages };
}

type ReadText = Workspace["readText"];

function isManifest(path: RepoPath): boolean {
  return nameOf(path) === "package.json" && !path.split("/").includes("node_modules");
}

async function readPackages(readText: ReadText, manifests: readonly RepoPath[]): Promise<readonly Package[]> {
  const found = new Map<RepoPath, Package>();
  const rootManifest = manifests.find((path) => dirOf(path) === rootDir);
  if (rootManifest !== undefined) addPackage(found, readText, rootManifest);
  await addMembers(found, readText, rootDir, manifests);
  if (found.size === 0) {
    for (const outermost of outermostManifests(manifests)) {
      if (isReadable(readText, outermost)) addPackage(found, readText, outermost);
      await addMembers(found, readText, dirOf(outermost), manifests);
    }
  }
  const [only, ...others] = found.values();
  if (only !== undefined && others.length === 0) return [{ ...only, manifest: { ...only.manifest, isAlone: true } }];
  return [...found.values()].toSorted((a, b) => byPath(a.dir, b.dir));
}

/** Adds what the workspace rooted in `dir` lists; a member may be the root of a workspace itself. */
async function addMembers(
  found: Map<RepoPath, Package>,
  readText: ReadText,
  dir: RepoPath,
  manifests: readonly RepoPath[],
): Promise<void> {
  const patterns = await memberPatterns(readText, dir, found.get(dir)?.manifest);
  if (patterns.length === 0) return;
  const members = await matchMembers(dir, patterns, manifests);
  for (const path of members) {
    if (found.has(dirOf(path))) continue;
    addPackage(found, readText, path);
    await addMembers(found, readText, dirOf(path), manifests);
  }
}

function addPackage(found: Map<RepoPath, Package>, readText: ReadText, path: RepoPath): void {
  const dir = dirOf(path);
  const manifest = readManifest(readText, path);
  found.set(dir, { name: manifest.name ?? (dir === rootDir ? "." : dir), dir, manifest });
}

function readManifest(readText: ReadText, path: RepoPath): Manifest {
  const text = readText(path);
  if (text !== undefined) return parseManifest(path, text);
  throw new AssayError("config-invalid", `${path}: cannot be read as text`, {
    hint: `Make ${path} a UTF-8 file inside the repository.`,
  });
}

const dataFolders = /(^|\/)(__fixtures__|fixtures?|testdata|test-data|templates?)\//;

function outermostManifests(manifests: readonly RepoPath[]): readonly RepoPath[] {
  const candidates = manifests.filter((path) => !dataFolders.test(path));
  return candidates.filter(
    (path) => !candidates.some((other) => other !== path && isWithin(dirOf(other), dirOf(path))),
  );
}

/** Nothing says that an outermost manifest is in use, so a broken one is no error: its files belong to no package. */
function isReadable(readText: ReadText, path: RepoPath): boolean {
  try {
    readManifest(readText, path);
    return true;
  } catch {
    return false;
  }
}

/** With a path map the names were checked when the file was read. */
function checkScopeNames(config: Config, packages: readonly Package[]): void {
  if (config.pathMap !== null) return;
  const known = new Set(packages.map(({ name }) => name));
  for (const { name, where } of scopeMentions(config)) {
    if (known.has(name)) continue;
    throw new AssayError("config-invalid", `assay.toml: unknown scope "${name}" in ${where}`, {
      hint: `${suggestion(name, known, "packages")} Without [scope.path_map] scopes are the workspace's packages.`,
    });
  }
}

function* scopeMentions(config: Config): Generator<{ readonly name: string; readonly where: string }> {
  for (const [name, targets] of Object.entries(config.dependencies)) {
    for (const mention of [name, ...targets]) yield { name: mention, where: "[scope.dependencies]" };
  }
  for (const name of Object.keys(config.boundaries)) yield { name, where: `[boundaries.${name}]` };
  for (const { id, scopes } of [...config.checks, ...config.parities, ...config.ratios]) {
    for (const name of scopes ?? []) yield { name, where: `the scopes of check "${id}"` };
  }
}
