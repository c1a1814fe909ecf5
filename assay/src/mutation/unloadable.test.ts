import { expect, test } from "vitest";
import { pairOf } from "./testing/project.ts";
import { TrialLog, type BaselineRun } from "./trial-log.ts";
import { decisiveOf } from "./unloadable.ts";

const pairs = [pairOf("changed.test.ts", null, "test();\n")];
const all = Array.from({ length: 8 }, (_, index) => `/repo/${index}.test.ts`);
const changed = "/repo/changed.test.ts";
const bearing = { sources: [{ mutants: [0], probes: [] }], loads: { "/repo/0.test.ts": [0], [changed]: [] } };

/** Which of the files decides, where these could not be loaded, these had a test that failed, and these passed. */
function decisive(
  unloaded: readonly string[],
  { failing = [], green = [], bears = null, isBound = true }: Partial<Given> = {},
): string | undefined {
  const log = new TrialLog(1, new Set(), { patienceMs: 0, isSample: false });
  const ran = (files: readonly string[], failure: BaselineRun["failure"]): void => {
    const nothing = { tests: 1, durationMs: 1, reached: [], executed: [], usual: [] };
    for (const file of files) log.ran({ kind: "baseline", file, failure, isBound, ...nothing });
  };
  ran(unloaded, { test: null, message: "no such module" });
  ran(failing, { test: "adds", message: "no" });
  ran(green, null);
  return decisiveOf([...unloaded, ...failing], { root: "/repo", pairs }, bears, log);
}

interface Given {
  readonly failing: readonly string[];
  readonly green: readonly string[];
  readonly bears: typeof bearing | null;
  readonly isBound: boolean;
}

test("a changed test that can not be loaded decides, and one that fails does not", () => {
  expect(decisive(["/repo/0.test.ts", changed])).toBe(changed);
  expect(decisive(["/repo/0.test.ts"], { failing: [changed] })).toBeUndefined();
});

test("where eight files, and all that were run, can not be loaded, the nearest decides", () => {
  expect(decisive(all.slice(0, 7))).toBeUndefined();
  expect(decisive(all)).toBe(all[0]);
  expect(decisive(all, { green: ["/repo/green.test.ts"] })).toBeUndefined();
  expect(decisive(all, { failing: ["/repo/failing.test.ts"] })).toBeUndefined();
});

test("a file that is bound to its sources, and bears on nothing that is open, does not matter", () => {
  expect(decisive([changed], { bears: bearing })).toBeUndefined();
  expect(decisive([changed], { bears: bearing, isBound: false })).toBe(changed);
});
