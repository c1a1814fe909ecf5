// The built program while it runs, and the processes that work in a repository.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { binary, cleanEnvironment, type TestRepository } from "./repository.ts";

export interface Started {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly stdout: string }>;
}

/** Runs the program in the repository, against its `main`. */
export function start({ root }: TestRepository, command: string, ...args: readonly string[]): Started {
  const child = spawn(process.execPath, [binary, command, "--base", "main", ...args], {
    cwd: root,
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "ignore"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<{ exitCode: number | null; stdout: string }>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout: Buffer.concat(chunks).toString("utf8") }));
  });
  return { kill: (signal) => void child.kill(signal), ended };
}

/** What each process that works in the repository was started as. */
export function processesIn(root: string): readonly string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && cwdOf(entry).startsWith(root))
    .map(commandLineOf);
}

function cwdOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; await sleep(25)) if (condition()) return true;
  return condition();
}

/** Does no process work in the repository any more, or soon? A busy machine takes a while. */
export function isGone(root: string): Promise<boolean> {
  return until(() => processesIn(root).length === 0, 20_000);
}

/** Does a process sleep there for so long, or soon? */
export function isSleeping(root: string, seconds: string): Promise<boolean> {
  return until(() => processesIn(root).some((line) => line.startsWith(`sleep ${seconds}`)), 50_000);
}
