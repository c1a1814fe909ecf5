import type { AssayError } from "./errors.ts";
import type { RepoPath } from "./paths.ts";

/** One fault in the user's code: what is wrong and what to do, in one sentence. */
export interface Finding {
  readonly path: RepoPath | null;
  /** 1-based; null where the whole file is meant. */
  readonly line: number | null;
  readonly message: string;
  /** Stands behind the others. */
  readonly isMinor?: boolean;
}

/** What a task found out beside its verdict, for whoever asks for it. JSON. */
export interface Attachment {
  readonly kind: "mutation-report";
  readonly content: object;
}

/**
 * What became of one planned task. `review` is what a person should look at although nothing is wrong; it is shown even
 * where all is green.
 */
export type TaskOutcome =
  | { readonly status: "passed"; readonly note?: string; readonly review?: string; readonly attachment?: Attachment }
  /** `isPart`: the run was over before all was looked at. */
  | {
      readonly status: "failed";
      readonly findings: readonly Finding[];
      readonly note?: string;
      readonly isPart?: true;
      readonly attachment?: Attachment;
    }
  | { readonly status: "errored"; readonly error: AssayError }
  /** Not finished before the run was over. `finished`: so many parts were. `known`: sentences about what was found out. */
  | {
      readonly status: "deferred";
      readonly remaining: string;
      readonly finished?: number;
      readonly known?: readonly string[];
      readonly attachment?: Attachment;
    }
  | { readonly status: "skipped"; readonly reason: string };

/** What became of one check, over all of its tasks. */
export interface CheckResult {
  readonly id: string;
  readonly status: TaskOutcome["status"];
  readonly findings: readonly Finding[];
  readonly errors: readonly AssayError[];
  readonly attachments: readonly Attachment[];
  /** What a person should look at although nothing is wrong. */
  readonly reviews: readonly string[];
  /** Sentences about what was left, skipped or worth knowing. */
  readonly notes: readonly string[];
  readonly durationMs: number;
  /** Every task of it was replayed from the cache. */
  readonly cached: boolean;
  /** A later run on the same ground would find the same. */
  readonly lasting: boolean;
  /** Planned as one of which a part has to finish, and none did. */
  readonly unfinished: boolean;
}
