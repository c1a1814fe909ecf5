// How scripts call formatters and linters, and how these are called in turn.
import { expect, test } from "vitest";
import { answered, installedInName } from "../testing/answering-host.ts";
import { changedFiles, changeOf, labelsOf } from "../testing/temporary-workspace.ts";
import { forThisLibc } from "../packages/native-binary.ts";
import { everything, show } from "../testing/test-host.ts";
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
  const behind =
    "biome ci --max-diagnostics 9 --diagnostic-level error --line-width 9 --formatter-enabled true --only a src";
  expect(await called(biomeFormat, behind)).toBe(`format ${settings} --line-width 9 src`);
  expect(await called(biomeLint, behind)).toBe(
    `check ${settings} --formatter-enabled=false --line-width 9 --only a src`,
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
    "biome ci --linter-enabled false",
    "biome ci --formatter-enabled false",
    "biome check --stdin-file-path a.ts",
    "biomes check",
  ];
  expect(await notUsed(biomeFormat, scripts)).toEqual([
    "biome",
    "biome init",
    "biome lint",
    "biome check --formatter-enabled=false",
    "biome ci --formatter-enabled false",
    "biome check --stdin-file-path a.ts",
    "biomes check",
  ]);
  expect(await notUsed(biomeLint, scripts)).toEqual([
    "biome",
    "biome init",
    "biome format",
    "biome check --linter-enabled=false",
    "biome ci --linter-enabled false",
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

const declared = JSON.stringify({ devDependencies: { ...installed } });

/** Those of the files that alone say that the tool is used. */
async function configuring(tool: Tool, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(files).map(([path, text]) =>
      tool.detect(installedInName({ "package.json": declared, [path]: text }, installed)),
    ),
  );
  return found.flatMap((detections) => detections.map(({ evidence }) => evidence));
}

const empty = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, ""]));
const ended = (stem: string, ends: string): readonly string[] => ends.split(" ").map((end) => `${stem}.${end}`);

test("a tool is configured by the files that it reads, in the folder that it runs in", async () => {
  const programs = "js mjs cjs ts mts cts";
  const ofEslint = [...ended("eslint.config", programs), ".eslintrc", ...ended(".eslintrc", "js cjs json yaml yml")];
  expect(await configuring(eslint, empty(...ofEslint, ".eslintrc.toml", "eslint.config.json"))).toEqual(ofEslint);
  const ofOxlint = [".oxlintrc.json", ".oxlintrc.jsonc", ...ended("oxlint.config", programs)];
  expect(await configuring(oxlint, empty(...ofOxlint, "oxlintrc.json"))).toEqual(ofOxlint);
  const ofOxfmt = [".oxfmtrc.json", ".oxfmtrc.jsonc", ...ended("oxfmt.config", programs)];
  expect(await configuring(oxfmt, empty(...ofOxfmt, ".oxfmtrc"))).toEqual(ofOxfmt);
  const ofPrettier = [
    ".prettierrc",
    ...ended(".prettierrc", `json json5 jsonc yaml yml toml ${programs}`),
    ...ended("prettier.config", programs),
  ];
  expect(await configuring(prettier, empty(...ofPrettier, "prettier.config.json", ".prettierignore"))).toEqual(
    ofPrettier,
  );
  const ofBiome = ["biome.json", "biome.jsonc", ".biome.json", ".biome.jsonc"];
  expect(await configuring(biomeLint, empty(...ofBiome, "rome.json"))).toEqual(ofBiome);
});

test("a field of the manifest configures eslint and prettier, that of another folder does not", async () => {
  const manifest = JSON.stringify({ eslintConfig: {}, prettier: {}, devDependencies: installed });
  expect(await configuring(eslint, { "package.json": manifest })).toEqual(['"eslintConfig" in package.json']);
  expect(await configuring(prettier, { "package.json": manifest })).toEqual(['"prettier" in package.json']);
  const workspace = installedInName({ "package.json": declared, "a/package.json": manifest }, installed);
  const found = (await Promise.all([eslint, prettier].map((tool) => tool.detect(workspace)))).flat();
  expect(found.map(({ dir, evidence }) => [dir, evidence])).toEqual([
    ["a", '"eslintConfig" in a/package.json'],
    ["a", '"prettier" in a/package.json'],
  ]);
});

