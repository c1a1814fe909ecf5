import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { sidesOf } from "../change/sides.ts";
import { createReader } from "./compiler-config.ts";
import { programMatcher } from "./program-files.ts";

type Configs = Readonly<Record<string, object>>;

/** The files, those with a star in front that the program of a configuration has not. */
async function marked(at: string, configs: Configs, files: readonly string[]): Promise<readonly string[]> {
  const texts: Texts = Object.fromEntries(
    Object.entries(configs).map(([path, value]) => [path, JSON.stringify(value)]),
  );
  const context = await contextOf({ base: {}, head: texts });
  const read = await createReader((await sidesOf(context)).head, context.workspace.packages);
  const config = read(repoPath(at));
  const covers = config === undefined ? () => false : (await programMatcher())(config);
  const paths = files.map((file) => file.replace(/^\* /, ""));
  return paths.map((path) => (covers(repoPath(path)) ? path : `* ${path}`));
}

test.each<[string, object, readonly string[]]>([
  ["what is neither listed nor left out", {}, ["src/a.ts", "b.tsx", "src/c.mts", "d.cts", "* src/e.js", "* f.ts.md"]],
  ["scripts that are checked", { compilerOptions: { checkJs: true } }, ["a.js", "b.jsx", "c.mjs", "d.ts", "* e.jsonc"]],
  ["scripts that are only let in", { compilerOptions: { checkJs: false, allowJs: true } }, ["* a.js", "d.ts"]],
  ["a folder", { include: ["src"] }, ["src/a.ts", "src/b/c.ts", "* test/a.ts", "* srcs/a.ts"]],
  ["a folder with a slash", { include: ["src/"] }, ["src/a.ts", "* a.ts"]],
  ["a file and a pattern", { include: ["a.ts", "src/*.ts"] }, ["a.ts", "src/b.ts", "* b.ts", "* src/c/d.ts"]],
  ["everything", { include: ["."] }, ["a.ts", "src/b.ts"]],
  ["files alone", { files: ["src/a.ts"] }, ["src/a.ts", "* src/b.ts"]],
  ["files beside a folder", { files: ["a.ts"], include: ["src"] }, ["a.ts", "src/b.ts", "* b.ts"]],
  ["a file that is left out and listed", { files: ["a.ts"], include: ["*"], exclude: ["a.ts"] }, ["a.ts"]],
  ["a folder that is left out", { exclude: ["test", "b.ts"] }, ["src/a.ts", "* test/a.ts", "* test/b/c.ts", "* b.ts"]],
  ["everything left out", { exclude: ["."] }, ["* a.ts", "* src/a.ts"]],
  ["a folder with a dot, which is taken for a file", { include: ["src/v1.x"] }, ["* src/v1.x/a.ts"]],
  ["a folder with a dot that is left out", { exclude: ["src/v1.x"] }, ["* src/v1.x/a.ts", "src/v1.ts"]],
  ["where it writes", { compilerOptions: { outDir: "./out/" } }, ["* out/a.d.ts", "src/out/a.ts"]],
  ["that it writes beside the sources", { compilerOptions: { outDir: "." } }, ["a.ts", "src/a.ts"]],
  ["that it writes outside", { compilerOptions: { outDir: "../out" } }, ["a.ts", "out/a.ts"]],
  ["that it writes somewhere on the machine", { compilerOptions: { outDir: "/src" } }, ["src/a.ts"]],
])("%s", async (_, config, files) => {
  expect(await marked("tsconfig.json", { "tsconfig.json": config }, files)).toEqual(files);
});

test("a package's folder may have a dot in its name", async () => {
  const at = "packages/socket.io/tsconfig.json";
  const files = ["packages/socket.io/a.ts", "packages/socket.io/lib/b.ts", "* packages/a.ts"];
  expect(await marked(at, { [at]: {} }, files)).toEqual(files);
});

test("what a configuration says of folders counts from where it lies", async () => {
  const at = "packages/a/tsconfig.json";
  const shared = { compilerOptions: { outDir: "built" }, include: ["${configDir}/src", "types"] };
  const configs = { [at]: { extends: "../../tsconfig.base.json", exclude: ["test"] }, "tsconfig.base.json": shared };
  const files = ["packages/a/src/a.ts", "types/b.d.ts", "* packages/a/b.ts", "* src/a.ts", "* packages/a/test/a.ts"];
  expect(await marked(at, configs, files)).toEqual(files);
  const own = { [at]: { compilerOptions: { outDir: "./" } } };
  expect(await marked(at, own, ["packages/a/a.ts"])).toEqual(["packages/a/a.ts"]);
});
