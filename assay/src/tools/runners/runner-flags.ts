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
