// Text from a repository or a tool, made safe to show: bounded, and with nothing in it that acts on the reader's terminal.

/**
 * Control and format characters (escape sequences, bidirectional overrides, zero-width characters) and lone surrogates.
 * A reader must see them, not obey them.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u;

/** Makes control characters visible (`\n`, `\u{1b}`) and cuts to a length, an ellipsis included. */
export function showText(text: string, length: number): string {
  let shown = "";
  let fitting = "";
  for (const character of text) {
    shown += character.replace(invisible, escapeOf);
    if (shown.length > length) return `${fitting}…`;
    if (shown.length < length) fitting = shown;
  }
  return shown;
}

function escapeOf(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return " ";
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** `1 file`, `2 files`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** Milliseconds as a person says them: `85 ms`, `2.3 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
