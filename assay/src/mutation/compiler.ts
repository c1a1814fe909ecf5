// Asks the repository's own compiler which survivors it would refuse: a change that cannot be built needs no test.
import { join } from "node:path";
import type { Mutant } from "../model/mutant.ts";
import type { Host } from "../model/process.ts";
import type { CompilerPlace, MutationRequest } from "./request.ts";
import { Session } from "./session.ts";
import { withMutant } from "./switch.ts";
import type { TypesProgram } from "./worker/protocol.ts";

/** What the compiler says of mutants, by their ids. What is in neither it did not say. */
export interface CompilerVerdict {
  readonly refused: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
}

/** Tells which survivors do not type-check. What can not be found out is not refused. */
export class Compiler {
  readonly #host: Host;
  readonly #request: MutationRequest;
  #early: { readonly question: Question; readonly verdict: Promise<CompilerVerdict> } | null = null;

  constructor(host: Host, request: MutationRequest) {
    this.#host = host;
    this.#request = request;
  }

  /** Has it look at mutants of which some will probably be asked about: it takes about as long as they are tried. */
  begin(mutants: readonly Mutant[]): void {
    if (this.#early !== null || mutants.length > mostAhead) return;
    const question = new Question(this.#host, this.#request);
    // What goes wrong will go wrong again when it matters.
    const verdict = question
      .ask(mutants, true)
      .catch(() => ({ refused: new Set<string>(), accepted: new Set<string>() }));
    this.#early = { question, verdict };
  }

  async judge(survivors: readonly Mutant[]): Promise<CompilerVerdict> {
    const known = survivors.length === 0 ? undefined : await this.#early?.verdict;
    const left = survivors.filter(({ id }) => known?.refused.has(id) !== true && known?.accepted.has(id) !== true);
    const other = await new Question(this.#host, this.#request).ask(left, false);
    return {
      refused: new Set([...(known?.refused ?? []), ...other.refused]),
      accepted: new Set([...(known?.accepted ?? []), ...other.accepted]),
    };
  }

  /** Whatever is still looked at is not wanted any more. */
  close(): void {
    this.#early?.question.close();
  }
}

/** Where there are more, trying them takes so long that nobody waits for the compiler. */
const mostAhead = 100;

/** Asked once, in a process of its own. */
class Question {
  readonly #host: Host;
  readonly #request: MutationRequest;
  #session: Session | null = null;
  #isOver = false;

  constructor(host: Host, request: MutationRequest) {
    this.#host = host;
    this.#request = request;
  }

  /** `onlyAtOnce`: nothing is said of those for each of which the whole project would be looked at. */
  async ask(mutants: readonly Mutant[], onlyAtOnce: boolean): Promise<CompilerVerdict> {
    const refused = new Set<string>();
    const accepted = new Set<string>();
    if (mutants.length === 0) return { refused, accepted };
    const { root, workers } = this.#request;
    const places = await this.#request.compilersOf([...new Set(mutants.map(({ path }) => path))]);
    const programs = programsOf(this.#request, places, mutants);
    const asked = new Set(programs.flatMap(({ variants }) => variants.map(({ id }) => id)));
    for (const { id } of mutants) if (!asked.has(id)) accepted.add(id);
    if (programs.length === 0 || this.#isOver || this.#host.signal.aborted) return { refused, accepted };
    const paths = { root, repository: root, scratch: this.#host.scratch, runnerDir: "", insideFile: "" };
    const setup = { ...paths, args: [], switchName: "", control: 0, sources: {} };
    const worker = { runner: "TypeScript", file: workers.types, nodeArgs: [], env: {}, preparation: null };
    this.#session = new Session(this.#host, worker, setup);
    await this.#session.run({ files: [], job: { kind: "types", programs, onlyAtOnce } }, (event) => {
      if (event.kind === "refused") refused.add(event.id);
      if (event.kind === "accepted") accepted.add(event.id);
    });
    this.close();
    return { refused, accepted };
  }

  close(): void {
    this.#isOver = true;
    this.#session?.close();
  }
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
