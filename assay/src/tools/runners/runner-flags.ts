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

/** `--max-workers` as `--maxWorkers`, for runners that know a flag by both names. */
export function camelCased(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return args.map((word, index) => (end >= 0 && index > end ? word : word.replace(dashedFlag, joined)));
}

// What takes a flag back keeps its dash.
const dashedFlag = /^--(?!no-)[a-z]+(?:-[a-z]+)+/u;

function joined(flag: string): string {
  return `--${flag.slice(2).replaceAll(/-[a-z]/gu, (part) => part.slice(1).toUpperCase())}`;
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
