// Files of commands that people and CI run by a name: make, just, Task, Deno's tasks, and what an image is built with.
import { dirOf, nameOf, rootDir, type RepoPath } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import { objectWithComments } from "../configuration/commented-json.ts";

/** What stands under one name. */
export interface Recipe {
  /** Shell, a command a line. */
  readonly lines: string;
  /** Names of recipes that it runs as well. */
  readonly needs: readonly string[];
}

export type Recipes = ReadonlyMap<string, Recipe>;

type Reader = (text: string) => Recipes | Promise<Recipes>;

const readers: readonly (readonly [name: RegExp, run: string, read: Reader])[] = [
  [/^(?:GNUm|m|M)akefile$|\.mk$/, "make", makeRecipes],
  [/^\.?justfile$|\.just$/i, "just", justRecipes],
  [/^[Tt]askfile(?:\.dist)?\.ya?ml$/, "task", taskRecipes],
  [/^deno\.jsonc?$/, "deno task", denoRecipes],
  [/^(?:Docker|Container)file(?:\.[\w-]+)?$|\.[Dd]ockerfile$/, "docker build", imageRecipes],
];

export function isRecipePath(path: RepoPath): boolean {
  return readers.some(([name]) => name.test(nameOf(path)));
}

/** How a recipe of the file is run: `make`. */
export function runnerOf(path: RepoPath): string {
  return readers.find(([name]) => name.test(nameOf(path)))?.[1] ?? "";
}

/** Images are built for what they hold: CI may verify that instead. */
export function isImage(path: RepoPath): boolean {
  return runnerOf(path) === "docker build";
}

export async function recipesIn(path: RepoPath, text: string): Promise<Recipes> {
  return (await readers.find(([name]) => name.test(nameOf(path)))?.[2](text)) ?? new Map<string, Recipe>();
}

/** Where the commands of a file are started. */
export function folderOf(path: RepoPath): RepoPath {
  return path.endsWith(".mk") ? rootDir : dirOf(path);
}

/** Other recipes of the same file, called as commands. */
const ownCalls = /^(?:\$\(MAKE\)|make|just|task|deno task)\s+(?:--?[\w-]+\s+)*([\w:.-]+)$/;

function recipeOf(lines: readonly string[], needs: readonly string[]): Recipe {
  const called = lines.flatMap((line) => ownCalls.exec(line.trim())?.[1] ?? []);
  return { lines: lines.filter((line) => !ownCalls.test(line.trim())).join("\n"), needs: [...needs, ...called] };
}

export function makeRecipes(text: string): Recipes {
  const joined = text.replaceAll(/\\\r?\n\s*/g, " ");
  const values = new Map(
    [...joined.matchAll(/^(\w+)\s*[:?]?=\s*(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
  const filled = joined.replaceAll(/\$[({](\w+)[)}]/g, (whole, name: string) => values.get(name) ?? whole);
  return indentedRecipes(filled, /^([\w./-]+(?:[ \t]+[\w./-]+)*)[ \t]*::?(?!=)[ \t]*([^#=]*?)(?:;(.*))?(?:#.*)?$/);
}

export function justRecipes(text: string): Recipes {
  return indentedRecipes(text, /^@?([\w-]+)(?:[ \t]+[^:]*)?:(?!=)[ \t]*([^#]*?)(?:#.*)?$/);
}

/** Names in front of a colon, what they need behind it, and the lines below. */
function indentedRecipes(text: string, head: RegExp): Recipes {
  const recipes = new Map<string, { lines: string[]; needs: string[] }>();
  let open: { lines: string[]; needs: string[] }[] = [];
  for (const line of text.split("\n")) {
    if (/^[ \t]+\S/.test(line)) {
      for (const recipe of open) recipe.lines.push(plainLine(line));
      continue;
    }
    const [whole, names = "", needs = "", inline] = head.exec(line) ?? [];
    if (whole === undefined || names.startsWith(".")) {
      if (line.trim() !== "" && !line.startsWith("#")) open = [];
      continue;
    }
    open = names.split(/\s+/).map((name) => {
      const recipe = recipes.get(name) ?? { lines: [], needs: [] };
      recipe.needs.push(...needs.split(/[\s|&()]+/).filter((need) => need !== ""));
      if (inline !== undefined) recipe.lines.push(plainLine(inline));
      recipes.set(name, recipe);
      return recipe;
    });
  }
  return new Map([...recipes].map(([name, { lines, needs }]) => [name, recipeOf(lines, needs)]));
}

/** In front of a command, `@` hides it and `-` ignores that it fails. */
function plainLine(line: string): string {
  const marked = line.trim();
  const command = marked.replace(/^[@+-]+/, "");
  const marks = marked.slice(0, marked.length - command.length);
  return marks.includes("-") ? `${command} || true` : command;
}

async function taskRecipes(text: string): Promise<Recipes> {
  const { parse } = await import("yaml");
  let root: unknown;
  try {
    root = parse(text, { merge: true, logLevel: "error" });
  } catch {
    // Task itself will say that it can't be read.
    return new Map();
  }
  const tasks = isObject(root) && isObject(root["tasks"]) ? Object.entries(root["tasks"]) : [];
  return new Map(tasks.map(([name, task]) => [name, taskRecipe(task)]));
}

function taskRecipe(task: unknown): Recipe {
  if (!isObject(task))
    return recipeOf(
      listOf(task).flatMap((each) => commandsIn(each, false)),
      [],
    );
  const isSoft = task["ignore_error"] === true;
  const all = [...listOf(task["cmds"]), ...listOf(task["cmd"])];
  const needs = [...listOf(task["deps"]), ...all].flatMap((each) => needsIn(each));
  const deps = listOf(task["deps"]).filter((each) => typeof each === "string");
  return recipeOf(
    all.flatMap((each) => commandsIn(each, isSoft)),
    [...deps, ...needs],
  );
}

function commandsIn(entry: unknown, isSoft: boolean): readonly string[] {
  if (typeof entry === "string") return [isSoft ? `${entry} || true` : entry];
  const command = isObject(entry) ? entry["cmd"] : undefined;
  return typeof command === "string"
    ? commandsIn(command, isSoft || (isObject(entry) && entry["ignore_error"] === true))
    : [];
}

function needsIn(entry: unknown): readonly string[] {
  return isObject(entry) && typeof entry["task"] === "string" ? [entry["task"]] : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

export function denoRecipes(text: string): Recipes {
  const tasks = objectWithComments(text)?.["tasks"];
  return new Map((isObject(tasks) ? Object.entries(tasks) : []).map(([name, task]) => [name, denoRecipe(task)]));
}

function denoRecipe(task: unknown): Recipe {
  const line = isObject(task) ? task["command"] : task;
  const needs = isObject(task) ? listOf(task["dependencies"]).filter((each) => typeof each === "string") : [];
  if (typeof line !== "string") return recipeOf([], needs);
  // What stands between `&&` fails as lines do.
  return recipeOf(/[|;]/.test(line) ? [line] : line.split("&&"), needs);
}

function imageRecipes(text: string): Recipes {
  const lines = text
    .replaceAll(/\\\r?\n\s*/g, " ")
    .split("\n")
    .flatMap((line) => /^\s*RUN\s+(?:--\S+\s+)*(.*)$/i.exec(line)?.[1] ?? []);
  return new Map([["image", recipeOf(lines, [])]]);
}
