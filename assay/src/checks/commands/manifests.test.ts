// What a change of manifests and of what they start does: files that are seen no longer, other configurations, packages
// that leave the workspace, tools that are replaced, and tests that scripts take away.
import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { coverageByConfig } from "./configured-coverage.ts";
import { deletingScripts } from "./deleting-scripts.ts";
import { reachOf } from "./file-reach.ts";
import { declaresProgram, isUpgraded, manifestSides } from "./manifest-sides.ts";
import { scriptLoosenings } from "./script-loosenings.ts";
import { substitutions } from "./substituted-tools.ts";
import { amountOfLine } from "./verifications.ts";
import { memberLoosenings } from "./workspace-members.ts";

const files = "src/a.ts src/b/c.js test/a.test.ts test/b.spec.mts src/x_test.ts lib/d.ts README.md e2e/z.ts".split(" ");

/** Which of the files a command looks at. */
async function seen(line: string): Promise<string> {
  const texts = { "package.json": "{}" };
  const { head } = manifestSides(await contextOf({ base: texts, head: texts }));
  const [verification] = amountOfLine(line, { side: head, dir: rootDir, stopsAtFailure: false }).verifications;
  const reach = verification && (await reachOf(verification));
  return reach === undefined ? "?" : files.filter((path) => reach(repoPath(path))).join(" ");
}

const all = files.join(" ");

test.each<[string, string]>([
  ["vitest run", all],
  ["vitest run src", "src/a.ts src/b/c.js src/x_test.ts"],
  ["vitest run ./test/a lib", "test/a.test.ts lib/d.ts"],
  ["vitest run --dir lib", "lib/d.ts"],
  ["vitest run --bail 1 --outputFile lib --mode ci lib", "lib/d.ts"],
  ["jest --bail 1 --maxWorkers 50% --workers 2 --reporters lib", all],
  ["vitest -r lib run", "lib/d.ts"],
  ["vitest run --exclude 'src/**'", "test/a.test.ts test/b.spec.mts lib/d.ts README.md e2e/z.ts"],
  ["vitest run --exclude=lib,src", "test/a.test.ts test/b.spec.mts README.md e2e/z.ts"],
  ["vitest run --reporter dot --config lib", all],
  ["vitest run -u", all],
  ["vitest run ../elsewhere", "?"],
  ["vitest run /tmp", "?"],
  ["jest test/.*[.]test", "test/a.test.ts"],
  ["jest TEST", "test/a.test.ts test/b.spec.mts src/x_test.ts"],
  ["jest '('", ""],
  ["jest --testPathPatterns lib", "lib/d.ts"],
  ["jest --testPathIgnorePatterns src", "test/a.test.ts test/b.spec.mts lib/d.ts README.md e2e/z.ts"],
  ["jest --testMatch '<rootDir>/lib/**'", "lib/d.ts"],
  ["jest --testMatch='lib/**'", "lib/d.ts"],
  ["node --test", "test/a.test.ts test/b.spec.mts src/x_test.ts"],
  ["node --test lib/d.ts", "lib/d.ts"],
  ["tsx --test 'test/**/*.ts'", "test/a.test.ts"],
  ["mocha", "?"],
  ["mocha 'test/*.ts'", "test/a.test.ts"],
  ["mocha --spec lib/*.ts", "lib/d.ts"],
  ["mocha -r lib/d.ts -u tdd test/*.ts", "test/a.test.ts"],
  ["mocha --ui tdd", "?"],
  ["_mocha -u tdd", "?"],
  ["mocha --exit src/*.ts --ignore src/a.ts", "src/x_test.ts"],
  ["ava", all],
  ["ava '!src/**'", "test/a.test.ts test/b.spec.mts lib/d.ts README.md e2e/z.ts"],
  ["eslint", all],
  ["eslint .", all],
  ["eslint ./", all],
  ["eslint src", "src/a.ts src/b/c.js src/x_test.ts"],
  ["eslint src/ lib/", "src/a.ts src/b/c.js src/x_test.ts lib/d.ts"],
  ["eslint 'src/**/*.{ts}'", "src/a.ts src/x_test.ts"],
  ["eslint *.ts", "src/a.ts test/a.test.ts src/x_test.ts lib/d.ts e2e/z.ts"],
  [
    "eslint . --ignore-pattern lib",
    "src/a.ts src/b/c.js test/a.test.ts test/b.spec.mts src/x_test.ts README.md e2e/z.ts",
  ],
  ["eslint . --max-warnings 0 -f lib", all],
  ["eslint -o lib", all],
  ["jest -o lib", "lib/d.ts"],
  ["prettier -c .", all],
  ["prettier --check src", "src/a.ts src/b/c.js src/x_test.ts"],
  ["biome check src", "src/a.ts src/b/c.js src/x_test.ts"],
  ["biome ci", all],
  ["deno test lib", "lib/d.ts"],
  ["playwright test e2e", "e2e/z.ts"],
  ["tsc --noEmit", "?"],
])("%s looks at %s", async (line, expected) => {
  expect(await seen(line)).toBe(expected);
});

