// What a test command's runs are taken for, one run at a time.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { repoPath } from "../../model/paths.ts";
import type { FileLine, ReportLine } from "../../tools/runners/test-report.ts";
import type { Access, TestCommand } from "../../tools/runners/test-command.ts";
import type { MutationReport } from "../report.ts";
import { requestOf } from "../testing/scripted-session.ts";
import { control, mutateScripted, reaching, type Asked, type Ended, type Script } from "../testing/scripted-command.ts";
import { workers } from "../testing/project.ts";

/** What went wrong, else what became of the mutant. */
function told({ errors, mutants }: MutationReport): string {
  const said = errors.map(({ code, message }) => `${code}: ${message}`);
  return (said.length > 0 ? said : mutants.map(({ status }) => status)).join("\n");
}

const red: Ended = { exitCode: 1, stderr: "RangeError: wrong" };
const late: Ended = { exitCode: null, signal: "SIGKILL", timedOut: true };

interface Runs {
  readonly mutant?: readonly Ended[];
  readonly control?: readonly Ended[];
  readonly none?: readonly Ended[];
}

/** What becomes of the runs with the mutant, the control, and none, each in order; the others pass. */
function inTurn(given: Runs): { readonly run: Script["run"]; readonly asked: Asked[] } {
  const left = {
    mutant: [...(given.mutant ?? [])],
    control: [...(given.control ?? [])],
    none: [...(given.none ?? [])],
  };
  const asked: Asked[] = [];
  const run = (each: Asked): Ended => {
    asked.push(each);
    return left[each.mutant === null ? "none" : each.mutant === control ? "control" : "mutant"].shift() ?? {};
  };
  return { run, asked };
}

async function verdictOf(runs: Runs, more: Partial<Script> = {}): Promise<string> {
  return told(await mutateScripted({ run: inTurn(runs).run, ...more }));
}

test("what passes with the mutant on has outlived the command, after one run", async () => {
  const { run, asked } = inTurn({});
  const report = await mutateScripted({ run, testFiles: ["test/a.test.js"] });
  expect([told(report), asked.map(({ mutant }) => mutant)]).toEqual(["survived", [null, 0]]);
  expect(report.mutants[0]).toMatchObject({ nearest: { file: "test/a.test.js", test: null }, testsRun: 0, hits: 1 });
  expect(report.commands).toEqual([{ label: "npm run test", runs: 2, durationMs: 100 }]);
  expect(report).toMatchObject({ uncovered: [], testFilesRun: 1 });
});

test("what fails with the mutant on, and passes with the control in its place, has killed it", async () => {
  const { run, asked } = inTurn({ mutant: [red] });
  const report = await mutateScripted({ run });
  expect([told(report), asked.map(({ mutant }) => mutant)]).toEqual(["killed", [null, 0, control]]);
  expect(report.mutants[0]).toMatchObject({
    killedBy: { file: "package.json", test: null },
    message: "RangeError: wrong",
    hits: 1,
  });
});

test("before each mutant it is said how far the command has come", async () => {
  const said: string[] = [];
  const host = { progress: (text: string) => void said.push(text) };
  await mutateScripted({ run: inTurn({ mutant: [red] }).run, host });
  expect(said).toEqual(["mutants: 0 of 1 dead; npm run test, mutant 1 of 1"]);
});

const unjudged = "baseline-failed: src/a.ts:1 could not be judged: its tests";
const bare: Ended = { facts: reaching };

test.each<readonly [string, Runs, string]>([
  [
    "fails with the control as well",
    { mutant: [red], control: [red] },
    `${unjudged} fail now and then without it as well`,
  ],
  [
    "asks for the switch by itself",
    { mutant: [red], control: [{ facts: [...reaching, ["hit"]] }] },
    `${unjudged} fail now and then without it as well`,
  ],
  [
    "does not execute the mutant, twice",
    { mutant: [{ ...red, ...bare }, bare] },
    `${unjudged} execute it now and then`,
  ],
  ["executes it when it is tried again", { mutant: [{ ...red, ...bare }, red] }, "killed"],
  ["passes without having executed it the first time", { mutant: [bare, {}] }, "survived"],
  [
    "runs out of time once",
    { mutant: [{ exitCode: 1, stderr: "Error: Timed out" }, {}] },
    `${unjudged} run out of time now and then`,
  ],
  ["runs out of time twice", { mutant: [{ exitCode: 1, stderr: "Error: timeout of 2000ms" }, red] }, "killed"],
  ["is ended by a signal", { mutant: [{ exitCode: null, signal: "SIGSEGV" }] }, "runtime-error"],
  ["does not end", { mutant: [late] }, "timeout"],
  [
    "does not end, where it takes nearly as long without it",
    { mutant: [late], control: [{ durationMs: 2750 }] },
    `${unjudged} fail now and then without it as well`,
  ],
  [
    "does not end, where it takes half as long without it",
    { mutant: [late], control: [{ durationMs: 2749 }] },
    "timeout",
  ],
  [
    "has a loop that was stopped, however long it takes without it",
    { mutant: [{ ...red, facts: [...reaching, ["hit"], ["stopped"]] }], control: [{ durationMs: 5000 }] },
    "timeout",
  ],
])("a command that %s", async (_what, runs, expected) => {
  expect(await verdictOf(runs)).toBe(expected);
});

