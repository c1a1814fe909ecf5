import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { findPrograms } from "./tsc-programs.ts";
import { typeRuns, type TypeRun } from "./tsc-runs.ts";
import { tsConfigsOf } from "./tsconfig.ts";

type Files = Readonly<Record<string, object | string>>;

const scripts = (types: string): object => ({ scripts: { types } });
const refersTo = (...paths: readonly string[]): object => ({ references: paths.map((path) => ({ path })) });

/** The runs of a repository in which `built` lies about, untracked. */
function runsOf(files: Files, built: readonly string[] = []): Promise<readonly TypeRun[]> {
  const texts = Object.entries(files).map(([path, text]): [string, string] => [
    path,
    typeof text === "string" ? text : JSON.stringify(text),
  ]);
  const workspace = temporaryWorkspace(Object.fromEntries(texts));
  for (const path of built) {
    mkdirSync(dirname(join(workspace.root, path)), { recursive: true });
    writeFileSync(join(workspace.root, path), "");
  }
  const configs = tsConfigsOf(workspace);
  return findPrograms(configs).then((programs) => typeRuns(configs, programs));
}

/** Folder, projects and what keeps each from being run or, behind a `~`, from being built. */
async function shown(files: Files, built: readonly string[] = []): Promise<readonly string[]> {
  return (await runsOf(files, built)).map(({ dir, build, projects, obstacle, notBuilt }) =>
    [
      `${dir}>`,
      ...(build ? ["builds"] : []),
      ...projects.map(({ config }) => config.path),
      ...(obstacle === null ? [] : [`! ${obstacle.message} (${obstacle.hint ?? ""})`]),
      ...(notBuilt === null || obstacle !== null ? [] : [`~ ${notBuilt.message} (${notBuilt.hint ?? ""})`]),
    ].join(" "),
  );
}

const two: Files = {
  "package.json": scripts("tsc -b b"),
  "a/tsconfig.json": { compilerOptions: { outDir: "out" } },
  "a/x.ts": "",
  "b/tsconfig.json": { compilerOptions: { outDir: "out" }, ...refersTo("../a") },
  "b/y.ts": "",
};
const wouldWrite = (path: string): string =>
  `types can't be checked: \`tsc -b\` would write ${path}, which git does not ignore`;

test("projects that refer to each other are built together where git ignores all that this writes", async () => {
  expect(await shown({ ...two, ".gitignore": "out" })).toEqual(["> builds b/tsconfig.json a/tsconfig.json"]);
  expect(await shown({ ...two, ".gitignore": "a/out" })).toEqual([
    `> b/tsconfig.json ~ ${wouldWrite("b/out/")} (echo 'b/out/' >> .gitignore)`,
    `> a/tsconfig.json ~ ${wouldWrite("b/out/")} (echo 'b/out/' >> .gitignore)`,
  ]);
  const memory = {
    ...two,
    "b/tsconfig.json": { compilerOptions: { outDir: "out", tsBuildInfoFile: "x.tsbuildinfo" }, ...refersTo("../a") },
  };
  expect((await shown({ ...memory, ".gitignore": "out" }))[0]).toContain(
    `${wouldWrite("b/x.tsbuildinfo")} (echo '*.tsbuildinfo' >> .gitignore)`,
  );
  const beside = { ...two, "a/tsconfig.json": {} };
  expect((await shown({ ...beside, ".gitignore": "out" }))[0]).toContain(wouldWrite("a/"));
  const atRoot = {
    "package.json": scripts("tsc -b"),
    "tsconfig.json": refersTo("a"),
    "a/tsconfig.json": {},
    "a/x.ts": "",
  };
  expect((await shown(atRoot))[0]).toContain(wouldWrite("."));
});

test("outside of the repository anything may be written, and not into a folder with tracked files", async () => {
  const outside = { compilerOptions: { outDir: "../../out" } };
  expect(
    await shown({ ...two, "a/tsconfig.json": outside, "b/tsconfig.json": { ...outside, ...refersTo("../a") } }),
  ).toEqual(["> builds b/tsconfig.json a/tsconfig.json"]);
  expect((await shown({ ...two, ".gitignore": "out", "b/out/kept.js": "" }))[0]).toContain(wouldWrite("b/out/"));
});

test("a solution is none of the projects, and what refers to it alone refers to none", async () => {
  const solution = { "tsconfig.json": { files: [], ...refersTo("a", "b") }, "package.json": scripts("tsc -b") };
  expect(await shown({ ...two, ...solution, ".gitignore": "out" })).toEqual([
    "> builds a/tsconfig.json b/tsconfig.json",
  ]);
  const apart = { ...two, ...solution, "b/tsconfig.json": { compilerOptions: { outDir: "out" } } };
  expect(await shown(apart)).toEqual(["> a/tsconfig.json", "> b/tsconfig.json"]);
  const back = { ...apart, "a/tsconfig.json": refersTo("..") };
  expect(await shown(back)).toEqual(["> a/tsconfig.json", "> b/tsconfig.json"]);
});

