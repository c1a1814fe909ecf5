import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { readFacts, unreadable } from "./facts.ts";
import { tooDeepAt } from "./nesting.ts";
import { parseSource } from "./parse.ts";

test("brackets may be a thousand deep, and no deeper", () => {
  const nested = (depth: number): string => `${"[{(".repeat(depth / 3)}${")}]".repeat(depth / 3)}`;
  expect(tooDeepAt(nested(999))).toBeUndefined();
  expect(tooDeepAt(`${nested(999)}${nested(999)}`)).toBeUndefined();
  expect(tooDeepAt(nested(1002))).toBe(1000);
  expect(tooDeepAt(`${")".repeat(5000)}${"(".repeat(1000)}`)).toBeUndefined();
});

test.each(["[", "(", "{", "`${", "if(a){"])(
  "a file of %s without end is a syntax error, and the process lives",
  async (opening) => {
    const text = `export const a = 1;\n${opening.repeat(50_000)}`;
    const file = parseSource(repoPath("src/deep.ts"), text);
    expect(file.syntaxErrors.map(({ message, start }) => [message, file.lineOf(start)])).toEqual([
      ["Brackets are nested more than 1000 deep", 2],
    ]);
    expect(file.program.body).toEqual([]);
    expect(await readFacts("src/deep.ts", text)).toEqual(unreadable);
  },
);
