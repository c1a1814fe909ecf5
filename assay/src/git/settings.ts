// The few values of git's configuration that say what the repository is, rather than how to show it.
import type { Override } from "./environment.ts";
import { splitFields } from "./names.ts";

export interface Settings {
  /** In the order of the configuration. */
  readonly remotes: readonly string[];
  /** Remotes of which all branches are fetched. Of the others git takes the one that was cloned for the default. */
  readonly wholeRemotes: ReadonlySet<string>;
  /** The remote that a branch pushes to and pulls from, by branch. */
  readonly remoteOfBranch: ReadonlyMap<string, string>;
  /** Names of content filters with a command. */
  readonly filters: readonly string[];
  readonly attributesFile: string | null;
  readonly excludesFile: string | null;
  /** Does git turn line endings into LF when it stores a text file that no attribute speaks of? */
  readonly normalisesLineEndings: boolean;
  readonly fileMode: boolean;
  readonly symlinks: boolean;
  /** Does `core.worktree` say where the files are? */
  readonly movesWorkTree: boolean;
}

/** Reads the output of `git config --list -z`. Where a key occurs twice the last one counts. */
export function parseSettings(output: Buffer): Settings {
  const values = new Map<string, string>();
  const wholeRemotes = new Set<string>();
  for (const field of splitFields(output)) {
    const lineBreak = field.indexOf("\n");
    // A key without `=` is a boolean that is true.
    const [key, value] = lineBreak === -1 ? [field, "true"] : [field.slice(0, lineBreak), field.slice(lineBreak + 1)];
    values.set(key, value);
    const remote = /^remote\.(.+)\.fetch$/s.exec(key)?.[1];
    if (remote !== undefined && /^\+?refs\/heads\/\*:/.test(value)) wholeRemotes.add(remote);
  }
  const autocrlf = values.get("core.autocrlf")?.toLowerCase() ?? "false";
  return {
    remotes: unique(captures(values.keys(), /^remote\.(.+)\.(?:url|fetch)$/s)),
    wholeRemotes,
    remoteOfBranch: branchRemotes(values),
    filters: unique(captures(values.keys(), /^filter\.(.+)\.(?:clean|process|smudge|required)$/s)),
    attributesFile: values.get("core.attributesfile") ?? null,
    excludesFile: values.get("core.excludesfile") ?? null,
    normalisesLineEndings: autocrlf === "input" || isTrue(autocrlf),
    fileMode: isTrue(values.get("core.filemode") ?? "true"),
    symlinks: isTrue(values.get("core.symlinks") ?? "true"),
    movesWorkTree: values.has("core.worktree"),
  };
}

/** Turns every content filter off: what it prints is not what is on disk, and it is a command of the user's. */
export function withoutFilters(settings: Settings): Override[] {
  return settings.filters.flatMap((name): Override[] => [
    [`filter.${name}.clean`, ""],
    [`filter.${name}.smudge`, ""],
    [`filter.${name}.process`, ""],
    [`filter.${name}.required`, "false"],
  ]);
}

function branchRemotes(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const remotes = new Map<string, string>();
  for (const [key, value] of values) {
    const branch = /^branch\.(.+)\.remote$/s.exec(key)?.[1];
    if (branch !== undefined) remotes.set(branch, value);
  }
  return remotes;
}

function captures(keys: Iterable<string>, pattern: RegExp): string[] {
  return Array.from(keys, (key) => pattern.exec(key)?.[1]).filter((name) => name !== undefined);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function isTrue(value: string): boolean {
  return /^(true|yes|on|[1-9]\d*)$/i.test(value);
}
