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
  return code.has(extensionOf(path));
}

/** Is this a source, a configuration or a data file, rather than something that an editor left behind? */
export function isSource(path: RepoPath): boolean {
  if (isCode(path)) return true;
  if (editorFolder.test(path)) return false;
  return data.has(extensionOf(path)) || /^\.\w+rc$/.test(nameOf(path));
}

function extensionOf(path: RepoPath): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}
