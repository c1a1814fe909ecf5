import { expect, test } from "vitest";
import { fromData, type PossibleConfig } from "../configuration/possible-config.ts";
import { asksForCoverage, looserSettings, settingsIn } from "./runner-settings.ts";

/** Each as `KEY SAYS`. */
function looser(base: unknown, head: unknown, isCoverage = false): readonly string[] {
  return looserSettings(settingsIn(fromData(base)), settingsIn(fromData(head)), isCoverage).map(
    ({ key, says }) => `${key} ${says}`,
  );
}

test.each<[string, unknown, unknown, readonly string[]]>([
  ["a switch on", {}, { test: { passWithNoTests: true } }, ["test.passWithNoTests is on"]],
  ["a switch on as before", { passWithNoTests: true }, { passWithNoTests: true }, []],
  ["a switch by a word", {}, { updateSnapshot: "all" }, ["updateSnapshot is on"]],
  ["a switch by another word", {}, { updateSnapshot: "none" }, []],
  ["pictures written anew", {}, { updateSnapshots: "all" }, ["updateSnapshots is on"]],
  ["pictures that differ written anew", {}, { updateSnapshots: "changed" }, ["updateSnapshots is on"]],
  ["pictures that are missing written", {}, { updateSnapshots: "missing" }, []],
  ["a switch off", { forbidOnly: true }, { forbidOnly: false }, ["forbidOnly is off"]],
  ["a switch gone", { forbidOnly: true }, {}, ["forbidOnly is off"]],
  ["a switch that was off", { forbidOnly: false }, {}, []],
  ["a switch in another spelling", { "forbid-only": true }, { forbidOnly: true }, []],
  ["a switch in another spelling, off", { forbidOnly: true }, { "forbid-only": false }, ["forbidOnly is off"]],
  ["a switch that is on by itself, off", {}, { failWithoutAssertions: false }, ["failWithoutAssertions is off"]],
  ["a switch that is on by itself, gone", { failWithoutAssertions: true }, {}, []],
  [
    "types no longer checked",
    { test: { typecheck: { enabled: true } } },
    { test: {} },
    ["test.typecheck.enabled is off"],
  ],
  ["coverage without a limit", { collectCoverage: true }, { collectCoverage: false }, []],
  [
    "coverage with a limit",
    { collectCoverage: true, coverageThreshold: { global: { lines: 80 } } },
    { collectCoverage: false, coverageThreshold: { global: { lines: 80 } } },
    ["collectCoverage is off"],
  ],
  [
    "a limit lowered",
    { coverage: { thresholds: { lines: 80 } } },
    { coverage: { thresholds: { lines: 70 } } },
    ["coverage.thresholds.lines is lowered from 80 to 70"],
  ],
  ["a limit raised", { coverage: { thresholds: { lines: 70 } } }, { coverage: { thresholds: { lines: 80 } } }, []],
  [
    "a limit gone",
    { coverage: { thresholds: { lines: 80 } } },
    { coverage: { thresholds: {} } },
    ["coverage.thresholds.lines is gone, and was 80"],
  ],
  [
    "mutants that may survive",
    { thresholds: { break: 80 } },
    { thresholds: { break: null } },
    ["thresholds.break is gone, and was 80"],
  ],
  ["a time limit", { testTimeout: 5000 }, { testTimeout: 100_000 }, ["testTimeout is raised to 100000"]],
  ["no time limit", {}, { hookTimeout: 0 }, ["hookTimeout is raised to no limit"]],
  ["no time limit as before", { timeout: 0 }, { timeout: 0 }, []],
  ["a little more time", { testTimeout: 5000 }, { testTimeout: 20_000 }, []],
  ["four times a long time", { testTimeout: 20_000 }, { testTimeout: 80_000 }, []],
  ["a time limit from the start", {}, { testTimeout: 60_001 }, ["testTimeout is raised to 60001"]],
  ["a minute from the start", {}, { testTimeout: 60_000 }, []],
  ["the time of a server", {}, { webServer: { timeout: 900_000 } }, []],
  ["retries", {}, { retries: 2 }, ["retries is raised to 2, so that a test passes by chance"]],
  ["fewer retries", { retry: 3 }, { retry: 2 }, []],
  ["no retries", {}, { retry: 0 }, []],
  ["pixels", { maxDiffPixels: 10 }, { maxDiffPixels: 20 }, ["maxDiffPixels is raised from 10 to 20"]],
  ["fewer pixels", { maxDiffPixels: 20 }, { maxDiffPixels: 10 }, []],
  ["the first pixels", {}, { maxDiffPixels: 10 }, []],
  ["a tenth of a picture", {}, { maxDiffPixelRatio: 0.1 }, ["maxDiffPixelRatio is 0.1 of all pixels"]],
  ["little of a picture", {}, { maxDiffPixelRatio: 0.05 }, []],
  [
    "colors of a picture",
    {},
    { expect: { toHaveScreenshot: { threshold: 0.5 } } },
    ["expect.toHaveScreenshot.threshold is raised from 0.2 to 0.5"],
  ],
  [
    "more colors of a picture",
    { expect: { toMatchSnapshot: { threshold: 0.1 } } },
    { expect: { toMatchSnapshot: { threshold: 0.15 } } },
    ["expect.toMatchSnapshot.threshold is raised from 0.1 to 0.15"],
  ],
  ["the usual colors of a picture", {}, { expect: { toHaveScreenshot: { threshold: 0.2 } } }, []],
  ["another threshold", {}, { slow: { threshold: 0.5 } }, []],
  ["another number", {}, { maxWorkers: 100 }, []],
])("%s", (_, base, head, expected) => {
  expect(looser(base, head)).toEqual(expected);
});

