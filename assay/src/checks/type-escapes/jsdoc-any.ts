// `any` in the JSDoc of JavaScript, where it is what the type checker reads.
import type { Sighting } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import type { Workspace } from "../../model/workspace.ts";
import { isChecked } from "../suppressions/checked-scripts.ts";

/** `@type {…}` and its kin, the braces one level deep. A template's bound is none of them. */
const typedTag =
  /@(?:type|param|arg|argument|returns?|property|prop|typedef|satisfies|this|yields)\s*\{((?:[^{}]|\{[^{}]*\})*)\}[ \t]*([^\s*]*)/g;

const givesUp = /(?<![\w.$'"])(?:any|Function)(?![\w$'"])|(?<![\w)\]>])\*|^\?$/;

/** In files that are checked: by their own `@ts-check`, or by `checkJs`. Elsewhere JSDoc is documentation. */
export function* jsdocPlaces(file: SourceFile, workspace: Workspace): Generator<Sighting> {
  const comments = file.comments.filter(
    ({ type, value }) => type === "Block" && value.startsWith("*") && givesUpSomewhere(value),
  );
  if (comments.length === 0 || !isChecked(file, workspace)) return;
  for (const comment of comments) {
    for (const { index, 1: type = "", 2: name = "" } of comment.value.matchAll(typedTag)) {
      if (!givesUp.test(type.trim()) || isCast(file.text, comment.end, type)) continue;
      yield {
        at: { start: comment.start + 2 + index },
        message: `\`{${type.trim().slice(0, 40)}}\` switches the type checker off for whatever it reaches; write the real type`,
        fingerprint: `any\n${name}: ${type.replaceAll(/\s+/g, "")}`,
      };
    }
  }
}

function givesUpSomewhere(value: string): boolean {
  return /\{[^}]*(?:\bany\b|\bFunction\b|\*|\?\s*\})/.test(value);
}

/** `unsafe-cast` has these. */
function isCast(text: string, end: number, type: string): boolean {
  return /^\s*(?:any|\*)\s*$/.test(type) && /^\s*\(/.test(text.slice(end, end + 200));
}