test("a run with a mutant may take five times as long as one without, and five seconds more", async () => {
  const { run, asked } = inTurn({ none: [{ durationMs: 3000 }] });
  await mutateScripted({ run });
  expect(asked.map(({ command }) => command.timeoutMs)).toEqual([60_000, 20_000]);
});

const passing: FileLine = { kind: "file", file: "", passed: 2, failed: 0, skipped: 0, todo: 0, failures: [] };
const end: ReportLine = { kind: "end", complete: true, errors: [] };

function failureIn(file: string | null): FileLine {
  const failure = { name: "is one", message: "\n expected 1\ngot 2", stack: "", file, line: null };
  return { ...passing, file: file ?? "", passed: 0, failed: 1, failures: [failure] };
}

test("a test is named where the runner's reporter names it, in its first words", async () => {
  const { run } = inTurn({});
  const report = await mutateScripted({
    run: (asked) => {
      const file = join(asked.copy, "test/b.test.js");
      run(asked);
      return asked.mutant === 0
        ? { exitCode: 1, report: [failureIn(file), end] }
        : { report: [{ ...passing, file }, end] };
    },
    testFiles: ["test/a.test.js", "test/b.test.js"],
  });
  expect(told(report)).toBe("killed");
  expect(report.mutants[0]).toMatchObject({
    killedBy: { file: "test/b.test.js", test: "is one" },
    message: "expected 1",
    testsRun: 1,
  });
});

test.each<readonly [string, Ended, string]>([
  ["reports failed tests", { report: [failureIn(null), end] }, "it reports failed tests and ends with exit code 0"],
  ["has no end in its report", { report: [passing] }, "it ended with exit code 0 before its report was complete"],
  [
    "was stopped",
    { report: [passing, { kind: "end", complete: false, errors: [] }] },
    "it ended with exit code 0 before its report was complete",
  ],
  ["runs no test, as its report says", { report: [end] }, "no test was run"],
  ["runs no test, as jasmine says", { stdout: "Started\n\n0 specs, 0 failures\n" }, "no test was run"],
  ["runs no test, as tap says", { stdout: "# tests 0\n" }, "no test was run"],
  ["runs no test, as uvu says", { stdout: "  Total:     0\n  Passed:    0\n" }, "no test was run"],
  ["runs no test, as mocha says", { stdout: "\n  0 passing (1ms)\n" }, "no test was run"],
  ["finds no test", { stderr: "  No tests were found." }, "no test was run"],
  ["finds no specs", { stderr: "No specs found" }, "no test was run"],
])("a run that ends well and %s is no proof", async (_what, ended, why) => {
  expect(await verdictOf({ none: [ended] })).toBe(`no-tests-ran: \`npm run test\`: ${why}`);
  expect(await verdictOf({ mutant: [ended] })).toBe(`baseline-failed: src/a.ts:1 could not be judged: ${why}`);
});

test("words that only look like those of a run without tests are none", async () => {
  expect(await verdictOf({ none: [{ stdout: "10 specs, 0 failures\nfound 0 tests skipped\ntests 01" }] })).toBe(
    "survived",
  );
});

test("what goes wrong outside of all tests is told where no test has failed", async () => {
  const thrown = { name: null, message: "late", stack: "", file: null, line: null };
  const ended: Ended = { exitCode: 1, report: [passing, { ...end, errors: [thrown] }] };
  const report = await mutateScripted({ run: inTurn({ mutant: [ended] }).run });
  expect(report.mutants[0]).toMatchObject({ status: "killed", message: "late", killedBy: { test: null }, testsRun: 2 });
});

