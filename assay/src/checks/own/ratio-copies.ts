// Copies of the head and of the base, in which a program can be run as it is there.
import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PlanContext } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { Argv } from "../../model/own-check.ts";
import { byPath, isInside, repoPath, type RepoPath } from "../../model/paths.ts";
import type { Host } from "../../model/process.ts";
import { tellingLine } from "../../tools/runners/test-report.ts";
import { shown } from "./own-check.ts";

export interface CopyRequest {
  /** Of the check. */
  readonly id: string;
  readonly argv: Argv;
  readonly prepare: Argv | null;
}

/** Absolute paths. */
export interface Copies {
  readonly head: string;
  readonly base: string;
}

/**
 * What git tracks or would, with the packages that are installed now; what git ignores is in neither, since a build of
 * the head is none of the base. Files that the command names are the head's in both: the same is measured.
 */
export async function copiesFor(request: CopyRequest, context: PlanContext, host: Host): Promise<Copies> {
  const folder = join(host.scratch, "ratio", request.id);
  const { root, tree } = context.workspace;
  const headPaths = tree.files.map(({ path }) => path);
  const measuring = new Set(request.argv.flatMap((word) => (isInside(word) ? [repoPath(word)] : [])));
  const texts = await baseTexts(context, measuring);
  const untouched = new Set([...(await context.base.paths()), ...measuring].filter((path) => !texts.has(path)));
  const head = await copy(root, headPaths, join(folder, "head", "repository"));
  const base = await copy(
    root,
    headPaths.filter((path) => untouched.has(path)).toSorted(byPath),
    join(folder, "base", "repository"),
  );
  for (const [path, text] of texts) put(root, base, path, text);
  for (const [cwd, name] of [
    [head, "head"],
    [base, "base"],
  ] as const)
    await prepareIn(cwd, name, request.prepare, host);
  return { head, base };
}

/** What the change has replaced or removed, as it was. */
async function baseTexts(
  { diff, base }: PlanContext,
  measuring: ReadonlySet<RepoPath>,
): Promise<ReadonlyMap<RepoPath, string>> {
  const paths = diff.changes
    .filter(({ baseBlob, kind, submodule }) => baseBlob !== null && kind !== "mode-changed" && !submodule)
    .map(({ path, previousPath }) => previousPath ?? path)
    .filter((path) => !measuring.has(path));
  const texts = await base.read(paths);
  return new Map(
    paths.map((path, index) => {
      const text = texts[index];
      if (text !== undefined) return [path, text];
      throw new AssayError(
        "tool-failed",
        `${path} has changed and is no text, so that no copy of the base can be made`,
        {
          hint: "Measure with `numerator` and `denominator` instead.",
        },
      );
    }),
  );
}

async function copy(root: string, paths: readonly RepoPath[], at: string): Promise<string> {
  const { Overlay } = await import("../../mutation/index.ts");
  const { root: made } = new Overlay({ root, paths, texts: {} }, at);
  const known = new Set<string>(paths);
  removeOthers(made, "", known);
  return made;
}

/** Leaves the files that are known and installed packages. */
function removeOthers(root: string, folder: string, known: ReadonlySet<string>): void {
  for (const name of readdirSync(join(root, folder))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (name === "node_modules" || known.has(path)) continue;
    if (lstatSync(join(root, path)).isDirectory()) removeOthers(root, path, known);
    else rmSync(join(root, path));
  }
}

function put(root: string, base: string, path: RepoPath, text: string): void {
  const file = join(base, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const now = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (now?.isFile() === true) chmodSync(file, now.mode);
}

async function prepareIn(cwd: string, name: keyof Copies, prepare: Argv | null, host: Host): Promise<void> {
  if (prepare === null) return;
  const [file = "", ...args] = prepare;
  const { exitCode, stdout, stderr } = await host.run({ file, args, cwd });
  if (exitCode === 0) return;
  const said = tellingLine(`${stdout}\n${stderr}`);
  throw new AssayError("tool-failed", `\`${shown(prepare)}\` fails at the ${name}: ${said}`, { hint: shown(prepare) });
}
