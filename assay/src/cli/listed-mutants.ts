// What `assay mutate --mutants` looks at: the mutants of a report, whoever has written it.
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { newFile } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { ListedMutant } from "../model/mutant.ts";
import { repoPath } from "../model/paths.ts";
import type { Situation } from "./situation.ts";
import { asNew } from "./whole-files.ts";

const place = v.object({ line: v.number(), column: v.number() });

/** What is read of a report in the common schema. A mutant without a replacement can not be tried. */
const reportSchema = v.object({
  files: v.record(
    v.string(),
    v.object({
      mutants: v.array(
        v.object({
          id: v.string(),
          mutatorName: v.string(),
          replacement: v.string(),
          location: v.object({ start: place, end: place }),
        }),
      ),
    }),
  ),
});

/**
 * The situation in which the lines of these mutants are all that changed.
 *
 * @throws AssayError `usage` for a file that is no such report, names a file that is not there, or holds no mutant.
 */
export function withListedMutants(situation: Situation, file: string): Situation {
  const listed = mutantsIn(file, readReport(file));
  const { tree } = situation.workspace;
  const missing = listed.find(({ path }) => !tree.has(path));
  if (missing !== undefined) {
    throw refused(file, `names ${missing.path}, which is no file of the repository`, "write paths from its root");
  }
  const paths = new Set(listed.map(({ path }) => path));
  const changes = Array.from(paths, (path) =>
    newFile(
      path,
      listed.filter((mutant) => mutant.path === path).map(({ start, end }) => ({ start: start.line, end: end.line })),
    ),
  );
  return { ...asNew(situation, changes), listed };
}

function mutantsIn(file: string, report: v.InferOutput<typeof reportSchema>): readonly ListedMutant[] {
  const listed = Object.entries(report.files).flatMap(([path, { mutants }]) =>
    mutants.map(({ id, mutatorName, replacement, location }) => {
      return { id, path: repoPath(path), mutator: mutatorName, replacement, ...location };
    }),
  );
  if (listed.length === 0) throw refused(file, "lists no mutant", "assay mutate --all");
  return listed;
}

function readReport(file: string): v.InferOutput<typeof reportSchema> {
  const parsed = v.safeParse(reportSchema, readJson(file));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw refused(file, `is no mutation report: ${v.getDotPath(issue) ?? "it"}: ${issue.message}`, shape);
}

const shape = "https://github.com/stryker-mutator/mutation-testing-elements describes the schema";

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refused(file, `can not be read: ${error instanceof Error ? error.message : String(error)}`, shape);
  }
}

function refused(file: string, why: string, hint: string): AssayError {
  return new AssayError("usage", `${file} ${why}`, { hint });
}
