// How scripts call formatters and linters, and how these are called in turn.
import { expect, test } from "vitest";
import { answered, installedInName } from "../testing/answering-host.ts";
import { changedFiles } from "../testing/temporary-workspace.ts";
import { everything } from "../testing/test-host.ts";
import type { Selection, Tool } from "../tool.ts";
import { biomeFormat, biomeLint } from "./biome.ts";
import { eslint } from "./eslint.ts";
import { oxfmt } from "./oxfmt.ts";
import { oxlint } from "./oxlint.ts";
import { prettier } from "./prettier.ts";

const installed = { eslint: "9.1.0", oxlint: "1.0.0", prettier: "3.0.0", oxfmt: "1.0.0", "@biomejs/biome": "2.0.0" };

/** The first command that a script comes to, without the program; undefined where the tool is not used. */
async function called(
  tool: Tool,
  script: string,
  selection: Selection = everything,
  packages: Readonly<Record<string, string>> = installed,
): Promise<string | undefined> {
  const files = { "package.json": JSON.stringify({ scripts: { script } }), "src/a.ts": "", "b.ts": "" };
  const { commands } = await answered(tool, installedInName(files, packages), () => ({}), selection);
  return commands[0]?.args.slice(1).join(" ");
}

/** Those of the scripts for which the tool is not used at all. */
async function notUsed(tool: Tool, scripts: readonly string[]): Promise<readonly string[]> {
  const uses = await Promise.all(scripts.map((script) => called(tool, script)));
  return scripts.filter((_, index) => uses[index] === undefined);
}

const one = changedFiles(["src/a.ts"]);

test("eslint keeps what decides on its verdict and is asked for JSON", async () => {
  const json = "--format json";
  expect(await called(eslint, "eslint")).toBe(`${json} .`);
  expect(await called(eslint, "eslint src -c x.js --fix --rule a:2 --cache -f unix -o out --max-warnings 3")).toBe(
    `${json} -c x.js --rule a:2 src`,
  );
  expect(await called(eslint, "eslint --quiet .", one)).toBe(
    `${json} --no-error-on-unmatched-pattern --no-warn-ignored --quiet src/a.ts`,
  );
  expect(await called(eslint, "eslint . '**/*.ts'")).toBe(`${json} . **/*.ts`);
});

test("eslint 8, and 9 with the configuration of 8, is always called as the script calls it", async () => {
  expect(await called(eslint, "eslint src .", one, { eslint: "8.57.1" })).toBe("--format json src .");
  expect(await called(eslint, "ESLINT_USE_FLAT_CONFIG=false eslint .", one)).toBe("--format json .");
  expect(await called(eslint, "ESLINT_USE_FLAT_CONFIG=true eslint .", one)).toContain("src/a.ts");
  expect(await called(eslint, "eslint .", one, { eslint: "10.0.0" })).toContain("src/a.ts");
});

test("oxlint is asked for JSON, and for its findings where the script counts warnings", async () => {
  expect(await called(oxlint, "oxlint -D all --fix --max-warnings 3 --threads 2 --deny-warnings src")).toBe(
    "--format=json -D all src",
  );
  expect(await called(oxlint, "oxlint --type-aware", one)).toBe(
    "--format=json --no-error-on-unmatched-pattern --type-aware src/a.ts",
  );
  expect(await called(oxlint, "oxlint 'src/*.ts'")).toBe("--format=json --no-error-on-unmatched-pattern src/a.ts");
});

test("formatters are asked what differs, and write nothing", async () => {
  expect(await called(prettier, "prettier --write -l --ignore-path x --config y --loglevel warn -u src")).toBe(
    "--check --ignore-unknown --ignore-path x --config y src",
  );
  expect(await called(prettier, "prettier -c .", one)).toBe(
    "--check --ignore-unknown --no-error-on-unmatched-pattern src/a.ts",
  );
  expect(await called(oxfmt, "oxfmt -c x --threads 2 --write src")).toBe("--check -c x src");
  expect(await called(oxfmt, "oxfmt --check", one)).toBe("--check --no-error-on-unmatched-pattern src/a.ts");
});

