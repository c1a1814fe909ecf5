// Makes a repository from nothing, for the demo. The only place where assay lets git write.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Override } from "./environment.ts";
import { git, type Place } from "./run.ts";

/** A repository whose every byte assay made. */
export interface ScratchRepository {
  /** Makes a branch and switches to it. */
  branch(name: string): Promise<void>;
  /** Writes files and commits them. */
  commit(files: Readonly<Record<string, string>>, message: string): Promise<void>;
}

/** Whoever runs the demo need not have told git who they are, nor sign anything. */
const author: readonly Override[] = [
  ["user.name", "an agent"],
  ["user.email", "agent@example.org"],
  ["commit.gpgSign", "false"],
];

/** Makes an empty folder a repository on `main`, with one commit of these files. */
export async function createScratchRepository(
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<ScratchRepository> {
  const place: Place = { root, overrides: author };
  const commit: ScratchRepository["commit"] = async (contents, message) => {
    for (const [path, text] of Object.entries(contents)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await git(place, ["add", "--all"]);
    await git(place, ["commit", "--quiet", "--no-verify", `--message=${message}`]);
  };
  await git(place, ["init", "--quiet", "--initial-branch=main"]);
  await commit(files, "chore: the start");
  return { commit, branch: async (name) => void (await git(place, ["switch", "--quiet", "--create", name])) };
}