const tools = { vitest: "1", eslint: "9", typescript: "5", jest: "30" };
const sources = Object.fromEntries(files.map((path) => [path, ""]));

/** What scripts lose, by the names that an approval would have. */
async function lost(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  before: Texts = {},
  after: Texts = before,
): Promise<readonly string[]> {
  const of = (scripts: object): string => JSON.stringify({ scripts, devDependencies: tools }, null, 2);
  const context = await contextOf({
    base: { ...sources, ...before, "package.json": of(base) },
    head: { ...sources, ...after, "package.json": of(head) },
  });
  return (await scriptLoosenings(context)).map(({ what, line }) => `${line} ${what.replace("package.json ", "")}`);
}

const test1 = (line: string): Readonly<Record<string, string>> => ({ test: line });

test.each<[string, string, string, Texts, readonly string[]]>([
  ["fewer files", "vitest run", "vitest run src", {}, ["3 test vitest files"]],
  ["more files", "vitest run src", "vitest run", {}, []],
  ["other files than tests", "vitest run", "vitest run test src/x", {}, []],
  ["what can't be told", "vitest run $FILES", "vitest run src", {}, []],
  ["a linter's files", "eslint .", "eslint src test lib", {}, ["3 test eslint files"]],
  [
    "another configuration",
    "vitest run",
    "vitest run --config a.ts",
    { "vitest.config.ts": "" },
    ["3 test vitest configuration"],
  ],
  ["another configuration, where there was none", "vitest run", "vitest run -c a.ts", {}, []],
  [
    "another configuration as before",
    "vitest run -c b.ts",
    "vitest run -c a.ts",
    { "vitest.config.ts": "", "b.ts": "" },
    [],
  ],
  [
    "the same configuration by name",
    "vitest run",
    "vitest run --config=./vitest.config.ts",
    { "vitest.config.ts": "" },
    [],
  ],
  [
    "another configuration of the same name",
    "vitest run",
    "vitest run --config lax/vitest.config.ts",
    { "vitest.config.ts": "", "lax/vitest.config.ts": "" },
    ["3 test vitest configuration"],
  ],
  [
    "another configuration whose name ends as the usual one does",
    "jest",
    "jest -c lax.jest.config.js",
    { "jest.config.js": "", "lax.jest.config.js": "" },
    ["3 test jest configuration"],
  ],
  ["another run beside", "vitest run", "vitest run && vitest run --config a.ts", { "vitest.config.ts": "" }, []],
  [
    "another configuration of a linter",
    "eslint .",
    "eslint . -c a.js",
    { "eslint.config.js": "" },
    ["3 test eslint configuration"],
  ],
  [
    "a laxer project",
    "tsc --noEmit",
    "tsc --noEmit -p tsconfig.lax.json",
    { "tsconfig.lax.json": '{ "compilerOptions": { "strict": false } }' },
    ["3 test tsc project"],
  ],
  [
    "a laxer project in a folder",
    "tsc --noEmit",
    "tsc --noEmit --project=lax",
    { "lax/tsconfig.json": '{ "compilerOptions": { "skipLibCheck": true } }' },
    ["3 test tsc project"],
  ],
  [
    "another project",
    "tsc --noEmit",
    "tsc --noEmit -p tsconfig.all.json",
    { "tsconfig.all.json": '{ "compilerOptions": { "strict": true } }' },
    [],
  ],
  [
    "a laxer project beside",
    "tsc --noEmit",
    "tsc --noEmit && tsc --noEmit -p tsconfig.lax.json",
    { "tsconfig.lax.json": '{ "compilerOptions": { "strict": false } }' },
    [],
  ],
  [
    "a laxer project as before",
    "tsc --noEmit -p a.json",
    "tsc --noEmit -p tsconfig.lax.json",
    { "a.json": "{}", "tsconfig.lax.json": '{ "compilerOptions": { "strict": false } }' },
    [],
  ],
  ["a run that could only fail", "vitest run -c missing.ts", "echo", {}, []],
  ["a run of a configuration that is built", "vitest run -c dist/a.js", "echo", {}, ["3 test tests"]],
  ["a run of a package's configuration", "eslint -c node_modules/a/b.js", "echo", {}, ["3 test lint"]],
  ["a stricter flag", "eslint . --max-warnings 0", "eslint . --max-warnings 5", {}, ["3 test eslint --max-warnings"]],
  ["a stricter flag that is gone", "eslint . --max-warnings 0", "eslint .", {}, ["3 test eslint --max-warnings"]],
  ["a limit that a file has", "vitest run --coverage", "vitest run --coverage --bail 1", {}, []],
  ["coverage", "vitest run --coverage", "vitest run", {}, ["3 test coverage"]],
  [
    "coverage that is a report",
    "vitest run",
    "jest",
    { "vitest.config.ts": "export default { test: { coverage: { enabled: true } } }" },
    [],
  ],
  ["a build that builds nothing", "tsc", "echo", {}, ["3 test types"]],
  ["types by another program that builds", "tsc", "rollup -c", {}, []],
])("a script loses %s", async (_, before, after, texts, expected) => {
  expect(await lost(test1(before), test1(after), texts)).toEqual(expected);
});

