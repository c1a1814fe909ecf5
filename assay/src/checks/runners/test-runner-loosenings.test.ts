import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { loosenedTestRunner } from "../loosened-test-runner.ts";

const manifest = (more: object = {}): Texts => ({
  "package.json": JSON.stringify({ devDependencies: { vitest: "4", jest: "30", ava: "6" }, ...more }, null, 2),
});
const sources: Texts = {
  ...manifest(),
  "src/a.ts": "export const a = 1;\n",
  "src/a.test.ts": "test('a', () => {});\n",
  "e2e/b.spec.ts": "test('b', () => {});\n",
};
const vitest = (settings: string): Texts => ({ "vitest.config.ts": `export default { test: { ${settings} } };\n` });

/** What is said of a change: `PATH:LINE MESSAGE`, of files beside a few that stay. */
async function said(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...sources, ...base }, head: { ...sources, ...head }, renames });
  return (await loosenedTestRunner.inspect(context)).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

/** The settings and the files that it is about. */
async function whats(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  return (await said(base, head, renames)).map((each) => /\[(.*)\]$/.exec(each)?.[1] ?? each);
}

test("a setting is told with its line, what became of it and what to do", async () => {
  const config = "export default {\n  test: {\n    globals: true,\n    retry: 2,\n  },\n};\n";
  expect(await said(vitest(""), { "vitest.config.ts": config })).toEqual([
    "vitest.config.ts:4 `test.retry` is raised to 2, so that a test passes by chance; restore it, and mend what it reports [vitest.config.ts test.retry]",
  ]);
  expect(await said({ ".c8rc.json": '{ "check-coverage": true }' }, {})).toEqual([
    "null:null `check-coverage` is off; restore it, and mend what it reports [.c8rc.json check-coverage]",
  ]);
});

test("tests that are lost are told by the first, and how many more there are", async () => {
  const more = { "src/b.test.ts": "test('b', () => {});\n", "src/c.test.ts": "test('c', () => {});\n" };
  expect(await said(vitest(""), vitest('exclude: ["src"]'))).toEqual([
    "vitest.config.ts:null src/a.test.ts is no longer run; keep every test in the patterns [vitest.config.ts tests]",
  ]);
  expect(await said({ ...more, ...vitest("") }, { ...more, ...vitest('exclude: ["src"]') })).toEqual([
    "vitest.config.ts:null src/a.test.ts and 2 more are no longer run; keep every test in the patterns [vitest.config.ts tests]",
  ]);
});

const limits = "thresholds: { lines: 80 }";

test("so are sources that are no longer measured", async () => {
  const more = { "src/b.ts": "export const b = 1;\n" };
  const less = vitest(`coverage: { ${limits}, exclude: ["src/**"] }`);
  expect(await said({ ...more, ...vitest(`coverage: { ${limits} }`) }, { ...more, ...less })).toEqual([
    "vitest.config.ts:1 src/a.ts and 1 more are no longer measured; keep every source in the patterns [vitest.config.ts coverage]",
  ]);
});

test("a new configuration counts where the runner was started without one", async () => {
  const retry = { test: { retry: 2 } };
  const file = { "vitest.config.ts": `export default ${JSON.stringify(retry)};\n` };
  expect(await whats({}, file)).toEqual(["vitest.config.ts test.retry"]);
  expect(await whats({ "package.json": "{}" }, { "package.json": "{}", ...file })).toEqual([]);
  expect(await whats({}, { "lib/vitest.config.ts": file["vitest.config.ts"] ?? "" })).toEqual([]);
  expect(await whats({}, { "vitest.e2e.config.ts": file["vitest.config.ts"] ?? "" })).toEqual([]);
});

test("bun and deno run tests without being declared", async () => {
  expect(
    await whats({ "package.json": "{}" }, { "package.json": "{}", "bunfig.toml": '[test]\nroot = "src"\n' }),
  ).toEqual(["bunfig.toml tests"]);
  const test = { "src/a_test.ts": "Deno.test('a', () => {});\n" };
  const deno = { "deno.json": '{ "test": { "exclude": ["src"] } }' };
  expect(await whats({ ...test, "package.json": "{}" }, { ...test, "package.json": "{}", ...deno })).toEqual([
    "deno.json tests",
  ]);
});

