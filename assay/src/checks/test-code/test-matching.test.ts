import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { testsOfChange } from "./test-matching.ts";

interface Found {
  readonly matches: readonly string[];
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

async function matched(base: Texts, head: Texts): Promise<Found> {
  const { matches, gone, added } = await testsOfChange(await contextOf({ base, head }));
  return {
    matches: matches.map((match) => `${match.base.title} = ${match.head.title}`),
    gone: gone.map((each) => each.test.title),
    added: added.map(({ title }) => title),
  };
}

const adds = 'test("adds", () => { expect(sum(1, 2)).toBe(3); });\n';
const subtracts = 'test("subtracts", () => { expect(difference(9, 4)).toBe(5); });\n';

test("a test is found by its title, in its file or in another one", async () => {
  expect(
    await matched({ "a.test.ts": adds + subtracts }, { "a.test.ts": adds.replace("3", "4"), "b.test.ts": subtracts }),
  ).toEqual({ matches: ["adds = adds", "subtracts = subtracts"], gone: [], added: [] });
});

test("a test under another title is found by what it does", async () => {
  expect(
    await matched(
      { "a.test.ts": adds + subtracts },
      { "a.test.ts": adds.replace('"adds"', '"gives a sum"') + subtracts },
    ),
  ).toEqual({ matches: ["adds = gives a sum", "subtracts = subtracts"], gone: [], added: [] });
});

test("a test of the same function with other values is another one", async () => {
  const other = 'test("knows zero", () => { expect(sum(0, 7)).toBe(7); });\n';
  expect(await matched({ "a.test.ts": subtracts + adds }, { "a.test.ts": subtracts + other })).toEqual({
    matches: ["subtracts = subtracts"],
    gone: ["adds"],
    added: ["knows zero"],
  });
});

test("suites tell tests of one title apart", async () => {
  const suite = (name: string, body: string) => `describe("${name}", () => { ${body} });\n`;
  expect(
    await matched({ "a.test.ts": suite("sum", adds) + suite("total", adds) }, { "a.test.ts": suite("total", adds) }),
  ).toEqual({ matches: ["adds = adds"], gone: ["adds"], added: [] });
});
