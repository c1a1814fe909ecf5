// Files that git ignores and programs read all the same: builds that manifests point to, generated sources, `.env`.
import { lstatSync, readdirSync, readlinkSync, realpathSync, type Dirent } from "node:fs";
import { join, sep } from "node:path";
import { ancestors, repoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { contentFact } from "./content-fact.ts";

/** More than this is not looked through in the time that a replay saves. */
const mostEntries = 5000;

/** Installed packages are told apart by their records; the others are what tools remember and may lose at any time. */
const passedOver =
  /^(?:\.git|node_modules|coverage|\.nyc_output|\.turbo|\.nx|\.cache|\.parcel-cache|\.vite|\.eslintcache|\.stylelintcache|\.DS_Store|\.idea|\.vscode|.*\.log)$/;

/**
 * One fact for each file that is on disk and not in the tree; null when there are too many, or one can not be
 * identified. Of a file that is not `read` the fact is that it is there.
 */
export function ignoredFacts(
  { root, tree }: Workspace,
  read: (path: string) => boolean = () => true,
): readonly string[] | null {
  const folders = new Set<string>([""]);
  for (const { path } of tree.files) for (const dir of ancestors(path)) folders.add(dir);
  const facts: string[] = [];
  for (const folder of folders) {
    // A set visits what is added to it while it is walked: folders that hold nothing but ignored files.
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (passedOver.test(entry.name) || tree.has(repoPath(path))) continue;
      if (entry.isDirectory()) folders.add(path);
      else {
        const isLink = entry.isSymbolicLink();
        const fact = isLink ? linkFact(root, path) : read(path) ? contentFact(join(root, path)) : "";
        if (fact === null || facts.length === mostEntries) return null;
        facts.push(`${path}\0${fact}`);
      }
    }
  }
  return facts.toSorted();
}

/** A link inside the repository leads to what is counted anyway. */
function linkFact(root: string, path: string): string | null {
  try {
    const target = realpathSync.native(join(root, path));
    return target.startsWith(root + sep) ? readlinkSync(join(root, path)) : contentFact(target);
  } catch {
    return "nowhere";
  }
}

function entriesOf(dir: string): readonly Dirent[] {
  try {
    // A link in the place of a folder was counted where it lies.
    return lstatSync(dir).isDirectory() ? readdirSync(dir, { withFileTypes: true }) : [];
  } catch {
    return [];
  }
}
