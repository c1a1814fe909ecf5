import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { baseReader, fileId, textOf } from "./base-reader.ts";
import type { Contents } from "./content.ts";
import type { Entry } from "./listing.ts";

const tree = new Map(
  Object.entries({
    "b.ts": { mode: "100644", id: "1" },
    "a.ts": { mode: "100755", id: "2" },
    "latin.txt": { mode: "100644", id: "3" },
    link: { mode: "120000", id: "4" },
    module: { mode: "160000", id: "5" },
  }).map(([path, entry]): [RepoPath, Entry] => [repoPath(path), entry]),
);

const blobs = new Map(Object.entries({ 1: "b\n", 2: "", 4: "b.ts" }).map(([id, text]) => [id, Buffer.from(text)]));
blobs.set("3", Buffer.from([0xe9]));

/** Remembers where each blob was said to lie. */
function reader(asked: string[] = []) {
  const contents: Contents = {
    blobs(ids, places) {
      asked.push(...Array.from(ids, (id) => `${id} ${places?.get(id)}`));
      return Promise.resolve(blobs);
    },
    onDisk: () => undefined,
    countLines: () => undefined,
  };
  return baseReader(contents, () => tree);
}

test("texts come in the order in which they are asked for, and only files of text have one", async () => {
  const paths = ["module", "b.ts", "link", "gone.ts", "latin.txt", "a.ts"].map(repoPath);
  const asked: string[] = [];
  expect(await reader(asked).read(paths)).toEqual([undefined, "b\n", undefined, undefined, undefined, ""]);
  expect(asked).toEqual(["1 b.ts", "3 latin.txt", "2 a.ts"]);
});

test("the paths of the base are in order, whatever they are", async () => {
  expect(await reader().paths()).toEqual(["a.ts", "b.ts", "latin.txt", "link", "module"]);
});

test("a text has four megabytes at most", () => {
  const most = Buffer.alloc(4 * 1024 * 1024, "x");
  expect(textOf(most)?.length).toBe(most.length);
  expect(textOf(Buffer.concat([most, Buffer.from("x")]))).toBe(undefined);
  expect(textOf(undefined)).toBe(undefined);
});

test("only a regular file has an id to read", () => {
  expect([undefined, ...tree.values()].map(fileId)).toEqual([undefined, "1", "2", "3", undefined, undefined]);
});
