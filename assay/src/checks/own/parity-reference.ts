// Protects the reference of a parity: who shortens it has not covered more.
import type { ChangeContext } from "../../model/check.ts";
import { isInside, repoPath, type RepoPath } from "../../model/paths.ts";
import { formatOf, readNames, type ListedName } from "./name-lists.ts";

interface Reference {
  readonly file: RepoPath;
  readonly pointer: string | null;
}

/**
 * The names that the reference had at the base and has no longer. The base says itself which file that was.
 *
 * Not seen: a reference that a program printed at the base.
 */
export async function lostNames(
  id: string,
  context: Pick<ChangeContext, "base" | "diff">,
  now: readonly ListedName[],
): Promise<readonly string[]> {
  if (context.diff.base.kind === "none") return [];
  const [settings] = await context.base.read([repoPath("assay.toml")]);
  const before = settings === undefined ? undefined : await referenceIn(settings, id);
  if (before === undefined) return [];
  const [text] = await context.base.read([before.file]);
  const kept = new Set(now.map(({ name }) => name));
  const names = text === undefined ? [] : await namesIn(text, before);
  return [...new Set(names.map(({ name }) => name))].filter((name) => !kept.has(name));
}

/** What was no list at the base has lost nothing. */
async function namesIn(text: string, { file, pointer }: Reference): Promise<readonly ListedName[]> {
  try {
    return await readNames({ text, from: file, format: formatOf(file), pointer });
  } catch {
    return [];
  }
}

async function referenceIn(settings: string, id: string): Promise<Reference | undefined> {
  const { parse } = await import("smol-toml");
  try {
    const entries: unknown = parse(settings)["parity"];
    const entry: unknown = Array.isArray(entries) ? entries.find((each) => field(each, "id") === id) : undefined;
    const file = field(entry, "reference");
    const pointer = field(entry, "reference_pointer");
    if (typeof file !== "string" || !isInside(file)) return undefined;
    return { file: repoPath(file), pointer: typeof pointer === "string" ? pointer : null };
  } catch {
    return undefined; // The base had no configuration that could be read, so it protected nothing.
  }
}

function field(table: unknown, key: string): unknown {
  return typeof table === "object" && table !== null ? Reflect.get(table, key) : undefined;
}
