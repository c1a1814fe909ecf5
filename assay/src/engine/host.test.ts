import { getEventListeners } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Command } from "../model/process.ts";
import { openHost, openProcesses, type HostOptions, type Processes, type RunHost } from "./host.ts";

function host(options: Partial<HostOptions> = {}): RunHost {
  const opened = openHost({ deadline: Infinity, signal: new AbortController().signal, ...options });
  onTestFinished(() => opened.dispose());
  return opened;
}

function setVariable(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

const shell = (script: string): Command => ({ file: "/bin/sh", args: ["-c", script], cwd: tmpdir() });

let pauses = 0;

/** How long to sleep: a number by which nobody else does, so that the process can be found by it. */
function pause(): string {
  return `60.${process.pid}${pauses++}`;
}

function isRunning(marker: string): boolean {
  return processesWith(marker).length > 0;
}

function processesWith(marker: string): readonly string[] {
  return readdirSync("/proc").filter((entry) => /^\d+$/.test(entry) && commandLineOf(entry).includes(marker));
}

/** A killed process may be listed for a moment longer. */
function hasEnded(marker: string): Promise<boolean> {
  return until(() => !isRunning(marker));
}

/** Soon; a busy machine takes a while. */
async function until(condition: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 800 && !condition(); attempt++) await sleep(25);
  return condition();
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
  const outcome = await host({ deadline: performance.now() + 200 }).run(
    shell("trap '' TERM; while :; do sleep 0.05; done"),
  );
  expect(outcome.timedOut).toBe(true);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("a grandchild that holds the output open neither delays the outcome nor stays", async () => {
  const seconds = pause();
  const started = performance.now();
  const outcome = await host().run(shell(`sleep ${seconds} & echo done`));
  expect(outcome.stdout).toBe("done\n");
  expect(performance.now() - started).toBeLessThan(2000);
  expect(await hasEnded(seconds)).toBe(true);
});

test("a process that left its group is ended with the run", async () => {
  const seconds = pause();
  const opened = openHost({ deadline: Infinity, signal: new AbortController().signal });
  await opened.run(shell(`setsid sleep ${seconds} >/dev/null 2>&1 & sleep 0.2`));
  expect(isRunning(seconds)).toBe(true);
  await opened.dispose();
  expect(await hasEnded(seconds)).toBe(true);
});

test("an aborted run ends its processes", async () => {
  const seconds = pause();
  const abort = new AbortController();
  const running = host({ signal: abort.signal }).run(shell(`sleep ${seconds}`));
  setTimeout(() => abort.abort(), 100);
  expect((await running).timedOut).toBe(true);
  expect(await hasEnded(seconds)).toBe(true);
});

function processes(): Processes {
  const opened = openProcesses(new AbortController().signal);
  onTestFinished(() => opened.dispose());
  return opened;
}

async function firstLine(running: { readonly lines: AsyncIterable<string> }): Promise<string | undefined> {
  for await (const line of running.lines) return line;
  return undefined;
}

test("a process that was foreseen is handed to the first who starts the same command", async () => {
  const own = processes();
  const mark = join(own.scratch, "runs");
  const command = shell(`date +%s%3N; touch '${mark}'; sleep 30`);
  own.foresee(command);
  const opened = host({ processes: own });
  expect(await until(() => existsSync(mark))).toBe(true);
  const asked = Date.now();
  const other = await firstLine(opened.start(shell("echo other")));
  const [first, second] = [opened.start(command), opened.start(command)];
  const started = [await firstLine(first), await firstLine(second)].map(Number);
  expect(other).toBe("other");
  expect(started.map((time) => time < asked)).toEqual([true, false]);
  // What has no line has not started anew either.
  expect(started.map((time) => time >= asked)).toEqual([false, true]);
});

test("a process that was foreseen runs before anybody wants it, and is ended with the run if nobody does", async () => {
  const seconds = pause();
  const own = openProcesses(new AbortController().signal);
  own.foresee(shell(`sleep ${seconds}`));
  expect(isRunning(seconds)).toBe(true);
  await own.dispose();
  expect(await hasEnded(seconds)).toBe(true);
});

test("a process that was foreseen is ended when the run is interrupted before anybody wants it", async () => {
  const seconds = pause();
  const abort = new AbortController();
  const own = openProcesses(abort.signal);
  onTestFinished(() => own.dispose());
  own.foresee(shell(`sleep ${seconds}`));
  expect(isRunning(seconds)).toBe(true);
  abort.abort();
  expect(await hasEnded(seconds)).toBe(true);
});

test("what was disposed of can be disposed of again", async () => {
  const own = processes();
  await openHost({ deadline: Infinity, signal: new AbortController().signal, processes: own }).run(shell("true"));
  await own.dispose();
  expect(existsSync(own.scratch)).toBe(false);
});

test("the scratch folder is gone after the run", async () => {
  const opened = openHost({ deadline: Infinity, signal: new AbortController().signal });
  const { scratch } = opened;
  expect(existsSync(scratch)).toBe(true);
  await opened.dispose();
  expect(existsSync(scratch)).toBe(false);
});

test.each(["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"])(
  "a hook's %s does not reach the children",
  async (name) => {
    setVariable(name, "/elsewhere/.git");
    expect((await host().run(shell(`echo "[$${name}]"`))).stdout).toBe("[]\n");
  },
);

test("a command adds variables to the environment, and takes some away", async () => {
  setVariable("ASSAY_TEST_TAKEN", "taken");
  const command = {
    ...shell('echo "$ASSAY_TEST_ADDED,${ASSAY_TEST_TAKEN-none}"'),
    env: { ASSAY_TEST_ADDED: "added", ASSAY_TEST_TAKEN: undefined },
  };
  expect((await host().run(command)).stdout).toBe("added,none\n");
});

test("a run within a run carries the marks of both, and each run has another", async () => {
  const markIn = async (): Promise<string> => (await host().run(shell('echo "$ASSAY_RUN"'))).stdout.trim();
  setVariable("ASSAY_RUN", "outer");
  const marks = [await markIn(), await markIn()];
  expect(marks).toEqual([expect.stringMatching(/^outer:[\w-]{36}$/), expect.stringMatching(/^outer:[\w-]{36}$/)]);
  expect(new Set(marks).size).toBe(2);
});

test("a command has a time limit of its own, and ends in time without one", async () => {
  const seconds = pause();
  const started = performance.now();
  const limited = await host().run({ ...shell(`sleep ${seconds}`), timeoutMs: 100 });
  expect([limited.timedOut, limited.signal]).toEqual([true, "SIGKILL"]);
  expect(limited.durationMs).toBeGreaterThanOrEqual(99);
  expect(limited.durationMs).toBeLessThanOrEqual(performance.now() - started);
  expect(await hasEnded(seconds)).toBe(true);
  expect(await host().run(shell("exit 0"))).toMatchObject({ timedOut: false, signal: null, truncated: false });
});

test("what is started after an abort ends at once", async () => {
  const abort = new AbortController();
  abort.abort();
  expect((await host({ signal: abort.signal }).run(shell("sleep 60"))).timedOut).toBe(true);
});

test("a memory and a folder for transformed modules are asked for once, when they are needed", () => {
  const keptTransforms = vi.fn(() => "/kept");
  const memory = vi.fn(() => ({ recall: () => undefined, keep: () => {} }));
  const opened = host({ keptTransforms, memory });
  expect([keptTransforms.mock.calls.length, memory.mock.calls.length]).toEqual([0, 0]);
  expect([opened.keptTransforms(), opened.keptTransforms()]).toEqual(["/kept", "/kept"]);
  expect(opened.memory()).toBe(memory.mock.results[0]?.value);
  expect(opened.memory()).toBe(opened.memory());
  expect([keptTransforms.mock.calls.length, memory.mock.calls.length]).toEqual([1, 1]);
  expect([host().keptTransforms(), host().memory()]).toEqual([null, null]);
});

test("progress is handed on to whoever listens", () => {
  const heard: string[] = [];
  host({ onProgress: (text) => heard.push(text) }).progress("half");
  host().progress("unheard");
  expect(heard).toEqual(["half"]);
});

test("without a place for temporary files the error says where one is looked for", () => {
  setVariable("TMPDIR", "/nowhere/at/all");
  expect(() => host().scratch).toThrow(
    expect.objectContaining({
      code: "tool-failed",
      message: "No temporary folder can be made in /nowhere/at/all (ENOENT)",
      hint: "export TMPDIR=/var/tmp",
    }),
  );
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

test("a run that is in no other carries a mark of its own", async () => {
  vi.stubEnv("ASSAY_RUN", undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect((await host().run(shell('echo "$ASSAY_RUN"'))).stdout).toMatch(/^run:[\w-]{36}\n$/);
});

test("a process that waits for its input to end has nothing to wait for", async () => {
  const command = { file: "/bin/cat", args: [], cwd: tmpdir(), timeoutMs: 10_000 };
  expect(await host().run(command)).toMatchObject({ exitCode: 0, timedOut: false, stdout: "" });
});

test("nobody waits for a process that has ended", async () => {
  const opened = host();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const running = opened.run({ ...shell("exit 0"), timeoutMs: 60_000 });
  expect([vi.getTimerCount(), getEventListeners(opened.signal, "abort").length]).toEqual([1, 1]);
  await running;
  expect([vi.getTimerCount(), getEventListeners(opened.signal, "abort").length]).toEqual([0, 0]);
});

test("what is said to a process that has closed its ears is lost", async () => {
  const running = host().start(shell("exec 0<&-; echo deaf; sleep 60"));
  expect(await firstLine(running)).toBe("deaf");
  running.send("hello");
  running.kill();
  expect((await running.done).signal).toBe("SIGKILL");
});

test("output that somebody else holds open is let go", async () => {
  const pipes = (): number => process.getActiveResourcesInfo().filter((name) => name === "PipeWrap").length;
  const opened = host();
  await opened.run(shell("true"));
  const before = pipes();
  const [seconds, mark] = [pause(), join(opened.scratch, "left")];
  const leaving = `setsid sh -c "touch '${mark}'; exec sleep ${seconds}" & while [ ! -e '${mark}' ]; do sleep 0.02; done`;
  expect((await opened.run(shell(leaving))).exitCode).toBe(0);
  expect(await until(() => isRunning(seconds) && pipes() <= before)).toBe(true);
});

test.each([1, 2])("nobody listens to stream %i of a process that has ended", async (stream) => {
  const opened = host();
  const [name, mark] = [pause(), join(opened.scratch, "left")];
  const writing = `touch '${mark}'; while echo more >&${stream}; do sleep 0.02; done`;
  const leaving = `setsid sh -c "${writing}" ${name} & while [ ! -e '${mark}' ]; do sleep 0.02; done`;
  expect((await opened.run(shell(leaving))).exitCode).toBe(0);
  expect(await hasEnded(name)).toBe(true);
});

test("the lines of a process end with it, whoever holds its output open", async () => {
  const opened = host();
  const seconds = pause();
  const heard: string[] = [];
  for await (const line of opened.start(shell(`setsid sleep ${seconds} & sleep 0.2; echo last`)).lines)
    heard.push(line);
  expect([heard, isRunning(seconds)]).toEqual([["last"], true]);
});

test("a process that was foreseen and has ended says nothing to whoever wants it", async () => {
  const abort = new AbortController();
  const own = openProcesses(abort.signal);
  onTestFinished(() => own.dispose());
  const command = shell("echo early; exit 3");
  own.foresee(command);
  expect(await until(() => getEventListeners(abort.signal, "abort").length === 0)).toBe(true);
  expect(await firstLine(own.launch(command, abort.signal))).toBe(undefined);
});

test("a process that was foreseen and has ended is not killed: another one may have its number", async () => {
  const abort = new AbortController();
  const own = openProcesses(abort.signal);
  onTestFinished(() => own.dispose());
  own.foresee(shell("exit 3"));
  expect(await until(() => getEventListeners(abort.signal, "abort").length === 0)).toBe(true);
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  onTestFinished(() => kill.mockRestore());
  const outcome = await own.launch(shell("exit 3"), AbortSignal.abort()).done;
  expect(outcome).toMatchObject({ exitCode: 3, timedOut: false });
  expect(kill).not.toHaveBeenCalled();
});

test("a process that left the group of one that nobody launched stays", async () => {
  const own = openProcesses(new AbortController().signal);
  const [seconds, mark] = [pause(), join(own.scratch, "left")];
  own.foresee(shell(`setsid sh -c "touch '${mark}'; exec sleep ${seconds}" & wait`));
  expect(await until(() => existsSync(mark) && isRunning(`sleep\0${seconds}`))).toBe(true);
  await own.dispose();
  const left = processesWith(`sleep\0${seconds}`);
  for (const pid of left) process.kill(Number(pid), "SIGKILL");
  expect(left).toHaveLength(1);
});

test("a run ends at its deadline, unless that is further away than a timer can be set", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const endsAfter = (leftMs: number, passedMs: number): boolean => {
    const { signal } = openHost({
      deadline: performance.now() + leftMs,
      signal: new AbortController().signal,
      processes: processes(),
    });
    vi.advanceTimersByTime(passedMs);
    return signal.aborted;
  };
  const longest = 2 ** 31 - 1;
  expect([endsAfter(100, 99), endsAfter(100, 100), endsAfter(-1, 0)]).toEqual([false, true, true]);
  expect([endsAfter(longest, longest - 1), endsAfter(longest, longest)]).toEqual([false, true]);
  expect(endsAfter(longest + 1, 1)).toBe(false);
});

test("the end of a run has the reason of its interruption", () => {
  const abort = new AbortController();
  const { signal } = host({ signal: abort.signal });
  abort.abort("a hang-up");
  expect([signal.aborted, signal.reason]).toEqual([true, "a hang-up"]);
  expect(host({ signal: AbortSignal.abort("earlier") }).signal.reason).toBe("earlier");
});
