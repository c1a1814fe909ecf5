// Parses one file. Loads the parser: import it lazily.
import { parseSync, type ParseResult } from "oxc-parser";
import { repoPath, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isMarkupWithScript, scriptOf } from "./components.ts";
import { isFlow, parserOptions } from "./language.ts";
import { lineTable } from "./lines.ts";
import { tooDeepAt } from "./nesting.ts";
import { roleOf } from "./role.ts";

export { isFlow } from "./language.ts";
export { isSourcePath, roleOf } from "./role.ts";

/**
 * Parses one version of a file. Offsets count UTF-16 code units from the start of `text`, a byte order mark included.
 * Parentheses are not nodes: `(a)` is `a`, with the offsets of what is inside.
 *
 * A file with syntax errors has an empty or partial program. So has a Flow file, without being in error.
 */
export function parseSource(path: RepoPath, text: string): SourceFile {
  const tooDeep = tooDeepAt(text);
  const { program, comments, errors } = parseAnyScript(path, tooDeep === undefined ? text : "");
  return {
    path,
    role: roleOf(path),
    text,
    program,
    comments,
    syntaxErrors: tooDeep !== undefined ? [deepError(tooDeep)] : isFlow(text) ? [] : errors.map(toSyntaxError),
    lineOf: lineTable(text),
  };
}

/**
 * Parses a file by its kind: of a component the script. What its own compiler makes of it, `return` at the top say, is no
 * error.
 */
export function parseFile(path: RepoPath, text: string): SourceFile {
  const script = parseScript(path, text);
  if (!isMarkupWithScript(path)) return script;
  return { ...script, path, role: roleOf(path), text, syntaxErrors: [], lineOf: lineTable(text) };
}

// As in components.ts, an attribute may hold `>`.
const scriptWithMarkup = /<script(?:\s(?:"[^"]*"|'[^']*'|[^"'>])*)?\slang=["']?[jt]sx/;

/** Parses the script of a component as a file of its own, with the offsets that it has there; other files as a whole. */
export function parseScript(path: RepoPath, text: string): SourceFile {
  if (!isMarkupWithScript(path)) return parseSource(path, text);
  const extension = scriptWithMarkup.test(text) ? "tsx" : "ts";
  const script = parseSource(repoPath(`${path}.${extension}`), scriptOf(path, text));
  return path.endsWith(".astro") && script.syntaxErrors.length > 0 ? asFunctionBody(script) : script;
}

/** The compiler puts the script into a function: it may `return` at the top. A CommonJS module may too, but not `await`. */
function asFunctionBody(script: SourceFile): SourceFile {
  const { errors } = parseSync(script.path, script.text, { ...parserOptions(script.path), sourceType: "commonjs" });
  const remaining = new Set(errors.map(({ message }) => message));
  return { ...script, syntaxErrors: script.syntaxErrors.filter(({ message }) => remaining.has(message)) };
}

/** A script that is not a module may be a CommonJS module, where `return` may stand at the top. */
function parseAnyScript(path: RepoPath, text: string): ParseResult {
  const options = parserOptions(path);
  const result = parseSync(path, text, options);
  if (result.errors.length === 0 || options.sourceType !== "unambiguous" || result.module.hasModuleSyntax) {
    return result;
  }
  const asCommonJs = parseSync(path, text, { ...options, sourceType: "commonjs" });
  return asCommonJs.errors.length === 0 ? asCommonJs : result;
}

function deepError(start: number): { message: string; start: number } {
  return { message: "Brackets are nested more than 1000 deep", start };
}

function toSyntaxError(error: ParseResult["errors"][number]): { message: string; start: number } {
  return { message: error.message, start: error.labels[0]?.start ?? 0 };
}
