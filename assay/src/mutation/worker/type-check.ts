// Type-checks texts that are not on disk with the compiler of the repository, whose types are not at hand.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SessionEvent, TypesJob, TypesProgram } from "./protocol.ts";

/** A project that is held open while one of its files changes. */
interface OpenProgram {
  /** What the compiler says of a file that reads `text` instead of what is on disk; undefined where the file is not its. */
  problemsOf(file: string, text: string | null): readonly Problem[] | undefined;
  close(): void;
}

interface Problem {
  readonly code: number;
  readonly text: string;
}

/** Says `refused` for each variant in which the compiler finds something wrong that it does not find without it. */
export async function typeCheck({ programs }: TypesJob, say: (event: SessionEvent) => void): Promise<void> {
  for (const program of programs) {
    const open = await openProgram(program);
    const known = new Map<string, ReadonlySet<string>>();
    for (const { id, file, text } of program.variants) {
      const after = textsOf(open.problemsOf(file, text));
      // Mostly there is nothing wrong, and nothing to compare with.
      if (after.size === 0) continue;
      const before = known.get(file) ?? textsOf(open.problemsOf(file, null));
      known.set(file, before);
      if ([...after].some((problem) => !before.has(problem))) say({ kind: "refused", id });
    }
    open.close();
  }
}

/** That a name is not used any more says nothing about whether the change works. */
const unused = new Set([6133, 6138, 6192, 6196, 6198, 6199, 6205]);

/** Nothing is said of a file that is not the program's. */
function textsOf(problems: readonly Problem[] = []): ReadonlySet<string> {
  return new Set(problems.filter(({ code }) => !unused.has(code)).map(({ code, text }) => `${code} ${text}`));
}

/** Up to version 6 the compiler is a library; from 7 on it is a program that is talked to. */
async function openProgram(program: TypesProgram): Promise<OpenProgram> {
  const library = join(program.compilerDir, "lib/typescript.js");
  return existsSync(library) ? openLibrary(library, program) : openServer(program);
}

interface NativeApi {
  updateSnapshot(params: object): {
    getProject(config: string):
      | {
          readonly program: {
            getSourceFileNames(): readonly string[];
            getSyntacticDiagnostics(file: string): readonly Problem[];
            getSemanticDiagnostics(file: string): readonly Problem[];
          };
        }
      | undefined;
  };
  close(): void;
}

async function openServer({ compilerDir, config }: TypesProgram): Promise<OpenProgram> {
  const module: unknown = await import(
    /* @vite-ignore */ pathToFileURL(join(compilerDir, "dist/api/sync/api.js")).href
  );
  const { API } = module as { readonly API: new (options: object) => NativeApi };
  let served: { readonly file: string; readonly text: string } | null = null;
  const readFile = (file: string): string | undefined => (file === served?.file ? served.text : undefined);
  const api = new API({ cwd: dirname(config), fs: { readFile } });
  api.updateSnapshot({ openProjects: [config] });
  return {
    problemsOf(file, text) {
      const changed = new Set([file, served?.file ?? file]);
      served = text === null ? null : { file, text };
      const snapshot = api.updateSnapshot({ fileChanges: { changed: [...changed] } });
      const program = snapshot.getProject(config)?.program;
      if (!program?.getSourceFileNames().includes(file)) return undefined;
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    },
    close: () => api.close(),
  };
}

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
  createSourceFile(file: string, text: string, options: unknown): object;
  flattenDiagnosticMessageText(text: unknown, newLine: string): string;
}

interface LibraryHost {
  getSourceFile(file: string, options: unknown, ...rest: readonly unknown[]): object | undefined;
}

interface LibraryProgram {
  getSourceFile(file: string): object | undefined;
  getSyntacticDiagnostics(file: object): readonly { readonly code: number; readonly messageText: unknown }[];
  getSemanticDiagnostics(file: object): readonly { readonly code: number; readonly messageText: unknown }[];
}

function openLibrary(path: string, { config }: TypesProgram): OpenProgram {
  const library: unknown = createRequire(path)(path);
  const ts = library as Library;
  const quiet = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(config, { noEmit: true }, quiet);
  if (parsed === undefined) return { problemsOf: () => undefined, close: () => undefined };
  const host = ts.createCompilerHost(parsed.options);
  const getSourceFile = host.getSourceFile.bind(host);
  // Files that do not change are parsed once.
  const kept = new Map<string, object | undefined>();
  let served: { readonly file: string; readonly text: string } | null = null;
  host.getSourceFile = (file, options, ...rest) => {
    if (file === served?.file) return ts.createSourceFile(file, served.text, options);
    if (!kept.has(file)) kept.set(file, getSourceFile(file, options, ...rest));
    return kept.get(file);
  };
  let oldProgram: LibraryProgram | undefined;
  return {
    problemsOf(file, text) {
      served = text === null ? null : { file, text };
      const { fileNames: rootNames, options, projectReferences } = parsed;
      const program = ts.createProgram({ rootNames, options, projectReferences, host, oldProgram });
      oldProgram = program;
      const source = program.getSourceFile(file);
      if (source === undefined) return undefined;
      const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return diagnostics.map(({ code, messageText }) => ({
        code,
        text: ts.flattenDiagnosticMessageText(messageText, " "),
      }));
    },
    close: () => undefined,
  };
}