test("a configuration may go with the program that it was for", async () => {
  const config = { "pkg/vitest.config.ts": `export default { test: { coverage: { ${limits} } } };\n` };
  const program = { "pkg/a.ts": "export const a = 1;\n" };
  const lost = ["pkg/vitest.config.ts test.coverage.thresholds.lines"];
  expect(await whats({ ...config, ...program }, program)).toEqual(lost);
  expect(await whats({ ...config, ...program }, {})).toEqual([]);
  expect(await whats({ ...config, ...program }, { "pkg/README.md": "" })).toEqual([]);
});

test("a limit of a folder or a file may go with it", async () => {
  const jest = (coverageThreshold: object): Texts => ({ "jest.config.json": JSON.stringify({ coverageThreshold }) });
  const domain = { "src/domain/a.ts": "export const a = 1;\n" };
  for (const folder of ["./src/domain/", "src/domain/", "./src/domain/a.ts"]) {
    const before = { ...domain, ...jest({ global: { lines: 50 }, [folder]: { lines: 90 } }) };
    expect([folder, await whats(before, { ...domain, ...jest({ global: { lines: 50 } }) })]).toEqual([
      folder,
      [`jest.config.json coverageThreshold.${folder}.lines`],
    ]);
    expect([folder, await whats(before, jest({ global: { lines: 50 } }))]).toEqual([folder, []]);
  }
  const all = { ...domain, ...jest({ "src/*/": { lines: 90 } }) };
  expect(await whats(all, jest({}))).toEqual(["jest.config.json coverageThreshold.src/*/.lines"]);
});

test.each<[string, Texts, Texts]>([
  ["nyc", { ".nycrc": '{ "lines": 90 }' }, { ".c8rc.json": '{ "lines": 80 }' }],
  ["c8", { ".c8rc.json": '{ "lines": 90 }' }, { ".nycrc": '{ "lines": 80 }' }],
])("the configuration of %s goes on as that of its twin", async (_, base, head) => {
  const [from, to] = [Object.keys(base)[0], Object.keys(head)[0]];
  expect(await whats(base, head)).toEqual([`${to} lines`]);
  expect(await whats(base, { [`${to}`]: base[`${from}`] ?? "" })).toEqual([]);
});

test("projects that vitest had in a file of their own are listed in the configuration", async () => {
  const list = (names: readonly string[]): string => JSON.stringify(names);
  const workspace = (...names: readonly string[]): Texts => ({
    "vitest.workspace.ts": `export default ${list(names)};\n`,
  });
  const inside = (...names: readonly string[]): Texts => vitest(`projects: ${list(names)}`);
  expect(await whats(workspace("src", "e2e"), inside("src", "e2e"))).toEqual([]);
  expect(await whats(workspace("src", "e2e"), inside("src"))).toEqual(["vitest.config.ts tests"]);
});

test("another runner's configuration says what holds now, one that is used beside says nothing", async () => {
  const old = vitest(`coverage: { ${limits} }`);
  const lost = ["vitest.config.ts test.coverage.thresholds.lines"];
  expect(await whats(old, { "ava.config.js": "export default {};\n" })).toEqual([]);
  expect(await whats(old, { "playwright.config.ts": "export default {};\n" })).toEqual(lost);
  expect(await whats(old, { "codecov.yml": "" })).toEqual(lost);
  expect(await whats(old, { "pkg/package.json": "{}" })).toEqual(lost);
  const ava = { "ava.config.js": "export default {};\n" };
  expect(await whats({ ...old, ...ava }, { "ava.config.js": "export default { verbose: true };\n" })).toEqual(lost);
});

