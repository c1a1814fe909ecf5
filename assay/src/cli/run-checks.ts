// plan -> run: composes checks, graph, cache and host. Loaded only when there is something to look at.
import { join } from "node:path";
import { allChecks } from "../checks/index.ts";
import { createChangeContext } from "../checks/change/pairs.ts";
import { driftError, driftNotes, driftOf } from "../engine/drift.ts";
import { openHost, type Processes } from "../engine/host.ts";
import { planChecks, type Plan } from "../engine/plan.ts";
import { dropKeptTransforms, openKeptTransforms } from "../engine/kept-transforms.ts";
import { openMemory, type RunMemory } from "../engine/memory.ts";
import { openReplayCache } from "../engine/replay-cache.ts";
import type { KeyOf } from "../engine/replay-key.ts";
import { runPlan, type RunEvent } from "../engine/run.ts";
import { transformGround } from "../engine/transform-ground.ts";
import type { Config } from "../model/config.ts";
import type { Check, CommandName, PlanContext } from "../model/check.ts";
import { AssayError } from "../model/errors.ts";
import type { CheckResult } from "../model/finding.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Affected } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";
import { wholeScope } from "../scope/scope.ts";
import { affectedBy, type Reached } from "./affected.ts";
import type { FoundOut } from "./last-answer.ts";
import { runFacts, runKeys } from "./run-keys.ts";
import type { Situation } from "./situation.ts";
import { stateDir } from "./state-dir.ts";

/** Which checks a command runs, by their ids. */
export interface Choice {
  /** Empty means all. */
  readonly only: readonly string[];
  readonly except: readonly string[];
}

export interface RunChecksOptions {
  readonly command: CommandName;
  readonly situation: Situation;
  readonly choice: Choice;
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Of the run, where some were started already. */
  readonly processes: Processes | undefined;
  /** The keys of what may be replayed. */
  readonly keyOf: KeyOf;
  /** Is told the results, and the keys by now, where nobody has touched a file while checks ran. */
  onSteady?(found: FoundOut, keyNow: KeyOf): void;
  onEvent(event: RunEvent): void;
}

export interface CheckedChange {
  readonly results: readonly CheckResult[];
  readonly notes: readonly string[];
  /** Why the results are about something that is no longer there. */
  readonly error: AssayError | null;
  /** The files that the change can reach, the nearest first. */
  readonly reached: readonly RepoPath[];
}

/** Plans and runs the checks of a command. */
export async function runChecks(options: RunChecksOptions): Promise<CheckedChange> {
  const { situation } = options;
  const { plan, notes, reached, reachOf, seenBy } = await makePlan(options.command, situation, options.choice);
  // The gate believes nothing that it did not see itself.
  const believes = options.command !== "gate";
  const kept = new Set<string>();
  const keptTransforms = (): string | null => {
    const ground = believes ? groundOf(situation.workspace) : null;
    const folder = ground === null ? null : openKeptTransforms(transformsDir(situation), ground);
    if (folder !== null) kept.add(folder);
    return folder;
  };
  const memories: RunMemory[] = [];
  const memory = (): RunMemory | null => {
    const { workspace } = situation;
    const dir = join(stateDir(situation.repository), "memory");
    const opened = believes ? openMemory({ dir, workspace, run: runFacts(workspace), seenBy }) : null;
    if (opened !== null) memories.push(opened);
    return opened;
  };
  const { deadline, signal, processes } = options;
  const onProgress = (text: string): void => options.onEvent({ kind: "progress", text });
  const host = openHost({ deadline, signal, processes, keptTransforms, memory, onProgress });
  const cache = believes ? openReplayCache(join(stateDir(situation.repository), "outcomes")) : null;
  const keyOf: KeyOf = (checkId, task) => options.keyOf(checkId, task, reachOf);
  let after: ReturnType<Situation["rereadTree"]> | undefined;
  const rereadTree = (): ReturnType<Situation["rereadTree"]> => (after ??= situation.rereadTree());
  let now: KeyOf | undefined;
  const keysNow = async (): Promise<KeyOf> => {
    const keyNow = (now ??= runKeys({ ...situation.workspace, tree: (await rereadTree()).tree }));
    return (checkId, task) => keyNow(checkId, task, reachOf);
  };
  try {
    const results = await runPlan(plan, host, {
      replay: cache && { cache, keyOf, keysNow },
      onEvent: (event) => options.onEvent(event),
    });
    // What only reads is over before anyone has edited more than a file that was not looked at yet.
    if (!hasTakenTime(plan, results) && options.onSteady === undefined) return { results, notes, error: null, reached };
    const { tree, head } = await rereadTree();
    const drift = driftOf({ tree: situation.workspace.tree, head: situation.repository.head }, { tree, head });
    // What was made of the files while others came and went was not made on the ground that it is kept under.
    const isSteady = drift.rewritten.length + drift.appeared.length === 0;
    const groundNow = isSteady && kept.size > 0 ? groundOf({ ...situation.workspace, tree }) : null;
    const steady = groundNow === null ? null : join(transformsDir(situation), groundNow);
    for (const folder of kept) if (folder !== steady) dropKeptTransforms(folder);
    if (isSteady) for (const opened of memories) opened.store();
    const allNotes = [...notes, ...(cache?.notes ?? []), ...driftNotes(drift)];
    if (isSteady && allNotes.length === 0) options.onSteady?.({ results, reached }, await keysNow());
    return { results, notes: allNotes, error: driftError(drift), reached };
  } finally {
    await host.dispose();
  }
}

