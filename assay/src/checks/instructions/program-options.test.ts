import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { sidesOf } from "../change/sides.ts";
import { repoPath } from "../../model/paths.ts";
import { hasOption, optionWords, readsArguments } from "./program-options.ts";

async function takes(files: Texts, option: string, program = "tools/run.mjs", dir = ""): Promise<boolean | undefined> {
  const { head } = await sidesOf(await contextOf({ base: {}, head: files }));
  return hasOption(head, { kind: "option", name: `${program} ${option}`, program, option, dir: repoPath(dir) });
}

const reading = "const { values } = parseArgs({ options });\n";

test.each([
  ["--since", "// --since DAYS\n"],
  ["--since", "// --no-since\n"],
  ["--since", "// --[no-]since\n"],
  ["--since", 'const options = { since: { type: "string" } };\n'],
  ["--since", 'const options = { "since": "string" };\n'],
  ["--since", "const options = { since: Boolean };\n"],
  ["--since", "const options = { since: z.string() };\n"],
  ["--since", 'has("since");\n'],
  ["--no-since", 'has("since");\n'],
  ["--dry-run", "const options = { dryRun: Boolean };\n"],
  ["--no-dry-run", "has('dryRun');\n"],
])("%s is taken by a program that says %j", async (option, text) => {
  expect(await takes({ "tools/run.mjs": reading + text }, option)).toBe(true);
});

test.each([
  ["--since", "// --since-when\n"],
  ["--since", "const options = { sinceWhen: Boolean };\n"],
  ["--since", "const options = { a: { since } };\n"],
  ["--since", "values.since;\n"],
  ["--since", 'has("not since");\n'],
])("%s is not taken by a program that says %j", async (option, text) => {
  expect(await takes({ "tools/run.mjs": reading + text }, option)).toBe(false);
});

test("some parsers make an option of every word", async () => {
  for (const parser of ["minimist", "mri", "yargs", "getopts"]) {
    const text = `import parse from "${parser}";\nconst args = parse(process.argv);\nargs.dryRun;\n`;
    expect([parser, await takes({ "tools/run.mjs": text }, "--dry-run")]).toEqual([parser, true]);
    expect([parser, await takes({ "tools/run.mjs": text }, "--since")]).toEqual([parser, false]);
  }
});

test("what a program imports speaks for it, with any ending and however far", async () => {
  const main = { "tools/run.mjs": 'import "./options.js";\n' };
  for (const path of ["tools/options.ts", "tools/options.js", "tools/options/index.ts"])
    expect([path, await takes({ ...main, [path]: `${reading}// --since\n` }, "--since")]).toEqual([path, true]);
  const far = {
    ...main,
    "tools/options.ts": 'export * from "../lib/all.ts";\n',
    "lib/all.ts": `${reading}// --since\n`,
  };
  expect(await takes(far, "--since")).toBe(true);
  expect(await takes({ ...main, "tools/other.ts": `${reading}// --since\n` }, "--since")).toBeUndefined();
});

test("a program that is not here, or reads no arguments, is not known to take or not to take one", async () => {
  expect(await takes({}, "--since")).toBeUndefined();
  expect(await takes({ "tools/run.mjs": "// --since\n" }, "--since")).toBeUndefined();
  expect(await takes({ "tools/run.sh": reading }, "--since", "tools/run.sh")).toBeUndefined();
});

test("a program that a manifest installs is known by its name", async () => {
  const source = { "packages/cli/src/cli.ts": `${reading}// --since\n` };
  const manifest = (raw: object): Texts => ({ ...source, "packages/cli/package.json": JSON.stringify(raw) });
  for (const [program, raw] of [
    ["report", { bin: { report: "./src/cli.ts" } }],
    ["report", { bin: { report: "./dist/cli.js" } }],
    ["report", { bin: { report: "lib/cli.js" } }],
    ["report", { name: "report", bin: "./dist/cli.js" }],
    ["report", { name: "@acme/report", bin: "./dist/cli.js" }],
    ["@acme/report", { name: "@acme/report", bin: "./dist/cli.js" }],
  ] as const)
    expect([program, raw, await takes(manifest(raw), "--since", program)]).toEqual([program, raw, true]);
  for (const raw of [
    { bin: { other: "./dist/cli.js" } },
    { name: "other", bin: "./dist/cli.js" },
    { bin: { report: "./bin/cli.js" } },
    {},
  ])
    expect([raw, await takes(manifest(raw), "--since", "report")]).toEqual([raw, undefined]);
});

test("what reads its arguments is told by the words for it", () => {
  for (const text of [
    "process.argv",
    "parseArgs(x)",
    'from "commander"',
    "program.option('-a')",
    "Deno.args",
    "Bun.argv",
  ])
    expect([text, readsArguments.test(text)]).toEqual([text, true]);
  for (const text of ["argument", "options", "Deno.argument"])
    expect([text, readsArguments.test(text)]).toEqual([text, false]);
});

test("the words by which a text may name options", () => {
  expect(optionWords(undefined)).toEqual([]);
  expect(optionWords('--since --no-color { depth: { } } "quiet" plain x.y: {')).toEqual([
    "since",
    "color",
    "depth",
    "quiet",
  ]);
});
