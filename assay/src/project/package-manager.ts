import { repoPath } from "../model/paths.ts";
import type { HeadTree } from "../model/change.ts";
import type { Manifest, PackageManager } from "../model/workspace.ts";
import { isRecord } from "./json.ts";

const managers: readonly PackageManager[] = ["npm", "pnpm", "yarn", "bun"];

/** What only one package manager writes, by name at the root; the first that is there decides. */
const signs: readonly (readonly [string, PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["pnpm-workspace.yaml", "pnpm"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["yarn.lock", "yarn"],
  [".yarnrc.yml", "yarn"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

/** What the root manifest names, else what the files at the root tell, else npm. */
export function packageManagerOf(tree: HeadTree, manifest: Manifest | undefined): PackageManager {
  return declared(manifest) ?? signs.find(([file]) => tree.has(repoPath(file)))?.[1] ?? "npm";
}

function declared(manifest: Manifest | undefined): PackageManager | undefined {
  const field = manifest?.raw["packageManager"];
  // Written as `pnpm@10.2.0+sha512.…`.
  if (typeof field === "string") return managers.find((manager) => field.startsWith(`${manager}@`));
  const engines = manifest?.raw["devEngines"];
  const engine: unknown = isRecord(engines) ? engines["packageManager"] : undefined;
  return isRecord(engine) ? managers.find((manager) => manager === engine["name"]) : undefined;
}
