import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Envelope } from "../src/report/envelope.ts";
import { binary, cleanEnvironment, gitRepository, smallPackage, type TestRepository } from "./repository.ts";

const endless =
  'import { spawn } from "node:child_process";\nimport { test } from "vitest";\nimport "./sum.ts";\ntest("endless", async () => {\n  spawn("sleep", ["600.25"], { detached: true, stdio: "ignore" });\n  await new Promise(() => {});\n}, 900_000);\n';

function endlessRepository(): TestRepository {
  const repository = gitRepository({ ...smallPackage, "src/sum.test.ts": endless });
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  return repository;
}

interface Started {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly stdout: string }>;
}

function start(repository: TestRepository): Started {
  const child = spawn(process.execPath, [binary, "loop", "--base", "main", "--only", "tests"], {
    cwd: repository.root,
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<{ exitCode: number | null; stdout: string }>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout: Buffer.concat(chunks).toString("utf8") }));
  });
  return { kill: (signal) => void child.kill(signal), ended };
}

/** Processes that work in the repository, those that left their group included. */
function processesIn(root: string): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && environmentOf(pid).includes(`PWD=${root}`) && pid !== process.pid);
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; await sleep(25)) if (condition()) return true;
  return condition();
}

test("Ctrl-C gives an envelope with exit code 2 and leaves no process", async () => {
  const repository = endlessRepository();
  const run = start(repository);
  expect(await until(() => isAsleep(), 20_000)).toBe(true);
  run.kill("SIGINT");
  const { exitCode, stdout } = await run.ended;
  const envelope = JSON.parse(stdout) as Envelope;
  expect([exitCode, envelope.ok, envelope.error?.code]).toEqual([2, false, "interrupted"]);
  expect(await until(() => !isAsleep() && processesIn(repository.root).length === 0, 2000)).toBe(true);
});

test("after kill -9 the watchdog ends every child within 2 s, and git sees no change", async () => {
  const repository = endlessRepository();
  const before = repository.git("status", "--porcelain");
  const run = start(repository);
  expect(await until(() => isAsleep(), 20_000)).toBe(true);
  run.kill("SIGKILL");
  expect((await run.ended).exitCode).toBeNull();
  expect(await until(() => !isAsleep() && processesIn(repository.root).length === 0, 2000)).toBe(true);
  expect(repository.git("status", "--porcelain")).toBe(before);
});

/** Is the process that the endless test starts in a group of its own running? */
function isAsleep(): boolean {
  return readdirSync("/proc").some((entry) => /^\d+$/.test(entry) && commandLineOf(entry).includes("600.25"));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