test.each<[string, unknown, unknown, readonly string[]]>([
  ["a limit", { lines: 90 }, { lines: 80 }, ["lines is lowered from 90 to 80"]],
  ["a check", { "check-coverage": true }, {}, ["check-coverage is off"]],
])("of a coverage tool: %s", (_, base, head, expected) => {
  expect(looser(base, head, true)).toEqual(expected);
  expect(looser(base, base, true)).toEqual([]);
});

test.each<[string, unknown, unknown, readonly string[]]>([
  [
    "a target",
    { coverage: { status: { project: { default: { target: "80%" } } } } },
    { coverage: { status: { project: { default: { target: "70%" } } } } },
    ["coverage.status.project.default.target is lowered from 80 to 70"],
  ],
  [
    "a threshold",
    { coverage: { status: { project: { default: { threshold: "1%" } } } } },
    { coverage: { status: { project: { default: { threshold: "5%" } } } } },
    ["coverage.status.project.default.threshold is raised from 1 to 5"],
  ],
  [
    "a target that is worked out",
    { coverage: { status: { project: { default: { target: "auto" } } } } },
    { coverage: { status: { project: { default: { target: 10 } } } } },
    [],
  ],
  [
    "only for information",
    { coverage: { status: { project: { default: {} } } } },
    { coverage: { status: { project: { default: { informational: true } } } } },
    ["coverage.status.project.default.informational is on, so that nothing fails"],
  ],
  [
    "a status that is off",
    { coverage: { status: { project: true } } },
    { coverage: { status: { project: "off" } } },
    ["coverage.status.project is off"],
  ],
  [
    "a status that is on",
    { coverage: { status: { project: true } } },
    { coverage: { status: { project: "yes" } } },
    [],
  ],
])("of Codecov: %s", (_, base, head, expected) => {
  expect(looser(base, head)).toEqual(expected);
});

test("a project of Playwright that is gone is a way less to run tests", () => {
  const projects = (...names: readonly string[]): unknown => ({
    projects: names.map((name) => ({ name, use: { browserName: name } })),
  });
  const gone = "projects.firefox is gone, and with it a way that tests were run";
  expect(looser(projects("chromium", "firefox"), projects("chromium"))).toEqual([gone]);
  expect(looser(projects("chromium", "firefox"), projects("chromium", "webkit"))).toEqual([]);
  expect(looser(projects("chromium", "auth setup"), projects("chromium"))).toEqual([]);
  expect(looser(projects("chromium"), {})).toEqual([]);
});

