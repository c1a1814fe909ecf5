import picomatch from "picomatch";
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { filledIn } from "./filled-in.ts";

test("a pattern fits files and folders, each once and as they are called from where it stands", () => {
  const files = { "p/a/x.ts": "", "p/a/y.ts": "", "p/b.ts": "", "p/.c/z.ts": "", "q.ts": "" };
  const workspace = temporaryWorkspace(files);
  const filled = (dir: string, pattern: string): readonly (readonly string[])[] => {
    const { folders, files: found } = filledIn(workspace, repoPath(dir), pattern, (glob) => picomatch(glob));
    return [folders, found];
  };
  expect(filled("", "*")).toEqual([["p"], ["q.ts"]]);
  expect(filled("p", "././*")).toEqual([["a"], ["b.ts"]]);
  expect(filled("p", "*/")).toEqual([["a"], []]);
  expect(filled("", "p/**/*.ts")).toEqual([[], ["p/a/x.ts", "p/a/y.ts", "p/b.ts"]]);
  expect(filled("", "./*/")).toEqual([["p"], []]);
  expect(filled("", "**")).toEqual([
    ["p", "p/a"],
    Object.keys(files)
      .filter((file) => !file.includes("/."))
      .toSorted(),
  ]);
  expect(filled("", "../*")).toEqual([[], []]);
});
