// The flags of test runners that matter when a script's arguments are passed on.
import type { ArgumentTable } from "../scripts/argument-lists.ts";

/** Both lists are written as on a command line: `-c --config`. */
export function flagTable(lists: { readonly values: string; readonly dropped: string }): ArgumentTable {
  return { values: words(lists.values), dropped: words(lists.dropped) };
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