test("what a run has told is not what the next one tells", async () => {
  const first: Ended = { report: [failureIn(null), end], facts: reaching, exitCode: 1 };
  expect(await verdictOf({ none: [first, { facts: [], report: [] }] })).toContain("says nothing of its tests");
});

test("with a mutant on the first failure is enough", async () => {
  const { run, asked } = inTurn({ mutant: [red] });
  await mutateScripted({ run });
  expect(asked.map(({ command }) => command.args)).toEqual([[], ["--stop"], ["--stop"]]);
});

test("a command is told what has to be read and written beside its tests", async () => {
  const told: Access[] = [];
  const { run, asked } = inTurn({});
  const call: TestCommand["call"] = (_files, _stops, access) => {
    if (access !== undefined) told.push(access);
    return { file: "tests", args: [], env: {} };
  };
  await mutateScripted({ run, command: { call } });
  const at = dirname(asked[0]?.copy ?? "");
  const facts = join(at, "notes/facts");
  const access = { reads: [workers.switchProgram, join(at, "control.json"), facts], writes: [facts] };
  expect(told).toEqual([access, access]);
});

test("a command that fails without a mutant is run once more", async () => {
  expect(await verdictOf({ none: [red] })).toBe("survived");
});

test("tests that fail in any case are told from those that only fail for instrumented code", async () => {
  expect(await verdictOf({ none: [red, red, red, red] })).toBe(
    "baseline-failed: `npm run test` fails without any mutant, in a copy: RangeError: wrong",
  );
  const instrumented = await mutateScripted({ run: ({ isInstrumented }) => (isInstrumented ? red : {}) });
  expect(told(instrumented)).toBe(
    "baseline-failed: `npm run test` fails once the code is instrumented, and passes otherwise: RangeError: wrong",
  );
  expect(instrumented.errors[0]?.hint).toBe("assay loop --only tests");
  const named: Ended = { exitCode: 1, report: [failureIn(null), end] };
  expect(await verdictOf({ none: [named, named, named, named] })).toBe(
    'baseline-failed: `npm run test` fails in "is one" without any mutant, in a copy: expected 1',
  );
});

test.each<readonly [Ended, string]>([
  [{ exitCode: 127, stderr: "sh: mocha: not found" }, "tool-missing: `npm run test`: sh: mocha: not found"],
  [{ exitCode: 126, stderr: "denied" }, "tool-missing: `npm run test`: denied"],
  [{ exitCode: 3 }, "baseline-failed: `npm run test` fails without any mutant, in a copy: exit code 3"],
  [
    { exitCode: null, signal: "SIGABRT" },
    "baseline-failed: `npm run test` fails without any mutant, in a copy: ended by SIGABRT",
  ],
  [late, "tool-failed: `npm run test` takes more than 60 s, too long to be run for every mutant"],
  [{ exitCode: null, spawnError: "ENOENT" }, "tool-missing: tests could not be started: ENOENT"],
])("a command that can not be run says why: %o", async (ended, expected) => {
  expect(await verdictOf({ none: [ended, ended, ended, ended] })).toBe(expected);
});

test("a command that loads none of the change says nothing of it, unless its tests are seen", async () => {
  const unloaded: Ended = { facts: [] };
  const unread =
    "`npm run test` loads none of the changed files, and says nothing of its tests; let its tests import them";
  expect(await verdictOf({ none: [unloaded] })).toBe(`no-tests-ran: ${unread}`);
  expect(await verdictOf({ none: [{ ...unloaded, report: [passing, end] }] })).toBe("no-coverage");
});

/** A repository whose tests execute what is built, which the build makes there. */
function building(build: Ended, more: Partial<Script["command"]> = {}): Script & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    command: { build: "npm run build", ...more },
    prepare: (line, copy) => {
      lines.push(line);
      if (build.exitCode === undefined) writeFileSync(join(copy, "built.js"), "");
      return build;
    },
    run: ({ copy }) => (existsSync(join(copy, "built.js")) ? {} : { facts: [] }),
  };
}

test("what executes only what is built is built first, once", async () => {
  const script = building({});
  expect([told(await mutateScripted(script)), script.lines]).toEqual(["survived", ["npm run build"]]);
});

test("what the tests have left behind before a build is no result of it", async () => {
  const found: boolean[] = [];
  const script = building({});
  const run = (asked: Asked): Ended => {
    found.push(existsSync(join(asked.copy, "left.js")));
    writeFileSync(join(asked.copy, "left.js"), "");
    return script.run(asked);
  };
  expect([told(await mutateScripted({ ...script, run })), found]).toEqual(["survived", [false, false, false]]);
});

