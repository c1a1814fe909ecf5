import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { defaultMutators } from "./mutators/index.ts";
import { planMutation } from "./plan.ts";
import { pairOf } from "./testing/project.ts";
import { toReport } from "./to-report.ts";
import { TrialLog, type Tried } from "./trial-log.ts";

const path = repoPath("src/a.ts");
const code = "export const f = (a, b) => {\n  g(a);\n  h(b);\n  i(\n    a,\n  );\n  j(b);\n};\n";
const pairs = [pairOf(path, null, code)];
const choice = { maxMutants: 9, mutators: defaultMutators, listed: null, replay: null };
const none = { support: new Set<typeof path>(), overlooked: new Set<typeof path>(), doubted: new Set<typeof path>() };
const plan = planMutation("/repo", pairs, { ...choice, ...none }, parseSource);
const probesOf = (...lines: readonly number[]): readonly number[] =>
  plan.lines.filter(({ line }) => lines.includes(line)).flatMap(({ probes }) => probes);

function logOf(): TrialLog {
  const probes = new Set(plan.lines.flatMap((line) => line.probes));
  return new TrialLog(plan.mutants.length, probes, { patienceMs: 1000, isSample: false });
}

function reportOf(log: TrialLog, mutant?: string): ReturnType<typeof toReport> {
  const equivalents = mutant === undefined ? [] : [{ path, mutant, reason: "no test can tell" }];
  return toReport({ root: "/repo", pairs, equivalents }, plan, log);
}

function tried(file: string, fields: Partial<Tried> = {}): Tried {
  const passed = { outcome: "passed", failure: null, nearest: "runs", testsRun: 2, hits: 3 } as const;
  return { kind: "tried", mutant: 0, file, ...passed, ...fields };
}

test("what outlived tests has the nearest one, and how many there were and how often they came by", () => {
  const log = logOf();
  log.outlive(0, tried("/repo/a.test.ts"));
  log.outlive(0, tried("/repo/b.test.ts", { nearest: "other", testsRun: 4, hits: 5 }));
  log.settle(0, { status: "survived" });
  expect(reportOf(log).mutants[0]).toMatchObject({
    mutant: { line: 2 },
    fingerprint: plan.fingerprints[0],
    acknowledged: null,
    around: { before: "  ", after: "" },
    status: "survived",
    killedBy: null,
    message: null,
    nearest: { file: "a.test.ts", test: "runs" },
    testsRun: 6,
    hits: 8,
  });
  expect(reportOf(log, plan.fingerprints[0]).mutants[0]?.acknowledged).toBe("no test can tell");
  expect(reportOf(log, plan.fingerprints[1]).mutants[0]?.acknowledged).toBe(null);
});

test("a kill has the test that noticed it, what that said, and its tests among the others", () => {
  const log = logOf();
  log.outlive(0, tried("/repo/a.test.ts"));
  const failure = { test: "notices", message: "expected 1" };
  log.settle(0, {
    status: "killed",
    by: tried("/repo/b.test.ts", { outcome: "failed", failure, testsRun: 1, hits: 1 }),
  });
  log.settle(1, { status: "timeout", by: { file: "/repo/b.test.ts", failure: null } });
  expect(reportOf(log).mutants.slice(0, 2)).toMatchObject([
    {
      status: "killed",
      killedBy: { file: "b.test.ts", test: "notices" },
      message: "expected 1",
      nearest: { file: "a.test.ts" },
      testsRun: 3,
      hits: 4,
    },
    {
      status: "timeout",
      killedBy: { file: "b.test.ts", test: null },
      message: null,
      nearest: null,
      testsRun: 0,
      hits: 0,
    },
  ]);
});

test("where nobody counts how often tests came by they did not, as far as is known", () => {
  const log = logOf();
  log.outlive(0, tried("/repo/a.test.ts", { hits: null }));
  log.settle(0, { status: "killed", by: tried("/repo/b.test.ts", { outcome: "failed", hits: null }) });
  expect(reportOf(log).mutants[0]?.hits).toBe(0);
});

