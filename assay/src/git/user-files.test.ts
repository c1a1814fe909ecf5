import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { hasLines, readIfThere, userFile } from "./user-files.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-user-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test("a file that git is told of lies in the home folder, in the repository, or where it says", () => {
  expect(userFile("/repository", "~/ignore", "ignore")).toBe(join(homedir(), "ignore"));
  expect(userFile("/repository", "rules/~/ignore", "ignore")).toBe("/repository/rules/~/ignore");
  expect(userFile("/repository", "/etc/ignore", "ignore")).toBe("/etc/ignore");
});

test("git's own default is the configuration folder of the user", () => {
  vi.stubEnv("XDG_CONFIG_HOME", "/config");
  expect(userFile("/repository", null, "ignore")).toBe("/config/git/ignore");
  vi.stubEnv("XDG_CONFIG_HOME", "");
  expect(userFile("/repository", null, "attributes")).toBe(join(homedir(), ".config/git/attributes"));
});

test("only what stands at the start of a line and is no comment says something", () => {
  const file = join(folder(), "ignore");
  expect(hasLines(file)).toBe(false);
  for (const [text, says] of [
    ["", false],
    ["# a\n\n  \n", false],
    ["# a\n*.log\n", true],
    ["a", true],
  ] as const) {
    writeFileSync(file, text);
    expect(hasLines(file)).toBe(says);
  }
});

test("what is no file has no text", () => {
  const dir = folder();
  mkdirSync(join(dir, "folder"));
  writeFileSync(join(dir, "file"), "é");
  expect(["folder", "gone", "file", "file/below"].map((name) => readIfThere(join(dir, name)))).toEqual([
    "",
    "",
    "é",
    "",
  ]);
});
