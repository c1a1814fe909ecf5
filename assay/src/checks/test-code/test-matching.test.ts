import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { isGeneralized, isOverhaul, testsOfChange, titlesAlike } from "./test-matching.ts";

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

const named = (title: string, body: string): string => `test(${JSON.stringify(title)}, () => { ${body} });\n`;
const is = (call: string, value: string): string => `expect(${call}).toBe(${value});`;

/** The titles that belong together, where nothing else was found. */
async function pairs(base: Texts, head: Texts): Promise<readonly string[]> {
  const { matches, gone, added } = await matched(base, head);
  return [...matches, ...gone.map((title) => `- ${title}`), ...added.map((title) => `+ ${title}`)];
}

test("a test that comes into a suite, or leaves it, is the same", async () => {
  const inSuite = `describe("sum", () => { ${named("adds", is("other(5)", "8"))} });\n`;
  expect(await pairs({ "a.test.ts": adds }, { "a.test.ts": inSuite })).toEqual(["adds = adds"]);
  expect(await pairs({ "a.test.ts": adds }, { "b.test.ts": inSuite })).toEqual(["adds = adds"]);
});

test("of tests of one title that in the same file comes first, and then that in the same suite", async () => {
  const other = named("adds", is("total(5)", "8"));
  expect(await pairs({ "a.test.ts": adds, "b.test.ts": other }, { "a.test.ts": other, "b.test.ts": adds })).toEqual([
    "adds = adds",
    "adds = adds",
  ]);
  const { matches } = await testsOfChange(
    await contextOf({
      base: { "a.test.ts": adds },
      head: { "a.test.ts": `${adds.replace("3", "4")}more();\n`, "b.test.ts": adds },
    }),
  );
  expect(matches.map(({ head }) => head.file.path)).toEqual(["a.test.ts"]);
});

test("what is the same but for its title is found in another file as well", async () => {
  const body = is("a(1)", "2");
  expect(await pairs({ "a.test.ts": named("one", body) }, { "b.test.ts": named("other", body) })).toEqual([
    "one = other",
  ]);
});

test("the most alike of several is the one", async () => {
  const [long, edited, less] = [
    is("sum(1, 2)", "3") + is("sum(4, 5)", "9"),
    is("sum(1, 2)", "3") + is("sum(4, 6)", "9"),
    is("sum(1, 2)", "3"),
  ];
  expect(
    await pairs({ "a.test.ts": named("one", long) }, { "a.test.ts": named("less", less) + named("edited", edited) }),
  ).toEqual(["one = edited", "+ less"]);
  expect(
    await pairs({ "a.test.ts": named("less", less) + named("one", long) }, { "a.test.ts": named("edited", edited) }),
  ).toEqual(["one = edited", "- less"]);
});

test("in another file more has to be alike", async () => {
  const [before, after] = [is("sum(1, 2)", "3"), is("sum(1, 2, 9)", "total") + "more();"];
  expect(await pairs({ "a.test.ts": named("one", before) }, { "a.test.ts": named("two", after) })).toEqual([
    "one = two",
  ]);
  expect(await pairs({ "a.test.ts": named("one", before) }, { "b.test.ts": named("two", after) })).toEqual([
    "- one",
    "+ two",
  ]);
});

test("between the same neighbours a test is rewritten, as long as it speaks of the same", async () => {
  const around = (middle: string): Texts => ({ "a.test.ts": adds + middle + subtracts });
  const before = named("gives the price of a cart", "const cart = open(5); " + is("cart.price", "5"));
  const after = named(
    "the price of a cart is given",
    "const it = make(); fill(it); save(it); " + is("it.price", "open"),
  );
  const same = ["adds = adds", "subtracts = subtracts"];
  expect(await pairs(around(before), around(after))).toEqual([
    "adds = adds",
    "gives the price of a cart = the price of a cart is given",
    "subtracts = subtracts",
  ]);
  expect(await pairs(around(before), { "a.test.ts": after + adds + subtracts })).toEqual([
    ...same,
    "- gives the price of a cart",
    "+ the price of a cart is given",
  ]);
  const silent = after.replace(is("it.price", "open"), "log(it.price, open);");
  expect(await pairs(around(before), around(silent))).toContain("- gives the price of a cart");
});

const template = "for (const n of [1, 2]) test(`adds ${n} to it`, () => { expect(sum(n, 2)).toBe(n + 2); });\n";