test("declarations that an earlier build left are not trusted, tracked ones are the repository's own", async () => {
  const stale = `> builds b/tsconfig.json a/tsconfig.json ! ${wouldWrite("b/out/")} (echo 'b/out/' >> .gitignore)`;
  for (const left of ["b/out/y.d.ts", "a/out/deep/x.d.mts", "a/out/x.d.cts"])
    expect(await shown(two, [left])).toEqual([stale]);
  for (const left of [
    "b/out/y.js",
    "b/out/y.d.ts.map",
    "b/out/node_modules/y.d.ts",
    "b/out/.cache/y.d.ts",
    "b/y.d.ts",
    "b/out/d.ts",
  ])
    expect([left, (await shown(two, [left])).length]).toEqual([left, 2]);
  expect(await shown({ ...two, "b/out/own.d.ts": "" })).toHaveLength(2);
  const apart = { ...two, "a/tsconfig.json": { compilerOptions: { outDir: "out", declarationDir: "types" } } };
  expect([(await shown(apart, ["a/types/x.d.ts"])).length, (await shown(apart)).length]).toEqual([1, 2]);
});

test("beside the sources those declarations are left by a build that have the name of a source", async () => {
  const beside = {
    ...two,
    "a/tsconfig.json": {},
    "b/tsconfig.json": refersTo("../a"),
    "a/z.tsx": "",
    "a/v.mts": "",
    "a/w.cts": "",
  };
  for (const left of ["a/x.d.ts", "a/z.d.ts", "a/v.d.mts", "a/w.d.cts"])
    expect([left, (await shown(beside, [left])).length]).toEqual([left, 1]);
  expect(await shown(beside, ["a/other.d.ts"])).toHaveLength(2);
});

test("a program that lacks what it extends or refers to can not be run, and its framework's command is told", async () => {
  const hint = async (base: string): Promise<string | undefined> => {
    const [run] = await runsOf({ "package.json": scripts("tsc"), "tsconfig.json": { extends: base }, "a.ts": "" });
    return `${run?.obstacle?.code ?? ""} ${run?.obstacle?.hint ?? "-"}`;
  };
  expect(await hint("./.nuxt/tsconfig.json")).toBe("config-invalid npx nuxi prepare");
  expect(await hint("./.svelte-kit/tsconfig.json")).toBe("config-invalid npx svelte-kit sync");
  expect(await hint("./.astro/x.json")).toBe("config-invalid npx astro sync");
  expect(await hint("./.wxt/x.json")).toBe("config-invalid npx wxt prepare");
  expect(await hint("./.react-router")).toBe("config-invalid npx react-router typegen");
  expect(await hint("./gone")).toBe("config-invalid -");
  expect(await shown({ ...two, "a/tsconfig.json": { extends: "./gone" }, ".gitignore": "out" })).toEqual([
    "> b/tsconfig.json ! a/tsconfig.json needs ./gone, which is not there ()",
  ]);
});

test("a script that names a configuration that is not there has no run, one without references is checked alone", async () => {
  expect(await shown({ "package.json": scripts("tsc -p gone.json") })).toEqual([]);
  expect(await shown({ ...two, "package.json": scripts("tsc -p b"), ".gitignore": "out" })).toEqual([
    "> b/tsconfig.json",
  ]);
  expect(await shown({ ...two, "package.json": scripts("tsc -b a"), ".gitignore": "out" })).toEqual([
    "> a/tsconfig.json",
  ]);
});

test("builds by one compiler with the same flags are one, from the root where that has it", async () => {
  const compiler = { "node_modules/typescript/package.json": '{ "version": "5.0.0", "bin": { "tsc": "x" } }' };
  const other = { "c/node_modules/typescript/package.json": '{ "version": "5.1.0", "bin": { "tsc": "x" } }' };
  const files = (inB: string, inC: string): Files => ({
    ".gitignore": "out",
    "package.json": "{}",
    "a/tsconfig.json": two["a/tsconfig.json"] ?? "",
    "b/tsconfig.json": two["b/tsconfig.json"] ?? "",
    "c/tsconfig.json": two["b/tsconfig.json"] ?? "",
    "a/x.ts": "",
    "b/package.json": scripts(inB),
    "c/package.json": scripts(inC),
  });
  const together = "builds b/tsconfig.json a/tsconfig.json c/tsconfig.json";
  const apart = ["b> builds b/tsconfig.json a/tsconfig.json", "c> builds c/tsconfig.json a/tsconfig.json"];
  expect(await shown({ ...files("tsc -b", "tsc -b"), ...compiler })).toEqual([`> ${together}`]);
  expect(await shown(files("tsc -b", "tsc -b"))).toEqual([`b> ${together}`]);
  expect(await shown({ ...files("tsc -b", "tsc -b"), ...compiler, ...other })).toEqual(apart);
  expect(await shown({ ...files("tsc -b", "tsc -b --strict"), ...compiler })).toEqual(apart);
  expect(await shown({ ...files("tsc -b", "A=1 tsc -b"), ...compiler })).toEqual(apart);
  expect(await shown({ ...files("tsc -b", "tsgo -b"), ...compiler })).toEqual(apart);
});

test("a project is checked alone once, however many programs come to it", async () => {
  const files = { ...two, "c/tsconfig.json": refersTo("../a"), "package.json": scripts("tsc -b b c") };
  expect((await shown(files)).map((run) => run.split(" ")[1])).toEqual([
    "b/tsconfig.json",
    "a/tsconfig.json",
    "c/tsconfig.json",
  ]);
});

test("a project knows its files by name", async () => {
  const [run] = await runsOf({ ...two, "package.json": scripts("tsc -p a") });
  const contains = (path: string): boolean | undefined => run?.projects[0]?.contains(repoPath(path));
  expect([contains("a/x.ts"), contains("a/out/z.ts"), contains("b/y.ts")]).toEqual([true, false, false]);
});
