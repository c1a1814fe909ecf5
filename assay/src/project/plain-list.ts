/**
 * The list under a key of a YAML document, where it is written as plainly as nearly all are: one quoted or plain word a
 * line, below a key at the left margin. Undefined for everything else, which the YAML library has to read; loading it
 * takes longer than all the rest of reading a workspace.
 */
export function plainList(yaml: string, key: string): readonly string[] | undefined {
  const lines = yaml.split("\n").map((line) => line.replace(/\r$/, ""));
  const start = lines.indexOf(`${key}:`);
  if (start === -1 || !isPlain(lines, key)) return undefined;
  const items: string[] = [];
  let indent: string | undefined;
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const item = /^( *)- +(?:'([^'\\]*)'|"([^"\\]*)"|([\w@./][\w@./*-]*))(?: +#.*| *)$/.exec(line);
    if (item === null) return /^[\w'"]/.test(line) && items.length > 0 ? items : undefined;
    indent ??= item[1] ?? "";
    const word = item[2] ?? item[3] ?? item[4] ?? "";
    // What a plain word means may be a number, a truth value or nothing.
    if (
      item[1] !== indent ||
      (item[4] !== undefined && /^(?:\d|\.(?:\d|inf$|nan$)|~|null$|true$|false$|yes$|no$|on$|off$)/i.test(word))
    )
      return undefined;
    items.push(word);
  }
  return items.length > 0 ? items : undefined;
}

/** The key stands there once, and the document is one. */
function isPlain(lines: readonly string[], key: string): boolean {
  const others = lines.filter((line) =>
    new RegExp(`^(?:["']?${key}["']?\\s*:|\\? |---|\\.\\.\\.|%|[{\\t])`).test(line),
  );
  return others.length === 1;
}
