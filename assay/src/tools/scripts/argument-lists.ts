// Arguments of tools: what a script passes, and lists of files that are too long for one process.

/** How a tool's arguments are to be read. Flags are named as they are typed, `-c` and `--config`. */
export interface ArgumentTable {
  /** Those that take the next word as their value. */
  readonly values: ReadonlySet<string>;
  /** Those that take every word up to the next flag. */
  readonly lists?: ReadonlySet<string>;
  /** Those whose words count as if they stood alone; none of them is kept. */
  readonly paths?: ReadonlySet<string>;
  /** Those that are left out, with their value: what writes, caches or chooses an output format. */
  readonly dropped: ReadonlySet<string>;
}

export interface ReadArguments {
  /** Kept flags, with their values, as they were written. */
  readonly flags: readonly string[];
  readonly paths: readonly string[];
  /** Every flag that was there, dropped ones too. */
  readonly seen: ReadonlyMap<string, string | null>;
}

export function readArguments(args: readonly string[], table: ArgumentTable): ReadArguments {
  const flags: string[] = [];
  const paths: string[] = [];
  const seen = new Map<string, string | null>();
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? "";
    if (word === "--") return { flags, paths: [...paths, ...args.slice(index + 1)], seen };
    if (!word.startsWith("-") || word === "-") {
      paths.push(word);
      continue;
    }
    const { name, inline } = splitFlag(word);
    const taken = args.slice(index + 1, index + 1 + wordsTaken(table, name, inline !== null, args.slice(index + 1)));
    index += taken.length;
    seen.set(name, inline ?? taken[0] ?? null);
    if (table.paths?.has(name) === true) paths.push(...(inline === null ? [] : [inline]), ...taken);
    else if (!table.dropped.has(name)) flags.push(word, ...taken);
  }
  return { flags, paths, seen };
}

/** How many of the words behind a flag belong to it. */
function wordsTaken(table: ArgumentTable, name: string, hasValue: boolean, behind: readonly string[]): number {
  if (table.lists?.has(name) !== true) return !hasValue && table.values.has(name) ? 1 : 0;
  const next = behind.findIndex((word) => word.startsWith("-"));
  return next < 0 ? behind.length : next;
}

function splitFlag(word: string): { name: string; inline: string | null } {
  const equals = word.indexOf("=");
  return equals < 0 ? { name: word, inline: null } : { name: word.slice(0, equals), inline: word.slice(equals + 1) };
}

/** What every operating system takes as one command line, with room for the environment. */
const maxBytes = process.platform === "win32" ? 24_000 : 120_000;

/** Cuts a list of arguments into parts that fit on a command line. Always at least one part. */
export function chunked(words: readonly string[], limit: number = maxBytes): readonly (readonly string[])[] {
  const chunks: string[][] = [[]];
  let size = 0;
  for (const word of words) {
    const bytes = Buffer.byteLength(word) + 1;
    if (size > 0 && size + bytes > limit) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(word);
    size += bytes;
  }
  return chunks;
}
