import { expect, test } from "vitest";
import { rootDir } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { manifestSides } from "./manifest-sides.ts";
import { commandOf, isCovered, kindsIn, lossesOf, type Surroundings } from "./verification-losses.ts";
import { amountOfLine, type Amount } from "./verifications.ts";

async function amountOf(line: string, texts: Texts = {}): Promise<Amount> {
  const written = { "package.json": "{}", ...texts };
  const { head } = manifestSides(await contextOf({ base: written, head: written }));
  return amountOfLine(line, { side: head, dir: rootDir, stopsAtFailure: false });
}

const alone: Surroundings = {
  isElsewhere: () => false,
  isDeclared: () => true,
  isUpgraded: () => false,
  isBuild: false,
};

async function losses(
  before: string,
  after: string,
  more: Partial<Surroundings> = {},
  texts: Texts = {},
): Promise<readonly string[]> {
  const found = lossesOf(await amountOf(before, texts), await amountOf(after, texts), { ...alone, ...more });
  return found.map(({ key, says }) => `${key}: ${says}`);
}

test.each<[string, string, readonly string[]]>([
  ["vitest run", "echo", ["tests: no longer runs tests"]],
  ["tsc --noEmit && eslint .", "eslint .", ["types: no longer checks types"]],
  [
    "prettier --check . && npm audit",
    "echo",
    ["format: no longer checks the format", "audit: no longer looks for dependencies with known holes"],
  ],
  ["attw --pack", "echo", ["package: no longer checks the package"]],
  ["assay gate", "assay loop", ["gate: no longer judges the change"]],
  ["vitest run", "jest", []],
  ["vitest run", "strange", []],
  ["strange && vitest run", "strange", ["tests: no longer runs tests"]],
  ["vitest run && ava", "vitest run", ["ava: no longer runs ava"]],
  ["vitest run && ava", "vitest run && jest", []],
  ["tsc", "rollup -c", []],
  ["tsc", "rollup -c --x", []],
  ["tsc --noEmit && rollup -c", "rollup -c", ["types: no longer checks types"]],
  ["rollup -c && tsc", "rollup -c", ["types: no longer checks types"]],
  ["tsc && tsc --noEmit -p test", "rollup -c", ["types: no longer checks types"]],
  ["vitest run && ava", "vitest run && eslint .", ["ava: no longer runs ava"]],
  ["rollup -c", "echo", []],
  ["vitest run --coverage", "vitest run", ["coverage: no longer measures coverage"]],
  [
    "vitest run",
    "vitest run || true",
    ["vitest failure ignored: runs vitest, which now can fail without anybody noticing"],
  ],
  ["vitest run || true", "vitest run || true", []],
  [
    "vitest run",
    "vitest run && ava || true",
    [
      "vitest failure ignored: runs vitest, which now can fail without anybody noticing",
      "ava failure ignored: runs ava, which now can fail without anybody noticing",
    ],
  ],
  [
    "vitest run",
    "vitest run --passWithNoTests",
    ["vitest --passWithNoTests: runs vitest, which now passes without running a test (`--passWithNoTests`)"],
  ],
  [
    "vitest run && ava",
    "vitest run; ava || true",
    [
      "vitest failure ignored: runs vitest, which now can fail without anybody noticing",
      "ava failure ignored: runs ava, which now can fail without anybody noticing",
    ],
  ],
  ["eslint . --max-warnings 0", "eslint .", ["eslint --max-warnings: runs eslint without `--max-warnings`"]],
  [
    "eslint . --max-warnings 0",
    "eslint . --max-warnings 9",
    ["eslint --max-warnings: runs eslint with a looser `--max-warnings`"],
  ],
  [
    "eslint . --max-warnings 0",
    "eslint a --max-warnings 9 && eslint b",
    ["eslint --max-warnings: runs eslint with a looser `--max-warnings`"],
  ],
  ["eslint . --max-warnings 9", "eslint . --max-warnings 0", []],
  [
    "tsc",
    "tsc --noEmit --skipLibCheck",
    ["tsc --skipLibCheck: runs tsc, which now checks fewer types (`--skipLibCheck`)"],
  ],
  [
    "c8 --check-coverage --lines 80 mocha --forbid-only",
    "c8 --check-coverage mocha --forbid-only",
    ["mocha --lines: runs mocha without `--lines`"],
  ],
  ["eslint . --max-warnings 0", "eslint a && eslint b --max-warnings 0", []],
  ["eslint . --max-warnings 0", "oxlint", []],
  [
    "c8 --lines 80 --check-coverage ava",
    "c8 --lines 70 --check-coverage ava",
    ["ava --lines: runs ava with a looser `--lines`"],
  ],
])("from %s to %s", async (before, after, expected) => {
  expect(await losses(before, after)).toEqual(expected);
});