test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
  ["its script", { test: "vitest run" }, {}, ["2 test tests"]],
  ["its script, with another name", { test: "vitest run" }, { unit: "vitest run" }, []],
  ["its script, which was another's", { test: "vitest run", unit: "vitest run" }, { unit: "vitest run" }, []],
  ["a script for people", { "test:watch": "vitest --run --watch=x" }, {}, []],
  ["a script that fixes", { "lint:fix": "eslint . --fix" }, {}, []],
  ["a build that does nothing", { build: "rollup -c" }, { build: "echo" }, ["3 build build"]],
  ["a build that is gone", { build: "rollup -c" }, {}, []],
  ["a build by other means", { build: "rollup -c" }, { build: "make-it" }, []],
  ["what another script gains", { test: "eslint . && vitest run" }, { test: "vitest run", lint: "eslint ." }, []],
  [
    "what another script had",
    { test: "eslint . && vitest run", lint: "eslint ." },
    { test: "vitest run", lint: "eslint ." },
    ["3 test lint"],
  ],
  ["one of two programs that is there", { lint: "eslint . && oxlint" }, { lint: "oxlint" }, ["3 lint eslint"]],
  ["one of two programs that is gone", { lint: "eslint . && oxlint" }, { lint: "eslint ." }, []],
])("a manifest loses %s", async (_, before, after, expected) => {
  expect(await lost(before, after)).toEqual(expected);
});

test("CI decides where it runs the same", async () => {
  const ci = (line: string): Texts => ({
    ".github/workflows/ci.yml": `on: push\njobs: { a: { steps: [{ run: "${line}" }] } }`,
  });
  const [before, after] = [test1("vitest run && eslint ."), test1("vitest run")];
  expect(await lost(before, after, ci("eslint ."))).toEqual([]);
  expect(await lost(before, after, ci("npm test"))).toEqual(["3 test lint"]);
  expect(await lost(before, after, ci("npm test"), ci("npm test && eslint ."))).toEqual([]);
  expect(await lost(before, after, ci("npm test"), ci("npm test && ./strange"))).toEqual([]);
});

