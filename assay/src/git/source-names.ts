// Which files matter enough that no private ignore rule or content filter may hide them.
import { nameOf, type RepoPath } from "../model/paths.ts";

const code = new Set(
  "ts tsx mts cts js jsx mjs cjs vue svelte astro mdx css scss sass less html graphql gql sql prisma proto sh".split(
    " ",
  ),
);
const data = new Set("json jsonc json5 toml yaml yml snap csv wasm node".split(" "));

/** Folders in which editors and agents keep settings of their own. */
const editorFolder = /(^|\/)\.(idea|vscode|vs|zed|fleet|history|claude|cursor|codex|gemini)\//;

/** Program text: always read by lines, whatever bytes it holds. */
export function isCode(path: RepoPath): boolean {
  return hasExtension(path, code);
}

/** Is this a source, a configuration or a data file, rather than something that an editor left behind? */
export function isSource(path: RepoPath): boolean {
  if (isCode(path)) return true;
  if (editorFolder.test(path)) return false;
  return hasExtension(path, data) || /^\.\w+rc$/.test(nameOf(path));
}

function hasExtension(path: RepoPath, extensions: ReadonlySet<string>): boolean {
  const dot = path.lastIndexOf(".");
  // The dot that a hidden file begins with is none of an extension.
  return dot > path.lastIndexOf("/") + 1 && extensions.has(path.slice(dot + 1).toLowerCase());
}