test("biome has no part that its configuration switches off, comments and trailing commas aside", async () => {
  const lints = (text: string): Promise<readonly string[]> => configuring(biomeLint, { "biome.jsonc": text });
  expect(await lints('{\n  // "a"\n  "linter": { "enabled": false, },\n}')).toEqual([]);
  expect(await lints('{\n// "x": {\n// "y": {\n  "linter": { "enabled": false }\n}')).toEqual([]);
  expect(await lints('{"a":1,"linter":{"enabled":false,},}')).toEqual([]);
  const on = [
    '{ "linter": { "enabled": true } }',
    '{ "formatter": { "enabled": false } }',
    '{ "linter": false }',
    "[]",
    "{",
  ];
  for (const text of on) expect([text, await lints(text)]).toEqual([text, ["biome.jsonc"]]);
  expect(await configuring(biomeFormat, { "biome.json": '{ "formatter": { "enabled": false } }' })).toEqual([]);
  expect(await configuring(biomeFormat, { "biome.json": '{ "linter": { "enabled": false } }' })).toEqual([
    "biome.json",
  ]);
});

test("what oxfmt lists and what it can not parse are findings, and without its words nothing was checked", async () => {
  const workspace = installedInName({ "package.json": '{ "scripts": { "f": "oxfmt --check" } }' }, installed);
  const run = async (stdout: string, stderr: string): Promise<readonly string[]> =>
    (await answered(oxfmt, workspace, () => ({ exitCode: 1, stdout, stderr }))).outcomes.flatMap(show);
  const stderr =
    "x Unexpected token\n,-[src/b.ts:12:34]\n 12 | const\n\n  × Odd\n   ╭──[c d.ts:3:4]\nan x No\n   ,-[e.ts:1:1]\n";
  expect(await run("Checking formatting...\n\nsrc/a b.ts (12ms)\nc.ts (3ms) \nFinished in 3ms\n", stderr)).toEqual([
    "failed src/a b.ts:- not formatted; run `npx oxfmt src/a b.ts`",
    "failed src/b.ts:12 Unexpected token (syntax error)",
    "failed c d.ts:3 Odd (syntax error)",
  ]);
  expect(await run("src/a.ts (2ms)\n", "")).toEqual([
    "errored tool-failed: oxfmt ended with exit code 1: src/a.ts (2ms)",
  ]);
});

test("a linter's limit on warnings is a number that is not below zero", async () => {
  const limit = async (script: string): Promise<number> => {
    const tool = script.startsWith("oxlint") ? oxlint : eslint;
    const message = { severity: tool === eslint ? 1 : "warning", message: "odd" };
    const files = { "package.json": JSON.stringify({ scripts: { script } }), "a.ts": "" };
    for (const count of [0, 1, 2, 3, 4, 12, 13]) {
      const messages = Array.from({ length: count }, () => message);
      const stdout = JSON.stringify(tool === eslint ? [{ filePath: "a.ts", messages }] : { diagnostics: messages });
      const { outcomes } = await answered(tool, installedInName(files, installed), () => ({ stdout }));
      if (outcomes[0]?.status === "failed") return count - 1;
    }
    return Infinity;
  };
  expect(await limit("eslint --max-warnings 2")).toBe(2);
  expect([await limit("eslint --max-warnings=0"), await limit("eslint --max-warnings=12")]).toEqual([0, 12]);
  for (const none of ["eslint", "eslint --max-warnings=-1", "eslint --max-warnings=x1", "eslint --max-warnings"])
    expect([none, await limit(none)]).toEqual([none, Infinity]);
  expect([
    await limit("oxlint --max-warnings 3"),
    await limit("oxlint"),
    await limit("oxlint --deny-warnings"),
  ]).toEqual([3, Infinity, 0]);
});

test("biome fails for warnings where the script says so", async () => {
  const files = { "package.json": '{ "scripts": { "lint": "biome lint --error-on-warnings" } }', "a.ts": "" };
  const stdout = "::warning title=lint/a,file=a.ts,line=2,endLine=2,col=1,endColumn=2::odd";
  const { outcomes } = await answered(biomeLint, installedInName(files, installed), () => ({ stdout }));
  expect(outcomes.flatMap(show)).toEqual(["failed a.ts:2 odd (lint/a)"]);
});

