// The mutation report of a run as files for people and for other programs.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Run } from "../model/run.ts";
import { mutationPage } from "../report/mutation-page.ts";
import { docsFile } from "./package-files.ts";
import type { Situation } from "./situation.ts";

/** Where a report was written, absolute. */
export interface ReportFiles {
  readonly page: string;
  readonly json: string;
}

/** Writes the report that a run has attached into the git folder of its own worktree. Null when it has none: nothing was tried. */
export async function writeMutationReport(situation: Situation, run: Run): Promise<ReportFiles | null> {
  const attached = run.results.flatMap(({ attachments }) => attachments).find(({ kind }) => kind === "mutation-report");
  if (attached === undefined) return null;
  const dir = join(situation.repository.gitDir, "assay", "reports");
  const files = { page: join(dir, "mutation.html"), json: join(dir, "mutation.json") };
  await mkdir(dir, { recursive: true });
  await writeFile(files.json, JSON.stringify(attached.content, null, 2));
  const elements = await readFile(docsFile("mutation-test-elements.js"), "utf8");
  await writeFile(files.page, mutationPage(attached.content, elements));
  return files;
}

/** As the answer names them: from the root where they lie below it. */
export function shownFiles(situation: Situation, { page, json }: ReportFiles): ReportFiles {
  const shown = (file: string): string => {
    const path = relative(situation.repository.root, file);
    return path.startsWith("..") ? file : path;
  };
  return { page: shown(page), json: shown(json) };
}
