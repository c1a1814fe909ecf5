// A folder on disk as the head of a repository, without git.
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { HeadFile } from "../../model/change.ts";
import { repoPath, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { readConfig } from "../../project/config.ts";
import { readWorkspace } from "../../project/workspace.ts";

const ignored = /^(?:ignored|dist|node_modules|\.env.*)$/;

/** Every file but those below `ignored/`, `dist/` and `node_modules/` and those named `.env…`, which git would ignore. */
export async function headOf(root: string): Promise<Workspace> {
  const files = [...headFiles(root, rootDir)];
  const blobs = new Map(files.map((file) => [file.path, file.blob]));
  const tree = { files, has: (path: RepoPath) => blobs.has(path), blobOf: (path: RepoPath) => blobs.get(path) ?? null };
  return readWorkspace(root, tree, await readConfig(undefined));
}

function* headFiles(root: string, dir: RepoPath): Generator<HeadFile> {
  for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
    const path = repoPath(dir === "" ? entry.name : `${dir}/${entry.name}`);
    if (ignored.test(entry.name)) continue;
    if (entry.isDirectory()) yield* headFiles(root, path);
    else {
      const symlink = lstatSync(join(root, path)).isSymbolicLink();
      const content = symlink ? readlinkSync(join(root, path)) : readFileSync(join(root, path));
      yield { path, blob: createHash("sha1").update(content).digest("hex"), symlink };
    }
  }
}
