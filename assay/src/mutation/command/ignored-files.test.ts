import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import { ignoredFiles, type IgnoredFiles } from "./ignored-files.ts";

const MiB = 2 ** 20;

/** By path, a text, or the size of a file that holds nothing. */
function repository(files: Readonly<Record<string, string | number>>): string {
  const root = temporaryFolder("assay-ignored-");
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : "");
    if (typeof content === "number") truncateSync(file, content);
  }
  return root;
}

/** Git knows `src/a.ts`. */
function found(root: string): IgnoredFiles {
  const { paths, folders, modules, leftOut } = ignoredFiles(root, new Set(["", "src"]), (path) => path === "src/a.ts");
  return {
    paths: paths.toSorted(),
    folders: folders.toSorted(),
    modules: modules.toSorted(),
    leftOut: leftOut.toSorted(),
  };
}

test("what lies beside the files of git is found, at any depth, and installed packages apart", () => {
  const root = repository({
    "src/a.ts": "known",
    "src/generated.ts": "",
    ".env": "",
    "dist/deep/a.js": "",
    "node_modules/left/index.js": "",
    "examples/one/node_modules/right/index.js": "",
    "examples/one/index.js": "",
  });
  symlinkSync("src", join(root, "current"));
  symlinkSync("../nowhere", join(root, "dist/broken"));
  expect(found(root)).toEqual({
    paths: [".env", "current", "dist/broken", "dist/deep/a.js", "examples/one/index.js", "src/generated.ts"],
    folders: ["dist", "dist/deep", "examples", "examples/one"],
    modules: ["examples/one/node_modules", "node_modules"],
    leftOut: [],
  });
});

test("what belongs to git, to other systems, and caches of tools are left where they are", () => {
  const root = repository({
    "src/a.ts": "",
    ".git/config": "",
    "coverage/lcov.info": "",
    "examples/.turbo/log": "",
    "examples/one.js": "",
  });
  expect(found(root)).toEqual({ paths: ["examples/one.js"], folders: ["examples"], modules: [], leftOut: [] });
});

test("a folder that is too large is left out as a whole, and others are not", () => {
  const root = repository({
    "src/a.ts": "",
    "data/one.bin": 200 * MiB,
    "data/two.bin": 57 * MiB,
    "dist/a.js": "built",
    "large.bin": 256 * MiB - 5,
  });
  expect(found(root)).toEqual({ paths: ["dist/a.js", "large.bin"], folders: ["dist"], modules: [], leftOut: ["data"] });
});

test("all together must not be too large either", () => {
  const { paths, leftOut } = found(repository({ "one.bin": 200 * MiB, "two.bin": 200 * MiB }));
  expect([paths.length, leftOut.length, [...paths, ...leftOut].toSorted()]).toEqual([1, 1, ["one.bin", "two.bin"]]);
});

test("links take no room, whatever they lead to", () => {
  const root = repository({ "src/a.ts": 300 * MiB });
  for (const name of ["one", "two"]) symlinkSync("src/a.ts", join(root, name));
  expect(found(root)).toMatchObject({ paths: ["one", "two"], leftOut: [] });
});

test("folders of git that are gone, and those that may not be read, hold nothing", () => {
  const root = repository({ "closed/a.js": "" });
  chmodSync(join(root, "closed"), 0);
  const { folders, leftOut } = ignoredFiles(root, new Set(["", "gone"]), () => false);
  chmodSync(join(root, "closed"), 0o700);
  expect([folders, leftOut]).toEqual([["closed"], []]);
});
