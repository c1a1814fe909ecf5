import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

// Two packages of another language, seventeen megabytes, once came along with a commit of tests.
test("every file that git keeps is text", () => {
  const listed = execFileSync("git", ["ls-files", "--eol"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  expect(listed.length).toBeGreaterThan(1000);
  expect(listed.filter((line) => line.startsWith("i/-text"))).toEqual([]);
});
