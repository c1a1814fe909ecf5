import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Task } from "../model/check.ts";
import { AssayError } from "../model/errors.ts";
import type { TaskOutcome } from "../model/finding.ts";
import type { Host } from "../model/process.ts";
import type { Plan, PlannedCheck } from "./plan.ts";
import { openReplayCache } from "./replay-cache.ts";
import type { KeyOf } from "./replay-key.ts";
import { runPlan, type RunEvent, type RunOptions } from "./run.ts";

const noReplay: RunOptions = { replay: null, onEvent() {} };

function hostUntil(deadline: number): Host {
  const unused = (): never => {
    throw new Error("no process is started here");
  };
  return {
    run: unused,
    start: unused,
    scratch: "",
    keptTransforms: () => null,
    memory: () => null,
    progress: () => {},
    deadline,
    signal: new AbortController().signal,
  };
}

function task(outcome: TaskOutcome | (() => Promise<TaskOutcome>), more: Partial<Task> = {}): Task {
  const run = typeof outcome === "function" ? outcome : () => Promise.resolve(outcome);
  return { label: "a task", cost: "cheap", replay: null, run, ...more };
}

function planned(id: string, tasks: readonly Task[], more: Partial<PlannedCheck> = {}): PlannedCheck {
  return { id, phase: "verify", mustFinish: false, work: { status: "planned", tasks }, ...more };
}

async function statusOf(tasks: readonly Task[], host = hostUntil(Infinity)): Promise<string | undefined> {
  const [result] = await runPlan([planned("c", tasks)], host, noReplay);
  return result?.status;
}

const passed: TaskOutcome = { status: "passed" };
const failed: TaskOutcome = { status: "failed", findings: [{ path: null, line: null, message: "wrong" }] };
const deferred: TaskOutcome = { status: "deferred", remaining: "the rest" };
const crash = (): Promise<TaskOutcome> => Promise.reject(new Error("boom"));

test("a check is as good as its worst task", async () => {
  expect(await statusOf([task(passed), task(failed), task(deferred)])).toBe("failed");
  expect(await statusOf([task(passed), task(crash), task(deferred)])).toBe("errored");
  expect(await statusOf([task(passed), task(deferred)])).toBe("deferred");
  expect(await statusOf([task(passed), task({ status: "skipped", reason: "none" })])).toBe("passed");
  expect(await statusOf([])).toBe("skipped");
});

test("what was found out before the end stands where it would be said that nothing was", async () => {
  const part: TaskOutcome = { status: "deferred", remaining: "the rest", known: ["3 of 5"] };
  const found: TaskOutcome = { ...failed, note: "2 of 5 are left" };
  const results = await runPlan(
    [planned("a", [task(deferred)]), planned("b", [task(part)]), planned("c", [task(found)])],
    hostUntil(Infinity),
    noReplay,
  );
  expect(results.map(({ notes }) => notes)).toEqual([["not run: the rest"], ["3 of 5"], ["2 of 5 are left"]]);
});

test("a task that throws is an error of its own check and leaves the others standing", async () => {
  const results = await runPlan(
    [planned("a", [task(crash)]), planned("b", [task(passed)])],
    hostUntil(Infinity),
    noReplay,
  );
  expect(results.map(({ id, status }) => [id, status])).toEqual([
    ["a", "errored"],
    ["b", "passed"],
  ]);
  expect(results[0]?.errors[0]?.message).toBe("boom");
});

test("a result holds what every task has to say", async () => {
  const attachment = { kind: "mutation-report", content: {} } as const;
  const outcomes: readonly TaskOutcome[] = [
    { status: "passed", note: "12 files" },
    { status: "passed", review: "a new one" },
    { status: "skipped", reason: "nothing to do" },
    { ...failed, attachment },
    { status: "errored", error: new AssayError("tool-missing", "no tsc") },
    deferred,
  ];
  const [result] = await runPlan(
    [
      planned(
        "c",
        outcomes.map((outcome) => task(outcome)),
      ),
    ],
    hostUntil(Infinity),
    noReplay,
  );
  expect(result).toMatchObject({
    status: "failed",
    findings: [{ message: "wrong" }],
    errors: [{ message: "no tsc" }],
    reviews: ["a new one"],
    attachments: [attachment],
    cached: false,
    lasting: false,
    unfinished: false,
  });
  expect(result?.notes.toSorted()).toEqual(["12 files", "not run: the rest", "nothing to do"]);
});