test("biome's commands are those that the script has, without what only the other half of it knows", async () => {
  const settings = "--reporter=github --colors=off --max-diagnostics=none --no-errors-on-unmatched";
  const both = "biome ci --only lint/a --skip=b --formatter-enabled=true --assist-enabled=false --config-path x src";
  expect(await called(biomeFormat, both)).toBe(`format ${settings} --config-path x src`);
  expect(await called(biomeLint, both)).toBe(
    `check ${settings} --formatter-enabled=false --only lint/a --skip=b --assist-enabled=false --config-path x src`,
  );
  expect(await called(biomeLint, "biome lint --write --only lint/a --error-on-warnings")).toBe(
    `lint ${settings} --only lint/a .`,
  );
  expect(await called(biomeFormat, "biome format --write --reporter=json --staged --indent-width=2", one)).toBe(
    `format ${settings} --indent-width=2 src/a.ts`,
  );
});

test("a call that judges no files is none", async () => {
  const other = ["eslint --init", "eslint --print-config a.js", "eslint --version", "eslint --stdin", "eslint_d ."];
  expect(await notUsed(eslint, [...other, "eslint ."])).toEqual(other);
  const rules = ["oxlint --rules", "oxlint --init", "oxlint -V", "oxlint --print-config", "xoxlint"];
  expect(await notUsed(oxlint, [...rules, "oxlint"])).toEqual(rules);
  const asked = ["prettier --find-config-path a.ts -c", "prettier --version -c", "prettier --stdin-filepath a -c"];
  const checks = ["prettier -l .", "prettier --list-different .", "prettier -w .", "prettier --check ."];
  expect(await notUsed(prettier, [...asked, "prettier .", "prettiest -c .", ...checks])).toEqual([
    ...asked,
    "prettier .",
    "prettiest -c .",
  ]);
  const served = ["oxfmt --init", "oxfmt --lsp", "oxfmt --migrate prettier", "oxfmt --stdin-filepath a.ts", "oxfmtx"];
  expect(await notUsed(oxfmt, [...served, "oxfmt"])).toEqual(served);
});

test("biome is a formatter and a linter where a command has that part and has not switched it off", async () => {
  const scripts = [
    "biome",
    "biome init",
    "biome format",
    "biome lint",
    "biome check",
    "biome ci",
    "biome check --formatter-enabled=false",
    "biome check --linter-enabled=false",
    "biome check --stdin-file-path a.ts",
    "biomes check",
  ];
  expect(await notUsed(biomeFormat, scripts)).toEqual([
    "biome",
    "biome init",
    "biome lint",
    "biome check --formatter-enabled=false",
    "biome check --stdin-file-path a.ts",
    "biomes check",
  ]);
  expect(await notUsed(biomeLint, scripts)).toEqual([
    "biome",
    "biome init",
    "biome format",
    "biome check --linter-enabled=false",
    "biome check --stdin-file-path a.ts",
    "biomes check",
  ]);
});

/** Which of two scripts stands for the tool: those that write give way. */
async function chosen(tool: Tool, first: string, second: string): Promise<string | undefined> {
  const files = { "package.json": JSON.stringify({ scripts: { first, second } }) };
  return (await tool.detect(installedInName(files, installed)))[0]?.evidence.split('"')[1];
}

test("a call that writes is known for that", async () => {
  expect(await chosen(eslint, "eslint --fix", "eslint")).toBe("second");
  expect(await chosen(eslint, "eslint --fix-dry-run", "eslint")).toBe("first");
  for (const flag of ["--fix", "--fix-suggestions", "--fix-dangerously"])
    expect(await chosen(oxlint, `oxlint ${flag}`, "oxlint")).toBe("second");
  for (const flag of ["--write", "-w"])
    expect(await chosen(prettier, `prettier ${flag} .`, "prettier -c .")).toBe("second");
  expect(await chosen(oxfmt, "oxfmt", "oxfmt --check")).toBe("second");
  expect(await chosen(oxfmt, "oxfmt --list-different", "oxfmt --check")).toBe("first");
  for (const flag of ["--write", "--fix", "--apply", "--apply-unsafe"])
    expect(await chosen(biomeLint, `biome lint ${flag}`, "biome ci")).toBe("second");
});
