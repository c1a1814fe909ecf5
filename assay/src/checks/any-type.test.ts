import { expect, test } from "vitest";
import { anyType } from "./any-type.ts";
import { contextOf, type Texts } from "./change/change-of-texts.ts";

/** Where a type is given up: `path:line`. */
async function found(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await anyType.inspect(await contextOf({ base, head }));
  return findings.map(({ path, line }) => `${path}:${line}`);
}

const documented = "// @ts-check\n/** @type {any} */\nexport let order = 1;\n";
const loose = "export let order: any;\n";

test("JavaScript is read by its JSDoc under each of its endings, beside TypeScript", async () => {
  const scripts = { "a.cjs": documented, "b.js": documented, "c.jsx": documented, "d.mjs": documented };
  expect(await found({}, { ...scripts, "e.ts": loose })).toEqual(["a.cjs:2", "b.js:2", "c.jsx:2", "d.mjs:2", "e.ts:1"]);
});

test("TypeScript of which the name speaks of JavaScript is TypeScript", async () => {
  expect(await found({}, { "a.js.ts": loose, "b.json.ts": loose })).toEqual(["a.js.ts:1", "b.json.ts:1"]);
});

test("a file that had many has its own opinion, which is not that of the others", async () => {
  const many = ["one", "two", "three", "four"].map((name) => `export let ${name}: any;\n`).join("");
  const base = { "many.ts": many, "few.ts": many.replace(/.*four.*\n/, ""), "none.ts": "export let n = 1;\n" };
  const head = { "many.ts": many + loose, "few.ts": base["few.ts"] + loose, "none.ts": loose };
  expect(await found(base, head)).toEqual(["few.ts:4", "none.ts:1"]);
});
