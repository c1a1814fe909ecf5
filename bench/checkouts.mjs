// A private copy of somebody's checkout, at one commit, with what they have installed: theirs is never written to.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  copyFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * @typedef {object} Checkout
 * @property {string} name The folder's name.
 * @property {string} repository `owner/name` if its remote says so, else the folder's name.
 * @property {string} source Where the checkout is.
 * @property {string} commit Full id of the change.
 * @property {string} parent
 * @property {string} subject
 */

/**
 * Reads `PATH` or `PATH@COMMIT`; without a commit it is the newest one, not a merge, that changed both sources and tests.
 *
 * @param {string} argument
 * @returns {Checkout}
 * @throws When there is no such commit, or it has no parent in this history.
 */
export function readCheckout(argument) {
  const [, path, wanted] = /^(.+?)(?:@([^/@]+))?$/.exec(argument) ?? [];
  const source = resolve(path ?? argument);
  const commit = git(source, "rev-parse", `${wanted ?? newestChange(source)}^{commit}`);
  return {
    name: basename(source),
    repository: repositoryOf(source),
    source,
    commit,
    parent: git(source, "rev-parse", `${commit}~1`),
    subject: git(source, "log", "-1", "--format=%s", commit),
  };
}

/**
 * Clones it: `change` is checked out at the commit, `main` is at its parent, and there is no remote.
 *
 * What is installed is carried over folder by folder as hard links, so that links between a workspace's packages, which
 * are relative with every package manager, lead to the copy and not back to the checkout. Ignored files other than
 * `node_modules` (build output, caches) stay behind: the copy is what a fresh clone plus an install gives.
 *
 * @param {Checkout} checkout
 * @param {string} dir A folder that is not there yet.
 */
export function cloneCheckout({ source, commit, parent }, dir) {
  execFileSync("git", ["clone", "--quiet", "--no-checkout", source, dir], { stdio: ["ignore", "ignore", "inherit"] });
  git(dir, "checkout", "--quiet", "-B", "change", commit);
  git(dir, "remote", "remove", "origin");
  for (const branch of git(dir, "for-each-ref", "--format=%(refname:short)", "refs/heads").split("\n")) {
    if (branch !== "change") git(dir, "branch", "--quiet", "-D", branch);
  }
  git(dir, "branch", "main", parent);
  for (const installed of installedFolders(source)) linkTree(join(source, installed), join(dir, installed));
}

/**
 * @typedef {object} History
 * @property {string} repository
 * @property {string} source
 * @property {readonly string[]} commits Full ids, the newest first.
 */

/**
 * The newest commits that touch a source file. Merges, the first commit and what has no parent here are left out.
 *
 * @param {string} path A checkout or a bare repository.
 * @param {number} count
 * @returns {History}
 */
export function readHistory(path, count) {
  const source = resolve(path);
  // Renames are not looked for: that reads files, of which a stored copy lacks the largest.
  const log = git(source, "log", "--no-merges", "--min-parents=1", "--no-renames", "--name-only", "--format=%x01%H");
  const entries = log
    .split("\x01")
    .slice(1)
    .map((entry) => entry.split("\n").filter((line) => line !== ""));
  const commits = entries.filter(([, ...paths]) => paths.some(isSource)).map(([commit = ""]) => commit);
  return { repository: repositoryOf(source), source, commits: commits.slice(0, count) };
}

/** Clones it without a remote. @param {History} history @param {string} dir A folder that is not there yet. */
export function cloneHistory({ source }, dir) {
  execFileSync("git", ["clone", "--quiet", "--no-checkout", source, dir], { stdio: ["ignore", "ignore", "inherit"] });
  git(dir, "remote", "remove", "origin");
}

/** `node_modules` folders of the root and of packages, relative; none inside another. @param {string} root @returns {readonly string[]} */
function installedFolders(root) {
  const ignored = git(root, "ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z").split("\0");
  const listed = ignored.map((path) => path.replace(/\/$/, "")).filter((path) => basename(path) === "node_modules");
  return listed.filter((path) => !dirname(path).split("/").includes("node_modules"));
}

/** @param {string} from @param {string} to */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    // Caches of the checkout's own runs are not part of what is installed.
    if ([".cache", ".vite"].includes(entry.name)) continue;
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkFile(source, target);
  }
}

/** @param {string} source @param {string} target */
function linkFile(source, target) {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // Another file system.
  }
}

/** @param {string} source */
function repositoryOf(source) {
  if (!git(source, "remote").split("\n").includes("origin")) return basename(source);
  const url = git(source, "remote", "get-url", "origin").replace(/\.git$/, "");
  return /[/:]([\w.-]+\/[\w.-]+)$/.exec(url)?.[1] ?? basename(source);
}

/** @param {string} source */
function newestChange(source) {
  const log = git(source, "log", "--no-merges", "-n", "500", "--name-only", "--format=%x01%H");
  for (const entry of log.split("\x01").slice(1)) {
    const [commit, ...paths] = entry.split("\n").filter((line) => line !== "");
    if (paths.some(isTest) && paths.some((path) => isSource(path) && !isTest(path))) return commit;
  }
  throw new Error(
    `no commit of the last 500 in ${basename(source)} changed both sources and tests; name one as ${basename(source)}@COMMIT`,
  );
}

export const isSource = (/** @type {string} */ path) =>
  /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$|\.config\./.test(path);
export const isTest = (/** @type {string} */ path) =>
  /(^|\/)(tests?|__tests__|spec)\/|(^|\/)test\.[cm]?[jt]s$|[._-](test|spec)\.[cm]?[jt]sx?$/.test(path);

/** @param {string} dir @param {readonly string[]} args */
export function git(dir, ...args) {
  return execFileSync("git", args, {
    cwd: dir,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 28,
  }).trim();
}

/** Removes a copy again. @param {string} dir */
export function removeCopy(dir) {
  if (existsSync(dir) && lstatSync(dir).isDirectory()) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
}
