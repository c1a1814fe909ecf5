// What test files said of mutants in earlier runs, for as long as neither they nor anything that they see is another.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RepoPath } from "../model/paths.ts";
import type { Memory, Recollection } from "../model/process.ts";
import { renumbering, textOf, toKeptPlan, type KeptPlan, type Renumbering } from "./kept-plan.ts";
import type { MutationPlan } from "./plan.ts";
import { onlyAdds } from "./additions.ts";
import type { Homes } from "./confirm.ts";
import type { Parse } from "./fingerprint.ts";
import type { Site } from "./loop.ts";
import type { MutationRequest, RunnerPlace } from "./request.ts";
import { pathOf } from "./to-report.ts";
import type { BaselineRun, Kill, Tried, TrialLog } from "./trial-log.ts";

/** What one test file said in one place. Numbers are those of its plan. */
interface KeptFile {
  readonly path: RepoPath;
  readonly text: string;
  readonly plan: number;
  readonly baseline: Omit<BaselineRun, "kind" | "file">;
  readonly kills: readonly KeptKill[];
  readonly outlived: readonly Said[];
  /** By fresh workers. */
  readonly confirmed: readonly Said[];
}

interface KeptKill {
  readonly mutant: number;
  readonly status: Kill["status"];
  /** Null where the worker was ended, and nobody was there to say anything. */
  readonly by: Said | null;
}

type Said = Omit<Tried, "kind" | "file">;

interface Kept {
  readonly plans: readonly KeptPlan[];
  /** By place and path. */
  readonly files: Readonly<Record<string, KeptFile>>;
  /** By mutant: does the compiler refuse it? */
  readonly compiled: Readonly<Record<string, { readonly path: RepoPath; readonly isRefused: boolean }>>;
  /** What the log knows of the modules that any of these files loads. */
  readonly modules: Readonly<Record<"loaded" | "built" | "starters", readonly RepoPath[]>>;
}

const nothing: Kept = { plans: [], files: {}, compiled: {}, modules: { loaded: [], built: [], starters: [] } };

/** Under which it lies in the memory. */
const name = "mutants";

/** What is remembered that bears on one plan. */
export class KeptTrials {
  readonly #parse: Parse;
  readonly #memory: Memory;
  readonly #request: MutationRequest;
  readonly #plan: MutationPlan;
  readonly #recollection: Recollection | undefined;
  readonly #kept: Kept;
  /** By plan that was kept. */
  readonly #renumberings: readonly Renumbering[];
  /** Test files of which the log holds what was remembered, and nothing else. */
  readonly #told = new Map<string, Renumbering>();

  constructor(memory: Memory, request: MutationRequest, plan: MutationPlan, parse: Parse) {
    this.#parse = parse;
    this.#memory = memory;
    this.#request = request;
    this.#plan = plan;
    this.#recollection = memory.recall(name);
    // The memory hands out what `keep` has put there.
    this.#kept = (this.#recollection?.value as Kept | undefined) ?? nothing;
    this.#renumberings = this.#kept.plans.map((before) => renumbering(before, plan));
  }