test("settings stand under their keys, and projects under their names", () => {
  const value = {
    a: { b: 1, c: [1, 2] },
    projects: [{ name: "x", d: 1 }, { test: { displayName: "y" } }, { e: 2 }, "z"],
    f: {},
  };
  expect([...settingsIn(fromData(value)).keys()]).toEqual([
    "a.b",
    "a.c",
    "projects.x.name",
    "projects.x.d",
    "projects.y.test.displayName",
    "projects.2.e",
    "projects.3",
  ]);
  expect([...settingsIn(undefined)]).toEqual([]);
});

test("what may be several things is all of them", () => {
  const value: PossibleConfig = {
    kind: "oneOf",
    options: [fromData({ a: 1 }), fromData({ a: 2, b: 3 }), { kind: "unknown", text: "x" }],
  };
  expect(Object.fromEntries(settingsIn({ kind: "object", fields: new Map([["t", value]]) }))).toEqual({
    "t.a": { kind: "oneOf", options: [fromData(1), fromData(2)] },
    "t.b": fromData(3),
    t: { kind: "unknown", text: "x" },
  });
});

test.each<[unknown, boolean]>([
  [{ coverage: { thresholds: { lines: 1 } } }, true],
  [{ coverageThreshold: { global: { lines: 1 } } }, true],
  [{ lines: 1 }, true],
  [{ "check-coverage": true }, true],
  [{ coverage: { lines: 1 } }, false],
  [{ collectCoverage: true }, false],
])("%j asks for coverage: %s", (value, expected) => {
  expect(asksForCoverage(settingsIn(fromData(value)))).toBe(expected);
});

const offUnlessSet = [
  "forbidOnly",
  "forbid-only",
  "forbidPending",
  "forbid-pending",
  "failZero",
  "fail-zero",
  "failOnFlakyTests",
  "requireAssertions",
  "check-coverage",
  "checkCoverage",
  "check-leaks",
  "checkLeaks",
  "perFile",
  "per-file",
  "async-only",
  "asyncOnly",
];

test.each(offUnlessSet)("%s is off unless it is set", (name) => {
  expect(looser({ [name]: true }, { [name]: false })).toEqual([`${name} is off`]);
  expect(looser({}, { [name]: false })).toEqual([]);
  expect(looser({ [name]: true }, {})).toEqual([`${name} is off`]);
});

test.each(["failWithoutAssertions", "diagnostics", "sanitizeOps", "sanitizeResources"])(
  "%s is on unless it is set",
  (name) => {
    expect(looser({}, { [name]: false })).toEqual([`${name} is off`]);
    expect(looser({ [name]: true }, {})).toEqual([]);
  },
);

