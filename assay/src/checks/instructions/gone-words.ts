// The last names of what a change took away: a cheap test of whether a text can be about any of it.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { optionWords, readsArguments } from "./program-options.ts";
import { ancestors, dirOf, nameOf, type RepoPath } from "../../model/paths.ts";

/** Names of files, folders, scripts, packages, recipes and options that the base had and the head has not. */
export function goneWords(context: ChangeContext): ReadonlySet<string> {
  const words = new Set<string>();
  const gonePaths = context.pairs.flatMap((pair) => gonePath(pair) ?? []);
  if (gonePaths.length > 0) {
    const folders = new Set<string>();
    for (const { path } of context.workspace.tree.files) for (const dir of ancestors(path)) folders.add(dir);
    for (const path of gonePaths) {
      // Nearly every page has some index in it; the folder's name is what tells them apart.
      words.add((nameOf(path).startsWith("index.") && nameOf(dirOf(path))) || nameOf(path));
      for (let dir = dirOf(path); dir !== "" && !folders.has(dir); dir = dirOf(dir)) words.add(nameOf(dir));
    }
  }
  for (const pair of context.pairs) for (const word of goneInside(pair)) words.add(word);
  return words;
}

function gonePath({ change }: FilePair): RepoPath | undefined {
  return change.kind === "deleted" ? change.path : (change.previousPath ?? undefined);
}

function goneInside(pair: FilePair): readonly string[] {
  const name = nameOf(pair.change.previousPath ?? pair.change.path);
  if (readsArguments.test(pair.baseText ?? "")) return goneOptions(pair);
  if (!/^(?:package\.json|Makefile|\.?[jJ]ustfile|[Tt]askfile\.ya?ml)$/.test(name)) return [];
  const after = new Set(wordsOf(name, pair.headText));
  return wordsOf(name, pair.baseText).filter((word) => !after.has(word));
}

/** As `--name`, and as it is written where a sentence begins with it. */
function goneOptions({ baseText, headText }: FilePair): readonly string[] {
  const after = new Set(optionWords(headText));
  return optionWords(baseText).flatMap((word) => {
    const dashed = word.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return after.has(word) || word === "" ? [] : [`--${word}`, `--${dashed}`, `--no-${dashed}`];
  });
}

/** Everything that can be a name of a script, a dependency, a package or a target, and more. */
function wordsOf(name: string, text = ""): readonly string[] {
  // A word of a recipe's lines may be the same as the name of one that is gone.
  if (name === "Makefile")
    return Array.from(text.matchAll(/^([^\s#:=][^:=\n]*):(?!=)/gm), ([, names = ""]) => names.split(/\s+/)).flat();
  const quoted = name !== "package.json" ? /[\w.-]+/g : /(?<=")[\w@./:-]+(?=")/g;
  return Array.from(text.matchAll(quoted), ([word]) =>
    word.startsWith("@") ? [word, nameAfterScope(word)] : [word],
  ).flat();
}

function nameAfterScope(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}