  /** Tells the log what still holds. Answers the test files that it now knows everything of but what they say of mutants that others had killed. */
  recall(log: TrialLog, sites: readonly Site[]): Homes {
    const homes = new Map<string, Site>();
    this.#recallCompiled(log);
    for (const site of sites)
      for (const path of site.place.testFiles) {
        const file = join(this.#request.root, path);
        const kept = this.#kept.files[keyOf(site.place, path)];
        const numbers = kept && this.#renumberings[kept.plan];
        if (homes.has(file) || kept === undefined || numbers === undefined || this.#isMissing(path, numbers)) continue;
        if (!this.#isOutdated(path)) {
          tell(log, file, kept, numbers);
          this.#told.set(file, numbers);
          homes.set(file, site);
        } else if (this.#onlyGrew(kept)) tellKills(log, file, kept, numbers);
      }
    if (homes.size > 0) this.#recallModules(log);
    return homes;
  }

  /** To be called before the file is run. */
  forget(file: string): void {
    this.#told.delete(file);
  }

  /** Keeps what the log holds of these files, and what is known of others. */
  keep(log: TrialLog, homes: Homes): void {
    const { root } = this.#request;
    const files = Object.entries(this.#kept.files).filter(([, { path }]) => !this.#isOutdated(path));
    const plans = [...this.#kept.plans, toKeptPlan(this.#plan)];
    for (const [file, { place }] of homes) {
      // What was remembered may be of more mutants than this plan has.
      if (!log.isGreen(file) || log.elsewhere.has(file) || this.#told.get(file)?.isSame === false) continue;
      const path = pathOf(root, file);
      const text = readFileSync(file, "utf8");
      files.push([keyOf(place, path), { path, text, plan: plans.length - 1, ...saidIn(log, file) }]);
    }
    const pathsOf = (files: ReadonlySet<string>): readonly RepoPath[] => [...files].map((file) => pathOf(root, file));
    const [loaded, built, starters] = [pathsOf(log.loaded), pathsOf(log.built), pathsOf(log.starters)];
    const compiled = { ...this.#compiled(), ...this.#compiledNow(log) };
    this.#memory.keep(name, {
      ...withoutUnused(plans, Object.fromEntries(files)),
      compiled,
      modules: { loaded, built, starters },
    } satisfies Kept);
  }

  #isOutdated(path: RepoPath): boolean {
    return this.#recollection?.isOutdated(path) !== false;
  }

  /** Does the file still do all that it did, and more? Then what it noticed it notices still. */
  #onlyGrew({ path, text }: KeptFile): boolean {
    if (this.#recollection?.seesOutdated(path) !== false) return false;
    const now = readFileSync(join(this.#request.root, path), "utf8");
    return onlyAdds(this.#parse(path, text), this.#parse(path, now));
  }

  /** Is there a mutant or a line that this file may reach, and was not asked about? */
  #isMissing(path: RepoPath, { unknown }: Renumbering): boolean {
    const sources = this.#request.loads?.get(path);
    return [...unknown].some((source) => sources === undefined || sources.has(source));
  }

  #recallCompiled(log: TrialLog): void {
    const compiled = this.#compiled();
    for (const [number, mutant] of this.#plan.mutants.entries()) {
      const known = compiled[textOf(mutant)];
      if (known?.isRefused === true) log.settle(number, { status: "compile-error" });
      else if (known !== undefined) log.accepted.add(number);
    }
  }

  #recallModules(log: TrialLog): void {
    const { loaded, built, starters } = this.#kept.modules;
    const { root } = this.#request;
    for (const path of loaded) log.loaded.add(join(root, path));
    for (const path of built) log.built.add(join(root, path));
    for (const path of starters) log.starters.add(join(root, path));
  }

  /** What the compiler would say again. */
  #compiled(): Kept["compiled"] {
    return Object.fromEntries(Object.entries(this.#kept.compiled).filter(([, { path }]) => !this.#isOutdated(path)));
  }

  #compiledNow(log: TrialLog): Kept["compiled"] {
    const now = this.#plan.mutants.flatMap((mutant, number) => {
      const isRefused = log.verdicts.get(number)?.status === "compile-error";
      return isRefused || log.accepted.has(number) ? [[textOf(mutant), { path: mutant.path, isRefused }] as const] : [];
    });
    return Object.fromEntries(now);
  }
}

/** As a digest: a variable may hold what nobody else is to read. */
function keyOf({ start: { runner, version, dir, args, nodeArgs, env } }: RunnerPlace, path: RepoPath): string {
  const place = createHash("sha256").update(JSON.stringify([runner, version, dir, args, nodeArgs, env]));
  return `${place.digest("hex")} ${path}`;
}

function saidIn(log: TrialLog, file: string): Omit<KeptFile, "path" | "text" | "plan"> {
  const run = log.baselines.get(file);
  if (run === undefined) throw new Error(`${file} has not been run`);
  const kills = [...log.verdicts].flatMap(([mutant, verdict]): KeptKill[] => {
    if (!("by" in verdict) || verdict.by.file !== file) return [];
    return [{ mutant, status: verdict.status, by: "outcome" in verdict.by ? toSaid(verdict.by) : null }];
  });
  const { kind: _kind, file: _file, ...baseline } = run;
  const outlived = [...log.outlived.values()].flatMap((runs) => runs.filter((each) => each.file === file));
  const confirmed = log.confirmed.filter((each) => each.file === file);
  return { baseline, kills, outlived: outlived.map(toSaid), confirmed: confirmed.map(toSaid) };
}

function toSaid({ kind: _kind, file: _file, ...said }: Tried): Said {
  return said;
}

function tell(log: TrialLog, file: string, kept: KeptFile, numbers: Renumbering): void {
  const { executed, reached, usual } = kept.baseline;
  log.ran({
    ...kept.baseline,
    kind: "baseline",
    file,
    executed: numbers.probes(executed),
    reached: reached.flatMap((mutant) => numbers.mutant(mutant) ?? []),
    usual: numbers.rounds(usual),
  });
  for (const run of triedIn(file, kept.outlived, numbers)) {
    log.outlive(run.mutant, run);
    log.remembered.push({ mutant: run.mutant, file });
  }
  log.confirmed.push(...triedIn(file, kept.confirmed, numbers));
  tellKills(log, file, kept, numbers);
}

function tellKills(log: TrialLog, file: string, { kills }: KeptFile, numbers: Renumbering): void {
  for (const { mutant, status, by } of kills) {
    const number = numbers.mutant(mutant);
    if (number === undefined || !log.alive.has(number)) continue;
    const [run] = by === null ? [] : triedIn(file, [by], numbers);
    log.settle(number, { status, by: run ?? { file, failure: null } });
  }
}

function triedIn(file: string, all: readonly Said[], numbers: Renumbering): (Tried & { readonly mutant: number })[] {
  return all.flatMap((said) => {
    const mutant = said.mutant === null ? undefined : numbers.mutant(said.mutant);
    return mutant === undefined ? [] : [{ ...said, kind: "tried", file, mutant }];
  });
}

/** Only the plans that a file refers to. */
function withoutUnused(
  plans: readonly KeptPlan[],
  files: Readonly<Record<string, KeptFile>>,
): Pick<Kept, "plans" | "files"> {
  const used = [...new Set(Object.values(files).map(({ plan }) => plan))];
  const moved = Object.entries(files).map(([key, file]) => [key, { ...file, plan: used.indexOf(file.plan) }] as const);
  return { plans: used.flatMap((plan) => plans[plan] ?? []), files: Object.fromEntries(moved) };
}