test.each<[title: string, isMade: boolean]>([
  ["adds 1 to it", true],
  ["adds 12 to it", true],
  ["adds 1", false],
  ["it adds 1 to it", false],
  ["adds 1 to it all", false],
  ["takes 1 from it", false],
])("a test %j is made by one that takes its title from data: %s", async (title, isMade) => {
  const one = named(title, is("sum(1, 2)", "3"));
  const found = await testsOfChange(await contextOf({ base: { "a.test.ts": one }, head: { "b.test.ts": template } }));
  const [test] = [...found.gone.map((each) => each.test), ...found.matches.map(({ base }) => base)];
  expect(test && isGeneralized(found, test)).toBe(isMade);
});

test("a title of which data is all says nothing", async () => {
  const head = { "b.test.ts": template.replace("adds ${n} to it", "${n} a") };
  const found = await testsOfChange(
    await contextOf({ base: { "a.test.ts": named("1 a", is("sum(1, 2)", "3")) }, head }),
  );
  const [test] = [...found.gone.map((each) => each.test), ...found.matches.map(({ base }) => base)];
  expect(test && isGeneralized(found, test)).toBe(false);
});

test("a file whose tests are edited at large is overhauled", async () => {
  const file = (count: number, edited: number, rest = ""): string =>
    Array.from({ length: count }, (_, n) => named(`t${n}`, is(`f${n}(1)`, n < edited ? "2" : "1"))).join("") + rest;
  const isLarge = async (count: number, edited: number): Promise<boolean> => {
    const base = { "a.test.ts": file(count, 0), "b.test.ts": adds };
    const found = await testsOfChange(
      await contextOf({ base, head: { ...base, "a.test.ts": file(count, edited, "1;") } }),
    );
    const [match] = found.matches;
    return match !== undefined && isOverhaul(found, match.base.file);
  };
  expect([await isLarge(6, 6), await isLarge(6, 5), await isLarge(24, 6), await isLarge(25, 6)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test.each<[string, string, number]>([
  ["adds two", "adds two", 1],
  ["Adds two", "adds TWO!", 1],
  ["adds two", "adds three", 0.5],
  ["adds", "takes two away", 0],
  ["Äpfel und Birnen", "äpfel", 0.5],
  ["?", "!", 0],
])("the titles %j and %j have the share %d of their words in common", (a, b, share) => {
  expect(titlesAlike(a, b)).toBe(share);
});

test("tests that are gone count among those of their file alone, and make an overhaul the less of one", async () => {
  const tests = (count: number, value: number): string =>
    Array.from(
      { length: count },
      (_, index) => `test("is ${index}", () => expect(at(${index})).toBe(${value}));\n`,
    ).join("");
  const gone = Array.from(
    { length: 9 },
    (_, n) => `test("g${n}", () => { expect(other${n}(${n}77)).toBe(${n}88); });\n`,
  );
  const isLarge = async (own: string, beside: string): Promise<boolean> => {
    const found = await testsOfChange(
      await contextOf({
        base: { "a.test.ts": tests(16, 1) + own, "b.test.ts": adds + beside },
        head: { "a.test.ts": tests(6, 2) + tests(16, 1).split("\n").slice(6).join("\n"), "b.test.ts": adds },
      }),
    );
    const match = found.matches.find(({ base }) => base.file.path === "a.test.ts");
    return match !== undefined && isOverhaul(found, match.base.file);
  };
  expect(await isLarge("", gone.join(""))).toBe(true);
  expect(await isLarge(gone.join(""), "")).toBe(false);
});

test("in another file more has to be the same than in its own", async () => {
  const long = (title: string, more: string): string =>
    `test("${title}", () => { const cart = fill("a", 3); pay(cart, 9); ${more} expect(total(cart)).toBe(12); });\n`;
  const base = { "a.test.ts": adds + long("carts are paid", "send(cart); wrap(cart, 4);"), "b.test.ts": subtracts };
  const renamed = long("what is owed", "hold(card, 8); fold(card, 5);");
  expect((await matched(base, { "a.test.ts": adds + renamed, "b.test.ts": subtracts })).gone).toEqual([]);
  expect((await matched(base, { "a.test.ts": adds, "b.test.ts": subtracts + renamed })).gone).toEqual([
    "carts are paid",
  ]);
  const same = long("what is owed", "send(cart); wrap(cart, 5);");
  expect((await matched(base, { "a.test.ts": adds, "b.test.ts": subtracts + same })).gone).toEqual([]);
});