/** Was anything run, rather than read or replayed? */
function hasTakenTime(plan: Plan, results: readonly CheckResult[]): boolean {
  const replayed = new Set(results.filter(({ cached }) => cached).map(({ id }) => id));
  return plan.some(
    ({ id, work }) =>
      work.status === "planned" && !replayed.has(id) && work.tasks.some(({ cost }) => cost !== "instant"),
  );
}

function groundOf(workspace: Workspace): string | null {
  return transformGround(workspace, runFacts(workspace));
}

function transformsDir(situation: Situation): string {
  return join(stateDir(situation.repository), "transforms");
}

/** What a command would do. Starts nothing. */
export async function makePlan(
  command: CommandName,
  situation: Situation,
  choice: Choice,
): Promise<{ readonly plan: Plan; readonly reached: readonly RepoPath[] } & Omit<Reached, "affected">> {
  const { config } = situation.workspace;
  const { affected, ...rest } = await affectedBy(command, situation);
  const checks = await selectChecks(config, command, choice);
  const protectedIds = new Set(checks.filter(({ heedsBaseOnly }) => heedsBaseOnly).map(({ id }) => id));
  const off = config.checksOff.filter((id) => !protectedIds.has(id));
  const leftOut = new Map([
    ...off.map((id) => [id, "off in assay.toml"] as const),
    ...choice.except.map((id) => [id, "left out by --except"] as const),
  ]);
  const plan = await planChecks(checks, await contextOf(command, situation, affected), leftOut);
  return { plan, reached: [...affected.reached.keys()], ...rest };
}

async function contextOf(command: CommandName, situation: Situation, affected: Affected): Promise<PlanContext> {
  const scope = command === "gate" ? wholeScope(situation.scope) : situation.scope;
  const context = await createChangeContext({ ...situation, scope });
  return { ...context, command, affected, listed: situation.listed, reread: () => situation.reread() };
}

/** `--only guards`: every check that reads files and runs nothing. */
const allGuards = "guards";

/** Those that are on, and of the others those that are asked for by name. */
async function selectChecks(config: Config, command: CommandName, { only, except }: Choice): Promise<readonly Check[]> {
  const available = (await allChecks(config)).filter((check) => check.in.includes(command));
  const named = [...only.filter((id) => id !== allGuards), ...except];
  const unknown = named.find((id) => !available.some((check) => check.id === id));
  if (unknown !== undefined) {
    const ids = available.map((check) => check.id).join(", ");
    throw new AssayError(
      "usage",
      `${command} has no check "${unknown}"; it has ${ids}, and "${allGuards}" for all that run nothing`,
      {
        hint: `assay ${command} --help`,
      },
    );
  }
  return available.filter(({ id, kind, optIn }) => {
    if (only.includes(id)) return true;
    const isMeant = only.length === 0 || (only.includes(allGuards) && kind !== "tasks");
    return isMeant && (optIn === undefined || config.checksOn.includes(id));
  });
}
