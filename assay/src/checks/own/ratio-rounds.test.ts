import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Command, ProcessOutcome } from "../../model/process.ts";
import { looks } from "./ratio-decision.ts";
import { measureRatio, type Measured, type MeasuringHost } from "./ratio-rounds.ts";

// The clock stands still but for what programs take: how busy the machine is makes no difference.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const numerator = { argv: ["slow"], cwd: "/", name: "slow" };
const denominator = { argv: ["quick"], cwd: "/", name: "quick" };

const outcome: ProcessOutcome = {
  exitCode: 0,
  signal: null,
  spawnError: null,
  timedOut: false,
  stdout: "1\n",
  stderr: "",
  truncated: false,
  durationMs: 1,
};

/** What a program does, and after how many milliseconds. */
type Does = (command: Command) => Partial<ProcessOutcome>;

interface Settings {
  readonly atMost?: number;
  readonly measure?: "time" | "stdout";
  readonly seconds?: number;
  readonly takesMs?: number;
  readonly deadline?: number;
}

interface Run {
  readonly result: Measured;
  readonly ran: readonly string[];
  readonly said: readonly string[];
}

/** What is measured, which programs ran, and what was said meanwhile. */
async function measured(does: Does, settings: Settings = {}): Promise<Run> {
  const { atMost = 1, measure = "stdout", seconds = 60, takesMs = 10, deadline = Infinity } = settings;
  const ran: string[] = [];
  const said: string[] = [];
  const host: MeasuringHost = {
    run: async (command) => {
      ran.push(command.file);
      vi.advanceTimersByTime(takesMs);
      return { ...outcome, ...does(command) };
    },
    progress: (text) => said.push(text),
    deadline,
    signal: new AbortController().signal,
  };
  return { result: await measureRatio({ atMost, measure, seconds }, { numerator, denominator }, host), ran, said };
}

const printing =
  (slow: number, quick: number): Does =>
  ({ file }) => ({ stdout: `warm\n${file === "slow" ? slow : quick}\n` });

test("each round runs one twice and the other four times, in turns, after a run of each that does not count", async () => {
  const { ran } = await measured(printing(2, 1));
  expect(ran.slice(0, 8)).toEqual(["slow", "quick", "slow", "quick", "quick", "quick", "quick", "slow"]);
  expect(ran).toHaveLength(2 + 6 * 6);
});

test("it ends as soon as it is decided, and at the last look where it is not", async () => {
  const verdict = ({ result }: { readonly result: Measured }): unknown =>
    result.status === "measured" && [result.estimate.verdict, result.rounds];
  expect(verdict(await measured(printing(2, 1)))).toEqual(["above", looks[0]]);
  expect(verdict(await measured(printing(1, 2)))).toEqual(["within", looks[0]]);
  expect(verdict(await measured(printing(1, 1)))).toEqual(["undecided", looks.at(-1)]);
});

test("times are those of whole processes", async () => {
  const { result } = await measured(({ file }) => ({ stdout: "", durationMs: file === "slow" ? 30 : 10 }), {
    measure: "time",
  });
  expect(result).toMatchObject({ estimate: { ratio: 3, verdict: "above" } });
});

test("over three rounds each has every place, and each round is told", async () => {
  const { ran, said } = await measured(printing(9, 1));
  const places = [0, 1, 2].map((round) => ran.slice(2 + 6 * round, 8 + 6 * round).indexOf("slow"));
  expect(places).toEqual([0, 2, 1]);
  expect(said.slice(0, 2)).toEqual(["slow: round 1", "slow: round 2"]);
});

test("a program is started where it lies, with its arguments, and ended when time is up", async () => {
  const commands: Command[] = [];
  const host: MeasuringHost = {
    run: async (command) => {
      commands.push(command);
      vi.advanceTimersByTime(10);
      return { ...outcome, stdout: "1" };
    },
    progress: () => undefined,
    deadline: Infinity,
    signal: new AbortController().signal,
  };
  const program = { argv: ["node", "bench.mjs", "--all"], cwd: "/base", name: "node bench.mjs --all" };
  await measureRatio({ atMost: 1, measure: "stdout", seconds: 5 }, { numerator: program, denominator }, host);
  expect(commands[0]).toEqual({ file: "node", args: ["bench.mjs", "--all"], cwd: "/base", timeoutMs: 5000 });
});

