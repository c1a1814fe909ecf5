import { expect, test } from "vitest";
import type { Manifest } from "../../model/workspace.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { buildLine, fileSteps, otherSteps, stepsBeforeRunner, testSteps, type TestSteps } from "./test-steps.ts";

function manifestOf(scripts: Readonly<Record<string, string>>): Manifest {
  const none = { dependencies: {}, devDependencies: {}, peerDependencies: {}, optionalDependencies: {} };
  return { name: "x", type: "module", scripts, ...none, raw: {}, isAlone: true };
}

function steps(scripts: Readonly<Record<string, string>>): TestSteps {
  return testSteps(manifestOf(scripts), "test");
}

test("in front of a known runner everything is made that is no check, whatever is not known of it", () => {
  const before = (scripts: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): unknown =>
    stepsBeforeRunner(temporaryWorkspace(files), manifestOf(scripts), "test").map(({ line, mayFail }) =>
      mayFail ? `${line}, or fails` : line,
    );
  expect(before({ test: "eslint . && node make.js && tsc -p test && vitest run && node after.js" })).toEqual([
    "node make.js, or fails",
    "tsc -p test",
  ]);
  const called = { test: "npm run unit", preunit: "node make.js", unit: "npm run build && jest", build: "tsup" };
  expect(before(called)).toEqual(["node make.js, or fails", "npm run build"]);
  expect(before({ pretest: "tsup", test: "node --test; echo" })).toEqual(["tsup"]);
  expect(before({ pretest: "tsup", test: "node make.js && ava" }, { ".yarnrc.yml": "" })).toEqual([
    "node make.js, or fails",
  ]);
  expect(before({ pretest: "tsup", test: "node test.js" })).toEqual([]);
  expect(before({ test: "cd a && node make.js && vitest run" })).toEqual([]);
  expect(before({ test: "vitest run" })).toEqual([]);
  expect(before({ test: "node make.js && borp && jest" })).toEqual(["node make.js, or fails"]);
  const installs = ["npm ci", "npm i", "pnpm install", "pnpm add x", "yarn", "npx playwright install --with-deps"];
  expect(installs.flatMap((line) => before({ pretest: line, test: "vitest run" }))).toEqual([]);
  const others = ["npm rebuild", "yarn build", "make install"];
  expect(others.flatMap((line) => before({ pretest: line, test: "vitest run" }))).toEqual([
    "npm rebuild, or fails",
    "yarn build, or fails",
    "make install, or fails",
  ]);
});

test("programs that test beside a known runner are run without it, behind what was made for them", () => {
  const others = (scripts: Readonly<Record<string, string>>): ReturnType<typeof otherSteps> =>
    otherSteps(manifestOf(scripts), "test");
  const test = "npm run lint && rollup -c && node make.js && jest a && npm run borp && tape b && attw --pack .";
  expect(others({ test, lint: "eslint .", borp: "borp --coverage" })).toEqual({
    program: "borp",
    prepare: [
      { line: "rollup -c", mayFail: false },
      { line: "node make.js", mayFail: true },
    ],
    run: ["borp", "tape b"],
  });
  expect(others({ test: "jest && node smoke.js && tsd" })).toBeUndefined();
});

test("files that are run behind a known runner, or are named like tests, are run by themselves", () => {
  const files = (test: string, more: Readonly<Record<string, string>> = {}): ReturnType<typeof fileSteps> =>
    fileSteps(manifestOf({ test, ...more }), "test");
  expect(
    files("rollup -c && node make.js && jest && borp && A=1 node smoke.js && tsd && ./it.sh", { pretest: "tsc" }),
  ).toEqual({
    program: "node",
    prepare: [
      { line: "tsc", mayFail: false },
      { line: "rollup -c", mayFail: false },
      { line: "node make.js", mayFail: true },
    ],
    run: ["A=1 node smoke.js", "./it.sh"],
  });
  expect(files("node make.js && node test/smoke.js && vitest run")?.run).toEqual(["node test/smoke.js"]);
  expect(files("npm run unit && npm run it", { unit: "jest", it: "tsx it.ts" })?.run).toEqual(["tsx it.ts"]);
  const none = [
    "node make.js && jest",
    "jest && attw --pack .",
    "jest && node",
    "jest && node report.js",
    "node smoke.js",
  ];
  for (const line of [...none, "jest && ./deploy.sh", "jest && node --test", "jest && codecov", "jest; node smoke.js"])
    expect([line, files(line)]).toEqual([line, undefined]);
});

test("what is made first, what runs the tests, and what only judges files are told apart", () => {
  expect(steps({ test: "tape 'test/*.js' | tap-spec" })).toEqual({ prepare: [], run: ["tape 'test/*.js' | tap-spec"] });
  expect(steps({ test: "xo && A=1 uvu -r esm test && tsd" })).toEqual({ prepare: [], run: ["A=1 uvu -r esm test"] });
  expect(steps({ test: "npm run lint && npm run unit", lint: "eslint .", unit: "jasmine" })).toEqual({
    prepare: [],
    run: ["jasmine"],
  });
  expect(steps({ pretest: "npm run build", build: "rollup -c", test: "tsc --noEmit && tsc -p test && lab" })).toEqual({
    prepare: [
      { line: "npm run build", mayFail: false },
      { line: "tsc -p test", mayFail: false },
    ],
    run: ["lab"],
  });
  expect(steps({ pretest: "evalmd readme.md", test: "tape" }).prepare).toEqual([
    { line: "evalmd readme.md", mayFail: true },
  ]);
  expect(steps({ pretest: "npm run lint", lint: "eslint .", test: "node a.js && node b.js" })).toEqual({
    prepare: [],
    run: ["node a.js", "node b.js"],
  });
});

