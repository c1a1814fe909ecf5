import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { speaksOf } from "./speaks-of.ts";

test("each word is looked for in each file", () => {
  const [one, two] = ["vi.mock();", "run();"].map((text) => parseSource(repoPath("a.ts"), text));
  const [mock, run] = [/\bmock\b/, /\brun\b/];
  for (let times = 0; times < 2; times++)
    expect([one, two].map((file) => file && [speaksOf(file, mock), speaksOf(file, run)])).toEqual([
      [true, false],
      [false, true],
    ]);
});