test("a package's own configuration is seen from the root by all but eslint", async () => {
  const uses = async (tool: Tool, script: string, config: string): Promise<readonly string[]> => {
    const manifest = JSON.stringify({ scripts: { script } });
    const files = { "package.json": manifest, "a/package.json": manifest, [`a/${config}`]: "{}", [config]: "{}" };
    return (await tool.detect(installedInName(files, installed))).map(({ dir }) => dir);
  };
  expect(await uses(eslint, "eslint .", "eslint.config.js")).toEqual(["", "a"]);
  expect(await uses(oxlint, "oxlint .", ".oxlintrc.json")).toEqual([""]);
  expect(await uses(prettier, "prettier -c .", ".prettierrc")).toEqual([""]);
  expect(await uses(oxfmt, "oxfmt --check .", ".oxfmtrc.json")).toEqual([""]);
  expect(await uses(biomeFormat, "biome format .", "biome.json")).toEqual([""]);
});

test("patterns are given to the tools that know them, the files that they fit to the others", async () => {
  const last = async (tool: Tool, script: string): Promise<string | undefined> =>
    (await called(tool, `${script} 'src/*.ts'`))?.split(" ").at(-1);
  expect([await last(eslint, "eslint"), await last(prettier, "prettier -c"), await last(oxfmt, "oxfmt")]).toEqual(
    Array(3).fill("src/*.ts"),
  );
  expect([await last(oxlint, "oxlint"), await last(biomeLint, "biome lint")]).toEqual(["src/a.ts", "src/a.ts"]);
});

test("every formatter looks at all files again where its own configuration or another's that it reads has changed", async () => {
  const looksAtAll = async (tool: Tool, script: string, path: string): Promise<boolean> => {
    const files = { "package.json": JSON.stringify({ scripts: { script } }), "a.ts": "" };
    return (
      (await labelsOf(tool, installedInName(files, installed), { kind: "all", change: changeOf([path]) })).length > 0
    );
  };
  const read: readonly (readonly [Tool, string, readonly string[]])[] = [
    [biomeFormat, "biome format", ["biome.json", ".editorconfig"]],
    [oxfmt, "oxfmt --check", [".oxfmtrc.json", ".editorconfig", ".prettierignore"]],
    [prettier, "prettier -c .", [".prettierrc", ".editorconfig", ".prettierignore"]],
  ];
  for (const [tool, script, paths] of read) {
    for (const path of [...paths, ".gitignore", "a.editorconfig"])
      expect([path, await looksAtAll(tool, script, path)]).toEqual([path, paths.includes(path)]);
  }
});

test("biome's own program is started where there is one for this system, else its launcher", async () => {
  const name = `@biomejs/cli-${process.platform}-${process.arch}`;
  const own = process.platform === "linux" ? forThisLibc(name, `${name}-musl`) : name;
  const program = process.platform === "win32" ? "biome.exe" : "biome";
  const files = { "package.json": '{ "scripts": { "lint": "biome lint" } }', "a.ts": "" };
  const started = async (more: Readonly<Record<string, string>>): Promise<string | undefined> => {
    const workspace = installedInName({ ...files, ...more }, installed);
    const { commands } = await answered(biomeLint, workspace);
    return commands[0]?.file.replace(`${workspace.root}/node_modules/`, "");
  };
  expect(await started({ [`node_modules/${own}/${program}`]: "" })).toBe(`${own}/${program}`);
  expect(await started({ [`node_modules/${own}/README.md`]: "" })).toBe(process.execPath);
  expect(await started({ [`node_modules/${name}-other/${program}`]: "" })).toBe(process.execPath);
});

test("what prettier warns of is a finding where it is a file", async () => {
  const workspace = installedInName(
    { "package.json": '{ "scripts": { "f": "cd b && prettier -c ." } }', "b/a.ts": "" },
    installed,
  );
  const stderr = "[warn] b/a.ts\n[warn] a.ts\nat [error] a.ts: SyntaxError: x (1:1)\n";
  const { outcomes } = await answered(prettier, workspace, () => ({
    exitCode: 1,
    stdout: "Checking formatting...",
    stderr,
  }));
  expect(outcomes.flatMap(show)).toEqual(["failed b/a.ts:- not formatted; run `npx prettier --write a.ts`"]);
});
