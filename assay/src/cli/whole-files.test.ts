import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestRepository } from "../git/test-repository.ts";
import { withListedMutants } from "./listed-mutants.ts";
import { readSituation, type Situation } from "./situation.ts";
import { answerOf, refusalOf, repositoryOf } from "./testing/answer.ts";
import { withWholeFiles } from "./whole-files.ts";

function library(): TestRepository {
  const repository = repositoryOf({
    "package.json": '{ "name": "library" }\n',
    "src/a.ts": "export const a = 1;\nexport const b = 2;\n",
    "src/a.test.ts": "",
    "src/deep/c.js": "export const c = 3;",
    "src/shown.vue": "<script>\nexport const d = 4;\n</script>",
    "src/prose.mdx": "export const e = 5;",
    "README.md": "# Library\n",
    "vitest.config.ts": "",
  });
  symlinkSync("a.ts", join(repository.root, "src/link.ts"));
  repository.write("src/binary.ts", Buffer.from([0xff, 0xfe]));
  return repository;
}

const situationOf = ({ root }: TestRepository): Promise<Situation> => readSituation({ dir: root, base: "main" });

async function wholeFiles(...globs: readonly string[]): Promise<Situation> {
  return withWholeFiles(await situationOf(library()), globs);
}

test("the sources that fit are new from their first line to their last, and nothing else is", async () => {
  const { diff, workspace, scope, listed } = await wholeFiles("**");
  expect(diff.changes.map(({ path, kind, changedLines, binary }) => [path, kind, changedLines, binary])).toEqual([
    ["src/a.ts", "added", [{ start: 1, end: 3 }], false],
    ["src/binary.ts", "added", [{ start: 1, end: 1 }], true],
    ["src/deep/c.js", "added", [{ start: 1, end: 1 }], false],
    ["src/shown.vue", "added", [{ start: 1, end: 3 }], false],
  ]);
  expect(diff.base).toMatchObject({ kind: "found", ref: "the empty tree" });
  expect([workspace.config.maxMutants, scope.direct, listed]).toEqual([Infinity, ["library"], null]);
});

test("a pattern may begin with the folder itself, and one of several is enough", async () => {
  const pathsOf = async (...globs: readonly string[]): Promise<unknown> =>
    (await wholeFiles(...globs)).diff.changes.map(({ path }) => path);
  expect(await pathsOf("./src/*.ts")).toEqual(["src/a.ts", "src/binary.ts"]);
  expect(await pathsOf("src/a.ts", "src/deep/**")).toEqual(["src/a.ts", "src/deep/c.js"]);
});

test("patterns that no source fits are a usage error", async () => {
  const { code, message, hint } = await refusalOf(wholeFiles("src/*.test.ts", "lib/**"));
  expect([code, message, hint]).toEqual(["usage", "no source file fits src/*.test.ts, lib/**", "assay mutate --all"]);
  expect((await refusalOf(answerOf(library(), ["mutate", "--files", "lib/**"]))).code).toBe("usage");
});

const at = (line: number) => ({ start: { line, column: 1 }, end: { line: line + 1, column: 2 } });
const mutant = (id: string, line: number) => ({ id, mutatorName: "arithmetic", replacement: "2", location: at(line) });

async function listed(report: unknown): Promise<Situation> {
  const repository = library();
  writeFileSync(join(repository.root, "report.json"), typeof report === "string" ? report : JSON.stringify(report));
  return withListedMutants(await situationOf(repository), join(repository.root, "report.json"));
}

test("the lines of listed mutants are all that changed", async () => {
  const files = {
    "src/a.ts": { mutants: [mutant("1", 1), mutant("2", 2)] },
    "src/deep/c.js": { mutants: [mutant("3", 1)] },
  };
  const situation = await listed({ files });
  expect(situation.diff.changes.map(({ path, changedLines }) => [path, changedLines])).toEqual([
    [
      "src/a.ts",
      [
        { start: 1, end: 2 },
        { start: 2, end: 3 },
      ],
    ],
    ["src/deep/c.js", [{ start: 1, end: 2 }]],
  ]);
  expect(situation.listed).toEqual([
    { id: "1", path: "src/a.ts", mutator: "arithmetic", replacement: "2", ...at(1) },
    { id: "2", path: "src/a.ts", mutator: "arithmetic", replacement: "2", ...at(2) },
    { id: "3", path: "src/deep/c.js", mutator: "arithmetic", replacement: "2", ...at(1) },
  ]);
});

const shape = "https://github.com/stryker-mutator/mutation-testing-elements describes the schema";

test.each<[string, unknown, string, string]>([
  ["no JSON", "{", "can not be read: ", shape],
  ["no report", {}, "is no mutation report: files: ", shape],
  ["a list", [], "is no mutation report: ", shape],
  [
    "a report in which one lacks its replacement",
    { files: { "src/a.ts": { mutants: [{ ...mutant("1", 1), replacement: 1 }] } } },
    "is no mutation report: files.src/a.ts.mutants.0.replacement: ",
    shape,
  ],
  ["a report without mutants", { files: { "src/a.ts": { mutants: [] } } }, "lists no mutant", "assay mutate --all"],
  [
    "a report of other files",
    { files: { "src/z.ts": { mutants: [mutant("1", 1)] } } },
    "names src/z.ts, which is no file of the repository",
    "write paths from its root",
  ],
])("%s is refused", async (_what, report, message, hint) => {
  const refusal = await refusalOf(listed(report));
  expect([refusal.code, refusal.hint]).toEqual(["usage", hint]);
  expect(refusal.message).toContain(`report.json ${message}`);
});

test("a list that is named is read before anything is tried", async () => {
  const { message } = await refusalOf(answerOf(library(), ["mutate", "--mutants", "nowhere.json"]));
  expect(message).toContain("nowhere.json can not be read: ENOENT");
});
