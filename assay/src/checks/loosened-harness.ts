import type { ChangeCheck, ChangeContext } from "../model/check.ts";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { notApproved, type Loosening } from "./approvals.ts";
import { looserSettings } from "./harness-settings.ts";
import { looserScopes } from "./harness-scopes.ts";

/**
 * Flags an `assay.toml` that asks for less than it did at the base: a limit raised, a check off or gone, a boundary
 * removed, files that may import more than they could.
 *
 * Whoever is judged must not choose the judge. A check that the change switches off is reported by this one, which only
 * the base can switch off.
 *
 * Not seen: what a command of the project's own checks does. A dependency on a scope that comes with the change passes.
 */
export const loosenedHarness: ChangeCheck = {
  id: "loosened-harness",
  kind: "change",
  summary: "assay.toml asks for less than it did",
  in: ["loop", "gate"],
  heedsBaseOnly: true,

  async inspect(context) {
    const pair = context.pairs.find(({ change }) => [change.path, change.previousPath].includes(configPath));
    if (pair === undefined) return [];
    // Whoever adopts assay chooses how, in a change that does nothing else.
    if (pair.baseText === undefined && context.pairs.length === 1) return [];
    const before = pair.baseText === undefined ? {} : await parseToml(pair.baseText);
    if (before === undefined || listOf(before, "checks", "off").includes(loosenedHarness.id)) return [];
    return notApproved(context, loosenedHarness.id, await looseningsIn(context, before));
  },
};

const configPath: RepoPath = repoPath("assay.toml");

type Table = Readonly<Record<string, unknown>>;

async function looseningsIn(context: ChangeContext, before: Table): Promise<readonly Loosening[]> {
  const text = context.workspace.readText(configPath);
  const after = await parseToml(text);
  if (after === undefined) {
    const message = "assay.toml is gone, and all that it asked for with it; restore it";
    return [{ path: null, line: null, what: "assay.toml", message }];
  }
  const renames = new Map(context.diff.changes.map(({ path, previousPath }) => [String(previousPath ?? path), path]));
  const settings = await looserSettings({ before, after, renames });
  const scopes = looserScopes(context, before, after);
  return [...settings, ...scopes].map(({ what, key, message }) => at(text, `assay.toml ${what}`, message, key));
}

function at(text: string | undefined, what: string, message: string, key: string): Loosening {
  const line = text?.split("\n").findIndex((each) => each.includes(key)) ?? -1;
  return { path: configPath, line: line === -1 ? null : line + 1, what, message };
}

/** Undefined where there is none. What can't be read stops assay before any check. */
async function parseToml(text: string | undefined): Promise<Table | undefined> {
  if (text === undefined) return undefined;
  const { parse } = await import("smol-toml");
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function listOf(table: Table, ...keys: readonly string[]): readonly unknown[] {
  let at: unknown = table;
  for (const key of keys) at = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  return Array.isArray(at) ? at : [];
}