test("a shell script that a manifest calls loses what the manifest does", async () => {
  const scripts = test1("sh ci.sh");
  expect(await lost(scripts, scripts, { "ci.sh": "vitest run\n" }, { "ci.sh": "echo\n" })).toEqual(["3 test tests"]);
});

test("a package without sources need not verify", async () => {
  const manifest = (line: string): string => JSON.stringify({ scripts: test1(line) });
  const base = { "package.json": "{}", "a/package.json": manifest("vitest run"), "a/b.ts": "" };
  const head = { "package.json": "{}", "a/package.json": manifest("echo") };
  expect(await scriptLoosenings(await contextOf({ base, head }))).toEqual([]);
  expect(await scriptLoosenings(await contextOf({ base, head: { ...head, "a/c.ts": "" } }))).toHaveLength(1);
});

test.each<[string, string, string, readonly string[]]>([
  ["npm", '{ "workspaces": ["packages/*"] }', '{ "workspaces": ["packages/a"] }', ["packages/b"]],
  [
    "yarn",
    '{ "workspaces": { "packages": ["packages/*"] } }',
    '{ "workspaces": { "packages": ["./packages/a/"] } }',
    ["packages/b"],
  ],
  [
    "a pattern that takes out",
    '{ "workspaces": ["packages/*"] }',
    '{ "workspaces": ["packages/*", "!packages/b"] }',
    ["packages/b"],
  ],
  ["the same", '{ "workspaces": ["packages/*"] }', '{ "workspaces": ["packages/*"], "a": 1 }', []],
  ["more", '{ "workspaces": ["packages/a"] }', '{ "workspaces": ["packages/*"] }', []],
  ["no workspace any more", '{ "workspaces": ["packages/*"] }', "{}", []],
])("the workspace of %s", async (_, before, after, expected) => {
  const members = {
    "packages/a/package.json": '{ "name": "a", "scripts": { "test": "ava" } }',
    "packages/b/package.json": '{ "name": "b", "scripts": { "lint:js": "eslint ." } }',
    "packages/c/package.json": '{ "name": "c", "scripts": { "build": "tsc", "latest": "x" } }',
  };
  const context = await contextOf({
    base: { ...members, "package.json": before },
    head: { ...members, "package.json": after },
  });
  expect((await memberLoosenings(context)).map(({ what }) => what)).toEqual(
    expected.map((dir) => `package.json ${dir}`),
  );
});

test("the workspace of pnpm", async () => {
  const member = {
    "package.json": "{}",
    "a/package.json": '{ "scripts": { "typecheck": "tsc" } }',
    "b/package.json": "{}",
  };
  const lists = async (before: string, after: string): Promise<number> => {
    const of = (text: string): Texts => ({ ...member, "pnpm-workspace.yaml": text });
    return (await memberLoosenings(await contextOf({ base: of(before), head: of(after) }))).length;
  };
  expect(await lists("packages: [a, b]", "packages: [b]")).toBe(1);
  expect(await lists("packages: [a, b]", "packages: [")).toBe(0);
  expect(await lists("packages: [a, b]", "- b")).toBe(0);
});

test.each<[string, string, readonly string[]]>([
  ["a file", '{ "devDependencies": { "vitest": "file:./x" } }', ["vitest"]],
  ["a link", '{ "dependencies": { "@vitest/runner": "link:x" } }', ["@vitest/runner"]],
  ["an override", '{ "overrides": { "eslint": "file:x" } }', ["eslint"]],
  ["a resolution", '{ "resolutions": { "**/typescript": "patch:typescript@5#x" } }', ["**/typescript"]],
  ["pnpm", '{ "pnpm": { "overrides": { "shop>jest@30": "portal:x" } } }', ["shop>jest@30"]],
  [
    "a scope of plug-ins",
    '{ "devDependencies": { "@typescript-eslint/parser": "file:x" } }',
    ["@typescript-eslint/parser"],
  ],
  ["what judges nothing", '{ "devDependencies": { "vitest-mock": "file:x", "my-jest": "file:x" } }', []],
  ["a version", '{ "devDependencies": { "vitest": "1.0.0" } }', []],
  ["itself", '{ "name": "vitest", "devDependencies": { "vitest": "link:." } }', []],
])("a tool is taken from elsewhere: %s", async (_, text, expected) => {
  const found = async (base: string): Promise<readonly string[]> =>
    substitutions(await contextOf({ base: { "package.json": base }, head: { "package.json": text } })).map(
      ({ what }) => what,
    );
  expect(await found("{}")).toEqual(expected.map((name) => `package.json ${name}`));
  expect(await found(text.replace("{", '{ "a": 1,'))).toEqual([]);
});

