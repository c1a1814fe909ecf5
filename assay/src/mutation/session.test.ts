import { expect, onTestFinished, test, vi } from "vitest";
import { Session, SpareSession, type SessionEnd } from "./session.ts";
import type { Host } from "../model/process.ts";
import { scriptedHost, type Script } from "./testing/scripted-host.ts";
import type { SessionEvent } from "./worker/protocol.ts";

const file = "/repo/a.test.ts";
const baseline: SessionEvent = { kind: "trying", mutant: null, file, limitMs: 300_000 };
const trial: SessionEvent = { kind: "trying", mutant: 7, file, limitMs: 1500 };
const result = { failure: null, nearest: null, testsRun: 1, hits: 1 };
const passed: SessionEvent = { kind: "tried", mutant: 7, file, outcome: "passed", ...result };

const place = { runnerDir: "", args: [], root: "/repo", repository: "/repo", scratch: "/tmp", insideFile: "" };
const setup = { ...place, control: 0, switchName: "", sources: {} };
const worker = { runner: "vitest", file: "worker.js", nodeArgs: [], env: {}, preparation: null };
const next = { files: [], job: { kind: "trials", workers: 1, trials: [], shared: false, usual: [] } } as const;

/** How a session ends, and how many milliseconds after its start. */
async function endOf(
  said: Script["said"],
  ending: Script["ending"],
  stderr = "",
): Promise<readonly [SessionEnd, number]> {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const started = Date.now();
  const session = new Session(scriptedHost({ said, ending, stderr }), worker, setup).run(next, () => undefined);
  await vi.runAllTimersAsync();
  return [await session, Date.now() - started];
}

test("a mutant that does not come to an end is told by its limit", async () => {
  expect(await endOf([[10, trial]], "silence")).toEqual([{ kind: "silent", during: trial }, 1510]);
});

test("a module that is loaded meanwhile is no answer", async () => {
  const said = [
    [0, trial],
    [1000, { kind: "loaded", file: "/repo/a.ts" }],
  ] as const;
  expect(await endOf(said, "silence")).toEqual([{ kind: "silent", during: trial }, 1500]);
});

test("after an answer the limit does not hold any more", async () => {
  const said = [
    [0, trial],
    [10, passed],
    [2000, { kind: "done", trouble: null, takesTrials: false }],
  ] as const;
  expect(await endOf(said, "end")).toEqual([{ kind: "done", trouble: null }, 2010]);
});

test("what one worker says is no answer of another", async () => {
  const other: SessionEvent = { ...passed, file: "/repo/b.test.ts" };
  const said = [
    [0, trial, 1],
    [0, { ...trial, limitMs: 5000 }, 2],
    [100, other, 2],
    [900, { ...trial, mutant: 8, limitMs: 100 }, 2],
    [10, other, 2],
  ] as const;
  expect(await endOf(said, "silence")).toEqual([{ kind: "silent", during: trial }, 1500]);
});

test("whose mutant has ended a process is not sure where several were tried", async () => {
  const said = [
    [0, baseline, 1],
    [0, trial, 2],
  ] as const;
  const [end] = await endOf(said, "end");
  expect(end).toEqual({ kind: "died", during: trial, isSure: false, reason: "it ended with 3" });
});

test("a file that runs without a mutant, and does not come to an end, is named", async () => {
  expect(await endOf([[0, baseline]], "silence")).toEqual([{ kind: "silent", during: baseline }, 300_000]);
});

test("a process that ends meanwhile says why", async () => {
  const reason = "it ended with 3";
  expect(await endOf([[5, baseline]], "end")).toEqual([{ kind: "died", during: baseline, isSure: true, reason }, 5]);
  expect(await endOf([[5, trial]], "end")).toEqual([{ kind: "died", during: trial, isSure: true, reason }, 5]);
});

test("what a process says on its standard error before it ends is why, the last three lines of it", async () => {
  const [end] = await endOf([[0, trial]], "end", "1\n2\n3\n4\n5\n");
  expect(end).toEqual({ kind: "died", during: trial, isSure: true, reason: "3 4 5" });
});

test("a vitest that gives up its run while a mutant is tried has given no answer", async () => {
  const reason = "the worker fell over";
  const done: SessionEvent = { kind: "done", trouble: reason, takesTrials: false };
  const inBaseline = [
    [0, baseline],
    [1, done],
  ] as const;
  const inTrial = [
    [0, trial],
    [1, done],
  ] as const;
  expect(await endOf(inBaseline, "silence")).toEqual([{ kind: "done", trouble: reason }, 1]);
  expect(await endOf(inTrial, "silence")).toEqual([{ kind: "died", during: trial, isSure: true, reason }, 1]);
});

test("a process that says nothing at all is not waited for without end", async () => {
  const [end, afterMs] = await endOf([], "silence");
  expect([end.kind, afterMs]).toEqual(["broken", 300_000]);
});

/** What is said of a session that no mutant can be blamed for. */
async function troubleOf(...given: Parameters<typeof endOf>): Promise<string> {
  const [end] = await endOf(...given);
  return end.kind === "broken" ? `${end.error.code}: ${end.error.message}` : end.kind;
}

