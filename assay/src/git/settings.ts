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

/** `section.subsection.name`; the subsection may have dots, or be missing. */
interface Setting {
  readonly key: string;
  readonly section: string;
  readonly subsection: string;
  readonly name: string;
  readonly value: string;
}

/** Reads the output of `git config --list -z`. Where a key occurs twice the last one counts. */
export function parseSettings(output: Buffer): Settings {
  const settings = splitFields(output).map(settingOf);
  const values = new Map(settings.map(({ key, value }) => [key, value]));
  const among = (wanted: string, ...names: readonly string[]) =>
    settings.filter(({ section, name }) => section === wanted && names.includes(name));
  const autocrlf = values.get("core.autocrlf")?.toLowerCase() ?? "false";
  return {
    remotes: subsectionsOf(among("remote", "url", "fetch")),
    wholeRemotes: new Set(subsectionsOf(among("remote", "fetch").filter(fetchesAll))),
    remoteOfBranch: new Map(among("branch", "remote").map(({ subsection, value }) => [subsection, value])),
    filters: subsectionsOf(among("filter", "clean", "process", "smudge", "required")),
    attributesFile: values.get("core.attributesfile") ?? null,
    excludesFile: values.get("core.excludesfile") ?? null,
    normalisesLineEndings: autocrlf === "input" || isTrue(autocrlf),
    fileMode: isTrue(values.get("core.filemode") ?? "true"),
    symlinks: isTrue(values.get("core.symlinks") ?? "true"),
    movesWorkTree: values.has("core.worktree"),
  };
}

function settingOf(field: string): Setting {
  // A key without `=` is a boolean that is true.
  const [key = "", ...lines] = field.split("\n");
  const [section = "", ...names] = key.split(".");
  const name = names.pop() ?? "";
  return { key, section, subsection: names.join("."), name, value: lines.length === 0 ? "true" : lines.join("\n") };
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

function subsectionsOf(settings: readonly Setting[]): string[] {
  return [...new Set(settings.map(({ subsection }) => subsection))];
}

function fetchesAll({ value }: Setting): boolean {
  return ["refs/heads/*:", "+refs/heads/*:"].some((start) => value.startsWith(start));
}

function isTrue(value: string): boolean {
  return ["true", "yes", "on"].includes(value.toLowerCase()) || Number(value) > 0;
}
