// What stands around a verification: folders, limits of coverage, weaknesses, and what can't be told.
import { expect, test } from "vitest";
import { rootDir } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { manifestSides } from "./manifest-sides.ts";
import { amountOfLine, amountOfScript, type Amount } from "./verifications.ts";

async function amountOf(line: string, texts: Texts = {}, stopsAtFailure = false): Promise<Amount> {
  const written = { "package.json": "{}", ...texts };
  const { head } = manifestSides(await contextOf({ base: written, head: written }));
  return amountOfLine(line, { side: head, dir: rootDir, stopsAtFailure });
}

/** `FOLDER/PROGRAM: kinds`. */
async function kinds(line: string, texts?: Texts): Promise<readonly string[]> {
  const { verifications } = await amountOf(line, texts);
  return verifications.map((each) => `${each.dir === "" ? "" : `${each.dir}/`}${each.program}: ${each.kinds.join()}`);
}

test.each<[string, readonly string[]]>([
  ["cd packages/a && vitest run && cd .. && tsc --noEmit", ["packages/a/vitest: tests", "packages/tsc: types"]],
  ["cd - && vitest run", ["vitest: tests"]],
  ["cd && vitest run", ["vitest: tests"]],
  ["cd ../elsewhere && vitest run", ["vitest: tests"]],
  ["CI=1 npx vitest run", ["vitest: tests"]],
  ["pnpm exec vitest run", ["vitest: tests"]],
  ["c8 --check-coverage vitest run", ["vitest: tests,coverage"]],
  ["c8 vitest run", ["vitest: tests"]],
  ["npx c8 --100 mocha", ["mocha: tests,coverage"]],
  ["node --import tsx node_modules/mocha/bin/mocha.js", ["mocha: tests"]],
  ["nx run-many -t test,lint", ["nx: tests,lint"]],
  ["npx nx e2e shop", ["nx: tests"]],
  ["npx nx test nx", ["nx: tests"]],
  ["nx run shop:lint:test", ["nx: lint"]],
  ["nx run test:serve", []],
  ["nx run", []],
  ["yarn bnt", ["bnt: tests"]],
  ["pnpm ls-lint", ["ls-lint: lint"]],
  ["bun eslint .", ["eslint: lint"]],
  ["cross-env CI=1", []],
  ["bun audit", []],
  ["pnpm audit", ["pnpm: audit"]],
  ["pnpm run nothing", []],
  ["yarn why vitest", []],
  ["turbo run test --dry", []],
])("%s: %j", async (line, expected) => {
  expect(await kinds(line)).toEqual(expected);
});

test.each<[string, Texts, readonly string[]]>([
  ["c8 mocha", { ".c8rc.json": '{ "check-coverage": true }' }, ["mocha: tests,coverage"]],
  ["npx c8 mocha", { ".c8rc": "checkCoverage: true" }, ["mocha: tests,coverage"]],
  ["NODE_ENV=test nyc mocha", { ".nycrc.yml": "check-coverage: true" }, ["mocha: tests,coverage"]],
  ["cross-env A=1 nyc mocha", { "package.json": '{ "nyc": { "check-coverage": true } }' }, ["mocha: tests,coverage"]],
  ["nyc mocha", { ".nycrc": '{ "check-coverage": false }', ".c8rc": "check-coverage: true" }, ["mocha: tests"]],
  ["npm_config_a=1 nyc mocha", { ".nycrc": "check-coverage: true" }, ["mocha: tests,coverage"]],
  ["npx c8 mocha", { ".c8rc": "{'check-coverage':true}" }, ["mocha: tests,coverage"]],
  ["mocha", { ".nycrc": '{ "check-coverage": true }' }, ["mocha: tests"]],
  [
    "nyc npm test",
    { ".nycrc": '{ "check-coverage": true }', "package.json": '{ "scripts": { "test": "ava" } }' },
    ["ava: tests,coverage"],
  ],
  ["jest", { "jest.config.js": "module.exports = { collectCoverage: true }" }, ["jest: tests,coverage"]],
  ["jest --coverage=false", { "jest.config.js": "module.exports = { collectCoverage: true }" }, ["jest: tests"]],
  ["oxlint", { ".oxlintrc.json": '{ "options": { "typeCheck": true } }' }, ["oxlint: lint,types"]],
  ["oxlint", { ".oxlintrc.json": '{"options":{"typeCheck":true}}' }, ["oxlint: lint,types"]],
  ["make check", { Makefile: "check:\n\teslint .\n" }, ["eslint: lint"]],
  ["oxlint", { ".oxlintrc.jsonc": '{ "options": { "typeCheck": true } }' }, ["oxlint: lint,types"]],
  ["oxlint", { ".oxlintrc.json": '{ "options": { "typeCheck": false } }' }, ["oxlint: lint"]],
  ["eslint", { ".oxlintrc.json": '{ "options": { "typeCheck": true } }' }, ["eslint: lint"]],
])("%s with %j: %j", async (line, texts, expected) => {
  expect(await kinds(line, texts)).toEqual(expected);
});

