import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { textReader } from "./read-text.ts";
import { temporaryTree } from "./testing/temporary-tree.ts";

const limit = 4 * 1024 * 1024;

function repository(): { readonly root: string; readonly read: (file: string) => string | undefined } {
  const { root } = temporaryTree({ "a.txt": "a", "dir/b.txt": "b" });
  const read = textReader(root);
  return { root, read: (file) => read(repoPath(file)) };
}

test("a file is read as it is, byte order mark and line ends included", () => {
  const { root, read } = repository();
  writeFileSync(path.join(root, "bom.txt"), "\uFEFFx\r\ny");
  expect([read("a.txt"), read("dir/b.txt"), read("bom.txt")]).toEqual(["a", "b", "\uFEFFx\r\ny"]);
});

test("names with spaces, quotes, newlines and a leading dash are read", () => {
  const { root, read } = repository();
  for (const name of ["a b", '"q"', "new\nline", "-dash", "ünï"]) {
    writeFileSync(path.join(root, name), name);
    expect(read(name)).toBe(name);
  }
});

test("what is missing, a folder or below a file is undefined", () => {
  const { read } = repository();
  expect(["none", "dir", "", "a.txt/x", "dir/none/x", "nul\0"].map((file) => read(file))).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
});

test("a file that is not UTF-8 is undefined", () => {
  const { root, read } = repository();
  writeFileSync(path.join(root, "latin1"), Buffer.from("caf\u00e9", "latin1"));
  expect(read("latin1")).toBeUndefined();
});

test("a file is read up to 4 MiB", () => {
  const { root, read } = repository();
  writeFileSync(path.join(root, "most"), "x".repeat(limit));
  writeFileSync(path.join(root, "over"), "x".repeat(limit + 1));
  expect([read("most")?.length, read("over")]).toEqual([limit, undefined]);
});

test("a pipe is not waited for", () => {
  const { root, read } = repository();
  execFileSync("mkfifo", [path.join(root, "pipe")]);
  expect(read("pipe")).toBeUndefined();
});

test("symbolic links are followed inside the repository and not out of it", () => {
  const { root, read } = repository();
  const { root: outside } = temporaryTree({ "secret.txt": "secret", "dir/b.txt": "secret" });
  const link = (target: string, name: string): void => symlinkSync(target, path.join(root, name));
  link("a.txt", "inner");
  link("dir", "inner-dir");
  link(path.join(outside, "secret.txt"), "outer");
  link(outside, "outer-dir");
  link("none", "dangling");
  link("loop", "loop");
  mkdirSync(path.join(root, "deep"));
  link(path.join(outside, "dir"), "deep/dir");
  expect(["inner", "inner-dir/b.txt"].map((file) => read(file))).toEqual(["a", "b"]);
  const refused = ["outer", "outer-dir/secret.txt", "outer-dir/dir/b.txt", "dangling", "loop", "deep/dir/b.txt"];
  expect(refused.map((file) => read(file))).toEqual(refused.map(() => undefined));
});

test("a neighbour whose name begins like the root's is outside", () => {
  const { root, read } = repository();
  const { root: neighbours } = temporaryTree({});
  mkdirSync(`${root}-extra`.replace(path.dirname(root), neighbours));
  const neighbour = path.join(neighbours, `${path.basename(root)}-extra`);
  writeFileSync(path.join(neighbour, "x"), "secret");
  symlinkSync(path.join(neighbour, "x"), path.join(root, "x"));
  expect(read("x")).toBeUndefined();
});
