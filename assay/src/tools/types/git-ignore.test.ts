import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { readIgnoreRules } from "./git-ignore.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";

test("paths are ignored exactly when git ignores them", async () => {
  const workspace = temporaryWorkspace({
    ".gitignore":
      "# built\ndist/\n*.tsbuildinfo\n/out\n!keep.tsbuildinfo\nlib/**/gen\ndocs/*.html\n\\!odd\ntrailing   \n{a,b}\n+(c)\n#x\nx#\n*.log\n",
    "packages/a/.gitignore": "types\n!dist\n/anchored\nsub/y\n!keep.log\n",
    "packages/b/x.ts": "",
  });
  const paths = [
    "dist/a.js",
    "packages/b/dist/a.d.ts",
    "packages/a/dist/a.d.ts",
    "packages/a/types/a.d.ts",
    "packages/b/types/a.d.ts",
    "packages/b/tsconfig.tsbuildinfo",
    "packages/b/keep.tsbuildinfo",
    "out/x",
    "packages/b/out/x",
    "lib/x/y/gen/z",
    "lib/gen",
    "docs/a.html",
    "docs/x/a.html",
    "!odd",
    "trailing",
    "{a,b}",
    "a",
    "dist",
    "+(c)",
    "c",
    "#x",
    "x#",
    ".hidden.log",
    "keep.log",
    "packages/a/keep.log",
    "packages/a/other.log",
    "packages/a/anchored",
    "packages/a/deep/anchored",
    "packages/a/sub/y",
    "packages/a/deep/sub/y",
  ];
  const isIgnored = await readIgnoreRules(workspace);
  execFileSync("git", ["init", "--quiet", workspace.root]);
  const ignored = execFileSync("git", ["-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "--stdin"], {
    cwd: workspace.root,
    input: paths.join("\n"),
    encoding: "utf8",
  });
  expect(paths.filter((path) => isIgnored(repoPath(path)))).toEqual(ignored.trim().split("\n"));
});

test("a line that names nothing ignores nothing", async () => {
  const isIgnored = await readIgnoreRules(temporaryWorkspace({ ".gitignore": "/\n!\n!/\n//\n \ndist\n" }));
  expect(["a", "a/b", "dist", "a/dist"].map((path) => isIgnored(repoPath(path)))).toEqual([false, false, true, true]);
});
