import { expect, test } from "vitest";
import { commands } from "./commands/index.ts";
import { helpText } from "./help.ts";

test("the program's help has every command, what each takes and what exit codes mean", () => {
  const lines = helpText(null).split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "assay: one go / no-go verdict on a change",
    "",
    "usage: assay COMMAND [OPTION ...]",
    "",
  ]);
  for (const { name, summary } of commands)
    expect(lines.filter((line) => line.endsWith(` ${summary}`) && line.trim().startsWith(name))).toHaveLength(1);
  expect(lines).toContain("  explain CHECK      Show what a check looks for and how to put it right");
  expect(lines).toContain("  -C DIR             Work in this folder instead of the current one");
  expect(lines).toContain("  --help             Say more about a command");
  expect(lines.at(-2)).toBe("exit code: 0 nothing failed, 1 a check failed, 2 could not verify");
});

test("a command's help has its options, its own first", () => {
  expect(helpText(commands.find(({ name }) => name === "scope") ?? null)).toBe(`Show what a change affects, and why

usage: assay scope [OPTION ...]

  --base REV         Judge the change against its merge base with REV
  --json             Print one JSON object; the default when standard output is no terminal
  --pretty           Print text for people; the default on a terminal
  -C DIR             Work in this folder instead of the current one

exit code: 0 nothing failed, 1 a check failed, 2 could not verify
`);
  expect(helpText(commands.find(({ name }) => name === "explain") ?? null)).toContain(
    "usage: assay explain CHECK [OPTION ...]",
  );
});
