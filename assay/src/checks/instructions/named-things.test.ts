import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { sidesOf } from "../change/sides.ts";
import { thingsOn, type Named, type RecipeRunner } from "./named-things.ts";

async function has(files: Texts, named: Named): Promise<boolean | undefined> {
  const { head } = await sidesOf(await contextOf({ base: {}, head: files }));
  return thingsOn(head).has(named);
}

const path = (name: string, dir = "", reach: "exact" | "below" | "anywhere" = "exact"): Named => ({
  kind: "path",
  path: name,
  dirs: [repoPath(dir)],
  reach,
});
const script = (name: string, dir = "", of?: string): Named => ({ kind: "script", name, dir: repoPath(dir), of });
const target = (name: string, run: RecipeRunner = "make"): Named => ({ kind: "target", name, dir: repoPath(""), run });

test("a file or a folder is found from where it is named, and as far as its name may reach", async () => {
  const files = { "docs/a/b.md": "", "src/c.ts": "" };
  for (const [named, expected] of [
    [path("docs/a/b.md"), true],
    [path("docs/a"), true],
    [path("docs/a/"), true],
    [path("a/b.md", "docs"), true],
    [path("../src/c.ts", "docs"), true],
    [path("/src/c.ts", "docs"), true],
    [path("../../c.ts", "docs"), true],
    [path(""), false],
    [path("b.md", "docs"), false],
    [path("b.md", "docs", "below"), true],
    [path("b.md", "", "below"), false],
    [path("c.ts", "docs", "below"), false],
    [path("a/b.md", "src", "anywhere"), true],
    [path("./b.md", "src", "anywhere"), true],
    [path("d.md", "src", "anywhere"), false],
  ] as const)
    expect([named, await has(files, named)]).toEqual([named, expected]);
});

test("a script is one of the manifests from a folder up, or of the package that is named", async () => {
  const files = {
    "package.json": '{ "scripts": { "root": "" } }',
    "pkg/package.json": '{ "name": "@acme/core", "scripts": { "own": "" } }',
    "pkg/src/a.ts": "",
    "test/fixtures/package.json": '{ "name": "other", "scripts": { "root": "" } }',
  };
  for (const [named, expected] of [
    [script("root"), true],
    [script("own"), false],
    [script("own", "pkg"), true],
    [script("own", "pkg/src"), true],
    [script("root", "pkg/src"), true],
    [script("own", "", "@acme/core"), true],
    [script("own", "", "core"), true],
    [script("own", "", "pkg"), true],
    [script("own", "", "./pkg"), true],
    [script("root", "", "core"), false],
    [script("root", "", "other"), undefined],
    [{ kind: "package", name: "core" }, true],
    [{ kind: "package", name: "pkg" }, true],
    [{ kind: "package", name: "other" }, false],
  ] as const)
    expect([named, await has(files, named)]).toEqual([named, expected]);
  expect(await has({ "a.ts": "" }, script("root"))).toBeUndefined();
});

test("a tool is one that some manifest depends on, in whichever way", async () => {
  for (const field of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"])
    expect([
      field,
      await has({ "package.json": `{ "${field}": { "vitest": "4" } }` }, { kind: "tool", name: "vitest" }),
    ]).toEqual([field, true]);
  expect(
    await has(
      { "package.json": '{ "bundledDependencies": { "vitest": "4" }, "dependencies": [] }' },
      { kind: "tool", name: "vitest" },
    ),
  ).toBe(false);
  expect(await has({ "package.json": "{}" }, { kind: "command", name: "vitest run" })).toBeUndefined();
});

test("a target is one of the makefile's, unless it may be made otherwise", async () => {
  const make = (text: string, name: string): Promise<boolean | undefined> => has({ Makefile: text }, target(name));
  expect(await make("all docs: src\n\techo other: x\nVAR := gone: x\n", "all")).toBe(true);
  expect(await make("all docs: src\n", "docs")).toBe(true);
  expect(await make("all: docs\n", "docs")).toBe(false);
  expect(await make("all:\n\tgone: x\n", "gone")).toBe(false);
  expect(await make("gone := 1\n", "gone")).toBe(false);
  expect(await make("# gone: x\n", "gone")).toBe(false);
  for (const open of ["include other.mk", "-include other.mk", "%.o: %.c", "$(NAMES): src"])
    expect([open, await make(`${open}\n`, "gone")]).toEqual([open, undefined]);
  expect(await has({ "a.ts": "" }, target("all"))).toBeUndefined();
});

test("a recipe is one of the file that its runner reads", async () => {
  for (const file of ["justfile", "Justfile", ".justfile"])
    expect([file, await has({ [file]: "build target:\n  run\n" }, target("build", "just"))]).toEqual([file, true]);
  for (const file of ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml"])
    expect([file, await has({ [file]: "tasks:\n  build:\n    cmds: []\n" }, target("build", "task"))]).toEqual([
      file,
      true,
    ]);
  const just = "@quiet:\n  run\nalias b := build\nname := gone\n  indented: x\n";
  const found = await Promise.all(
    ["quiet", "b", "gone", "name", "indented"].map((name) => has({ justfile: just }, target(name, "just"))),
  );
  expect(found).toEqual([true, true, false, false, false]);
  expect(await has({ justfile: "import 'other.just'\n" }, target("gone", "just"))).toBeUndefined();
  expect(await has({ justfile: "mod other\n" }, target("gone", "just"))).toBeUndefined();
  expect(await has({ "Taskfile.yml": "includes:\n  a: b\ntasks:\n" }, target("gone", "task"))).toBeUndefined();
  expect(await has({ "Taskfile.yml": 'tasks:\n    "build:all":\n' }, target("build:all", "task"))).toBe(true);
});
