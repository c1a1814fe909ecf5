// Calls of recipes as commands: `make ci`, `just check`, `deno task verify`, with all that they need.
import { denoRecipes, justRecipes, makeRecipes, type Recipes } from "./recipe-files.ts";
import type { InnerLine } from "./script-calls.ts";

interface Runner {
  readonly words: readonly string[];
  readonly files: readonly string[];
  readonly read: (text: string) => Recipes;
}

const runners: readonly Runner[] = [
  { words: ["make"], files: ["GNUmakefile", "makefile", "Makefile"], read: makeRecipes },
  { words: ["just"], files: ["justfile", "Justfile", ".justfile"], read: justRecipes },
  { words: ["deno", "task"], files: ["deno.json", "deno.jsonc"], read: denoRecipes },
];

/** The lines that such a command runs; undefined where it is none, or the recipe is not to be found. */
export function calledRecipes(
  words: readonly string[],
  read: (path: string) => string | undefined,
): readonly InnerLine[] | undefined {
  const runner = runners.find((each) => each.words.every((word, index) => words[index] === word));
  if (runner === undefined) return undefined;
  const text = runner.files.map(read).find((each) => each !== undefined);
  if (text === undefined) return undefined;
  const recipes = runner.read(text);
  const named = words.slice(runner.words.length).filter((word) => !/^-|=/.test(word));
  const [first] = recipes.keys();
  const names = named.length > 0 || first === undefined ? named : [first];
  if (names.length === 0 || names.some((name) => !recipes.has(name))) return undefined;
  return allNeeded(recipes, names).map((name) => ({ line: recipes.get(name)?.lines ?? "", stopsAtFailure: true }));
}

/** In the order in which they are run, each once. What needs itself is run once. */
function allNeeded(recipes: Recipes, names: readonly string[], seen = new Set<string>()): readonly string[] {
  return names.flatMap((name) => {
    if (seen.has(name)) return [];
    seen.add(name);
    return [...allNeeded(recipes, recipes.get(name)?.needs ?? [], seen), name];
  });
}