test("only tests that were there, and are tests, can be lost", async () => {
  const lost = async (path: string, text: string): Promise<boolean> => {
    const [base, head] = [vitest('include: ["**/*.ts"]'), vitest('include: ["src/**", "e2e/**"]')];
    return (await whats({ ...base, [path]: text }, { ...head, [path]: text })).length > 0;
  };
  const body = "test('a', () => {});\n";
  for (const [path, text, isLost] of [
    ["lib/a.test.ts", "", true],
    ["lib/a_spec.ts", "", true],
    ["test/a.ts", body, true],
    ["test/a.ts", "describe('a', () => {});\n", true],
    ["test/helper.ts", "export const latest = 1;\n", false],
    ["test/helper.ts", "export const tests = 1;\n", false],
    ["test/fixtures/a.test.ts", body, false],
    ["lib/a.ts", body, false],
    ["lib/a.test.ts.snap", body, false],
    ["lib/contest.ts", "", false],
  ] as const) {
    expect([path, text, await lost(path, text)]).toEqual([path, text, isLost]);
  }
  expect(await whats(vitest(""), { ...vitest('include: ["src/**"]'), "e2e/b.spec.ts": "" })).toEqual([
    "vitest.config.ts tests",
  ]);
  const fresh = { ...vitest('include: ["src/**", "e2e/**"]'), "lib/new.test.ts": body };
  expect(await whats(vitest(""), fresh)).toEqual([]);
});

const beside =
  "script scripts bench benchmark benchmarks tool tools docs website example examples playground playgrounds demo demos".split(
    " ",
  );

test("only sources of the product that do something were measured", async () => {
  const lost = async (path: string, text: string): Promise<boolean> => {
    const [base, head] = [vitest(`coverage: { ${limits} }`), vitest(`coverage: { ${limits}, include: ["src/**"] }`)];
    return (await whats({ ...base, [path]: text }, { ...head, [path]: text })).length > 0;
  };
  const code = "export const a = 1;\n";
  for (const [path, text, isLost] of [
    ["lib/a.ts", code, true],
    ["lib/a.ts", "run();\n", true],
    ["lib/a.ts", "export default 1;\n", true],
    ["lib/a.ts", `export type A = 1;\n${code}`, true],
    ["lib/a.ts", "import { a } from './b.ts';\nexport { a };\n", true],
    ["lib/a.ts", "export type A = 1;\nexport interface B {}\ntype C = 2;\n", false],
    ["lib/a.ts", "import type { A } from './b.ts';\nexport type { A };\n", false],
    ["lib/a.ts", "", false],
    ["lib/a.test.ts", code, false],
    ["lib/a.css", code, false],
    ["toolkit/a.ts", code, true],
    ["myscripts/a.ts", code, true],
    ...beside.map((name) => [`${name}/a.ts`, code, false] as const),
    ["lib/scripts/a.ts", code, false],
  ] as const) {
    expect([path, text, await lost(path, text)]).toEqual([path, text, isLost]);
  }
});

test("files below a nearer configuration are run with that, unless projects are listed", async () => {
  const nearer = { "e2e/vitest.config.ts": "export default {};\n" };
  const only = 'include: ["src/**"]';
  expect(await whats(vitest(""), vitest(only))).toEqual(["vitest.config.ts tests"]);
  expect(await whats({ ...vitest(""), ...nearer }, { ...vitest(only), ...nearer })).toEqual([]);
  for (const [path, text] of [
    ["e2e/package.json", "{}"],
    ["e2e/vitest.other.config.ts", "export default {};\n"],
    ["e2e/jest.config.json", "{}"],
    ["pkg/vitest.config.ts", "export default {};\n"],
  ] as const) {
    const other = { [path]: text };
    expect([path, await whats({ ...vitest(""), ...other }, { ...vitest(only), ...other })]).toEqual([
      path,
      ["vitest.config.ts tests"],
    ]);
  }
  const projects = (...names: readonly string[]): Texts => vitest(`projects: ${JSON.stringify(names)}`);
  expect(await whats({ ...projects("src", "e2e"), ...nearer }, { ...projects("src"), ...nearer })).toEqual([
    "vitest.config.ts tests",
  ]);
});

test("tests that another configuration of the change runs are not lost", async () => {
  const only = vitest('include: ["src/**"]');
  const other = (include: string): Texts => ({
    "vitest.e2e.config.ts": `export default { test: { include: ["${include}"] } };\n`,
  });
  expect(await whats(vitest(""), { ...only, ...other("e2e/**") })).toEqual([]);
  expect(await whats(vitest(""), { ...only, ...other("lib/**") })).toEqual(["vitest.config.ts tests"]);
  expect(await whats({ ...vitest(""), ...other("e2e/**") }, only)).toContain("vitest.config.ts tests");
});

