// Type-checks texts that are not on disk with the compiler of the repository, whose types are not at hand.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SessionEvent, TypesJob, TypesProgram } from "./protocol.ts";
import { openLibrary } from "./types-library.ts";
import { matters, type OpenProgram, type Problem } from "./types-program.ts";

type Variant = TypesProgram["variants"][number];

/** Says `refused` for each variant in which the compiler finds something wrong that it does not find without it, else `accepted`. */
export async function typeCheck({ programs, onlyAtOnce }: TypesJob, say: (event: SessionEvent) => void): Promise<void> {
  for (const program of programs) {
    const open = await openProgram(program);
    for (const file of new Set(program.variants.map((variant) => variant.file))) {
      const variants = program.variants.filter((variant) => variant.file === file);
      const copies = refusedCopies(open, file, variants);
      if (copies === undefined && onlyAtOnce) continue;
      const refused = new Set(copies ?? refusedInTurn(open, file, variants));
      for (const variant of variants) say({ kind: refused.has(variant) ? "refused" : "accepted", id: variant.id });
    }
    open.close();
  }
}

/** All at once: the compiler is asked what it knows of other files once, and not for each variant. */
function refusedCopies(open: OpenProgram, file: string, variants: readonly Variant[]): readonly Variant[] | undefined {
  const refused: Variant[] = [];
  for (let start = 0; start < variants.length; start += mostCopies) {
    const some = variants.slice(start, start + mostCopies);
    const problems = open.problemsOfCopies(
      file,
      some.map(({ text }) => text),
    );
    if (problems === undefined) return undefined;
    refused.push(...some.filter((_, index) => textsOf(problems[index]).size > 0));
  }
  return refused;
}

/** More would take much memory at a time, and save little. */
const mostCopies = 64;

function refusedInTurn(open: OpenProgram, file: string, variants: readonly Variant[]): readonly Variant[] {
  let before: ReadonlySet<string> | undefined;
  return variants.filter(({ text }) => {
    const after = textsOf(open.problemsOf(file, text));
    // Mostly there is nothing wrong, and nothing to compare with.
    if (after.size === 0) return false;
    const known = (before ??= textsOf(open.problemsOf(file, null)));
    return [...after].some((problem) => !known.has(problem));
  });
}

/** Nothing is said of a file that is not the program's. */
function textsOf(problems: readonly Problem[] = []): ReadonlySet<string> {
  return new Set(problems.filter(matters).map(({ code, text }) => `${code} ${text}`));
}

/** Up to version 6 the compiler is a library; from 7 on it is a program that is talked to. */
async function openProgram(program: TypesProgram): Promise<OpenProgram> {
  const library = join(program.compilerDir, "lib/typescript.js");
  return existsSync(library) ? openLibrary(library, program.config) : openServer(program);
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
    problemsOfCopies: () => undefined,
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
