import { expect, test } from "vitest";
import { wordsOf } from "./runner-flags.ts";

test("a flag has what is in one piece with it, and what stands behind it up to the next flag", () => {
  const flags = ["--a", "one", "--skip", "two", "three-", "-b", "four", "--skip=five", "--skipped", "six"];
  expect(wordsOf(flags, "--skip")).toEqual(["two", "three-", "five"]);
  expect(wordsOf(flags, "--skipped")).toEqual(["six"]);
  expect(wordsOf(["--skip=a", "b"], "--skip")).toEqual(["a", "b"]);
  expect(wordsOf(flags, "--other")).toEqual([]);
});
