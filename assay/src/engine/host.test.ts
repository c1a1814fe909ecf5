import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { tmpdir } from "node:os";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Command } from "../model/process.ts";
import { openHost, type RunHost } from "./host.ts";

function host(deadline = Infinity, signal = new AbortController().signal): RunHost {
  const opened = openHost({ deadline, signal });
  onTestFinished(() => opened.dispose());
  return opened;
}

const shell = (script: string): Command => ({ file: "/bin/sh", args: ["-c", script], cwd: tmpdir() });

function isRunning(marker: string): boolean {
  return readdirSync("/proc").some((entry) => /^\d+$/.test(entry) && commandLineOf(entry).includes(marker));
}

/** A killed process may be listed for a moment longer. */
async function hasEnded(marker: string): Promise<boolean> {
  for (let attempt = 0; attempt < 40 && isRunning(marker); attempt++) await sleep(25);
  return !isRunning(marker);
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

test("a process's output and exit code are kept apart", async () => {
  const outcome = await host().run(shell("echo out; echo err >&2; exit 3"));
  expect(outcome).toMatchObject({
    exitCode: 3,
    signal: null,
    stdout: "out\n",
    stderr: "err\n",
    timedOut: false,
    spawnError: null,
  });
});

test("a program that does not exist is an outcome, not an exception", async () => {
  const outcome = await host().run({ file: "/nowhere/tool", args: [], cwd: tmpdir() });
  expect(outcome.exitCode).toBeNull();
  expect(outcome.spawnError).toContain("ENOENT");
});

test("a process that handles every signal it can is ended at the deadline", async () => {
  const started = performance.now();
  const outcome = await host(performance.now() + 200).run(shell("trap '' TERM; while :; do sleep 0.05; done"));
  expect(outcome.timedOut).toBe(true);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("a grandchild that holds the output open neither delays the outcome nor stays", async () => {
  const started = performance.now();
  const outcome = await host().run(shell("sleep 61.734 & echo done"));
  expect(outcome.stdout).toBe("done\n");
  expect(performance.now() - started).toBeLessThan(2000);
  expect(await hasEnded("61.734")).toBe(true);
});

test("a process that left its group is ended with the run", async () => {
  const opened = openHost({ deadline: Infinity, signal: new AbortController().signal });
  await opened.run(shell("setsid sleep 62.351 >/dev/null 2>&1 & sleep 0.2"));
  expect(isRunning("62.351")).toBe(true);
  await opened.dispose();
  expect(await hasEnded("62.351")).toBe(true);
});

test("an aborted run ends its processes", async () => {
  const abort = new AbortController();
  const running = host(Infinity, abort.signal).run(shell("sleep 63.118"));
  setTimeout(() => abort.abort(), 100);
  expect((await running).timedOut).toBe(true);
  expect(await hasEnded("63.118")).toBe(true);
});

test("the scratch folder is gone after the run", async () => {
  const opened = openHost({ deadline: Infinity, signal: new AbortController().signal });
  const { scratch } = opened;
  expect(existsSync(scratch)).toBe(true);
  await opened.dispose();
  expect(existsSync(scratch)).toBe(false);
});

test("a hook's git variables do not reach the children", async () => {
  process.env["GIT_DIR"] = "/elsewhere/.git";
  onTestFinished(() => void delete process.env["GIT_DIR"]);
  expect((await host().run(shell('echo "[$GIT_DIR]"'))).stdout).toBe("[]\n");
});

test("a process can be talked to", async () => {
  const process = host().start({ file: "/bin/cat", args: [], cwd: tmpdir() });
  process.send("hello");
  for await (const line of process.lines) {
    expect(line).toBe("hello");
    break;
  }
  process.kill();
  expect((await process.done).signal).toBe("SIGKILL");
});

test("a process that has ended is not killed: another one may have its number", async () => {
  const running = host().start(shell("exit 0"));
  for await (const line of running.lines) expect(line).toBe("");
  await running.done;
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  onTestFinished(() => kill.mockRestore());
  running.kill();
  expect(kill).not.toHaveBeenCalled();
});
