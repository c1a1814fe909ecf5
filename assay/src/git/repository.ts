import { constants, lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../model/errors.ts";
import type { ObjectFormat } from "./disk.ts";
import { fixedOverrides, type Override } from "./environment.ts";
import { git, gitFailed, type GitOutput, type Place } from "./run.ts";
import { parseSettings, withoutFilters, type Settings } from "./settings.ts";

/** A git repository with a work tree and at least one commit. */
export interface Repository extends Place {
  /** Absolute path of the work tree's top, symbolic links resolved. */
  readonly root: string;
  /** Differs from `commonDir` in a linked worktree. */
  readonly gitDir: string;
  readonly commonDir: string;
  /** Full id of the checked-out commit. */
  readonly head: string;
  /** `main`; null when HEAD is detached. */
  readonly branch: string | null;
  readonly shallow: boolean;
  readonly objectFormat: ObjectFormat;
  /** Does the executable bit mean something here? */
  readonly keepsModes: boolean;
  readonly settings: Settings;
}

const facts = [
  "--path-format=absolute",
  "--is-bare-repository",
  "--is-inside-work-tree",
  "--is-shallow-repository",
  "--show-object-format",
  "--show-toplevel",
  "--git-dir",
  "--git-common-dir",
  "HEAD",
  "--symbolic-full-name",
  "HEAD",
];

/**
 * Opens the repository that holds a folder.
 *
 * @throws AssayError `usage` for a folder that is not there, `not-a-repository` outside a work tree or before
 * the first commit, `tool-missing` without git, `git-failed` when git refuses or answers something else.
 */
export async function openRepository(dir: string): Promise<Repository> {
  const place: Place = { root: existingFolder(dir), overrides: fixedOverrides };
  const [answer, config] = await Promise.all([
    git(place, ["rev-parse", ...facts], { answers: [128] }),
    git(place, ["config", "--list", "-z"], { answers: [128] }),
  ]);
  if (answer.exitCode !== 0) throw notOpened(place, answer);
  if (config.exitCode !== 0) throw gitFailed(place, ["config"], config);
  const settings = parseSettings(config.stdout);
  const found = readFacts(answer.stdout.toString("utf8"), settings);
  if (settings.movesWorkTree) checkWorkTree(found.root, found.gitDir);
  const keepsModes = modesAreKept(found.gitDir, settings);
  return { ...found, keepsModes, overrides: overridesFor(found.root, keepsModes, settings) };
}

function existingFolder(dir: string): string {
  const path = resolve(dir);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new AssayError("usage", `${dir} does not exist`, { hint: "assay --help" });
  if (!stats.isDirectory()) throw new AssayError("usage", `${dir} is not a folder`, { hint: "assay --help" });
  return path;
}

function readFacts(printed: string, settings: Settings): Omit<Repository, "overrides" | "keepsModes"> {
  const lines = printed.split("\n");
  const [bare, inside, shallow, format, root = "", gitDir = "", commonDir = "", head = "", ref = "", ...rest] = lines;
  const isFormat = format === "sha1" || format === "sha256";
  const isHead = /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(head);
  const isWhole = rest.length === 1 && rest[0] === "";
  if (bare !== "false" || inside !== "true" || !isFormat || !isHead || !isWhole) throw unreadable();
  return {
    root: realpathSync.native(root),
    gitDir: realpathSync.native(gitDir),
    commonDir: realpathSync.native(commonDir),
    head,
    branch: ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null,
    shallow: shallow === "true",
    objectFormat: format,
    settings,
  };
}

function unreadable(): AssayError {
  return new AssayError("git-failed", "`git rev-parse` did not describe the repository in the expected form", {
    hint: "check that `git --version` says 2.31 or newer and that no folder above has a line break in its name",
  });
}

function notOpened(place: Place, answer: GitOutput): AssayError {
  const [bare, inside] = answer.stdout.toString("utf8").split("\n");
  if (/not a git repository/.test(answer.stderr)) {
    return refuse(`${place.root} is not in a git repository`, "git init && git add -A && git commit -m 'first commit'");
  }
  if (/argument 'HEAD'/.test(answer.stderr)) {
    return refuse("the repository has no commits yet", "git add -A && git commit -m 'first commit'");
  }
  if (bare === "true") return refuse(`${place.root} is a bare repository`, "git worktree add ../work");
  if (inside === "false") return refuse(`${place.root} is inside the .git folder`, "run assay in the work tree");
  return gitFailed(place, ["rev-parse"], answer);
}

function refuse(message: string, hint: string): AssayError {
  return new AssayError("not-a-repository", message, { hint });
}

/** `core.worktree` may only name the folder that belongs to the repository anyway, as it does in a submodule. */
function checkWorkTree(root: string, gitDir: string): void {
  if (gitDirOf(root) === gitDir) return;
  throw new AssayError(
    "git-failed",
    `core.worktree says that the files are in ${root}, which has another repository or none`,
    {
      hint: "git config --unset core.worktree",
    },
  );
}

function gitDirOf(root: string): string | undefined {
  const link = `${root}/.git`;
  const stats = lstatSync(link, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  const target = stats.isFile()
    ? resolve(
        root,
        readFileSync(link, "utf8")
          .replace(/^gitdir: /, "")
          .trimEnd(),
      )
    : link;
  return statSync(target, { throwIfNoEntry: false }) && realpathSync.native(target);
}

function overridesFor(root: string, keepsModes: boolean, settings: Settings): Override[] {
  const overrides: Override[] = [...fixedOverrides, ["core.attributesFile", "/dev/null"], ...withoutFilters(settings)];
  if (keepsModes) overrides.push(["core.fileMode", "true"]);
  if (process.platform !== "win32") overrides.push(["core.symlinks", "true"]);
  // Where `.GIT` is not `.git`, a configuration that says that case does not matter hides files.
  if (lstatSync(`${root}/.GIT`, { throwIfNoEntry: false }) === undefined) overrides.push(["core.ignoreCase", "false"]);
  return overrides;
}

/** A repository that denies the executable bit is believed only on a disk without modes, where every file is executable. */
function modesAreKept(gitDir: string, settings: Settings): boolean {
  if (settings.fileMode) return true;
  return process.platform !== "win32" && (statSync(`${gitDir}/HEAD`).mode & constants.S_IXUSR) === 0;
}
