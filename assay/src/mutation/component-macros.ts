// What the compiler of a component takes out of its script, and has to find as it was written.
import type { RepoPath } from "../model/paths.ts";
import type { Span } from "./mutator.ts";

const compiled = /\.(?:vue|svelte|astro)$|\.svelte\.[jt]s$/;
/** Vue's macros and Svelte's runes. */
const macro =
  /\b(?:define(?:Emits|Expose|Model|Options|Props|Slots)|withDefaults)\s*[<(]|\$(?:bindable|derived|effect|host|inspect|props|state)\b/;

/** What declares inputs, outputs and queries, which Angular's compiler finds as the whole value of a field. */
const angularInitializer =
  /(?<![\w$.])(?:input|model|output|outputFromObservable|(?:view|content)Child(?:ren)?)(?:\.required)?\s*[<(]/;
const angularModule = /\bfrom\s*["']@angular\/core["']/;

/** Would the code of this span no longer be what the compiler knows, once it stands behind a condition? */
export function holdsMacro(path: RepoPath, text: string, { start, end }: Span): boolean {
  const code = text.slice(start, end);
  if (compiled.test(path)) return macro.test(code) || /\$:\s*$/.test(text.slice(0, start));
  return angularInitializer.test(code) && angularModule.test(text);
}