test("a check without tasks says why, and shows it where somebody asked for it", async () => {
  const error = new AssayError("tool-missing", "no tsc");
  const results = await runPlan(
    [
      planned("a", [], { work: { status: "skipped", reason: "nothing changed" } }),
      planned("b", [], { work: { status: "skipped", reason: "left out by --except", asked: true } }),
      planned("c", [], { work: { status: "errored", error }, mustFinish: true }),
    ],
    hostUntil(Infinity),
    noReplay,
  );
  expect(results).toMatchObject([
    {
      status: "skipped",
      notes: ["nothing changed"],
      reviews: [],
      durationMs: 0,
      cached: false,
      lasting: true,
      unfinished: false,
    },
    { status: "skipped", notes: ["left out by --except"], reviews: ["left out by --except"] },
    { status: "errored", errors: [error], notes: [], lasting: false, unfinished: false },
  ]);
});

test("a check takes from its first start to its last end, and is over once", async () => {
  const finished: string[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.kind === "check-finished") finished.push(`${event.result.id} ${event.result.status}`);
  };
  const slow = task(async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return passed;
  });
  const plan = [planned("a", [slow, slow], { phase: "mutate" }), planned("b", [task(passed)], { phase: "last" })];
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const run = runPlan(plan, hostUntil(Infinity), { replay: null, onEvent });
  await vi.runAllTimersAsync();
  const [a, b] = await run;
  expect(finished).toEqual(["a passed", "b passed"]);
  expect([a?.durationMs, b?.durationMs]).toEqual([60, 0]);
});

test("nothing starts after an abort", async () => {
  const abort = new AbortController();
  abort.abort();
  expect(await statusOf([task(passed)], { ...hostUntil(Infinity), signal: abort.signal })).toBe("deferred");
});

test("at the deadline itself nothing starts any more", async () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(5);
  onTestFinished(() => now.mockRestore());
  expect(await statusOf([task(passed)], hostUntil(5))).toBe("deferred");
  expect(await statusOf([task(passed)], hostUntil(6))).toBe("passed");
});

test("what has not started at the deadline is deferred, and its label says what is left", async () => {
  const [result] = await runPlan([planned("tests", [task(passed, { label: "vitest" })])], hostUntil(0), noReplay);
  expect(result).toMatchObject({ status: "deferred", notes: ["not run: vitest"], cached: false });
});

test("a check that must finish and of which nothing finished is unfinished", async () => {
  const run = async (tasks: readonly Task[]): Promise<boolean | undefined> =>
    (await runPlan([planned("tests", tasks, { mustFinish: true })], hostUntil(Infinity), noReplay))[0]?.unfinished;
  expect(await run([task(deferred)])).toBe(true);
  expect(await run([task({ ...deferred, finished: 1 })])).toBe(false);
  expect(await run([task(passed), task(deferred)])).toBe(false);
  expect(await run([task(failed), task(deferred)])).toBe(false);
  expect(await run([task(crash)])).toBe(false);
});

test("a check that need not finish is never unfinished", async () => {
  const [result] = await runPlan([planned("tests", [task(deferred)])], hostUntil(Infinity), noReplay);
  expect([result?.status, result?.unfinished]).toEqual(["deferred", false]);
});

test("phases run one after the other, whatever the order of the plan", async () => {
  const order: string[] = [];
  const note = (name: string): Task =>
    task(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(name);
      return passed;
    });
  const plan: Plan = [
    planned("tree", [note("last")], { phase: "last" }),
    planned("tests", [note("verify")]),
    planned("build", [note("build")], { phase: "build" }),
  ];
  await runPlan(plan, hostUntil(Infinity), noReplay);
  expect(order).toEqual(["build", "verify", "last"]);
});

