// Reads what one file says about other files, without resolving anything.
import type { ParseResult } from "oxc-parser";
import { isComponentPath, scriptOf } from "./components.ts";
import { constantSpecifier } from "./constant-imports.ts";
import { syntaxSpecifiers } from "./facts-syntax.ts";
import { importHeader } from "./import-header.ts";
import { parserOptions } from "./language.ts";
import { lineTable } from "./lines.ts";
import { loadingPackages } from "./loading-calls.ts";
import { needsTree } from "./needs-tree.ts";
import { tooDeepAt } from "./nesting.ts";
import { opaqueModule, opaqueText, type OpaqueReason } from "./opaque.ts";
import { computed, type AddSpecifier, type ModuleFacts, type Specifier, type SpecifierKind } from "./specifier.ts";

/** Facts of a file that can not be read: it may see anything. */
export const unreadable: ModuleFacts = { specifiers: [], opaque: [{ by: "runs", what: "an unreadable file" }] };

/** Reads one file's facts. Parses off the main thread where it can, so several may be under way. */
export async function readFacts(path: string, text: string): Promise<ModuleFacts> {
  const isComponent = isComponentPath(path);
  const script = isComponent ? scriptOf(path, text) : text;
  if (tooDeepAt(script) !== undefined) return unreadable;
  const header = importHeader(script);
  if (header === undefined && script.length > mostParsed) return scannedFacts(script);
  const specifiers = header ?? (await readSpecifiers(isComponent ? "x.tsx" : path, script));
  return { specifiers, opaque: reasonsOf(specifiers, script) };
}

/** Nobody writes so much into one file by hand. The syntax tree of a package manager's bundle takes 400 MiB. */
const mostParsed = 1024 * 1024;

function scannedFacts(text: string): ModuleFacts {
  const lineOf = lineTable(text);
  const specifiers: Specifier[] = [];
  addScanned(text, (name, kind, offset) => void specifiers.push({ text: name, kind, line: lineOf(offset) }));
  const reason = { by: "runs", what: "a file of more than 1 MiB" } as const;
  return { specifiers, opaque: [reason, ...reasonsOf(specifiers, text)] };
}

async function readSpecifiers(path: string, text: string): Promise<Specifier[]> {
  const { parse } = await import("oxc-parser");
  const options = parserOptions(path);
  const asksTree = needsTree(text);
  // Without TypeScript's properties a tree takes two thirds of the time, and most files need no tree.
  const result = await parse(path, text, asksTree ? options : { ...options, astType: "js" });
  const lineOf = lineTable(text);
  const found = new Map<string, Specifier>();
  const add = (specifier: string, kind: SpecifierKind, offset: number): void => {
    const line = lineOf(offset);
    found.set(`${kind} ${line} ${specifier}`, { text: specifier, kind, line });
  };
  addRecorded(result, text, add);
  addFromComments(result, path, add);
  if (result.errors.length > 0) addScanned(text, add);
  else if (
    asksTree ||
    importsLoader(result) ||
    [...text.matchAll(/import\s*\(/g)].length !== result.module.dynamicImports.length
  ) {
    syntaxSpecifiers(asksTree ? result.program : (await parse(path, text, options)).program, add);
  }
  return [...found.values()];
}

/** Is a function imported that names files in its calls? */
function importsLoader({ module }: ParseResult): boolean {
  return module.staticImports.some(({ moduleRequest }) => loadingPackages.has(moduleRequest.value));
}

function addRecorded(result: ParseResult, text: string, add: AddSpecifier): void {
  const { staticImports, staticExports, dynamicImports } = result.module;
  for (const { moduleRequest, entries, start } of staticImports) {
    // What is left of an import that the parser gave up on.
    if (moduleRequest.value === "") continue;
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    add(moduleRequest.value, isType ? "type" : "import", start);
  }
  for (const { entries, start } of staticExports) {
    const source = entries[0]?.moduleRequest?.value;
    // `import { a } from "a"; export { a }` is on record a second time, where the import stands.
    if (source !== undefined && text.startsWith("export", start))
      add(source, entries.every((entry) => entry.isType) ? "type" : "re-export", start);
  }
  for (const { moduleRequest, start } of dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end);
    add(literal(written) ?? constantSpecifier(result.program, start) ?? computed, "dynamic", start);
  }
}

/** The value of a string literal without escapes, or of a template without substitutions. */
function literal(written: string): string | undefined {
  const [, double, single, template] = /^(?:"([^"\\]*)"|'([^'\\]*)'|`([^`\\$]*)`)$/.exec(written) ?? [];
  return double ?? single ?? template;
}

function addFromComments({ comments }: ParseResult, path: string, add: AddSpecifier): void {
  const isJavaScript = /\.[cm]?jsx?$/.test(path);
  for (const comment of comments) {
    const reference = /^\/\s*<reference\s+path\s*=\s*["']([^"']+)["']/.exec(comment.value)?.[1];
    if (reference !== undefined) add(relative(reference), "reference", comment.start);
    if (!isJavaScript || comment.type !== "Block") continue;
    for (const type of comment.value.matchAll(/import\(\s*["']([^"']+)["']\s*\)/g)) {
      if (type[1] !== undefined) add(type[1], "type", comment.start);
    }
  }
}

/** A reference without `./` is relative all the same. */
function relative(path: string): string {
  return path.startsWith(".") || path.startsWith("/") ? path : `./${path}`;
}

/** For text that does not parse (Flow, a file half written), or is too long: what looks like an import counts as one. */
function addScanned(text: string, add: AddSpecifier): void {
  for (const match of text.matchAll(/(from|import|require|[mM]ock\w*)[\s(]*["']([^"'\n]+)["']/g)) {
    if (match[2] !== undefined) add(match[2], match[1] === "require" ? "require" : "import", match.index);
  }
}

function reasonsOf(specifiers: readonly Specifier[], text: string): readonly OpaqueReason[] {
  const reasons = new Map<string, OpaqueReason>();
  for (const { text: name, kind } of specifiers) {
    const reason =
      name === computed ? ({ by: "runs", what: `${kind} of a computed name` } as const) : opaqueModule(name);
    // A type sees nothing at run time.
    if (reason && kind !== "type") reasons.set(reason.what, reason);
  }
  for (const reason of opaqueText(text)) reasons.set(reason.what, reason);
  return [...reasons.values()];
}
