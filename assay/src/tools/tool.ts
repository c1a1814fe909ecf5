// The contract between a tool's file and the checks that use it.
import type { Task } from "../model/check.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Affected } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";

export type ToolRole = "format" | "lint" | "types" | "tests";

/** One tool that a repository may use. A file each in the folder of its kind, listed in `index.ts`. */
export interface Tool {
  readonly name: string;
  readonly role: ToolRole;
  /** Every place where the repository uses it. Reads files, runs nothing. */
  detect(workspace: Workspace): Promise<readonly Detection[]>;
}

/** One tool in one folder of the repository. */
export interface Detection {
  readonly tool: string;
  readonly role: ToolRole;
  /** The folder it is to be run in. */
  readonly dir: RepoPath;
  /** The installed version; null when it is declared but not installed, empty where there is none to tell: a script's. */
  readonly version: string | null;
  /** The command that installs it; set exactly when `version` is null. */
  readonly install: string | null;
  /** What made us think so, for `assay doctor`: `vitest.config.ts`, `"test": "vitest run"`. */
  readonly evidence: string;
  /** Set where it is too much for the loop, which then says this instead: `"test:build" builds first`. */
  readonly gateOnly?: string;
  /** It stands among the tests and executes none of the program that a known runner or command does not execute as well. */
  readonly testsNoCode?: boolean;
  /** The program that a script starts by it. */
  readonly program?: string;
  /** The script that is run as it is, where the tests of a known runner are not in the repository before it is run. */
  readonly builtBy?: string;
  /**
   * The work for a selection, the most telling first. An empty answer means that nothing selected concerns this tool.
   * Called only when the tool is installed.
   */
  plan(selection: Selection): readonly Task[];
}

/** What to look at. */
export type Selection = { readonly change: ChangeFacts | null } & (
  | { readonly kind: "all" }
  /** Files that a change can reach; `inScope` tells whether a path belongs to an affected scope at all. */
  | { readonly kind: "affected"; readonly affected: Affected; inScope(path: RepoPath): boolean }
);

/** The change itself, also where everything is looked at. A selection has none where there is no base to tell it from. */
export interface ChangeFacts {
  /** Every path that differs, on either side. */
  readonly paths: ReadonlySet<RepoPath>;
  /** `paths`, and files that import what changed. */
  readonly reached: ReadonlySet<RepoPath>;
  /** Did a configuration change that is made of several files, or what such a one imports? */
  readonly configuration: boolean;
  /** May this package, what extends it or how it is called differ from the base? */
  touchesPackage(name: string): boolean;
}
