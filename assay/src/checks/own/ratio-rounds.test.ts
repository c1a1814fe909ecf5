import { expect, test } from "vitest";
import type { Command, ProcessOutcome } from "../../model/process.ts";
import { looks } from "./ratio-decision.ts";
import { measureRatio, type Measured, type MeasuringHost } from "./ratio-rounds.ts";

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

/** What is measured, and which programs ran. */
async function measured(does: Does, settings: Settings = {}): Promise<{ result: Measured; ran: readonly string[] }> {
  const { atMost = 1, measure = "stdout", seconds = 60, takesMs = 0, deadline = Infinity } = settings;
  const ran: string[] = [];
  const host: MeasuringHost = {
    run: async (command) => {
      ran.push(command.file);
      if (takesMs > 0) await new Promise((resolve) => setTimeout(resolve, takesMs));
      return { ...outcome, ...does(command) };
    },
    progress: () => undefined,
    deadline,
    signal: new AbortController().signal,
  };
  return { result: await measureRatio({ atMost, measure, seconds }, { numerator, denominator }, host), ran };
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

test("what has had too few rounds when time is up is undecided, however far apart", async () => {
  const { result } = await measured(printing(9, 1), { seconds: 0.7, takesMs: 30 });
  expect(result).toMatchObject({ status: "measured", estimate: { verdict: "undecided" } });
});

test("what has no time for a single round is an error", async () => {
  await expect(measured(printing(2, 1), { seconds: 0.05, takesMs: 30 })).rejects.toThrow(
    "takes longer than the 0.05 s",
  );
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
  ["prints nothing", { stdout: "" }, 'ends in ""'],
  ["prints no number", { stdout: "1\nfast\n" }, 'ends in "fast"'],
  ["prints a number with a unit", { stdout: "12 ms\n" }, 'ends in "12 ms"'],
  ["prints nought", { stdout: "0\n" }, "no number above 0"],
  ["prints less than nought", { stdout: "-3\n" }, "no number above 0"],
  ["prints no end", { stdout: "1e999\n" }, "no number above 0"],
])("a program that %s is an error", async (_, does, message) => {
  await expect(measured(() => does)).rejects.toThrow(message);
});
