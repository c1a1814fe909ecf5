// The comments of files that are no TypeScript or JavaScript, in which tools are told to look away as well.
import type { Comment } from "oxc-parser";
import type { FilePair } from "../../model/check.ts";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { scriptOf } from "../../source/components.ts";
import { lineTable } from "../../source/lines.ts";
import { roleOf } from "../../source/role.ts";

const styles = /\.(?:css|scss|sass|less|pcss|postcss)$/;
const markup = /\.(?:vue|svelte|astro|html?)$/;
const yaml = /\.ya?ml$/;

/** A first look, so that a file that holds no directive is not taken apart. */
const mayHold = /lint|prettier|biome|ignore|@ts-|@vue-|coverage|Stryker|zizmor/;

/** A pair of files with comments to look at; undefined where the file is of no such kind. */
export async function withComments(pair: FilePair): Promise<FilePair | undefined> {
  const { path, previousPath } = pair.change;
  if (!styles.test(path) && !markup.test(path) && !yaml.test(path)) return undefined;
  const base = await readComments(previousPath ?? path, pair.baseText, pair.base);
  const head = await readComments(path, pair.headText, pair.head);
  return { change: pair.change, baseText: pair.baseText, headText: pair.headText, base, head };
}

async function readComments(
  path: RepoPath,
  text: string | undefined,
  component: SourceFile | undefined,
): Promise<SourceFile | undefined> {
  if (text === undefined || !mayHold.test(text)) return component;
  const { parseSource } = await import("../../source/parse.ts");
  const script = component ?? parseSource(repoPath(`${path}.ts`), "");
  const rest = component === undefined ? text : withoutScript(text, scriptOf(path, text));
  const comments = [...script.comments, ...(await commentsOf(path, rest))].toSorted((a, b) => a.start - b.start);
  return { ...script, path, role: roleOf(path), text, comments, lineOf: lineTable(text) };
}

function withoutScript(text: string, script: string): string {
  const outside = (char: string, index: number): string => ((script[index] ?? " ").trim() === "" ? char : " ");
  return text.split("").map(outside).join("");
}

async function commentsOf(path: RepoPath, text: string): Promise<readonly Comment[]> {
  if (yaml.test(path)) return yamlComments(text);
  const inStyles = Array.from(text.matchAll(styleTokens), toComment);
  const inMarkup = styles.test(path) ? [] : Array.from(text.matchAll(/<!--([^]*?)-->/g), toComment);
  return [...inStyles, ...inMarkup].filter((comment) => comment !== undefined);
}

/** A string is taken whole, so that what stands in it is no comment. */
const styleTokens = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*([^]*?)\*\/|(?<!:)\/\/([^\n]*)/g;

function toComment(match: RegExpExecArray): Comment | undefined {
  const [whole, block, line] = match;
  if (block === undefined && line === undefined) return undefined;
  const [type, value] = block === undefined ? (["Line", line ?? ""] as const) : (["Block", block] as const);
  return { type, value, start: match.index, end: match.index + whole.length };
}

async function yamlComments(text: string): Promise<readonly Comment[]> {
  const { Lexer } = await import("yaml");
  const comments: Comment[] = [];
  let at = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // What the lexer adds for its reader is one control character.
    if (lexeme.length === 1 && lexeme < " " && lexeme.trim() !== "") continue;
    if (lexeme.startsWith("#"))
      comments.push({ type: "Line", value: lexeme.slice(1), start: at, end: at + lexeme.length });
    at += lexeme.length;
  }
  return comments;
}