test("what was not settled was reached by no test, unless something went wrong or the time was over", () => {
  const [all, failed, stopped] = [logOf(), logOf(), logOf()];
  failed.errors.push(new AssayError("tool-failed", "no"));
  stopped.errors.push(new AssayError("interrupted", "the time is over"));
  expect(new Set(reportOf(all).mutants.map(({ status }) => status))).toEqual(new Set(["no-coverage"]));
  expect([reportOf(failed).mutants, reportOf(failed).pending]).toEqual([[], []]);
  expect([reportOf(stopped).mutants, reportOf(stopped).pending.length]).toEqual([[], plan.mutants.length]);
  stopped.settle(0, { status: "survived" });
  expect([reportOf(stopped).mutants.length, reportOf(stopped).pending.length]).toEqual([1, plan.mutants.length - 1]);
});

test("lines of which no probe was executed are uncovered, those that follow one another as one range", () => {
  const log = logOf();
  log.executed(probesOf(1, 4));
  expect(reportOf(log)).toMatchObject({
    runtimeLines: 6,
    unasked: 0,
    uncovered: [
      {
        path,
        ranges: [
          { start: 2, end: 3 },
          { start: 7, end: 7 },
        ],
        instead: null,
        isAskedFor: true,
      },
    ],
  });
  log.errors.push(new AssayError("tool-failed", "no"));
  expect(reportOf(log).uncovered).toEqual([]);
});

test("a line of which anything was executed is covered, and ranges stand in their order", () => {
  const text = "if (a) b(); else c();\nd();\nconsole.log(e);\nf();\n\ng();\nh();\ni();\n";
  const lines = [
    { start: 6, end: 8 },
    { start: 1, end: 4 },
  ];
  const changed = [pairOf(path, null, text, lines)];
  const planned = planMutation("/repo", changed, { ...choice, ...none }, parseSource);
  const log = new TrialLog(0, new Set(planned.lines.flatMap(({ probes }) => probes)), {
    patienceMs: 1000,
    isSample: false,
  });
  const uncovered = (): unknown => toReport({ root: "/repo", pairs: changed, equivalents: [] }, planned, log).uncovered;
  log.executed(planned.lines.find(({ line }) => line === 1)?.probes.slice(0, 1) ?? []);
  expect(uncovered()).toMatchObject([
    {
      ranges: [
        { start: 2, end: 4 },
        { start: 6, end: 8 },
      ],
      isAskedFor: true,
    },
  ]);
});

test("what is loaded in the place of a file is the built module with which it has most folders in common", () => {
  const insteadOf = (loaded: boolean, ...built: readonly string[]): unknown => {
    const log = logOf();
    if (loaded) log.loaded.add("/repo/src/a.ts");
    for (const file of built) log.built.add(file);
    return reportOf(log).uncovered[0]?.instead;
  };
  expect(insteadOf(false)).toBe(null);
  expect(insteadOf(true, "/repo/src/dist/a.js")).toBe(null);
  expect(insteadOf(false, "/repo/dist/a.js", "/repo/src/dist/a.js")).toBe("src/dist/a.js");
  expect(insteadOf(false, "/repo/lib/a.js", "/repo/dist/a.js")).toBe("dist/a.js");
});

test("an installed copy of a file may execute what no test does that loads the file itself", () => {
  const insteadOf = (...built: readonly string[]): unknown => {
    const log = logOf();
    log.loaded.add("/repo/src/a.ts");
    for (const file of built) log.built.add(`/repo/${file}`);
    return reportOf(log).uncovered[0]?.instead;
  };
  const installed = "node_modules/.pnpm/@x+a@file/node_modules/@x/a/src/a.ts";
  expect(insteadOf("dist/a.js", installed, "app/node_modules/a/src/a.ts")).toBe("app/node_modules/a/src/a.ts");
  expect(insteadOf(installed)).toBe(installed);
  const others = ["node_modules/a/src/b.ts", "node_modules/a/lib/src/a.ts", "node_modules/a/xsrc/a.ts", "src/a.ts"];
  for (const other of others) expect([other, insteadOf(other)]).toEqual([other, null]);
});

test("of what can start other processes tests and their helpers are named, in order", () => {
  const log = logOf();
  for (const file of ["/repo/src/run.ts", "/repo/b.test.ts", "/repo/a.test.ts"]) log.starters.add(file);
  expect(reportOf(log).processStarters).toEqual(["a.test.ts", "b.test.ts"]);
});

test("a source that has modules of its own run elsewhere is named among them", () => {
  const log = logOf();
  for (const file of ["/repo/src/run.ts", "/repo/src/pool.ts", "/repo/a.test.ts"]) log.starters.add(file);
  log.launchers.add("/repo/src/pool.ts");
  expect(reportOf(log).processStarters).toEqual(["a.test.ts", "src/pool.ts"]);
});