test("a process that tries nothing when it ends, goes silent or gives up could not be run", async () => {
  expect(await troubleOf([], "end", "no such file\n")).toBe("tool-failed: vitest could not be run: no such file");
  expect(await troubleOf([[0, { kind: "broken", message: "no such option" }]], "silence")).toBe(
    "tool-failed: vitest could not be run: no such option",
  );
  expect(await troubleOf([], "silence")).toBe("tool-failed: vitest started no test within five minutes");
});

test("a process that tries nothing may be silent for five minutes from what it has said last", async () => {
  const [end, afterMs] = await endOf([[1000, { kind: "loaded", file: "/repo/a.ts" }]], "silence");
  expect([end.kind, afterMs]).toEqual(["broken", 301_000]);
});

test("of several mutants the one whose time is over first is told", async () => {
  const quick: SessionEvent = { ...trial, mutant: 8, limitMs: 100 };
  const said = [
    [0, trial, 1],
    [0, quick, 2],
  ] as const;
  expect(await endOf(said, "silence")).toEqual([{ kind: "silent", during: quick }, 100]);
});

test("a process that could not be started, or was ended by a signal, says so", async () => {
  const reasonOf = async (outcome: object): Promise<string> => {
    const scripted = scriptedHost({ said: [], ending: "end" });
    const start: Host["start"] = (command) => {
      const process = scripted.start(command);
      return { ...process, done: process.done.then((done) => ({ ...done, ...outcome })) };
    };
    const end = await new Session({ ...scripted, start }, worker, setup).run(next, () => undefined);
    return end.kind === "broken" ? end.error.message : end.kind;
  };
  expect(await reasonOf({ spawnError: "ENOENT" })).toBe("vitest could not be run: ENOENT");
  expect(await reasonOf({ exitCode: null, signal: "SIGKILL" })).toBe("vitest could not be run: it ended with SIGKILL");
});

test("a process takes trials only after an answer that says so", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const done: SessionEvent = { kind: "done", trouble: null, takesTrials: true };
  const session = new Session(scriptedHost({ said: [[0, done]], ending: "silence" }), worker, setup);
  const seen = [session.takesTrials];
  await session.run(next, () => undefined);
  seen.push(session.takesTrials);
  const silent = session.run(next, () => undefined);
  await vi.runAllTimersAsync();
  await silent;
  expect([...seen, session.takesTrials]).toEqual([false, true, false]);
});

test("a run that is over ends its session, whatever the process says", async () => {
  const over = new AbortController();
  const host = { ...scriptedHost({ said: [[0, baseline]], ending: "silence" }), signal: over.signal };
  over.abort();
  const heard: SessionEvent[] = [];
  const end = await new Session(host, worker, setup).run(next, (event) => void heard.push(event));
  expect([end.kind === "broken" && end.error.code, heard]).toEqual(["interrupted", []]);
});

test("events are heard in their order, but for the last one, which is the answer", async () => {
  const said = [
    [0, baseline],
    [0, trial],
    [0, passed],
    [0, { kind: "done", trouble: null, takesTrials: false }],
  ] as const;
  const heard: SessionEvent[] = [];
  const session = new Session(scriptedHost({ said, ending: "silence" }), worker, setup);
  await session.run(next, (event) => void heard.push(event));
  expect(heard).toEqual([baseline, trial, passed]);
});

test("a spare process is there until it is taken", async () => {
  const { host } = processesOf([[0, { kind: "done", trouble: null, takesTrials: true }]]);
  const spare = new SpareSession();
  const session = new Session(host, worker, setup);
  await session.run(next, () => undefined);
  const before = spare.isThere;
  spare.leave(session);
  expect([before, spare.isThere, spare.take(), spare.isThere]).toEqual([false, true, session, false]);
});

function processesOf(said: Script["said"]): { readonly host: Host; readonly log: string[] } {
  const scripted = scriptedHost({ said, ending: "silence" });
  const log: string[] = [];
  const start: Host["start"] = (command) => {
    const process = scripted.start(command);
    log.push("start");
    return {
      ...process,
      send(line) {
        log.push(
          Object.keys(JSON.parse(line) as object)
            .toSorted()
            .join(" "),
        );
        process.send(line);
      },
      kill: () => void log.push("kill"),
    };
  };
  return { host: { ...scripted, start }, log };
}

test("a process that takes trials is left for them, and is told only what is new", async () => {
  const { host, log } = processesOf([
    [0, { kind: "done", trouble: null, takesTrials: true }],
    [0, { kind: "done", trouble: null, takesTrials: false }],
  ]);
  const spare = new SpareSession();
  const session = new Session(host, worker, setup);
  await session.run(next, () => undefined);
  spare.leave(session);
  expect([spare.take(), spare.take()]).toEqual([session, null]);
  await session.run(next, () => undefined);
  spare.leave(session);
  expect(spare.take()).toBe(null);
  expect(log).toEqual([
    "start",
    ["compileCache", ...Object.keys({ ...setup, ...next }), "token"].toSorted().join(" "),
    "files job",
    "kill",
  ]);
});

test("one process is spared, and none is left", async () => {
  const { host, log } = processesOf([[0, { kind: "done", trouble: null, takesTrials: true }]]);
  const spare = new SpareSession();
  for (const session of [new Session(host, worker, setup), new Session(host, worker, setup)]) {
    await session.run(next, () => undefined);
    spare.leave(session);
  }
  expect(log.filter((entry) => entry === "kill")).toHaveLength(1);
  spare.close();
  spare.close();
  expect(log.filter((entry) => entry === "kill")).toHaveLength(2);
});
