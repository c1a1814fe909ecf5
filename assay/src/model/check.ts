import type { BaseReader, Change, Commits, Diff, RevertedCommit } from "./change.ts";
import type { Finding, TaskOutcome } from "./finding.ts";
import type { ListedMutant } from "./mutant.ts";
import type { Host } from "./process.ts";
import type { Affected, Scope } from "./scope.ts";
import type { SourceFile } from "./source-file.ts";
import type { RepoPath } from "./paths.ts";
import type { Workspace } from "./workspace.ts";

export type CommandName = "loop" | "mutate" | "gate";

interface CheckBase {
  /** Names the fault, kebab-case; the file is named after it. */
  readonly id: string;
  /** One line for `assay explain` and the documentation's index. */
  readonly summary: string;
  readonly in: readonly CommandName[];
  /** Runs only where `[checks] on` names it: it fires on too much honest work to be on for everyone. */
  readonly optIn?: true;
  /** What `assay explain` prints; a check of a project's own has no page in the documentation. */
  readonly page?: string;
  /** No `[checks] off` of the head keeps it from running: it reads that of the base by itself. */
  readonly heedsBaseOnly?: true;
}

/** Reads the syntax of one version of a file. `checks` makes a `ChangeCheck` of it: it runs on base and head, and what the base had is not reported. */
export interface SyntaxCheck extends CheckBase {
  readonly kind: "syntax";
  appliesTo(file: SourceFile): boolean;
  inspect(file: SourceFile): Iterable<Sighting>;
}

/** Something a syntax check saw in one version of a file. */
export interface Sighting {
  readonly at: { readonly start: number };
  readonly message: string;
  /** What stays the same when the code moves. The message, unless given. */
  readonly fingerprint?: string;
}

/** Needs both versions, or several files. */
export interface ChangeCheck extends CheckBase {
  readonly kind: "change";
  inspect(context: ChangeContext): Promise<readonly Finding[]>;
}

/** A changed file before and after. Parsed on first use; undefined where that side is missing, not text or not TypeScript or JavaScript. */
export interface FilePair {
  readonly change: Change;
  readonly base: SourceFile | undefined;
  readonly head: SourceFile | undefined;
  readonly baseText: string | undefined;
  readonly headText: string | undefined;
}

export interface ChangeContext {
  readonly diff: Diff;
  readonly scope: Scope;
  readonly workspace: Workspace;
  /** One for each change, ordered by path. */
  readonly pairs: readonly FilePair[];
  readonly base: BaseReader;
  /** What the commits of the change say. Read on first use. */
  readonly commits: () => Promise<Commits>;
  /** Commits before the change that it says it reverts. That it says so proves nothing. Read on first use. */
  readonly reverted: () => Promise<readonly RevertedCommit[]>;
  /** A file of the head, changed or not, parsed. */
  parse(path: RepoPath): SourceFile | undefined;
}

/** Plans work of its own: processes to start, mutants to try. */
export interface TaskCheck extends CheckBase {
  readonly kind: "tasks";
  readonly phase: Phase;
  /** A run in which this was planned and nothing of it finished has verified nothing. */
  readonly mustFinish: boolean;
  plan(context: PlanContext): Promise<TaskPlan>;
}

export interface PlanContext extends ChangeContext {
  readonly command: CommandName;
  readonly affected: Affected;
  /** The mutants to try; null: they are chosen from the change. */
  readonly listed: readonly ListedMutant[] | null;
  /** Reads the change again: what it is now, after other checks have run. */
  reread(): Promise<Diff>;
}

export type TaskPlan =
  | { readonly status: "planned"; readonly tasks: readonly Task[] }
  | { readonly status: "skipped"; readonly reason: string };

/** One piece of work under a check: one tool in one folder, say. */
export interface Task {
  /** `vitest in packages/core, 12 files`: stands in progress and in errors. */
  readonly label: string;
  /** Cheap ones run first. */
  readonly cost: Cost;
  /**
   * What the outcome depends on, as strings that change when it may: tool version, arguments, configuration.
   * The engine adds the contents of `inputs`. A failure is replayed only where it was proven as it was found, so that
   * looking again would say the same. Null: never replayed.
   */
  readonly replay: {
    readonly facts: readonly string[];
    readonly inputs: ReplayInputs;
    readonly failures?: boolean;
  } | null;
  run(host: Host): Promise<TaskOutcome>;
}

export type ReplayInputs =
  | { readonly kind: "files"; readonly files: readonly RepoPath[] }
  /** Every file of these folders. */
  | { readonly kind: "dirs"; readonly dirs: readonly RepoPath[] };

/** Phases run one after the other: what builds before what reads the build, what looks at the tree after all that may write. */
export type Phase = "build" | "verify" | "mutate" | "measure" | "last";

/** Within a phase, in order of when it starts. */
export type Cost = "instant" | "cheap" | "medium" | "expensive";

export type Check = ChangeCheck | TaskCheck;
