// What is installed, as far as files tell: part of what a stored verdict depends on.
import { createHash, type Hash } from "node:crypto";
import { readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import path from "node:path";
import { repoPath, rootDir } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";

/** Written by the package managers at the end of an installation, with every resolved version in it. */
const records = [
  "node_modules/.package-lock.json",
  "node_modules/.pnpm/lock.yaml",
  "node_modules/.modules.yaml",
  "node_modules/.yarn-state.yml",
  "node_modules/.yarn-integrity",
  ".pnp.cjs",
];

/**
 * A digest that changes when something else is installed, in the root or in a package's own `node_modules`.
 *
 * Where the package manager leaves no record (bun), the names, sizes and times of the installed manifests stand in.
 * Not seen: a file edited by hand below `node_modules`.
 */
export function installState(workspace: Workspace): string {
  const hash = createHash("sha256");
  const rootRecorded = addRecords(hash, rootDir, workspace.root);
  if (!rootRecorded) addManifests(hash, rootDir, workspace.root);
  for (const { dir } of workspace.packages) {
    if (dir === rootDir) continue;
    const absolute = path.join(workspace.root, dir);
    if (!addRecords(hash, dir, absolute) && !rootRecorded) addManifests(hash, dir, absolute);
  }
  // Node looks for packages past the repository's root.
  for (const above of foldersAbove(workspace.root))
    if (!addRecords(hash, above, above)) addManifests(hash, above, above);
  return hash.digest("hex");
}

function* foldersAbove(root: string): Generator<string> {
  for (let dir = path.dirname(root), below = root; dir !== below; below = dir, dir = path.dirname(dir)) yield dir;
}

/** Answers whether there was a record. */
function addRecords(hash: Hash, label: string, dir: string): boolean {
  let recorded = false;
  for (const record of records) {
    const content = contentOf(path.join(dir, record));
    if (content === undefined) continue;
    recorded = true;
    hash.update(`${label}\0${record}\0${content.length}\0`).update(content);
  }
  return recorded;
}

function addManifests(hash: Hash, label: string, dir: string): void {
  for (const line of installedManifests(path.join(dir, "node_modules"))) hash.update(`${label}\0${line}\0`);
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function* installedManifests(modules: string): Generator<string> {
  for (const name of namesIn(modules)) {
    if (name.startsWith(".")) continue;
    const inner = name.startsWith("@") ? namesIn(path.join(modules, name)).map((leaf) => `${name}/${leaf}`) : [name];
    for (const installed of inner) {
      const stats = statsOf(path.join(modules, installed, "package.json"));
      yield `${installed} ${stats?.size} ${stats?.mtimeMs}`;
    }
  }
}

function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** The command that installs what the lockfile says, typeable at the root. */
export function installCommand({ manager, tree }: Pick<Workspace, "manager" | "tree">): string {
  if (manager !== "npm") return `${manager} install`;
  const locked = ["package-lock.json", "npm-shrinkwrap.json"].some((file) => tree.has(repoPath(file)));
  return locked ? "npm ci" : "npm install";
}
