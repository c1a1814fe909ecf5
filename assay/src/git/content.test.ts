import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { contentsOf, isBinary } from "./content.ts";
import { openRepository } from "./repository.ts";
import { makeRepository } from "./test-repository.ts";

test("a zero byte is looked for in the first eight thousand", () => {
  const content = (zeroAt: number) => Buffer.from(`${"x".repeat(zeroAt)}\0${"x".repeat(1000)}`);
  expect([0, 7999, 8000].map((at) => isBinary(content(at)))).toEqual([true, true, false]);
  expect(isBinary(Buffer.from("text"))).toBe(false);
});

test("files on disk have content and lines, and links have neither", async () => {
  const made = makeRepository({ "a.ts": "a\n" });
  onTestFinished(() => made.remove());
  made.write("a.ts", "a\nb\n");
  symlinkSync("a.ts", join(made.root, "link"));
  const contents = contentsOf(await openRepository(made.root));
  expect(["a.ts", "link", "gone"].map((path) => contents.onDisk(repoPath(path))?.toString())).toEqual([
    "a\nb\n",
    undefined,
    undefined,
  ]);
  expect(["a.ts", "link", "gone"].map((path) => contents.countLines(repoPath(path)))).toEqual([
    2,
    undefined,
    undefined,
  ]);
});
