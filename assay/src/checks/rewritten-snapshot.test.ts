import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { rewrittenSnapshot } from "./rewritten-snapshot.ts";
import { isRuin } from "./assertions/snapshots.ts";

const path = "src/__snapshots__/card.test.ts.snap";
const file = (...entries: readonly string[]) => entries.map((entry) => `exports[${entry};\n`).join("\n");
const ada = '`card > shows Ada 1`] = `"<p>Ada</p>"`';
const grace = '`card > shows Grace 1`] = `"<p>Grace</p>"`';
const tests: Texts = {
  "src/card.test.ts": `describe("card", () => {
  test("shows Ada", () => { expect(card("Ada")).toMatchSnapshot(); });
  test("shows Grace", () => { expect(card("Grace")).toMatchSnapshot(); });
});`,
};

async function found(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const findings = await rewrittenSnapshot.inspect(await contextOf({ base, head, renames }));
  return findings.map(({ line, message }) => `${line} ${message}`);
}

test("a snapshot that became nothing is found on its line", async () => {
  const after = file(ada, grace.replace('"<p>Grace</p>"', "undefined"));
  expect(await found({ [path]: file(ada, grace) }, { [path]: after })).toEqual([
    "3 the snapshot `card > shows Grace 1` was rewritten to `undefined`; mend the code, or assert that on purpose",
  ]);
});

test("a snapshot that was deleted is missed only by the test that asks for it", async () => {
  const before = { ...tests, [path]: file(ada, grace) };
  expect(await found(before, { ...tests, [path]: file(ada) })).toHaveLength(1);
  const withoutGrace = { "src/card.test.ts": (tests["src/card.test.ts"] ?? "").replace(/^.*Grace.*$/m, "") };
  expect(await found(before, { ...withoutGrace, [path]: file(ada) })).toEqual([]);
});

test("a file of snapshots is missed by tests that ask for any", async () => {
  expect(await found({ ...tests, [path]: file(ada, grace) }, tests)).toHaveLength(1);
  expect(await found({ [path]: file(ada, grace) }, { "src/card.test.ts": "" })).toEqual([]);
});

test("a snapshot that moves along is compared with what it was", async () => {
  const to = "src/__snapshots__/moved.test.ts.snap";
  const moved = { "src/moved.test.ts": tests["src/card.test.ts"] ?? "" };
  const renames = { [to]: path, "src/moved.test.ts": "src/card.test.ts" };
  const base = { ...tests, [path]: file(ada, grace) };
  expect(await found(base, { ...moved, [to]: file(ada, grace) }, renames)).toEqual([]);
  const emptied = file(ada, grace.replace('"<p>Grace</p>"', "undefined"));
  expect(await found(base, { ...moved, [to]: emptied }, renames)).toHaveLength(1);
});

test("a new file of snapshots, and one that is none, say nothing", async () => {
  expect(await found({}, { [path]: file(ada, "`card > shows Grace 1`] = `undefined`") })).toEqual([]);
  const text = { [path.replace(".snap", ".txt")]: file(ada, grace) };
  expect(await found({ ...tests, ...text }, tests)).toEqual([]);
});

test("snapshots of a test are counted, whatever number they bear", async () => {
  const entries = Array.from({ length: 12 }, (_, n) => `\`lists ${n + 1}\`] = \`"${n}"\``);
  const asks = "expect(1).toMatchSnapshot();\n".repeat(12);
  const asking = { "src/card.test.ts": `test("lists", () => {\n${asks}});\n` };
  const base = { ...asking, [path]: file(...entries) };
  expect(await found(base, { ...asking, [path]: file(...entries.slice(0, 11)) })).toEqual([
    "null the snapshot of `lists` was deleted, so the next run keeps whatever the code gives; restore it",
  ]);
  const fewer = { "src/card.test.ts": asking["src/card.test.ts"].replace("expect(1).toMatchSnapshot();\n", "") };
  expect(await found(base, { ...fewer, [path]: file(...entries.slice(0, 11)) })).toEqual([]);
});

