// However a run ends, nothing is left running and no file is changed.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Envelope } from "../src/report/envelope.ts";
import { keptRepository } from "./kept-repository.ts";
import { assay, smallPackage, type TestRepository } from "./repository.ts";
import { isGone, isSleeping, processesIn, start } from "./started.ts";

/** A change whose test starts this shell script, says so in a file that git ignores, and waits for ever. */
function waitingRepository(script: string): TestRepository {
  const waiting = `import { spawn } from "node:child_process";
import { test } from "vitest";
import "./sum.ts";

test("waits", async () => {
  spawn("/bin/sh", ["-c", ${JSON.stringify(script)}], { stdio: "ignore" });
  await new Promise(() => {});
}, 900_000);
`;
  const repository = keptRepository({ ...smallPackage, "src/sum.test.ts": waiting });
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  return repository;
}

test.concurrent.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)(
  "%s gives an envelope and leaves nothing",
  async (signal) => {
    const repository = waitingRepository("sleep 700");
    const run = start(repository, "loop", "--only", "tests");
    expect(await isSleeping(repository.root, "700")).toBe(true);
    run.kill(signal);
    const { exitCode, stdout } = await run.ended;
    const envelope = JSON.parse(stdout) as Envelope;
    expect([exitCode, envelope.error?.code, envelope.next_actions.length > 0]).toEqual([2, "interrupted", true]);
    expect(await isGone(repository.root)).toBe(true);
  },
);

test.concurrent("a second Ctrl-C ends the run at once and leaves nothing", async () => {
  const repository = waitingRepository("trap '' TERM INT HUP; sleep 701 & wait; sleep 701");
  const run = start(repository, "loop", "--only", "tests");
  expect(await isSleeping(repository.root, "701")).toBe(true);
  run.kill("SIGINT");
  await sleep(20);
  run.kill("SIGINT");
  expect((await run.ended).exitCode).not.toBe(0);
  expect(await isGone(repository.root)).toBe(true);
});

/** Seconds: a runner that starts beside four others on a busy machine has started long before. */
const budget = "24";

const stubborn = {
  "ignores every polite signal": "trap '' TERM INT HUP; while :; do sleep 702; done",
  "leaves its group": "setsid sleep 702 &",
  "leaves its group twice": "setsid sh -c 'setsid sleep 702 &' &",
} as const;

test.concurrent.each(Object.entries(stubborn))("a process that %s ends with the budget", async (_what, script) => {
  const repository = waitingRepository(script);
  const run = start(repository, "loop", "--only", "tests", "--budget", budget);
  expect(await isSleeping(repository.root, "702")).toBe(true);
  expect((await run.ended).exitCode).toBe(2);
  expect(await isGone(repository.root)).toBe(true);
});

test.concurrent("a process that leaves its group and clears its environment is out of reach", async () => {
  const repository = waitingRepository("env -i setsid sleep 50 &");
  const run = start(repository, "loop", "--only", "tests", "--budget", budget);
  expect(await isSleeping(repository.root, "50")).toBe(true);
  expect((await run.ended).exitCode).toBe(2);
  expect(processesIn(repository.root).map((line) => line.trim())).toEqual(["sleep 50"]);
});

const rounds = Array.from({ length: 20 }, (_, round) => 40 + round * 70);

test.concurrent.each(rounds)("kill -9 after %i ms leaves nothing and changes nothing", async (delay) => {
  // What it has started does not end by itself.
  const repository = waitingRepository("sleep 703");
  repository.write({ "src/new.ts": "export const a = 1;\n" });
  const before = snapshot(repository);
  const run = start(repository, "loop", "--budget", "5");
  await sleep(delay);
  run.kill("SIGKILL");
  await run.ended;
  expect(await isGone(repository.root)).toBe(true);
  expect(snapshot(repository)).toBe(before);
  repository.git("fsck", "--no-progress");
});

test.concurrent("of two runs at once one is killed; the other says what is so, and so does the next", async () => {
  const repository = keptRepository(smallPackage);
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "a - b") ?? "" });
  const killed = start(repository, "loop");
  const other = start(repository, "loop");
  await sleep(600);
  killed.kill("SIGKILL");
  expect((await other.ended).exitCode).toBe(1);
  expect((await assay(repository, "loop", "--base", "main")).exitCode).toBe(1);
  expect(await isGone(repository.root)).toBe(true);
});

/** What git sees, byte by byte, and nothing that git would take for its own. */
function snapshot(repository: TestRepository): string {
  const files = repository
    .git("ls-files", "-co", "--exclude-standard", "-z")
    .split("\0")
    .filter((path) => path !== "");
  const contents = files.map((path) => readFileSync(`${repository.root}/${path}`, "latin1"));
  return [repository.git("status", "--porcelain=v2", "--ignored"), repository.git("stash", "list"), ...contents].join(
    "\n",
  );
}