test("checks that try mutants run one at a time, others at once", async () => {
  const most = async (phase: PlannedCheck["phase"], number = 2): Promise<number> => {
    let [running, peak] = [0, 0];
    const busy = task(async () => {
      peak = Math.max(peak, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return passed;
    });
    const plan = Array.from({ length: number }, (_, index) => planned(String(index), [busy], { phase }));
    await runPlan(plan, hostUntil(Infinity), noReplay);
    return peak;
  };
  expect([await most("verify"), await most("mutate"), await most("measure")]).toEqual([2, 1, 1]);
  expect(await most("verify", availableParallelism() + 3)).toBe(availableParallelism() + 1);
});

test("the cheap start before the expensive, and what runs in this process after all that fit beside each other", async () => {
  const startedOf = async (...costs: readonly Task["cost"][]): Promise<readonly string[]> => {
    const started: string[] = [];
    const onEvent = (event: RunEvent): void => void (event.kind === "task-started" && started.push(event.label));
    const tasks = costs.map((cost) => task(passed, { cost, label: cost }));
    await runPlan([planned("c", tasks)], hostUntil(Infinity), { replay: null, onEvent });
    return started;
  };
  expect(await startedOf("expensive", "medium", "cheap")).toEqual(["cheap", "medium", "expensive"]);
  expect(await startedOf("instant", "expensive")).toEqual(["expensive", "instant"]);
});

test("a later run would find the same of what only reads, and of what may be replayed", async () => {
  const lasts = async (outcome: TaskOutcome, more: Partial<Task>): Promise<boolean | undefined> =>
    (await runPlan([planned("c", [task(outcome, more)])], hostUntil(Infinity), noReplay))[0]?.lasting;
  const inputs = { kind: "dirs", dirs: [] } as const;
  const instant = { cost: "instant", replay: null } as const;
  const passes = { cost: "cheap", replay: { facts: [], inputs } } as const;
  const both = { cost: "cheap", replay: { facts: [], inputs, failures: true } } as const;
  const run = { cost: "cheap", replay: null } as const;
  const skipped: TaskOutcome = { status: "skipped", reason: "nothing to do" };
  const errored: TaskOutcome = { status: "errored", error: new AssayError("tool-missing", "no tsc") };
  const table = await Promise.all(
    [instant, passes, both, run].map((more) =>
      Promise.all([passed, failed, skipped, errored, deferred].map((outcome) => lasts(outcome, more))),
    ),
  );
  expect(table).toEqual([
    [true, true, true, false, false],
    [true, false, true, false, false],
    [true, true, true, false, false],
    [false, false, true, false, false],
  ]);
  expect(await lasts({ ...failed, isPart: true }, both)).toBe(false);
});

function cacheDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "assay-cache-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test("a pass is replayed under the same key, and nothing else ever is", async () => {
  const dir = cacheDir();
  let runs = 0;
  const attempt = async (key: string, outcome: TaskOutcome): Promise<[string | undefined, boolean | undefined]> => {
    const options: RunOptions = { replay: { cache: openReplayCache(dir), keyOf: () => key }, onEvent() {} };
    const counted = task(() => {
      runs += 1;
      return Promise.resolve(outcome);
    });
    const [result] = await runPlan([planned("c", [counted])], hostUntil(Infinity), options);
    return [result?.status, result?.cached];
  };
  expect(await attempt("k1", failed)).toEqual(["failed", false]);
  expect(await attempt("k1", passed)).toEqual(["passed", false]);
  expect(await attempt("k1", failed)).toEqual(["passed", true]);
  expect(await attempt("k2", failed)).toEqual(["failed", false]);
  expect(runs).toBe(3);
});

test("a check is replayed when all of its tasks are", async () => {
  const keyOf: KeyOf = (_id, { label }) => label;
  const options: RunOptions = { replay: { cache: openReplayCache(cacheDir()), keyOf }, onEvent() {} };
  const cached = async (...labels: readonly string[]): Promise<boolean | undefined> => {
    const tasks = labels.map((label) => task(passed, { label }));
    return (await runPlan([planned("c", tasks)], hostUntil(Infinity), options))[0]?.cached;
  };
  expect([await cached("a"), await cached("a", "b"), await cached("a", "b")]).toEqual([false, false, true]);
});

test("a failure is replayed where it was proven", async () => {
  const options: RunOptions = { replay: { cache: openReplayCache(cacheDir()), keyOf: () => "k" }, onEvent() {} };
  const replay = { facts: [], inputs: { kind: "dirs", dirs: [] }, failures: true } as const;
  const attempt = async (outcome: TaskOutcome, more: Partial<Task> = { replay }): Promise<unknown> => {
    const [result] = await runPlan([planned("c", [task(outcome, more)])], hostUntil(Infinity), options);
    return [result?.status, result?.findings.map(({ message }) => message), result?.cached];
  };
  expect(await attempt(failed)).toEqual(["failed", ["wrong"], false]);
  expect(await attempt(passed)).toEqual(["failed", ["wrong"], true]);
  // Under the same key, a task whose failures are not.
  expect(await attempt(passed, {})).toEqual(["passed", [], false]);
});

test("a damaged entry is dropped with a note and its check runs again", () => {
  const dir = cacheDir();
  openReplayCache(dir).put("k", { status: "passed", note: "12 files" });
  const [name = ""] = readdirSync(dir);
  for (const text of ["", "{", '{"body":"{}","digest":"forged"}']) {
    writeFileSync(join(dir, name), text);
    const cache = openReplayCache(dir);
    expect(cache.get("k")).toBeUndefined();
    expect(readdirSync(dir)).toEqual([]);
    expect(cache.notes).toEqual(["A damaged cache entry was dropped; its check ran again."]);
    openReplayCache(dir).put("k", { status: "passed", note: "12 files" });
  }
  expect(openReplayCache(dir).get("k")).toEqual({ status: "passed", note: "12 files" });
});

