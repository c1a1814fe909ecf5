// Every place in a file that names a module, or a file that it reads or runs.
import type { SourceFile } from "../../model/source-file.ts";
import type { Load, LoadKind } from "../../source/loading-calls.ts";
import type { SpecifierKind } from "../../source/specifier.ts";
import { walk, type Argument, type Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";
import { createLoads } from "./loaders.ts";
import { possibleTexts, type PossibleTexts } from "./possible-texts.ts";

export interface Reference {
  /** As it is at run time: what is put together from constants is put together. */
  readonly specifier: string;
  readonly kind: SpecifierKind | "place" | "command";
  readonly start: number;
  /** Stands in a `try`: the program goes on without the module. */
  readonly optional: boolean;
  /** Not written at the place itself: names and calls were followed to find it. */
  readonly indirect: boolean;
}

/** Reads text that a file has run as a program. */
export type ParseText = (text: string) => SourceFile | undefined;

/** Without one of these words there is nothing but declarations at the top. */
const callsForModules =
  /import\s*(?:\(|\.|\/)|[rR]equire|[mM]ock|Actual|\bURL\b|Worker|[fF]ile|createReadStream|fork|spawn|exec|eval|Function|runIn|Script|link|\bcp(?:Sync)?\b|addModule|register|globalThis|getBuiltin|_load|Deno|Bun|import-fresh|jiti|rewire|proxyquire|esmock|declare\s+module|import\s+\w+\s*=|\b(?:global|module|process|self|window)\s*(?:\?\.\s*)?\[|\\u/;

/** What a file names, in source order; what is worked out at run time is left out. */
export function referencesOf(file: SourceFile, parseText: ParseText = () => undefined): readonly Reference[] {
  const found = new Map<string, Reference>();
  const guarded: Node[] = [];
  const add: Add = (specifier, kind, start, indirect = false) => {
    const optional = guarded.some((block) => block.start <= start && start < block.end);
    const key = `${start} ${specifier}`;
    if (specifier !== "" && !found.has(key)) found.set(key, { specifier, kind, start, optional, indirect });
  };
  addFromComments(file, add);
  if (callsForModules.test(file.text)) {
    const texts = possibleTexts(file);
    const sink: Sink = { add, parseText, texts, loadOf: createLoads(texts) };
    walk(file.program, {
      enter(node) {
        if (node.type === "TryStatement") guarded.push(node.block);
        else addDeclared(node, add);
        addComputed(node, sink);
      },
    });
  } else for (const statement of file.program.body) addDeclared(statement, add);
  return [...found.values()].toSorted((a, b) => a.start - b.start);
}

/** Takes what is found, and reads what stands in texts. */
interface Sink {
  readonly add: Add;
  readonly texts: PossibleTexts;
  readonly loadOf: (callee: Node) => Load | undefined;
  readonly parseText: ParseText;
}

type Add = (specifier: string, kind: Reference["kind"], start: number, indirect?: boolean) => void;

/** Declarations and types, which name a module by a plain text. */
function addDeclared(node: Node, add: Add): void {
  if (node.type === "ImportDeclaration") add(node.source.value, importKind(node), node.start);
  else if (node.type === "ExportAllDeclaration") add(node.source.value, exportKind(node), node.start);
  else if (node.type === "ExportNamedDeclaration") {
    const isType = node.exportKind === "type" || (node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier));
    if (node.source) add(node.source.value, isType ? "type" : "re-export", node.start);
  } else if (node.type === "TSImportType") add(node.source.value, "type", node.start);
  else if (node.type === "TSExternalModuleReference") add(node.expression.value, "require", node.start);
  // What is added to a module's types reaches it, though it loads nothing.
  else if (node.type === "TSModuleDeclaration" && node.id.type === "Literal")
    add(node.id.value, "reference", node.start);
}

function importKind(node: Extract<Node, { type: "ImportDeclaration" }>): SpecifierKind {
  if (node.importKind === "type") return "type";
  return node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier) ? "type" : "import";
}

function isTypeSpecifier(node: Node): boolean {
  return (
    (node.type === "ImportSpecifier" && node.importKind === "type") ||
    (node.type === "ExportSpecifier" && node.exportKind === "type")
  );
}

function exportKind(node: { readonly exportKind?: "type" | "value" }): SpecifierKind {
  return node.exportKind === "type" ? "type" : "re-export";
}

function addComputed(node: Node, sink: Sink): void {
  if (node.type === "ImportExpression") addTexts([node.source], "dynamic", node.start, sink);
  else if (node.type === "TaggedTemplateExpression") {
    const kind = sink.loadOf(node.tag)?.kind;
    if (kind) addTexts([node.quasi], kind, node.start, sink);
  } else if (node.type === "NewExpression" && isMetaUrl(node, sink.texts)) {
    addTexts(node.arguments.slice(0, 1), "url", node.start, sink);
  } else if (node.type === "CallExpression" || node.type === "NewExpression") {
    const load = sink.loadOf(node.callee);
    if (load) addCall(node.arguments.slice(load.skipped), load.kind, node.start, sink);
  }
}

/** `new URL("./x", import.meta.url)`. */
function isMetaUrl(node: Extract<Node, { type: "NewExpression" }>, texts: PossibleTexts): boolean {
  const base = node.arguments[1];
  if (!base || node.callee.type !== "Identifier" || node.callee.name !== "URL") return false;
  return texts.textsOf(base).some((text) => text.startsWith("file:"));
}

function addCall(given: readonly Argument[], kind: LoadKind, start: number, sink: Sink): void {
  const takesAll = kind === "command" || kind === "code" || kind === "place";
  addTexts(takesAll ? given : given.slice(0, 1), kind, start, sink);
}

function addTexts(nodes: readonly Node[], kind: LoadKind, start: number, sink: Sink): void {
  for (const node of nodes) {
    // `vi.mock(import("./x"))`: the import counts by itself.
    const written = node.type === "ImportExpression" ? undefined : textOf(node);
    const texts = written === undefined ? sink.texts.textsIn(node) : [written];
    for (const text of texts) addText(text, kind, start, written === undefined, sink);
  }
}

function textOf(node: Node): string | undefined {
  const isText = node.type === "Literal" || node.type === "TemplateLiteral" || node.type === "BinaryExpression";
  return isText ? constantString(node) : undefined;
}

function addText(text: string, kind: LoadKind, start: number, indirect: boolean, sink: Sink): void {
  const code = kind === "code" ? text : text.startsWith("data:") ? decodedData(text) : undefined;
  if (code !== undefined) addFromCode(code, start, sink);
  if (kind === "code") return;
  if (kind !== "command") return sink.add(text, kind, start, indirect);
  for (const word of text.split(/[\s"'`();=]+/)) sink.add(word, kind, start, true);
  if (/\b(?:import|require)\b/.test(text)) addFromCode(text, start, sink);
}

/** What a program that stands in a text names. */
function addFromCode(text: string, start: number, { add, parseText }: Sink): void {
  const code = /(?:^|\s)(?:-e|-p|--eval|--print)[\s=]+(["'])(.*)\1/s.exec(text)?.[2] ?? text;
  const file = parseText(code);
  for (const { specifier, kind } of file ? referencesOf(file, parseText) : []) add(specifier, kind, start, true);
}

function decodedData(url: string): string | undefined {
  const [, encoding, body] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url) ?? [];
  if (body === undefined) return undefined;
  try {
    return encoding === undefined ? decodeURIComponent(body) : Buffer.from(body, "base64").toString("utf8");
  } catch {
    return undefined;
  }
}

const importsOfTypes = /\bimport\(\s*["']([^"']+)["']\s*\)|@import\b[^@]*?\bfrom\s+["']([^"']+)["']/g;

/** `/// <reference … />` everywhere, `@import`, `import("x")` and JSX pragmas where they have a meaning. */
function addFromComments({ path, comments }: SourceFile, add: Add): void {
  const isJavaScript = /\.[cm]?jsx?$/.test(path);
  for (const { type, value, start } of comments) {
    const [, attribute, name] = /^\/\s*<reference\s+(path|types)\s*=\s*["']([^"']+)["']/.exec(value) ?? [];
    if (name !== undefined) add(attribute === "path" ? relative(name) : name, "reference", start);
    if (type !== "Block") continue;
    const pragma = /@jsxImportSource\s+(\S+)/.exec(value)?.[1];
    if (pragma !== undefined) add(pragma, "import", start);
    if (!isJavaScript) continue;
    for (const [, inline, tag] of value.matchAll(importsOfTypes)) add(inline ?? tag ?? "", "type", start);
  }
}

/** A reference without `./` is relative all the same. */
function relative(path: string): string {
  return path.startsWith(".") || path.startsWith("/") ? path : `./${path}`;
}