test.each<[string, Texts, readonly string[]]>([
  ["frobnicate", {}, ["frobnicate"]],
  ["npm run nothing", {}, ["npm run nothing"]],
  ["npm run nothing --if-present", {}, []],
  ["turbo run nothing", {}, ["turbo run nothing"]],
  ["node tools/check.mjs", { "tools/check.mjs": 'import "node:assert";' }, ["tools/check.mjs"]],
  ["node tools/check.mjs", { "tools/check.mjs": "console.log(1);" }, []],
  ["node tools/check.mjs", { "tools/check.mjs": 'import "./x.mjs"; process.exit(0);' }, []],
  [
    "node tools/check.mjs",
    { "tools/check.mjs": 'import "./x.mjs"; process.exit(1); process.exit(0);' },
    ["tools/check.mjs"],
  ],
  ["node tools/check.mjs", { "tools/check.mjs": 'import "./x.mjs"; process.exitCode = 0;' }, []],
  [
    "node tools/check.mjs",
    { "tools/check.mjs": 'import "./x.mjs"; process.exitCode = 0; process.exitCode = bad;' },
    ["tools/check.mjs"],
  ],
  ["node tools/check.mjs", { "tools/check.mjs": 'import "./x.mjs"; process.exit();' }, []],
  ["node tools/check.mjs", { "tools/check.mjs": 'import "./x.mjs"; process.exitCode=0;' }, []],
  [
    "node tools/check.mjs",
    { "tools/check.mjs": 'import "./x.mjs"; process.exitCode=bad; process.exit(0);' },
    ["tools/check.mjs"],
  ],
  ["node tools/check.mjs", {}, ["tools/check.mjs"]],
  ["tsx tools/check.ts --all", {}, ["tools/check.ts"]],
  ["bun run tools/check.ts", {}, ["tools/check.ts"]],
  ["bun tools/check.ts", {}, ["tools/check.ts"]],
  ["bun run tools/idle.ts", { "tools/idle.ts": "process.exit(0);" }, []],
  ["bun tools/idle.ts", { "tools/idle.ts": "process.exit(0);" }, []],
  ["bun run lint", {}, ["bun run lint"]],
  ["deno run check.ts", {}, ["check.ts"]],
  ["node --version", {}, []],
  ["vitest list", {}, []],
  ["turbo run test --dry", {}, []],
  ["npm ci", {}, []],
  ["pnpm --version", {}, []],
  ["yarn check.ts", {}, ["check.ts"]],
  ["pnpm", {}, []],
  ["yarn frobnicate", {}, ["frobnicate"]],
])("what can't be told of %s with %j: %j", async (line, texts, expected) => {
  expect((await amountOf(line, texts)).strangers).toEqual(expected);
});

