// The compiler as a library, which it is up to version 6.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { keepCompiled } from "../compile-cache.ts";
import { matters, type OpenProgram, type Problem } from "./types-program.ts";

interface Library {
  readonly sys: object;
  getParsedCommandLineOfConfigFile(
    config: string,
    options: object,
    host: object,
  ):
    | { readonly fileNames: readonly string[]; readonly options: object; readonly projectReferences?: object }
    | undefined;
  createCompilerHost(options: object): LibraryHost;
  createProgram(settings: object): LibraryProgram;
  createSourceFile(file: string, text: string, options: unknown): SourceText;
  flattenDiagnosticMessageText(text: unknown, newLine: string): string;
}

interface LibraryHost {
  /** From version 5.3 on. */
  jsDocParsingMode?: number;
  getSourceFile(file: string, options: unknown, ...rest: readonly unknown[]): SourceText | undefined;
}

interface SourceText {
  /** Undefined: a script, whose names are everybody's. */
  readonly externalModuleIndicator?: unknown;
}

interface LibraryProgram {
  getSourceFile(file: string): SourceText | undefined;
  getSyntacticDiagnostics(file: SourceText): readonly Diagnostic[];
  getSemanticDiagnostics(file: SourceText): readonly Diagnostic[];
}

interface Diagnostic {
  readonly code: number;
  readonly messageText: unknown;
}

/** Of a project that is built in steps no file may be left out, nor may any be added. */
const asked = { noEmit: true, composite: false, incremental: false };

/** As the compiler's own program has it: what comments say is read where it bears on the types, which is in JavaScript. */
const ofTypeErrors = 2;

function nothing(): undefined {
  return undefined;
}

export function openLibrary(path: string, config: string): OpenProgram {
  const library: unknown = createRequire(path)(path);
  // Whoever asks may find that there is nothing to be asked, and end the process.
  keepCompiled();
  const ts = library as Library;
  const quiet = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(config, asked, quiet);
  if (parsed === undefined) return { problemsOfCopies: nothing, problemsOf: nothing, close: nothing };
  const { fileNames, options, projectReferences } = parsed;
  const host = ts.createCompilerHost(options);
  host.jsDocParsingMode = ofTypeErrors;
  const getSourceFile = host.getSourceFile.bind(host);
  // Files that do not change are parsed once.
  const kept = new Map<string, SourceText | undefined>();
  let served: ReadonlyMap<string, string> = new Map();
  host.getSourceFile = (file, format, ...rest) => {
    const text = served.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, format);
    if (!kept.has(file)) kept.set(file, getSourceFile(file, format, ...rest));
    return kept.get(file);
  };
  const problemsIn = (program: LibraryProgram, source: SourceText): readonly Problem[] =>
    [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ code, messageText }) => ({ code, text: ts.flattenDiagnosticMessageText(messageText, " ") }),
    );
  let oldProgram: LibraryProgram | undefined;
  let declaring: readonly string[] | undefined;
  return {
    problemsOfCopies(file, texts) {
      const original = textOf(file);
      if (!fileNames.includes(file) || declaresForOthers(original)) return undefined;
      const copies = [original, ...texts].map((text, index) => [copyName(file, index), text] as const);
      served = new Map(copies);
      declaring ??= fileNames.filter((name) => !isTest(name) && declaresForOthers(textOf(name)));
      const rootNames = [...served.keys(), ...declaring];
      const program = ts.createProgram({ rootNames, options, projectReferences, host });
      const sources = copies.flatMap(([name]) => program.getSourceFile(name) ?? []);
      const [plain, ...others] = sources;
      if (plain?.externalModuleIndicator === undefined || others.length < texts.length) return undefined;
      if (problemsIn(program, plain).some(matters)) return undefined;
      return others.map((source) => problemsIn(program, source));
    },
    problemsOf(file, text) {
      served = new Map(text === null ? [] : [[file, text]]);
      const program = ts.createProgram({ rootNames: fileNames, options, projectReferences, host, oldProgram });
      oldProgram = program;
      const source = program.getSourceFile(file);
      return source && problemsIn(program, source);
    },
    close: nothing,
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** What it says holds where it is not imported as well: a script, a declaration of types, one that adds to others. */
function declaresForOthers(text: string): boolean {
  return (
    !/^\s*(?:import|export)\b/m.test(text) || /\bdeclare\s+(?:global|module)\b|^\s*\/\/\/\s*<reference/m.test(text)
  );
}

/** What a test declares holds for the program only as long as it is tested; and with it come all that tests load. */
function isTest(file: string): boolean {
  return /[._](?:test|spec)\.[cm]?tsx?$/.test(file);
}

function copyName(file: string, index: number): string {
  const extension = extname(file);
  return `${file.slice(0, -extension.length)}.assay-${index}${extension}`;
}