test.each<[string, string | undefined]>([
  ["patches/vitest+3.2.0.patch", "vitest"],
  ["patches/@vitest__runner@3.2.0.patch", "@vitest/runner"],
  ["patches/@vitest+runner+3.2.0.patch", "@vitest/runner"],
  [".yarn/patches/vitest-npm-3.2.0-0123.patch", "vitest"],
  [".yarn/patches/@jest-core-npm-30.0.0-0123.patch", "@jest/core"],
  ["a/patches/eslint@9.0.0.patch", "eslint"],
  ["patches/ky+1.0.0.patch", undefined],
  ["patches/a/vitest+3.2.0.patch", undefined],
  ["mypatches/vitest+3.2.0.patch", undefined],
  ["patches/vitest+3.2.0.diff", undefined],
])("%s patches %s", async (path, tool) => {
  const head = { [path]: "x" };
  expect(substitutions(await contextOf({ base: {}, head })).map(({ what }) => what)).toEqual(
    tool === undefined ? [] : [`${path} ${tool}`],
  );
  expect(substitutions(await contextOf({ base: head, head: {} }))).toEqual([]);
});

test.each<[string, boolean]>([
  ["script-shell=true", true],
  [" script-shell = node ", true],
  ["script-shell=/bin/bash", false],
  ["script-shell=C:\\Windows\\cmd.exe", false],
  ["script-shell=pwsh", false],
  ["script-shell=cmd", false],
  ["script-shell=fish", false],
  ['script-shell="C:\\Program Files\\Git\\bin\\bash.exe"', false],
  ["script-shell=./tools/pass.sh", true],
  ["script-shell=pass.sh", true],
  ["script-shell=tools/sh", true],
  ["script-shell=./sh", true],
  ["# script-shell=true", false],
])("%s is no shell: %s", async (line, isFound) => {
  const found = async (base: Texts): Promise<number> =>
    substitutions(await contextOf({ base, head: { ".npmrc": `a=1\n${line}\n` } })).length;
  expect([await found({}), await found({ ".npmrc": line }), await found({ ".npmrc": "script-shell=false" })]).toEqual(
    isFound ? [1, 0, 1] : [0, 0, 0],
  );
});

test.each<[string, string | undefined]>([
  ["rm -rf test && vitest run", "test/a.test.ts"],
  ["rimraf test/a.test.ts", "test/a.test.ts"],
  ["npx rimraf 'test/*.ts'", "test/a.test.ts"],
  ["sudo rm test/", "test/a.test.ts"],
  ["mv test/b.spec.mts x", "test/b.spec.mts"],
  ["del-cli test", "test/a.test.ts"],
  ["mv -f test/*.ts old/ && vitest run", "test/a.test.ts"],
  ["mv dist/a.js test", undefined],
  ["rimraf dist '!test/**'", undefined],
  ["rm -rf dist", undefined],
  ["rm src/a.ts", undefined],
  ["rm -rf .", undefined],
  ["rm -rf ../test", undefined],
  ["rm -rf $DIR", undefined],
  ["cp test x", undefined],
])("the script %s takes %s away", async (line, path) => {
  const found = async (before: string): Promise<readonly string[]> => {
    const texts = (script: string): Texts => ({
      ...sources,
      "package.json": JSON.stringify({ scripts: { ci: script } }, null, 2),
    });
    return (await deletingScripts(await contextOf({ base: texts(before), head: texts(line) }))).map(
      (each) => `${each.line} ${each.what}`,
    );
  };
  expect(await found("echo")).toEqual(path === undefined ? [] : [`3 package.json ci ${path}`]);
  expect(await found(line)).toEqual([]);
});