test("a weakness of the line is one of all that it starts", async () => {
  const texts = { "package.json": '{ "scripts": { "all": "tsc --noEmit && eslint ." } }' };
  const weak = async (line: string): Promise<readonly string[]> =>
    (await amountOf(line, texts)).verifications.map(({ weaknesses }) => [...weaknesses.keys()].join());
  expect(await weak("npm run all || true")).toEqual(["failure ignored", "failure ignored"]);
  expect(await weak("npm run all -- --quiet")).toEqual(["", "--quiet"]);
  expect(await weak("vitest run --passWithNoTests || true")).toEqual(["--passWithNoTests,failure ignored"]);
  expect(await weak("npx nx lint --exclude a")).toEqual(["--exclude"]);
});

test("limits in front of a program and behind it count as its own", async () => {
  const strict = async (line: string, texts: Texts = {}): Promise<readonly string[]> =>
    (await amountOf(line, texts)).verifications.flatMap(({ strictness }) =>
      [...strictness].map((each) => each.join(" ")),
    );
  expect(await strict("c8 --check-coverage --lines 80 mocha --forbid-only")).toEqual([
    "--check-coverage 1",
    "--lines 80",
    "--forbid-only 1",
  ]);
  const texts = { "package.json": '{ "scripts": { "test": "mocha --forbid-only" } }' };
  expect(await strict("c8 --check-coverage --lines 80 npm test", texts)).toEqual([
    "--check-coverage 1",
    "--lines 80",
    "--forbid-only 1",
  ]);
  expect(await strict("npm test -- --fail-zero", texts)).toEqual(["--forbid-only 1", "--fail-zero 1"]);
});

test("an argument that only a shell knows is told, handed on or not", async () => {
  const texts = { "package.json": '{ "scripts": { "test": "vitest run" } }' };
  const dynamic = async (line: string): Promise<readonly boolean[]> =>
    (await amountOf(line, texts)).verifications.map((each) => each.dynamic);
  expect(await dynamic("vitest run")).toEqual([false]);
  expect(await dynamic("vitest run $FILES")).toEqual([true]);
  expect(await dynamic("npm test -- src")).toEqual([false]);
  expect(await dynamic("npm test -- $FILES")).toEqual([true]);
  expect(await dynamic("npm test -- --bail $FILES")).toEqual([true]);
});

test("a script of the repository fails as its shell does", async () => {
  const texts = { "ci.sh": "#!/bin/sh\nvitest run\necho done\n", "strict.sh": "#!/bin/sh -e\nvitest run\necho done\n" };
  const weak = async (line: string): Promise<readonly number[]> =>
    (await amountOf(line, texts)).verifications.map(({ weaknesses }) => weaknesses.size);
  expect(await weak("sh ci.sh")).toEqual([1]);
  expect(await weak("sh strict.sh")).toEqual([0]);
});

test("a package script does not end at a failure, wherever it is called", async () => {
  const texts = { "package.json": '{ "scripts": { "all": "vitest run; eslint ." } }' };
  const { verifications } = await amountOf("npm run all", texts, true);
  expect(verifications.map(({ weaknesses }) => [...weaknesses.keys()].join())).toEqual(["failure ignored", ""]);
});

test("a shell script that starts itself comes to an end", async () => {
  const found = await kinds("sh loop.sh", { "loop.sh": "vitest run\nsh loop.sh\n" });
  expect([...new Set(found)]).toEqual(["vitest: tests"]);
});

test("nor where it is started by its name", async () => {
  const written = { "package.json": '{ "scripts": { "all": "vitest run; eslint ." } }' };
  const { head } = manifestSides(await contextOf({ base: written, head: written }));
  const { verifications } = amountOfScript(head, rootDir, "all");
  expect(verifications.map(({ weaknesses }) => [...weaknesses.keys()].join())).toEqual(["failure ignored", ""]);
});
