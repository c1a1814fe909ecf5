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

async function found(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await rewrittenSnapshot.inspect(await contextOf({ base, head }));
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