test("an entry copied to another key is not believed", () => {
  const dir = cacheDir();
  openReplayCache(dir).put("k", { status: "passed" });
  writeFileSync(join(dir, "other"), `{"body":"{\\"key\\":\\"k\\"}","digest":"x"}`);
  expect(openReplayCache(dir).get("other")).toBeUndefined();
});

test("now and then all but the newest half of too many entries are dropped", () => {
  const random = vi.spyOn(Math, "random");
  onTestFinished(() => random.mockRestore());
  const leftOf = (entries: number, chance: number): number => {
    const dir = cacheDir();
    for (let entry = 1; entry < entries; entry++) writeFileSync(join(dir, String(entry)), "");
    random.mockReturnValue(chance);
    openReplayCache(dir).put("k", { status: "passed" });
    return readdirSync(dir).length;
  };
  expect([leftOf(2001, 0.01), leftOf(2000, 0), leftOf(2001, 0)]).toEqual([2001, 2000, 1000]);
});

test("a folder that cannot be written is a note, not a fault", () => {
  const file = join(cacheDir(), "a-file");
  writeFileSync(file, "");
  const cache = openReplayCache(file);
  cache.put("k", { status: "passed" });
  expect(cache.notes).toHaveLength(1);
  expect(cache.notes[0]).toMatch(/^The cache could not be written \(E[A-Z]+: .+\)\.$/);
  cache.put("k", { status: "passed" });
  expect(new Set(cache.notes).size).toBe(cache.notes.length);
  expect(cache.get("k")).toBeUndefined();
});

test("a pass whose inputs changed meanwhile is not stored", async () => {
  const dir = cacheDir();
  let key = "k1";
  const attempt = async (edit: () => void): Promise<boolean | undefined> => {
    const run = (): Promise<TaskOutcome> => (edit(), Promise.resolve(passed));
    const keyOf = (): string => key;
    const before = key;
    const options: RunOptions = {
      replay: { cache: openReplayCache(dir), keyOf: () => before, keysNow: () => Promise.resolve(keyOf) },
      onEvent() {},
    };
    return (await runPlan([planned("c", [task(run)])], hostUntil(Infinity), options))[0]?.cached;
  };
  expect(await attempt(() => (key = "k2"))).toBe(false);
  key = "k1";
  expect(await attempt(() => {})).toBe(false);
  expect(await attempt(() => {})).toBe(true);
});

test("a part of the failures is never replayed", async () => {
  const options: RunOptions = { replay: { cache: openReplayCache(cacheDir()), keyOf: () => "k" }, onEvent() {} };
  const replay = { facts: [], inputs: { kind: "dirs", dirs: [] }, failures: true } as const;
  const attempt = async (outcome: TaskOutcome): Promise<unknown> => {
    const [result] = await runPlan([planned("c", [task(outcome, { replay })])], hostUntil(Infinity), options);
    return [result?.status, result?.cached];
  };
  expect(await attempt({ ...failed, isPart: true })).toEqual(["failed", false]);
  expect(await attempt(passed)).toEqual(["passed", false]);
});

test("the files are read again only where there is something to remember", async () => {
  const cache = openReplayCache(cacheDir());
  const keysNow = vi.fn(() => Promise.resolve(() => "k"));
  const attempt = async (outcome: TaskOutcome): Promise<number> => {
    await runPlan([planned("c", [task(outcome)])], hostUntil(Infinity), {
      replay: { cache, keyOf: () => "k", keysNow },
      onEvent() {},
    });
    return keysNow.mock.calls.length;
  };
  // What was replayed is remembered already.
  expect([await attempt(failed), await attempt(passed), await attempt(passed)]).toEqual([0, 1, 1]);
});

test("a task without a key is neither replayed nor remembered", async () => {
  const cache = openReplayCache(cacheDir());
  const [get, put] = [vi.spyOn(cache, "get"), vi.spyOn(cache, "put")];
  await runPlan([planned("c", [task(passed)])], hostUntil(Infinity), {
    replay: { cache, keyOf: () => null },
    onEvent() {},
  });
  expect([get.mock.calls, put.mock.calls]).toEqual([[], []]);
});

test("what is no error of ours is one of the check", async () => {
  const [result] = await runPlan([planned("c", [task(crash)])], hostUntil(Infinity), noReplay);
  expect(result?.errors).toMatchObject([{ code: "check-crashed", message: "boom" }]);
});