test("what a build executes of the code it executes as it is, and tells nobody", async () => {
  const controls: unknown[] = [];
  const script = building({});
  await mutateScripted({
    ...script,
    prepare: (line, copy) => {
      const control: unknown = JSON.parse(readFileSync(join(copy, "../control.json"), "utf8"));
      const facts: unknown = control instanceof Object ? Reflect.get(control, "facts") : undefined;
      controls.push(control, existsSync(String(facts)));
      return script.prepare?.(line, copy) ?? {};
    },
    command: { build: null, prepare: [{ line: "npm run build", mayFail: false }] },
  });
  expect(controls).toMatchObject([{ mutant: null, rounds: {} }, true]);
});

test("that one of several commands loads none of the change is no error, any other fault of it is one", async () => {
  const beside = { isBeside: true };
  expect(told(await mutateScripted({ run: () => ({ facts: [] }), command: beside }))).toBe("no-coverage");
  expect(told(await mutateScripted({ run: () => late, command: beside }))).toMatch(
    /^tool-failed: .* takes more than 60 s/,
  );
});

test("what may be no test is no error where it fails, but may have executed what nobody has", async () => {
  const unknown = { label: "node smoke.js", isBeside: true, isUnknown: true };
  const said = async (none: readonly Ended[]): Promise<readonly unknown[]> => {
    const report = await mutateScripted({ run: inTurn({ none }).run, command: unknown });
    return [told(report), report.unasked];
  };
  expect(await said([])).toEqual(["survived", 0]);
  expect(await said([red, red, red, red])).toEqual(["no-coverage", 1]);
  expect(await said([{ facts: [] }, { facts: [] }])).toEqual(["no-coverage", 0]);
  const undecided = inTurn({ mutant: [red], control: [red, red] });
  // What it reaches it has to tell of.
  const report = await mutateScripted({ run: undecided.run, command: unknown });
  expect(report.errors.map(({ code }) => code)).toEqual(["baseline-failed"]);
});

test("a build that fails says so, and so does one that is no help", async () => {
  const failing = building({ exitCode: 2, stdout: "error TS2322: no" });
  expect(told(await mutateScripted(failing))).toBe(
    "baseline-failed: `npm run build` fails in a copy of the repository: error TS2322: no",
  );
  const useless = { ...building({}), run: (): Ended => ({ facts: [] }) };
  expect(told(await mutateScripted(useless))).toBe(
    "no-tests-ran: `npm run test` loads none of the changed files, and executes the changed code only through a build, if at all; let its tests import them",
  );
  // What the tests themselves say is more.
  const stale = { ...building({ exitCode: 2 }), run: (): Ended => red };
  expect(told(await mutateScripted(stale))).toContain("`npm run test` fails without any mutant");
});

test("what a script prepares is made in order before the tests, and a build among it is not made again", async () => {
  const prepare = ["npm run generate", "npm run build"].map((line) => ({ line, mayFail: false }));
  const script = { ...building({}, { prepare }), run: (): Ended => ({ facts: [] }) };
  await mutateScripted(script);
  expect(script.lines).toEqual(["npm run generate", "npm run build"]);
});

test("a line that fails ends it all, unless it may; and what it made is not made for another copy", async () => {
  const lines: string[] = [];
  const prepare = [
    { line: "check", mayFail: true },
    { line: "make", mayFail: false },
  ];
  const script: Script = {
    command: { prepare },
    prepare: (line) => {
      lines.push(line);
      return line === "check" ? red : {};
    },
    run: () => red,
  };
  expect(told(await mutateScripted(script))).toContain("fails without any mutant");
  expect(lines).toEqual(["check", "make", "make"]);
  const broken = { ...script, prepare: (line: string): Ended => (line === "make" ? red : {}) };
  expect(told(await mutateScripted(broken))).toBe(
    "baseline-failed: `make` fails in a copy of the repository: RangeError: wrong",
  );
  const slow = { ...script, prepare: (line: string): Ended => (line === "make" ? late : {}) };
  expect(told(await mutateScripted(slow))).toBe(
    "baseline-failed: `make` fails in a copy of the repository: takes more than 10 minutes",
  );
});