test("scripts that are called with nothing added are written out, so that each part is what it is", () => {
  const scripts = {
    test: "npm run all",
    all: "npm run build && npm run unit -- --ci",
    build: "tsc",
    unit: "tape",
    preall: "eslint .",
  };
  expect(steps(scripts)).toEqual({
    prepare: [{ line: "npm run build", mayFail: false }],
    run: ["npm run unit -- --ci"],
  });
  expect(steps({ test: "npm run --silent unit", preunit: "rollup -c", unit: "nyc tape" })).toEqual({
    prepare: [{ line: "rollup -c", mayFail: false }],
    run: ["tape"],
  });
  expect(steps({ test: "npm run test" }).run).toEqual(["npm run test"]);
});

test("scripts that pnpm finds by an expression are written out one after the other", () => {
  const scripts = {
    "test:lint": "eslint .",
    "test:unit": "c8 pnpm unit",
    "test:more": "node more.js",
    unit: "uvu test",
  };
  const run = (line: string): readonly string[] => steps({ ...scripts, test: line }).run;
  expect(run("pnpm run /^test:/")).toEqual(["pnpm unit", "node more.js"]);
  expect(run("pnpm run --sequential '/^test:[mu]/'")).toEqual(["pnpm unit", "node more.js"]);
  expect(["npm run /^test:/", "pnpm run /test/", "pnpm run /none/", "pnpm run '/^test:/' -u"].map(run)).toEqual([
    ["npm run /^test:/"],
    ["pnpm run /test/"],
    ["pnpm run /none/"],
    ["pnpm run '/^test:/' -u"],
  ]);
});

test("variables in front of a call are set for each part", () => {
  const scripts = { unit: "eslint . && nyc tape && node --test a", cd: "cd a && tape", both: "tape; tap" };
  const run = (line: string): readonly string[] => steps({ ...scripts, test: line }).run;
  expect(run("A=1 B=x/y npm run unit")).toEqual(["A=1 B=x/y tape", "A=1 B=x/y node --test a"]);
  expect(run("cross-env A=1 npm run -s unit")).toEqual(["cross-env A=1 tape", "cross-env A=1 node --test a"]);
  expect(["A=1 npm run cd", "A=1 npm run both", "A=$B npm run unit"].map(run)).toEqual([
    ["A=1 npm run cd"],
    ["A=1 npm run both"],
    ["A=$B npm run unit"],
  ]);
});

test("a script that only a shell understands is left as it is", () => {
  const test = "npm run lint; tape test || exit 1";
  expect(steps({ lint: "eslint .", test })).toEqual({ prepare: [], run: [test] });
  const called = { test: "npm run b && npm run a", b: "tape", a: "node x.js; node y.js || exit 1" };
  expect(steps(called).run).toEqual(["tape", "npm run a"]);
});

test("commands behind one that changes the shell stay with it", () => {
  expect(steps({ test: "cd test && node run.js" })).toEqual({ prepare: [], run: ["cd test && node run.js"] });
  expect(steps({ pretest: "cd lib && make", test: "tape" }).prepare).toEqual([
    { line: "cd lib && make", mayFail: true },
  ]);
});

test("a report on what is covered is left out with what measures it", () => {
  expect(steps({ test: "nyc tape && nyc report --reporter=lcov" })).toEqual({ prepare: [], run: ["tape"] });
});

test("a step that checks and does something else as well is no check", () => {
  const scripts = { test: "npm run both && tape", both: "eslint . && rollup -c" };
  expect(steps(scripts)).toEqual({ prepare: [{ line: "npm run both", mayFail: false }], run: ["tape"] });
});

test("only a call of a script alone is written out, and only a word of the shell is left to it", () => {
  expect(steps({ test: "xnpm run a && tape", a: "eslint ." }).run).toEqual(["xnpm run a", "tape"]);
  expect(steps({ test: "cdx a && tape" }).run).toEqual(["cdx a", "tape"]);
  expect(steps({ test: "cd a && tape" }).run).toEqual(["cd a && tape"]);
  expect(steps({ test: "npm run -s a && tape", a: "jasmine" }).run).toEqual(["jasmine", "tape"]);
});

test("a task runner is left out, as it would answer for a mutant what it remembers", () => {
  const parts = { unit: "eslint . && tape", it: "node it.js || exit 1", b: "tsc -p ." };
  expect(steps({ test: "turbo run b unit", ...parts })).toEqual({
    prepare: [{ line: "tsc -p .", mayFail: false }],
    run: ["tape"],
  });
  expect(steps({ test: "nx it", ...parts }).run).toEqual(["npm run it"]);
  // What it is told beside the names is left to it.
  expect(steps({ test: "turbo unit -- --bail", ...parts }).run).toEqual(["turbo unit -- --bail"]);
  expect(steps({ test: "A=1 turbo unit", ...parts }).run).toEqual(["A=1 turbo unit"]);
  expect(steps({ test: "turbo test" }).run).toEqual(["turbo test"]);
  expect(steps({ test: "turbo unit", unit: "turbo unit" }).run).toEqual(["turbo unit"]);
});

test("a package is built by the script that is named so", () => {
  const none = { dependencies: {}, devDependencies: {}, peerDependencies: {}, optionalDependencies: {} };
  const line = (scripts: Readonly<Record<string, string>>): string | null => {
    const manifest: Manifest = { name: "x", type: "module", scripts, ...none, raw: {} };
    return buildLine({ ...temporaryWorkspace({}), manager: "pnpm" }, manifest);
  };
  expect([line({ compile: "b", build: "a" }), line({ compile: "b" }), line({ builds: "c" })]).toEqual([
    "pnpm run build",
    "pnpm run compile",
    null,
  ]);
});
