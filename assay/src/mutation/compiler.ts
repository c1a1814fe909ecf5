// Asks the repository's own compiler which survivors it would refuse: a change that cannot be built needs no test.
import { join } from "node:path";
import type { Mutant } from "../model/mutant.ts";
import type { Host } from "../model/process.ts";
import type { CompilerPlace, MutationRequest } from "./request.ts";
import { runSession } from "./session.ts";
import { withMutant } from "./switch.ts";
import type { TypesProgram } from "./worker/protocol.ts";

/** What the compiler says of mutants, by their ids. */
export interface CompilerVerdict {
  readonly refused: ReadonlySet<string>;
  /** False: it did not say all that it had to say. What is not refused may be, if it is asked again. */
  readonly isComplete: boolean;
}

/** Which survivors do not type-check. What can not be found out is not refused. */
export async function askCompiler(
  host: Host,
  request: MutationRequest,
  survivors: readonly Mutant[],
): Promise<CompilerVerdict> {
  const refused = new Set<string>();
  if (survivors.length === 0) return { refused, isComplete: true };
  const places = await request.compilersOf([...new Set(survivors.map(({ path }) => path))]);
  const programs = programsOf(request, places, survivors);
  if (programs.length === 0) return { refused, isComplete: true };
  if (host.signal.aborted) return { refused, isComplete: false };
  const { root } = request;
  const paths = { root, repository: root, scratch: host.scratch, runnerDir: "", insideFile: "" };
  const session = { ...paths, args: [], switchName: "", control: 0, sources: {}, files: [] };
  const worker = { runner: "TypeScript", file: request.workers.types, nodeArgs: [], env: {}, preparation: null };
  const end = await runSession(host, worker, { ...session, job: { kind: "types", programs } }, (event) => {
    if (event.kind === "refused") refused.add(event.id);
  });
  return { refused, isComplete: end.kind === "done" && end.trouble === null };
}

function programsOf(
  { root, pairs }: MutationRequest,
  places: readonly CompilerPlace[],
  survivors: readonly Mutant[],
): TypesProgram[] {
  const texts = new Map(pairs.map(({ change, headText }) => [change.path, headText]));
  const variantsOf = ({ path }: CompilerPlace): TypesProgram["variants"] =>
    survivors.flatMap((mutant) => {
      const text = texts.get(mutant.path);
      if (mutant.path !== path || text === undefined) return [];
      return [{ id: mutant.id, file: join(root, path), text: withMutant(text, mutant) }];
    });
  const programs = new Map<string, TypesProgram>();
  for (const place of places) {
    const variants = variantsOf(place);
    const config = join(root, place.config);
    const known = programs.get(config)?.variants ?? [];
    if (variants.length > 0)
      programs.set(config, { compilerDir: place.compilerDir, config, variants: [...known, ...variants] });
  }
  return [...programs.values()];
}
