import type { MutatorId } from "./mutant.ts";
import type { Parity, ProjectCheck, Ratio } from "./own-check.ts";
import type { RepoPath } from "./paths.ts";

/** `assay.toml`, every default filled in. */
export interface Config {
  /** Is there an `assay.toml`? */
  readonly present: boolean;
  readonly base: string | null;
  readonly greenfield: boolean;
  /** Ids of checks that run though they are opt-in, and of those that don't run. */
  readonly checksOn: readonly string[];
  readonly checksOff: readonly string[];
  /** Null: scopes are the workspace's packages. Keys are path prefixes. */
  readonly pathMap: Readonly<Record<string, string>> | null;
  /** Scope to the scopes it may import. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly boundaries: Readonly<Record<string, Boundary>>;
  readonly maxFileLines: number;
  readonly budgetSeconds: number;
  readonly maxMutants: number;
  /** Null: those that are used by default. */
  readonly mutators: readonly MutatorId[] | null;
  readonly commandSeconds: number;
  readonly requireChangedTests: boolean;
  readonly equivalents: readonly Equivalent[];
  readonly checks: readonly ProjectCheck[];
  readonly parities: readonly Parity[];
  readonly ratios: readonly Ratio[];
}

/** What holds without an `assay.toml`. */
export const defaultConfig: Config = {
  present: false,
  base: null,
  greenfield: false,
  checksOn: [],
  checksOff: [],
  pathMap: null,
  dependencies: {},
  boundaries: {},
  maxFileLines: 500,
  budgetSeconds: 180,
  maxMutants: 12,
  mutators: null,
  commandSeconds: 120,
  requireChangedTests: true,
  equivalents: [],
  checks: [],
  parities: [],
  ratios: [],
};

/** A mutant that does what the original does, so that no test can tell them apart. */
export interface Equivalent {
  readonly path: RepoPath;
  /** Its fingerprint. */
  readonly mutant: string;
  readonly reason: string;
}

export interface Boundary {
  readonly forbidPackages: readonly string[];
  readonly forbidMentions: readonly string[];
  /** Are types let through? */
  readonly allowTypeImports: boolean;
}
