// What `assay.toml` no longer asks for after a change.
import type { ChangeContext } from "../../model/check.ts";
import type { Loosening } from "./approvals.ts";
import { harnessConfig } from "./config-paths.ts";
import { looserSettings } from "./harness-settings.ts";
import { looserScopes } from "./harness-scopes.ts";

/** `baseText`: the file as it was, where there was one. */
export async function harnessLoosenings(
  context: ChangeContext,
  baseText: string | undefined,
): Promise<readonly Loosening[]> {
  const before = baseText === undefined ? {} : await parseToml(baseText);
  // Only the base can switch the guard off.
  if (before === undefined || listOf(before, "checks", "off").includes("loosened-harness")) return [];
  return looseningsIn(context, before);
}

type Table = Readonly<Record<string, unknown>>;

async function looseningsIn(context: ChangeContext, before: Table): Promise<readonly Loosening[]> {
  const text = context.workspace.readText(harnessConfig);
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
  return { path: harnessConfig, line: line === -1 ? null : line + 1, what, message };
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