test.each<[string, unknown, unknown, readonly string[]]>([
  ["tests chosen by name", {}, { testNamePattern: "a" }, ["testNamePattern leaves tests out by their names"]],
  ["other tests chosen", { grep: "a" }, { grep: "b" }, ["grep leaves tests out by their names"]],
  ["the same tests chosen", { grep: "a" }, { grep: "a" }, []],
  ["all tests", { grep: "a" }, {}, []],
  [
    "kinds of mutants",
    { mutator: { excludedMutations: ["a"] } },
    { mutator: { excludedMutations: ["a", "b"] } },
    ["mutator.excludedMutations leaves kinds of mutants out"],
  ],
  [
    "the same kinds of mutants",
    { mutator: { excludedMutations: ["a", "b"] } },
    { mutator: { excludedMutations: ["b"] } },
    [],
  ],
  ["all files measured", { all: true }, { all: false }, ["all is off"]],
  ["all files measured, as there is no other way", { all: true }, {}, []],
  [
    "retries in a run",
    { retries: { runMode: 0 } },
    { retries: { runMode: 2 } },
    ["retries.runMode is raised to 2, so that a test passes by chance"],
  ],
  [
    "a mock in the place of the code",
    {},
    { moduleNameMapper: { "^../api$": "<rootDir>/__mocks__/api.ts" } },
    ["moduleNameMapper.^../api$ puts a stand-in in the place of the code for every test"],
  ],
  [
    "a stub of the code by an alias",
    {},
    { alias: { "@/api": "./test/api.ts" } },
    ["alias.@/api puts a stand-in in the place of the code for every test"],
  ],
  [
    "a stub of the code as before",
    { alias: { "@/api": "./test/api.ts" } },
    { alias: { "@/api": "./test/api2.ts" } },
    [],
  ],
  ["a mock of pictures", {}, { moduleNameMapper: { "\\.(png|svg)$": "<rootDir>/__mocks__/file.ts" } }, []],
  ["a mock of styles", {}, { moduleNameMapper: { "^../style.css$": "<rootDir>/__mocks__/style.ts" } }, []],
  ["a mock of a package", {}, { moduleNameMapper: { "^ky$": "<rootDir>/__mocks__/ky.ts" } }, []],
  ["the code itself", {}, { alias: { "@/api": "./src/api.ts" } }, []],
])("%s", (_, base, head, expected) => {
  expect(looser(base, head)).toEqual(expected);
});

test("errors that a function judges may be left out", () => {
  const judged = (text: string): unknown =>
    looserSettings(new Map(), new Map([["test.onUnhandledError", { kind: "unknown", text }]]), false);
  expect(judged("(error) => false")).toEqual([
    { key: "test.onUnhandledError", says: "leaves out errors that no test has caught" },
  ]);
});

test("limits that hold in some cases only", () => {
  const limits = fromData({ thresholds: { lines: 80 } });
  const some: PossibleConfig = { kind: "oneOf", options: [limits, fromData({ thresholds: false })] };
  const coverage = (value: PossibleConfig): PossibleConfig => ({
    kind: "object",
    fields: new Map([["coverage", value]]),
  });
  expect(looserSettings(settingsIn(coverage(limits)), settingsIn(coverage(some)), false)).toEqual([
    { key: "coverage.thresholds", says: "holds in some cases only" },
  ]);
  expect(looserSettings(settingsIn(coverage(some)), settingsIn(coverage(some)), false)).toEqual([]);
});

test.each<[string, unknown, unknown, readonly string[]]>([
  ["the dashes of a switch gone", { "pass-with-no-tests": true }, { passWithNoTests: true }, []],
  ["the dashes of a switch new", { passWithNoTests: true }, { "pass-with-no-tests": true }, []],
  [
    "coverage that nobody asked for",
    { coverageThreshold: { global: { lines: 80 } } },
    { collectCoverage: false, coverageThreshold: { global: { lines: 80 } } },
    [],
  ],
  [
    "one limit for all",
    { coverageThreshold: 0.9 },
    { coverageThreshold: 0.8 },
    ["coverageThreshold is lowered from 0.9 to 0.8"],
  ],
  ["lines of something else", { terminal: { lines: 90 } }, { terminal: { lines: 80 } }, []],
  [
    "all of it",
    { coverage: { thresholds: { 100: true } } },
    { coverage: { thresholds: { 100: false } } },
    ["coverage.thresholds.100 is gone"],
  ],
  ["all of it as before", { coverage: { thresholds: { 100: true } } }, { coverage: { thresholds: { 100: true } } }, []],
  ["over four times a long time", { testTimeout: 20_000 }, { testTimeout: 90_000 }, ["testTimeout is raised to 90000"]],
  [
    "a status that said so before",
    { coverage: { status: { project: { default: { informational: false } } } } },
    { coverage: { status: { project: { default: { informational: false } } } } },
    [],
  ],
])("of two versions: %s", (_, base, head, expected) => {
  expect(looser(base, head)).toEqual(expected);
});

