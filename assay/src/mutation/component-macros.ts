// What the compiler of a component takes out of its script, and has to find as it was written.
import type { RepoPath } from "../model/paths.ts";
import type { Span } from "./mutator.ts";

const compiled = /\.(?:vue|svelte|astro)$|\.svelte\.[jt]s$/;
/** Vue's macros and Svelte's runes. */
const macro =
  /\b(?:define(?:Emits|Expose|Model|Options|Props|Slots)|withDefaults)\s*[<(]|\$(?:bindable|derived|effect|host|inspect|props|state)\b/;

/** Would the code of this span no longer be what the compiler knows, once it stands behind a condition? */
export function holdsMacro(path: RepoPath, text: string, { start, end }: Span): boolean {
  return compiled.test(path) && (macro.test(text.slice(start, end)) || /\$:\s*$/.test(text.slice(0, start)));
}
