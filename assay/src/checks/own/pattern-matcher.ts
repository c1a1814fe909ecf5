// Finds code by patterns of syntax. Loads the matcher: import it lazily.
import type * as AstGrep from "@ast-grep/napi";
import { AssayError } from "../../model/errors.ts";
import type { PatternCheck } from "../../model/own-check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { plainForms, plainPattern, type PlainForm } from "./plain-form.ts";
import { once } from "../change/remembered.ts";

type Library = typeof AstGrep;
type Language = "TypeScript" | "Tsx" | "JavaScript";

interface Match {
  readonly start: number;
  readonly text: string;
}

const languages: readonly Language[] = ["TypeScript", "Tsx", "JavaScript"];

/** What is matched by one of the patterns, in source order, each place once. */
export type Matcher = (file: SourceFile) => readonly Match[];

/** @throws AssayError `config-invalid` where a pattern is none, `tool-missing` where there is no matcher. */
export async function loadMatcher({ id, patterns }: PatternCheck): Promise<Matcher> {
  const library = await load();
  for (const pattern of patterns) rejectUnusable(library, id, pattern);
  const finders = patterns.map((pattern) => finderFor(library, pattern));
  return (file) => {
    const reading = readingOf(library, file);
    const found = new Map(finders.flatMap((find) => find(reading)).map((match) => [match.start, match]));
    return [...found.values()].toSorted((a, b) => a.start - b.start);
  };
}

/** One file in the forms in which patterns are looked for, each parsed when it is asked for first. */
interface Reading {
  readonly file: SourceFile;
  readonly language: Language;
  readonly mayBePutTogether: boolean;
  readonly written: () => AstGrep.SgNode;
  readonly plain: () => readonly (PlainForm & { readonly root: AstGrep.SgNode })[];
}

/** Constants that are put together, and letters that are written as numbers. */
const putTogether = /["'`]\s*\+\s*["'`]|\$\{\s*["'`]|\\[ux]/;

function readingOf({ parse, Lang }: Library, file: SourceFile): Reading {
  const language = languageOf(file.path);
  const parsed = (text: string): AstGrep.SgNode => parse(Lang[language], text).root();
  const written = once(() => parsed(file.text));
  return {
    file,
    language,
    mayBePutTogether: putTogether.test(file.text),
    written,
    plain: once(() =>
      plainForms(file).map(({ text, originOf }) => {
        const root = text === file.text ? written() : parsed(text);
        return { text, originOf, root };
      }),
    ),
  };
}

async function load(): Promise<Library> {
  try {
    return await import("@ast-grep/napi");
  } catch (cause) {
    throw new AssayError("tool-missing", "Patterns in assay.toml need @ast-grep/napi, which can't be loaded here", {
      hint: "npm install --include=optional",
      cause,
    });
  }
}

function rejectUnusable(library: Library, id: string, pattern: string): void {
  const faults = languages.map((language) => faultOf(library, language, pattern));
  if (faults.some((fault) => fault === undefined)) return;
  throw new AssayError("config-invalid", `assay.toml: the pattern of [[check]] "${id}" is no code: ${faults[0]}`, {
    hint: "Write it as one piece of code: `console.log($$$)`. `$A` stands for one node, `$$$` for any number.",
  });
}

/** Undefined: the pattern can be looked for in this language. */
function faultOf({ parse, Lang }: Library, language: Language, pattern: string): string | undefined {
  if (/^\s*\$+\w*\s*$/.test(pattern)) return `\`${pattern}\` would match everything`;
  try {
    const root = parse(Lang[language], pattern).root();
    if (root.find({ rule: { kind: "ERROR" } }) !== null || hasGap(root)) return `\`${pattern}\` does not parse`;
    if (root.children().every((node) => node.kind() === "comment")) return `\`${pattern}\` is a comment`;
    root.find(pattern);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split(". ", 1)[0];
  }
}

/** The parser puts an empty piece where it misses one. */
function hasGap(node: AstGrep.SgNode): boolean {
  const children = node.children();
  return children.length === 0 ? node.text() === "" : children.some(hasGap);
}

type Finder = (reading: Reading) => readonly Match[];

/** As it is written, and file and pattern in their plain form: there are many ways to write one thing. */
function finderFor(library: Library, pattern: string): Finder {
  const plainly = plainPattern(pattern);
  const languagesOf = (text: string): readonly Language[] =>
    languages.filter((language) => faultOf(library, language, text) === undefined);
  const usable = languagesOf(pattern);
  const usablePlainly = languagesOf(plainly);
  const words = wordsOf(pattern);
  return (reading) => {
    const { file, language, written, plain } = reading;
    if (!mayMatch(reading, words)) return [];
    const asWritten = usable.includes(language) ? rangesIn(written(), pattern) : [];
    const others = plain().filter(({ text }) => text !== file.text || plainly !== pattern);
    const inPlain = (usablePlainly.includes(language) ? others : []).flatMap(({ root, originOf }) =>
      rangesIn(root, plainly).map(({ start, end }) => ({ start: originOf(start), end: originOf(end) })),
    );
    return [...inPlain, ...asWritten].map(({ start, end }) => ({ start, text: file.text.slice(start, end) }));
  };
}

function mayMatch({ file, mayBePutTogether }: Reading, words: readonly string[]): boolean {
  const isThere = (word: string): boolean => file.text.includes(word);
  return words.every(isThere) || (mayBePutTogether && words.some(isThere));
}

function rangesIn(root: AstGrep.SgNode, pattern: string): readonly { readonly start: number; readonly end: number }[] {
  return root.findAll(pattern).map((node) => {
    const { start, end } = node.range();
    return { start: start.index, end: end.index };
  });
}

/** What stands in every match: names, and words in strings. */
function wordsOf(pattern: string): readonly string[] {
  const written = pattern.replaceAll(/\$+\w*/g, " ");
  return [...written.matchAll(/[\p{L}_][\p{L}\p{N}_]{2,}/gu)].map(([word]) => word);
}

function languageOf(path: string): Language {
  if (path.endsWith(".tsx")) return "Tsx";
  return path.endsWith("ts") ? "TypeScript" : "JavaScript";
}
