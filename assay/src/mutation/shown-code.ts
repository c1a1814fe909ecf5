// Code in a message: on one line, short, and cut where nothing is lost.
import type { Mutant } from "../model/mutant.ts";

/** What stands beside a mutant on its lines. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** What stands beside it in the text of its file. */
export function aroundOf({ start, end }: Mutant, text: string): Around {
  const after = text.slice(end);
  return {
    before: text.slice(text.lastIndexOf("\n", start - 1) + 1, start),
    after: after.slice(0, after.search(/\n|$/)),
  };
}

const longest = 40;
/** A literal, or anything short, says too little about where it stands. */
const bare = /^(?:.{0,8}|"[^"]+"|'[^']+'|[\w.$]+)$/;
const context = 20;

/** The original and what became of it, each about `limit` long, so that the difference is in sight. */
export function shownEdit(
  { original, replacement }: Pick<Mutant, "original" | "replacement">,
  around: Around,
  limit = longest,
): readonly [string, string] {
  const [a, b] = [onOneLine(original), onOneLine(replacement)];
  if (!bare.test(a)) return quoted(withDifference(a, b, limit));
  const before = lastWords(onOneLine(around.before));
  const after = firstWords(onOneLine(around.after));
  return quoted(withDifference(`${before}${a}${after}`.trim(), `${before}${b}${after}`.trim(), limit));
}

/** The original alone. */
export function shownPart({ original }: Pick<Mutant, "original">): string {
  const code = onOneLine(original);
  return code.length <= longest ? `\`${code}\`` : `\`${code.slice(0, longest - 1)}…\``;
}

function lastWords(text: string): string {
  return text.length <= context ? text : `…${text.slice(-context).replace(/^[\w$]+/, "")}`;
}

function firstWords(text: string): string {
  return text.length <= context ? text : `${text.slice(0, context).replace(/[\w$]+$/, "")}…`;
}

/** Its end, which says most, with an ellipsis in the place of the rest. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `…${text.slice(text.length - limit + 1)}`;
}

function quoted([a, b]: readonly [string, string]): readonly [string, string] {
  return [`\`${a}\``, `\`${b}\``];
}

function onOneLine(code: string): string {
  return code.replaceAll(/\s+/g, " ");
}

function withDifference(a: string, b: string, limit: number): readonly [string, string] {
  if (a.length <= limit && b.length <= limit) return [a, b];
  const start = commonLength(a, b);
  const rest = Math.min(a.length, b.length) - start;
  let end = 0;
  while (end < rest && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [window(a, start, a.length - end, limit), window(b, start, b.length - end, limit)];
}

/** The part between `start` and `end` with what fits around it; its two ends where it is too long itself. */
function window(text: string, start: number, end: number, limit: number): string {
  const room = limit - (end - start);
  if (room < 0) return `${text.slice(0, limit / 2 - 1)} … ${text.slice(text.length - limit / 2 + 2)}`;
  const first = Math.max(0, Math.min(start - Math.floor(room / 2), text.length - limit));
  const last = Math.min(text.length, first + limit);
  return `${first > 0 ? "…" : ""}${text.slice(first, last)}${last < text.length ? "…" : ""}`;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
