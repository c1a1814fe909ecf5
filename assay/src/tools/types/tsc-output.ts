// Reads what the TypeScript compiler prints with `--pretty false`.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../../model/errors.ts";
import type { Finding } from "../../model/finding.ts";
import type { RepoPath } from "../../model/paths.ts";
import type { Package, PackageManager, Workspace } from "../../model/workspace.ts";
import type { Place } from "../files/file-tool.ts";
import { isObject } from "../output/json-output.ts";
import { printedPath, withoutColors, withRule } from "../output/tool-outcome.ts";

export interface Diagnostic extends Finding {
  /** `TS2322`. */
  readonly code: string;
}

const diagnosticLine = /^(?:(?<file>.+)\((?<line>\d+),\d+\): )?error (?<code>TS\d+): (?<message>.*)$/u;

/** Every error, once. What names no file is laid to the configuration. */
export function readDiagnostics(stdout: string, place: Place, config: RepoPath): readonly Diagnostic[] {
  const found: { code: string; file: string | undefined; line: number; message: string }[] = [];
  for (const text of withoutColors(stdout).split(/\r?\n/u)) {
    const groups = diagnosticLine.exec(text)?.groups;
    const last = found.at(-1);
    if (groups !== undefined) {
      found.push({
        code: groups["code"] ?? "",
        file: groups["file"],
        line: Number(groups["line"]),
        message: groups["message"] ?? "",
      });
    } else if (last !== undefined && /^\s+\S/u.test(text)) last.message += ` ${text}`;
  }
  const diagnostics = found.map(({ code, file, line, message }) => ({
    code,
    path: file === undefined ? config : printedPath(place.root, place.dir, file),
    line: file === undefined ? null : line,
    message: withRule(message.replaceAll(`${place.root}/`, "").slice(0, 500), code),
  }));
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}

const unbuiltReference = new Set(["TS6305", "TS6306", "TS6310"]);

/**
 * Diagnostics that tell of the state of the checkout and not of the code: no verdict can be had before that is mended.
 * `notBuilt` says why a project was checked without building those it refers to.
 */
export function environmentFault(
  workspace: Workspace,
  diagnostics: readonly Diagnostic[],
  notBuilt: AssayError | null,
): AssayError | undefined {
  const reference = diagnostics.find(({ code }) => unbuiltReference.has(code));
  if (reference !== undefined) {
    const message = `${reference.path ?? "tsconfig.json"} refers to a project that has not been built: ${reference.message}`;
    return notBuilt ?? new AssayError("tool-failed", message, { hint: "npx tsc -b" });
  }
  const unbuilt = diagnostics.flatMap(({ code, message }) =>
    code === "TS2307" || code === "TS7016" ? (unbuiltPackage(workspace, message) ?? []) : [],
  )[0];
  if (unbuilt === undefined) return undefined;
  const message = `types can't be checked before ${unbuilt.name} is built: what its package.json points to is not there`;
  return new AssayError("tool-failed", message, { hint: buildCommand(workspace, unbuilt) });
}

/** The workspace package that a "cannot find module" is about, if none of the files that it is to be imported by exist. */
function unbuiltPackage(workspace: Workspace, message: string): Package | undefined {
  const specifier = /module '([^']+)'/u.exec(message)?.[1] ?? "";
  const pkg = workspace.packages.find(
    ({ manifest: { name } }) => name !== null && (specifier === name || specifier.startsWith(`${name}/`)),
  );
  if (pkg === undefined) return undefined;
  const { raw } = pkg.manifest;
  const entries = ["exports", "types", "typings", "main", "module"].flatMap((field) => filesIn(raw[field]));
  const exists = entries.some((entry) => existsSync(join(workspace.root, pkg.dir, entry)));
  return entries.length === 0 || exists ? undefined : pkg;
}

function filesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return /\.[cm]?[jt]sx?$/u.test(value) && !value.includes("*") ? [value] : [];
  return isObject(value) ? Object.values(value).flatMap(filesIn) : [];
}

const workspaceRuns: { readonly [M in PackageManager]: (script: string, name: string) => string } = {
  npm: (script, name) => `npm run ${script} --workspace ${name}`,
  pnpm: (script, name) => `pnpm --filter ${name}... run ${script}`,
  yarn: (script, name) => `yarn workspace ${name} run ${script}`,
  bun: (script, name) => `bun run --filter ${name} ${script}`,
};

function buildCommand({ manager }: Workspace, { name, manifest }: Package): string {
  return workspaceRuns[manager]("build" in manifest.scripts ? "build" : "prepare", name);
}