test.each<[string, string, string, string | null]>([
  ["jest", "jest.config.js", "module.exports = { collectCoverage: true }", "reported"],
  ["jest", "jest.config.json", '{ "collectCoverage": true, "coverageThreshold": {} }', "limited"],
  ["jest", "jest.config.js", "module.exports = { collectCoverage: true, preset: 'x' }", "limited"],
  ["jest", "jest.config.js", "const a = require('./a'); module.exports = { collectCoverage: true, ...a }", "limited"],
  ["jest", "jest.config.js", "module.exports = { /* collectCoverage: true */ }", null],
  ["jest", "jest.config.js", "module.exports = {\n  // collectCoverage: true\n}", null],
  ["jest --coverage=false", "jest.config.js", "module.exports = { collectCoverage: true }", null],
  ["jest --collectCoverage=false", "jest.config.js", "module.exports = { collectCoverage: true }", null],
  ["jest --coverageThreshold={}", "jest.config.js", "module.exports = { collectCoverage: true }", "limited"],
  ["jest -c a.js", "a.js", "module.exports = { collectCoverage: true }", "reported"],
  ["jest --config=a.js", "a.js", "module.exports = { collectCoverage: true }", "reported"],
  ["jest -c b.js", "jest.config.js", "module.exports = { collectCoverage: true }", null],
  ["vitest run", "vitest.config.mts", "export default { test: { coverage: { enabled: true } } }", "reported"],
  [
    "vitest run",
    "vitest.config.ts",
    "export default { test: { coverage: { enabled: true, thresholds: {} } } }",
    "limited",
  ],
  ["vitest run", "vitest.config.ts", "export default { test: { coverage: { enabled: false } } }", null],
  [
    "vitest run",
    "vitest.config.ts",
    "export default { test: { coverage: { thresholds: { lines: 80 }, enabled: true } } }",
    "limited",
  ],
  ["vitest run --no-coverage", "vitest.config.ts", "export default { test: { coverage: { enabled: true } } }", null],
  ["ava", "ava.config.js", "export default { coverage: { enabled: true } }", null],
])("%s with %s: %s", (line, path, text, expected) => {
  const [program = "", ...args] = line.split(" ");
  expect(coverageByConfig({ program, args }, (each) => (each === path ? text : undefined))).toBe(expected);
});

test("a program is declared by its package, whatever that is called", async () => {
  const texts = {
    "package.json": '{ "dependencies": { "typescript": "5" } }',
    "a/package.json": '{ "devDependencies": { "@playwright/test": "1", "ky": 1 } }',
  };
  const { head } = manifestSides(await contextOf({ base: texts, head: texts }));
  expect(["tsc", "playwright", "ky", "vitest"].map((program) => declaresProgram(head, program))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("another version is an upgrade, wherever it is asked for", async () => {
  const of = (range: string): Texts => ({
    "package.json": "{}",
    "a/package.json": `{ "devDependencies": { "eslint": "${range}" } }`,
  });
  const sides = async (before: string, after: string): Promise<boolean> =>
    isUpgraded(manifestSides(await contextOf({ base: of(before), head: of(after) })), "eslint");
  expect([await sides("9", "10"), await sides("9", "9")]).toEqual([true, false]);
});

test("a manifest that moved is read where it was, and where it is", async () => {
  const scripts = (line: string): string => JSON.stringify({ scripts: { test: line } });
  const context = await contextOf({
    base: { "a/package.json": scripts("x"), "c/package.json": scripts("z") },
    head: { "b/package.json": scripts("y"), "c/package.json": scripts("z") },
    renames: { "b/package.json": "a/package.json" },
  });
  const { base, head } = manifestSides(context);
  const read = ["a", "b", "c"].map((dir) => [base, head].map((side) => side.scriptsIn(repoPath(dir))?.["test"]));
  expect(read).toEqual([
    ["x", undefined],
    [undefined, "y"],
    ["z", "z"],
  ]);
});
