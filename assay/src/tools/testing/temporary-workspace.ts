// For the tests of formatters, linters and type checkers, on top of `test-host.ts`.
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { unaffected } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";
import { everything, plans, runAll, testHost, testRepository } from "./test-host.ts";
import type { ChangeFacts, Selection, Tool } from "../tool.ts";

/** A workspace of the given files until the test ends. Its `node_modules` holds these packages of this checkout and no others. */
export function temporaryWorkspace(
  files: Readonly<Record<string, string>>,
  installed: readonly string[] = [],
): Workspace {
  const repository = testRepository(files);
  onTestFinished(() => repository[Symbol.dispose]());
  for (const name of installed) {
    const link = join(repository.root, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(fileURLToPath(new URL(`../../../../node_modules/${name}`, import.meta.url)), link);
  }
  return repository.workspace;
}

/** A selection of changed files, and of everything in these folders' scopes. */
export function changedFiles(paths: readonly string[], scopeDirs: readonly string[] = []): Selection {
  const reached = new Map(paths.map((path) => [repoPath(path), { distance: 0, why: "changed" }]));
  return {
    kind: "affected",
    change: changeOf(paths),
    affected: { ...unaffected, reached },
    inScope: (path) => scopeDirs.some((dir) => dir === "" || path.startsWith(`${dir}/`)),
  };
}

/** A change of these paths that nothing imports, and of these packages. */
export function changeOf(paths: readonly string[], packages: readonly string[] = []): ChangeFacts {
  const changed = new Set(paths.map((path) => repoPath(path)));
  return {
    paths: changed,
    reached: changed,
    configuration: false,
    touchesPackage: (name) => packages.includes(name),
  };
}

/** What a tool says: `path:line message` for each finding, else the status and its reason. */
export async function reportOf(
  tool: Tool,
  workspace: Workspace,
  selection: Selection = everything,
): Promise<readonly string[]> {
  using host = testHost();
  const outcomes = await runAll(await tool.detect(workspace), selection, host);
  return outcomes.flatMap((outcome) => {
    if (outcome.status === "failed")
      return outcome.findings.map(({ path, line, message }) => `${path ?? "?"}:${String(line ?? "-")} ${message}`);
    return [outcome.status === "errored" ? `errored ${outcome.error.code}: ${outcome.error.message}` : outcome.status];
  });
}

/** The labels of the work that a selection calls for. */
export async function labelsOf(
  tool: Tool,
  workspace: Workspace,
  selection: Selection = everything,
): Promise<readonly string[]> {
  return plans(await tool.detect(workspace), selection).map(({ label }) => label);
}