test("each run finds the copy as it was made, and what was prepared stays", async () => {
  const found: boolean[] = [];
  const script: Script = {
    command: { prepare: [{ line: "make", mayFail: false }] },
    prepare: (_line, copy) => {
      writeFileSync(join(copy, "made.js"), "made");
      return {};
    },
    run: ({ copy }) => {
      found.push(existsSync(join(copy, "left.js")), readFileSync(join(copy, "made.js"), "utf8") === "made");
      for (const name of ["left.js", "src/left.js"]) writeFileSync(join(copy, name), "left behind");
      return {};
    },
  };
  expect(told(await mutateScripted(script))).toBe("survived");
  expect(found).toEqual([false, true, false, true]);
});

test("how often loops go round without a mutant is told to the runs with one", async () => {
  const facts: Ended["facts"] = [...reaching, ["rounds", 3, 2048], ["rounds", 3, 4096], ["rounds", 3, 1024]];
  const { run, asked } = inTurn({ none: [{ facts }] });
  await mutateScripted({ run });
  expect(asked.map(({ rounds }) => rounds)).toEqual([{}, { 3: 4096 }]);
});

test("a run is over with the budget, and that is no verdict", async () => {
  const report = await mutateScripted({ run: () => ({}), host: { deadline: 0 } });
  expect(told(report)).toBe("interrupted: The run ended before mutation testing did");
  const aborting = new AbortController();
  const { run, asked } = inTurn({});
  const stopping = (each: Asked): Ended => {
    aborting.abort();
    return run(each);
  };
  const stopped = await mutateScripted({ run: stopping, host: { signal: aborting.signal } });
  expect([told(stopped), asked.length]).toEqual(["interrupted: The run ended before mutation testing did", 1]);
  const over = await mutateScripted({ run, host: { signal: AbortSignal.abort() } });
  expect([told(over), over.commands, asked.length]).toEqual([
    "interrupted: The run ended before mutation testing did",
    [],
    1,
  ]);
});

test("a sample that is late ends with the first mutant that is noticed, and nothing else does", async () => {
  const { pairs } = requestOf(0, "export const one = () => 1;\nexport const two = () => 2;\n");
  const triedOf = async (isSample: boolean, patienceMs: number): Promise<readonly (number | null)[]> => {
    const tried: (number | null)[] = [];
    const run = ({ mutant }: Asked): Ended => {
      tried.push(mutant);
      const facts: Ended["facts"] = [...reaching, ["reached", 1], ["executed", 2], ["executed", 3]];
      return mutant === 0 || mutant === 1 ? { ...red, facts: [...facts, ["hit"]] } : { facts };
    };
    await mutateScripted({ run, request: { pairs, patienceMs, replay: { texts: {}, only: null, isSample } } });
    return tried;
  };
  const both = [null, 0, 2, 1, 2];
  expect([await triedOf(true, 0), await triedOf(true, 60_000), await triedOf(false, 0)]).toEqual([
    [null, 0, 2],
    both,
    both,
  ]);
});

test("a command runs in the copy as a package manager would start it there", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv("npm_package_name", "outer");
  vi.stubEnv("npm_config_registry", "kept");
  vi.stubEnv("INIT_CWD", "/elsewhere");
  const { run, asked } = inTurn({});
  await mutateScripted({ run, command: { dir: repoPath("src") } });
  const { copy, command } = asked[0] ?? {};
  expect(command?.cwd).toBe(join(copy ?? "", "src"));
  const { env = {} } = command ?? {};
  expect([env["PWD"], env["INIT_CWD"], "npm_package_name" in env, env["npm_package_name"]]).toEqual([
    command?.cwd,
    undefined,
    true,
    undefined,
  ]);
  expect(["npm_config_registry" in env, env["npm_config_verify_deps_before_run"]]).toEqual([false, "false"]);
  const [own, outer] = (env["PATH"] ?? "").split(delimiter);
  expect([own, outer]).toEqual(["src", ""].map((dir) => join(copy ?? "", dir, "node_modules/.bin")));
});

test("what the path finds in the repository it finds in the copy", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  let path: string | undefined;
  const script: Script = {
    command: { prepare: [{ line: "make", mayFail: false }] },
    run: ({ copy, command }) => {
      path = command.env?.["PATH"]?.replaceAll(copy, "COPY");
      return {};
    },
    onRoot: (root) => vi.stubEnv("PATH", [`${root}/bin`, `${root}-other/bin`, "/bin"].join(delimiter)),
  };
  await mutateScripted(script);
  expect(path).toMatch(
    new RegExp(`^COPY/node_modules/\\.bin${delimiter}COPY/bin${delimiter}.*-other/bin${delimiter}/bin$`),
  );
});