test("a configuration that has left its package leaves the tests there to scripts that need none", async () => {
  const text = 'export default { test: { include: ["**/*.test.ts", "**/*.spec.ts"] } };\n';
  const left = (script: string, more: Texts = {}): Promise<readonly string[]> =>
    whats(
      { ...manifest({ scripts: { test: script } }), "pkg/package.json": "{}", "vitest.config.ts": text, ...more },
      { ...manifest({ scripts: { test: script } }), "pkg/package.json": "{}", "pkg/vitest.config.ts": text, ...more },
      { "pkg/vitest.config.ts": "vitest.config.ts" },
    );
  const lost = ["pkg/vitest.config.ts tests"];
  expect(await left("vitest run")).toEqual([]);
  expect(await left("vitest run e2e")).toEqual(lost);
  expect(await left("jest")).toEqual(lost);
  expect(await left("vitest run --config pkg/vitest.config.ts")).toEqual(lost);
  expect(await left("vitest run --root=pkg")).toEqual(lost);
  expect(await left("vitest run --project=unit")).toEqual(lost);
  expect(await left("vitest run --no-dir-check")).toEqual([]);
  expect(await left("vitest run", { "jest.config.json": "{}" })).toEqual(lost);
  expect(await left("vitest run", { "lib/jest.config.json": "{}" })).toEqual([]);
});

test("projects are told by their patterns, whatever they are called", async () => {
  const files = { "src/c.e2e.ts": "test('c', () => {});\n" };
  const unit = '{ test: { name: "unit" } }';
  const browser = (include: string): string => `{ test: { name: "browser", include: ["${include}"] } }`;
  const projects = (...all: readonly string[]): Texts => ({ ...files, ...vitest(`projects: [${all.join(", ")}]`) });
  const all = projects(unit, browser("**/*.e2e.ts"));
  expect(await whats({ ...files, ...vitest('include: ["**/*.e2e.ts", "**/*.test.ts", "**/*.spec.ts"]') }, all)).toEqual(
    [],
  );
  expect(await whats(all, projects(unit, browser("lib/*.e2e.ts")))).toEqual(["vitest.config.ts tests"]);
});

test("what a project of vitest says beside its tests runs no tests by itself", async () => {
  const projects = (include: string): Texts =>
    vitest(`projects: [{ extends: true, plugins: [react()], test: { name: "unit", include: ["${include}"] } }]`);
  expect(await whats(projects("**/*.test.ts"), projects("lib/**/*.test.ts"))).toEqual(["vitest.config.ts tests"]);
});

test("what a configuration imports counts, wherever the specifier leads", async () => {
  const importing = async (specifier: string, path: string): Promise<readonly string[]> => {
    const config = {
      "vitest.config.ts": `import shared from "${specifier}";\nexport default mergeConfig(shared, {});\n`,
    };
    const shared = (retry: number): Texts => ({ ...config, [path]: `export default { test: { retry: ${retry} } };\n` });
    return whats(shared(0), shared(2));
  };
  for (const [specifier, path] of [
    ["./build/shared.js", "build/shared.ts"],
    ["./build/shared", "build/shared.mts"],
    ["./build/shared.cjs", "build/shared.cts"],
    ["./build/shared.mjs", "build/shared.mjs"],
    ["./build", "build/index.ts"],
    ["./build/index.js", "build/index.ts"],
  ] as const) {
    expect([specifier, await importing(specifier, path)]).toEqual([specifier, ["vitest.config.ts test.retry"]]);
  }
  expect(await importing("./other", "build/index.ts")).toEqual([]);
});

test("limits that a configuration imports count, from data as well", async () => {
  const importing = async (path: string, text: (lines: number) => string): Promise<readonly string[]> => {
    const config = {
      "vitest.config.ts": `import thresholds from "./${path}";\nexport default { test: { coverage: { thresholds } } };\n`,
    };
    return whats({ ...config, [path]: text(90) }, { ...config, [path]: text(10) });
  };
  const lost = ["vitest.config.ts test.coverage.thresholds.lines"];
  expect(await importing("limits.json", (lines) => `{ "lines": ${lines} }`)).toEqual(lost);
  expect(await importing("limits.ts", (lines) => `export default { lines: ${lines} };\n`)).toEqual(lost);
});
