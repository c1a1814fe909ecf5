// Which options a program of the repository takes, as far as its text and that of the modules it imports tell.
import { dirOf, pathInside, rootDir, type RepoPath } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import { objectIn } from "../configuration/json-texts.ts";
import type { Side } from "../change/sides.ts";

/** An option of a program: a file, or the name of what a manifest installs. */
export interface OptionNamed {
  readonly kind: "option";
  /** Of the program, and of the option: `scripts/report.mjs --since`. */
  readonly name: string;
  readonly program: string;
  readonly option: string;
  readonly dir: RepoPath;
}

/** Does the text read its arguments? */
export const readsArguments =
  /\b(?:argv|parseArgs|commander|yargs|meow|minimist|mri|cac|citty|sade|arg|getopts)\b|\.option\(|Deno\.args|Bun\.argv/;

const mostFiles = 60;
const extensions = ["", ".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", "/index.ts", "/index.js", "/index.mjs"];

/** Undefined where the program is not in the repository, or reads no arguments. */
export function hasOption(side: Side, { program, option, dir }: OptionNamed): boolean | undefined {
  const main = fileOf(side, program, dir);
  if (main === undefined) return undefined;
  const texts = textsOf(side, main);
  if (!texts.some((text) => readsArguments.test(text))) return undefined;
  const forms = [...formsOf(option), ...(texts.some((text) => takesAnything.test(text)) ? readsOf(option) : [])];
  return forms.some((form) => texts.some((text) => form.test(text)));
}

/** They make an option of every word that they are given. */
const takesAnything = /minimist|\bmri\b|yargs|getopts|std\/(?:flags|cli)/;

function readsOf(option: string): readonly RegExp[] {
  return namesOf(option).map((name) => new RegExp(`\\.${name}\\b`));
}

function namesOf(option: string): readonly string[] {
  const bare = option.replace(/^--/, "");
  const names = [bare, bare.replace(/^no-/, "")];
  return [
    ...new Set(
      names.flatMap((name) => [name, name.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase())]),
    ),
  ];
}

/** `--since` in a text, `since: {` among options, `"since"` as a name; negated and with capitals as well. */
function formsOf(option: string): readonly RegExp[] {
  return namesOf(option).flatMap((name) => [
    new RegExp(`--(?:no-|\\[no-\\])?${name}(?![\\w-])`),
    new RegExp(`(?<![\\w.-])["']?${name}["']?\\s*:\\s*(?:\\{|Boolean\\b|String\\b|Number\\b|\\[|z\\.|["'])`),
    new RegExp(`["'\`]${name}["'\`]`),
  ]);
}

/** The program and what it imports from the repository. */
function textsOf(side: Side, main: RepoPath): readonly string[] {
  const texts: string[] = [];
  const seen = new Set<RepoPath>([main]);
  for (const path of seen) {
    const text = side.read(path);
    if (text === undefined) continue;
    texts.push(text);
    for (const [, specifier = ""] of text.matchAll(/["'](\.{1,2}\/[^"'\n]+)["']/g)) {
      const found = seen.size < mostFiles ? moduleAt(side, pathInside(dirOf(path), specifier)) : undefined;
      if (found !== undefined) seen.add(found);
    }
  }
  return texts;
}

/** With another ending, or none. */
function moduleAt({ paths }: Side, path: RepoPath | undefined): RepoPath | undefined {
  if (path === undefined) return undefined;
  const stem = path.replace(/\.[cm]?jsx?$/, "");
  const candidates = [path, ...extensions.flatMap((extension) => pathInside(rootDir, `./${stem}${extension}`) ?? [])];
  return candidates.find((each) => paths.has(each) && /\.[cm]?[jt]sx?$/.test(each));
}

function fileOf(side: Side, program: string, dir: RepoPath): RepoPath | undefined {
  if (/\.[cm]?[jt]s$/.test(program)) return sourceOf(side, pathInside(dir, program));
  for (const path of side.paths) {
    if (path !== "package.json" && !path.endsWith("/package.json")) continue;
    const manifest = objectIn(side.read(path)) ?? {};
    const { bin, name } = manifest;
    const short = typeof name === "string" ? name.replace(/^@[^/]+\//, "") : undefined;
    const target = isObject(bin) ? bin[program] : short === program || name === program ? bin : undefined;
    if (typeof target === "string") return sourceOf(side, pathInside(dirOf(path), target));
  }
  return undefined;
}

/** What is built is made of what stands in `src`. */
function sourceOf(side: Side, path: RepoPath | undefined): RepoPath | undefined {
  if (path === undefined) return undefined;
  const built = moduleAt(side, path);
  if (built !== undefined) return built;
  const source = path.replace(/(^|\/)(?:dist|build|out|lib)\//, "$1src/");
  return source === path ? undefined : moduleAt(side, pathInside(rootDir, source));
}

/** Words by which a text names options. */
export function optionWords(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const named = [
    ...text.matchAll(/--(?:no-)?([a-z][\w-]*)|(?<![\w.-])["']?([a-z][\w-]*)["']?\s*:\s*\{|["']([a-z][\w-]*)["']/gi),
  ];
  return named.map(([, first, second, third]) => first ?? second ?? third ?? "");
}