test("a round that would end too late is not begun", async () => {
  // Two runs of 10 ms, then rounds of 60 ms.
  const rounds = async (seconds: number): Promise<unknown> => {
    const { result } = await measured(printing(9, 1), { seconds });
    return result.status === "measured" && result.rounds;
  };
  expect([await rounds(0.08), await rounds(0.139), await rounds(0.14), await rounds(0.2)]).toEqual([1, 1, 2, 3]);
});

test("what has had too few rounds when time is up is undecided, however far apart", async () => {
  const { result } = await measured(printing(9, 1), { seconds: 0.7, takesMs: 30 });
  expect(result).toMatchObject({ status: "measured", estimate: { verdict: "undecided" } });
});

test("what has no time for a single round is an error", async () => {
  await expect(measured(printing(2, 1), { seconds: 0.05, takesMs: 30 })).rejects.toThrow(
    "takes longer than the 0.05 s",
  );
});

test("where the run as a whole has no time left in the middle of a round, it is put off as well", async () => {
  let runs = 0;
  const late: Does = () => ((runs += 1) > 4 ? { timedOut: true, exitCode: null, signal: "SIGKILL" } : { stdout: "1" });
  expect((await measured(late, { deadline: 50 })).result).toEqual({ status: "deferred" });
});

test("where the run as a whole has no time left, it is put off", async () => {
  const { result } = await measured(() => ({ timedOut: true, exitCode: null, signal: "SIGKILL" }), { deadline: 0 });
  expect(result).toEqual({ status: "deferred" });
});

test.each<readonly [string, Partial<ProcessOutcome>, string]>([
  ["fails", { exitCode: 3, stderr: "Error: no data\nNode.js v20.20.2\n" }, "exit code 3: Error: no data"],
  ["is killed", { exitCode: null, signal: "SIGKILL" }, "SIGKILL"],
  ["is not there", { exitCode: null, spawnError: "spawn slow ENOENT" }, "ENOENT"],
  ["takes too long", { timedOut: true, exitCode: null, signal: "SIGKILL" }, "it takes more than 60 s"],
  ["fails and says nothing", { exitCode: 4 }, "can't be measured: exit code 4"],
  ["prints what only ends in a number", { stdout: "took 12\n" }, 'ends in "took 12"'],
  ["prints nothing", { stdout: "" }, 'ends in ""'],
  ["prints no number", { stdout: "1\nfast\n" }, 'ends in "fast"'],
  ["prints a number with a unit", { stdout: "12 ms\n" }, 'ends in "12 ms"'],
  ["prints nought", { stdout: "0\n" }, "no number above 0"],
  ["prints less than nought", { stdout: "-3\n" }, "no number above 0"],
  ["prints no end", { stdout: "1e999\n" }, "no number above 0"],
])("a program that %s is an error", async (_, does, message) => {
  await expect(measured(() => does)).rejects.toThrow(message);
});

test.each<[string, number]>([
  ["3", 3],
  ["0.25\n", 0.25],
  ["1.5e3", 1500],
  ["2E-3", 0.002],
  ["1e+2", 100],
  ["7\n  8  \r\n", 8],
])("%j is a measurement", async (stdout, value) => {
  const { result } = await measured(({ file }) => ({ stdout: file === "slow" ? stdout : "1" }));
  expect(result).toMatchObject({ estimate: { ratio: value } });
});

test("after a slow round the next is not begun where it might not end in time", async () => {
  let runs = 0;
  const { ran } = await measured(
    () => {
      // The second round takes ten times as long as the first.
      if ((runs += 1) > 8) vi.advanceTimersByTime(90);
      return { stdout: "1" };
    },
    { seconds: 1.2 },
  );
  expect(ran).toHaveLength(2 + 2 * 6);
});