test("of what may be several numbers the one that asks least counts", () => {
  const either = (...options: readonly unknown[]): PossibleConfig => ({
    kind: "oneOf",
    options: options.map(fromData),
  });
  const changed = (key: string, before: PossibleConfig, after: PossibleConfig): readonly string[] =>
    looserSettings(new Map([[key, before]]), new Map([[key, after]]), false).map(({ says }) => says);
  const lines = "test.coverage.thresholds.lines";
  expect(changed(lines, either(90, 80), fromData(80))).toEqual([]);
  expect(changed(lines, either(90, 80), either(95, 70))).toEqual(["is lowered from 80 to 70"]);
  expect(changed("test.retry", fromData(0), either(0, 3))).toEqual(["is raised to 3, so that a test passes by chance"]);
});

test("a project that only prepares the others may go", () => {
  const projects = (...names: readonly string[]): unknown => ({ projects: names.map((name) => ({ name, use: {} })) });
  for (const name of ["setup", "set-up", "Global Setup", "teardown", "tear-down", "Login"])
    expect([name, looser(projects("chromium", name), projects("chromium"))]).toEqual([name, []]);
});

/** Is the code replaced for every test where this module leads there? */
function isReplaced(module: string, target: unknown, key = "moduleNameMapper"): boolean {
  return looser({}, { [key]: { [module]: target } }).length > 0;
}

test("modules of the program are told apart from packages and from what is no code", () => {
  const mock = "<rootDir>/__mocks__/api.ts";
  for (const module of [
    "^../api$",
    "./api",
    "^\\.\\./api$",
    "^\\./api\\.js$",
    "^@/api$",
    "~/api",
    "#/api",
    "^(.*)/api$",
    "^.+/api$",
    "<rootDir>/src/api",
    "^../api.ts$",
    "^../api\\.mjs$",
    "^(../api.jsx)$",
    "^../api.tsx",
  ])
    expect([module, isReplaced(module, mock)]).toEqual([module, true]);
  for (const module of [
    "^ky$",
    "@acme/api",
    "mysrc/api",
    "^../api.json$",
    "^(../page.html)$",
    "../Logo.SVG",
    "../Icons/a",
  ])
    expect([module, isReplaced(module, mock)]).toEqual([module, false]);
});

test("what is kept for tests is told by its name, in a list as well", () => {
  for (const target of [
    "<rootDir>/__stubs__/api.ts",
    "test/api.ts",
    "./tests/api.ts",
    "src/api.mock.ts",
    "src/mocks/api.ts",
    "src/api-fake.ts",
    "src/fakes/api.ts",
    "src/stub.ts",
    "src/stubs/api.ts",
    ["<rootDir>/src/gone.ts", "<rootDir>/__mocks__/api.ts"],
  ])
    expect([target, isReplaced("^../api$", target)]).toEqual([target, true]);
  for (const target of [
    "src/api.ts",
    "src/latest/api.ts",
    "contest/api.ts",
    "src/testimony.ts",
    "src/mocking/api.ts",
    1,
  ])
    expect([target, isReplaced("^../api$", target)]).toEqual([target, false]);
});

test("a list of aliases says the same as their names", () => {
  const find = (value: PossibleConfig): PossibleConfig => ({
    kind: "object",
    fields: new Map([
      ["find", value],
      ["replacement", fromData("./test/api.ts")],
    ]),
  });
  const replaced = (value: PossibleConfig): readonly string[] => {
    const list: PossibleConfig = { kind: "list", items: [find(value)] };
    const head = settingsIn({ kind: "object", fields: new Map([["alias", list]]) });
    return looserSettings(new Map(), head, false).map(({ key }) => key);
  };
  expect(replaced(fromData("@/api"))).toEqual(["alias.@/api"]);
  expect(replaced({ kind: "regex", source: "^@/api$" })).toEqual(["alias.^@/api$"]);
  expect(replaced(fromData("ky"))).toEqual([]);
  expect(replaced({ kind: "unknown", text: "x" })).toEqual([]);
});