test("only what asks for a snapshot in a file of its own misses one", async () => {
  const asked = async (matcher: string): Promise<boolean> => {
    const asking = { "src/card.test.ts": `test("shows", () => { expect(card).${matcher}; });\n` };
    const before = { ...asking, [path]: file("`shows 1`] = `1`") };
    const [less, none] = [await found(before, { ...asking, [path]: "" }), await found(before, asking)];
    expect([matcher, less.length]).toEqual([matcher, none.length]);
    return none.length > 0;
  };
  for (const matcher of ["toMatchSnapshot()", "toThrowErrorMatchingSnapshot()", "not.toMatchSnapshot()"])
    expect([matcher, await asked(matcher)]).toEqual([matcher, true]);
  for (const matcher of ["toMatchInlineSnapshot('1')", "toBe(1)", "toMatchSnapshots()", "alsoToMatchSnapshot()"])
    expect([matcher, await asked(matcher)]).toEqual([matcher, false]);
});

test("what is called by tests may ask for snapshots as well", async () => {
  const helper = { "src/card.test.ts": "export const shows = (card) => expect(card).toMatchSnapshot();\n" };
  expect(await found({ ...helper, [path]: file(ada) }, helper)).toHaveLength(1);
});

/** What becomes of snapshots in the test itself. */
function inline(before: string, after: string): Promise<readonly string[]> {
  const body = (code: string): Texts => ({ "src/card.test.ts": `test("shows", () => {\n${code}\n});\n` });
  return found(body(before), body(after));
}

const pinned = "expect(card(1)).toMatchInlineSnapshot('\"<p>Ada</p>\"');";

test("an inline snapshot that was emptied, or says nothing any more, is found on its line", async () => {
  expect(await inline(pinned, `// Look.\nexpect(card(1)).toMatchInlineSnapshot();`)).toEqual([
    "3 an inline snapshot was emptied, so the next run keeps whatever the code gives; restore it",
  ]);
  expect(await inline(pinned, "expect(card(1)).toMatchInlineSnapshot('undefined');")).toEqual([
    "2 an inline snapshot was rewritten to `undefined`; mend the code, or assert that on purpose",
  ]);
  expect(await inline(pinned, "expect(card(1)).toMatchInlineSnapshot(' undefined ');")).toHaveLength(1);
  expect(await inline(pinned, "expect(card(1)).toMatchInlineSnapshot('\"<p>Bea</p>\"');")).toEqual([]);
  expect(await inline(pinned, "expect(card(1)).toMatchInlineSnapshot(wanted);")).toEqual([]);
  expect(await inline(pinned.replace("<p>Ada</p>", "Invalid card"), pinned.replace('"<p>Ada</p>"', "null"))).toEqual(
    [],
  );
  expect(
    await inline("expect(card(1)).toMatchInlineSnapshot();", "expect(card(1)).toMatchInlineSnapshot('null');"),
  ).toEqual([]);
});

test("an inline snapshot is compared with that of the same value, or of the same place", async () => {
  const second = "expect(card(2)).toMatchInlineSnapshot('null');";
  expect(await inline(`${pinned}\n${second}`, `${second}\n${pinned}`)).toEqual([]);
  expect(
    await inline(`expect(card(0)).toBe(0);\n${pinned}`, pinned.replace("card(1)", "card(7)").replace(/\('.*'\)/, "()")),
  ).toEqual(["2 an inline snapshot was emptied, so the next run keeps whatever the code gives; restore it"]);
  expect(await inline(pinned, `${pinned}\n${second}`)).toEqual([]);
});

test("a long snapshot is shown by its beginning, on one line", async () => {
  const shown = async (name: string): Promise<string | undefined> => {
    const entry = (value: string): string => `\`${name} 1\`] = \`${value}\``;
    const [finding] = await found({ [path]: file(entry("1")) }, { [path]: file(entry("undefined")) });
    return /the snapshot `([^`]*)` was/.exec(finding ?? "")?.[1];
  };
  expect(await shown("x".repeat(48))).toBe(`${"x".repeat(48)} 1`);
  expect(await shown("x".repeat(49))).toBe(`${"x".repeat(49)}…`);
  expect(await shown("a  b")).toBe("a b 1");
});

test("an error in another layout is still the error", async () => {
  const before = file('`fails 1`] = `"Error: no card"`');
  expect(await found({ [path]: before }, { [path]: file("`fails 1`] = `[Error: no card]`") })).toEqual([]);
});

test.each(["undefined", "null", '""', "{}", "Object {}", "[]", "[Error: no]", "[TypeError]", "[Function]", "<div />"])(
  "%s says nothing",
  (value) => {
    expect(isRuin(value)).toBe(true);
  },
);

test.each(['"a"', "0", "Object {\n  a: 1,\n}", "<div>a</div>", "[1]", "Errors: 3"])("%s says something", (value) => {
  expect(isRuin(value)).toBe(false);
});
