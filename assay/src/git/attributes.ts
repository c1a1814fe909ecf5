// Attributes that make git store something else than the bytes on disk.
import { join } from "node:path";
import { nameOf, type RepoPath } from "../model/paths.ts";
import { joinFields, onDisk, splitFields } from "./names.ts";
import type { Repository } from "./repository.ts";
import { git, type Place } from "./run.ts";
import { hasLines, readIfThere, userFile } from "./user-files.ts";

const converting = ["filter", "ident", "working-tree-encoding"] as const;

/** Those of `paths` whose content git rewrites when it stores them, so that its own comparison proves nothing. */
export async function rewrittenPaths(
  repository: Repository,
  paths: readonly RepoPath[],
  attributeFiles: readonly RepoPath[],
): Promise<RepoPath[]> {
  if (!mayRewrite(repository, attributeFiles)) return [];
  const values = await readAttributes(repository, converting, paths);
  return paths.filter((path) => converting.some((name) => !isOff(values.get(path)?.get(name))));
}

/** Those of `paths` whose line endings git is told to normalise. */
export async function normalisedPaths(
  repository: Repository,
  paths: readonly RepoPath[],
): Promise<ReadonlySet<RepoPath>> {
  if (paths.length === 0) return new Set();
  const values = await readAttributes(repository, ["text", "eol"], paths);
  return new Set(
    paths.filter((path) => {
      const text = values.get(path)?.get("text") ?? "unspecified";
      if (text !== "unspecified") return text !== "unset";
      return !isOff(values.get(path)?.get("eol")) || repository.settings.normalisesLineEndings;
    }),
  );
}

function mayRewrite({ root, commonDir, settings }: Repository, attributeFiles: readonly RepoPath[]): boolean {
  const userWide = userFile(root, settings.attributesFile, "attributes");
  if ([join(commonDir, "info", "attributes"), userWide, "/etc/gitattributes"].some(hasLines)) return true;
  return attributeFiles.some((path) => /filter|ident|working-tree-encoding/.test(readIfThere(onDisk(root, path))));
}

/** Is this one of the files that give attributes to others? */
export function isAttributesFile(path: RepoPath): boolean {
  return path.endsWith(".gitattributes") && nameOf(path) === ".gitattributes";
}

async function readAttributes(repository: Repository, names: readonly string[], paths: readonly RepoPath[]) {
  // The user's own attributes file decides what git did when the file was stored.
  const place: Place = {
    root: repository.root,
    overrides: repository.overrides.filter(([key]) => key !== "core.attributesFile"),
  };
  const { stdout } = await git(place, ["check-attr", "--stdin", "-z", ...names], { stdin: joinFields(paths) });
  const values = new Map<string, Map<string, string>>();
  const fields = splitFields(stdout);
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = "", name = "", value = ""] = fields.slice(at, at + 3);
    const known = values.get(path);
    if (known) known.set(name, value);
    else values.set(path, new Map([[name, value]]));
  }
  return values;
}

function isOff(value: string | undefined): boolean {
  return value === undefined || value === "unspecified" || value === "unset";
}
