import type { CommandName } from "./check.ts";
import type { Base } from "./change.ts";
import type { AssayError } from "./errors.ts";
import type { CheckResult } from "./finding.ts";
import type { Scope } from "./scope.ts";

/** What a verifying command did, complete: every reporter starts here. */
export interface Run {
  readonly command: CommandName;
  /** The options that decide what is looked at, as they would be typed: `--base main`. */
  readonly options: readonly string[];
  /** Those that only this command takes: `--files src`. */
  readonly ownOptions: readonly string[];
  /** How long it was allowed to take, where that was said with the command. */
  readonly budgetSeconds: number | null;
  readonly base: Base;
  /** What it was about; which scope a path is in is asked no more. */
  readonly scope: Omit<Scope, "scopeOf">;
  readonly results: readonly CheckResult[];
  /** Why the run as a whole is no verdict; null where it is one. */
  readonly error: AssayError | null;
  readonly durationMs: number;
}
