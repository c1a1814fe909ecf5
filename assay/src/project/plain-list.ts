/**
 * The list under a key of a YAML document, where it is written as plainly as nearly all are: one quoted or plain word a
 * line, below a key at the left margin. Undefined for everything else, which the YAML library has to read; loading it
 * takes longer than all the rest of reading a workspace.
 */
export function plainList(yaml: string, key: string): readonly string[] | undefined {
  const lines = yaml.split(/\r?\n/);
  const start = lines.indexOf(`${key}:`);
  if (start === -1 || !isPlain(lines, key)) return undefined;
  const items: string[] = [];
  let indent: string | undefined;
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const item = /^( *)- +(?:'([^'\\]*)'|"([^"\\]*)"|([\w@./][\w@./*-]*))(?: +#.*| *)$/.exec(line);
    if (item === null) return /^[\w'"]/.test(line) && items.length > 0 ? items : undefined;
    const [, margin, single, double, word = ""] = item;
    indent ??= margin;
    // What a plain word means may be a number, a truth value or nothing.
    if (margin !== indent || /^(?:\d|\.\d|(?:\.inf|\.nan|null|true|false)$)/i.test(word)) return undefined;
    items.push(single ?? double ?? word);
  }
  return items.length > 0 ? items : undefined;
}

/** The key stands there once, the document is one, and no line ends as on old systems. */
function isPlain(lines: readonly string[], key: string): boolean {
  const others = lines.filter((line) =>
    new RegExp(`^(?:["']?${key}["']?\\s*:|\\? |---|\\.\\.\\.|%|[{\\t]|.*\\r)`).test(line),
  );
  return others.length === 1;
}
