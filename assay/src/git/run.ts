// Starts git: the only place in assay that does.
import { spawn } from "node:child_process";
import { AssayError } from "../model/errors.ts";
import { gitEnvironment, type Override } from "./environment.ts";

/** Where and how git runs. */
export interface Place {
  /** Absolute path of an existing folder. */
  readonly root: string;
  readonly overrides: readonly Override[];
}

export interface GitOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A question of ours takes seconds in the largest repository; a partial clone may have to fetch. */
const limitMs = 120_000;

/** What git is asked: the command and what follows it. */
export type Arguments = readonly [command: string, ...string[]];

interface RunOptions {
  readonly stdin?: Buffer;
  /** Exit codes other than 0 that are an answer. */
  readonly answers?: readonly number[];
  /** Read in place of the repository's index, and written where git has looked at files anew. */
  readonly ownIndex?: string;
}

/**
 * Runs one git command and answers what it printed.
 *
 * @throws AssayError `tool-missing` without git, `git-failed` for an exit code that is no answer or a signal.
 */
export async function git(place: Place, args: Arguments, options: RunOptions = {}): Promise<GitOutput> {
  const output = await start(place, args, options);
  if (output.exitCode === 0 || options.answers?.includes(output.exitCode)) return output;
  throw gitFailed(place, args, output);
}

/** Why git failed, in its own words, and what to do about it. */
export function gitFailed(place: Place, args: Arguments, { exitCode, stderr }: GitOutput): AssayError {
  const lines = stderr.trim().split("\n");
  const [said = ""] = [...lines.filter((line) => /^(?:fatal|error):/.test(line)), ...lines];
  const message = `\`git ${args[0]}\` ended with exit code ${exitCode}${said && `: ${said}`}`;
  return new AssayError("git-failed", message, { hint: hintFor(place, stderr) });
}

function hintFor(place: Place, stderr: string): string {
  const trusted = /\t(git config --global --add safe\.directory .+)/.exec(stderr)?.[1];
  if (trusted !== undefined) return trusted;
  if (/index file|bad signature|bad index|cache entry/i.test(stderr)) {
    return 'the index is damaged; rebuild it: rm "$(git rev-parse --git-path index)" && git reset';
  }
  if (/object|tree|commit|pack|sha1|loose/i.test(stderr)) return "git fsck --full";
  return `git -C ${JSON.stringify(place.root)} status`;
}

function start(place: Place, args: Arguments, { stdin, ownIndex }: RunOptions): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, {
      cwd: place.root,
      env: gitEnvironment(process.env, place.overrides, ownIndex),
      stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    // Node's own limit outlives a program that could not be started.
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.once("error", (cause) => {
      clearTimeout(timer);
      reject(notStarted(cause));
    });
    child.once("close", (exitCode, signal) => {
      clearTimeout(timer);
      if (exitCode === null) reject(killed(args, String(signal)));
      else resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString("utf8") });
    });
    // When git ends before it has read everything, its exit code tells more than the broken pipe.
    child.stdin?.once("error", () => undefined);
    child.stdin?.end(stdin);
  });
}

function notStarted(cause: NodeJS.ErrnoException): AssayError {
  if (cause.code === "ENOENT") {
    return new AssayError("tool-missing", "git is not on the PATH", { hint: "install git 2.31 or newer", cause });
  }
  return new AssayError("git-failed", `git could not be started: ${cause.message}`, { hint: "git --version", cause });
}

function killed(args: Arguments, signal: string): AssayError {
  return new AssayError("git-failed", `\`git ${args[0]}\` was ended by ${signal}`, {
    hint: "run the same command again",
  });
}
