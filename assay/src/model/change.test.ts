import { expect, test } from "vitest";
import { newFile } from "./change.ts";
import { repoPath } from "./paths.ts";

test("a new file is text that the base did not have", () => {
  const changedLines = [{ start: 1, end: 3 }];
  expect(newFile(repoPath("a.ts"), changedLines)).toEqual({
    path: "a.ts",
    kind: "added",
    previousPath: null,
    changedLines,
    binary: false,
    submodule: false,
    symlink: false,
    stages: new Set(["committed"]),
    baseBlob: null,
  });
});
