// The flags of test runners that matter when a script's arguments are passed on.
import type { ArgumentTable } from "../scripts/argument-lists.ts";

/** All of them are written as on a command line: `-c --config`. */
export function flagTable(flags: {
  readonly values: string;
  readonly lists?: string;
  readonly paths?: string;
  readonly dropped: string;
}): ArgumentTable {
  const { values, lists = "", paths = "", dropped } = flags;
  return { values: words(values), lists: words(lists), paths: words(paths), dropped: words(dropped) };
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** What a script gives to one of its flags, in one piece with it or behind it. */
export function wordsOf(flags: readonly string[], name: string): readonly string[] {
  return flags.flatMap((flag, index) => {
    const inline = flag.startsWith(`${name}=`) ? [flag.slice(name.length + 1)] : [];
    if (flag !== name && inline.length === 0) return [];
    const behind = flags.slice(index + 1);
    const end = behind.findIndex((word) => word.startsWith("-"));
    return [...inline, ...(end < 0 ? behind : behind.slice(0, end))];
  });
}
