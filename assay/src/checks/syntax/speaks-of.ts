// Whether a word stands anywhere in a file, looked for once: what is asked of each of a thousand tests reads no text again.
import type { SourceFile } from "../../model/source-file.ts";

const known = new WeakMap<SourceFile, Map<RegExp, boolean>>();

/** `pattern` is one that is written once, and has no `g`. */
export function speaksOf(file: SourceFile, pattern: RegExp): boolean {
  const answers = known.get(file) ?? new Map<RegExp, boolean>();
  known.set(file, answers);
  const answer = answers.get(pattern) ?? pattern.test(file.text);
  answers.set(pattern, answer);
  return answer;
}