const inFile = { ".c8rc.json": '{ "check-coverage": true }' };
const config = (more: string): Texts => ({ "jest.config.js": `module.exports = { collectCoverage: true${more} }` });

test.each<[string, string, Texts, readonly string[]]>([
  // What is only reported may go; what may fail may not.
  ["jest", "vitest run", config(""), []],
  ["jest", "vitest run", config(", coverageThreshold: {}"), ["coverage: no longer measures coverage"]],
  ["jest && vitest run --coverage", "ava", config(""), ["coverage: no longer measures coverage"]],
  ["jest", "echo", config(""), ["tests: no longer runs tests"]],
  // Limits of the command line may move to a file, all of them and for every command.
  ["c8 --check-coverage --lines 80 ava", "c8 ava", inFile, []],
  [
    "c8 --check-coverage --lines 80 ava",
    "c8 --check-coverage ava",
    inFile,
    ["ava --lines: runs ava without `--lines`"],
  ],
  ["c8 mocha --forbid-only", "c8 mocha", inFile, ["mocha --forbid-only: runs mocha without `--forbid-only`"]],
  ["c8 --lines 80 ava", "c8 ava && ava x", inFile, ["ava --lines: runs ava without `--lines`"]],
])("from %s to %s with %j", async (before, after, texts, expected) => {
  expect(await losses(before, after, {}, texts)).toEqual(expected);
});

test("what stands around decides", async () => {
  expect(await losses("vitest run", "echo", { isElsewhere: () => true })).toEqual([]);
  expect(
    await losses("vitest run && ava", "vitest run", {
      isElsewhere: (kind, lost) => kind === "tests" && lost.map(({ program }) => program).join() === "ava",
    }),
  ).toEqual([]);
  expect(await losses("vitest run && ava", "vitest run", { isDeclared: (program) => program !== "ava" })).toEqual([]);
  expect(
    await losses("eslint . --max-warnings 0", "eslint .", { isUpgraded: (program) => program === "eslint" }),
  ).toEqual([]);
  expect(await losses("rollup -c", "echo", { isBuild: true })).toEqual(["build: no longer builds"]);
  expect(await losses("rollup -c && vitest run", "vitest run", { isBuild: true })).toEqual([]);
  expect(await losses("strange && rollup -c", "strange", { isBuild: true })).toEqual([]);
});

test("commands are the same but for how they report, in one folder", async () => {
  const commands = async (line: string): Promise<readonly string[]> =>
    (await amountOf(line)).verifications.map(commandOf);
  expect(await commands("vitest run src --reporter=dot --silent && cd a && ava")).toEqual([" vitest run src", "a ava"]);
});

test("a loss is covered by what is new, or by all of it", async () => {
  const covered = async (lost: string, before: string, now: string): Promise<boolean> =>
    isCovered("tests", (await amountOf(lost)).verifications, await amountOf(before), await amountOf(now));
  expect(await covered("vitest run", "ava", "ava")).toBe(false);
  expect(await covered("vitest run", "ava", "ava && jest")).toBe(true);
  expect(await covered("vitest run", "ava", "ava; jest || true")).toBe(false);
  expect(await covered("vitest run", "ava", "ava && eslint .")).toBe(false);
  expect(await covered("vitest run", "vitest run", "vitest run")).toBe(true);
  expect(await covered("vitest run && ava", "vitest run", "vitest run")).toBe(false);
});

test("an amount is of all kinds of its commands", async () => {
  expect([...kindsIn(await amountOf("tsc && vitest run --coverage"))]).toEqual(["types", "build", "tests", "coverage"]);
});
