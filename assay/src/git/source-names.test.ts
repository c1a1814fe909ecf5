import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { isCode, isSource } from "./source-names.ts";

test.each([
  ["src/a.ts", true, true],
  ["src/A.TSX", true, true],
  ["deploy.sh", true, true],
  [".vscode/run.js", true, true],
  ["data.json", false, true],
  ["a/config.YAML", false, true],
  [".eslintrc", false, true],
  ["a/.npmrc", false, true],
  [".vscode/settings.json", false, false],
  ["a/.idea/workspace.json", false, false],
  ["vscode/settings.json", false, true],
  ["my.vscode/settings.json", false, true],
  [".vscode.json", false, true],
  ["a.test.ts", true, true],
  ["a.ts.bak", false, false],
  ["notes.txt", false, false],
  ["README", false, false],
  [".ts", false, false],
  ["ts", false, false],
  ["src.ts/notes", false, false],
  [".xrc.bak", false, false],
  ["x.npmrc", false, false],
  ["rc", false, false],
])("%s: code %j, source %j", (path, code, source) => {
  expect([isCode(repoPath(path)), isSource(repoPath(path))]).toEqual([code, source]);
});
