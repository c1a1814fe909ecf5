import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { guardsOnDemand } from "./guards-on-demand.ts";

const deadExport = guardsOnDemand.find(({ id }) => id === "dead-export");

const manifest = { "package.json": '{ "name": "shop", "exports": "./src/entry.ts", "bin": "./src/tool.ts" }' };

async function findings(base: Texts, head: Texts, greenfield = true): Promise<readonly string[]> {
  const context = await contextOf({
    base: { ...manifest, ...base },
    head: { ...manifest, ...head },
    config: { greenfield },
  });
  return ((await deadExport?.inspect(context)) ?? []).map(
    ({ path, line, message }) => `${path}:${line} ${/"(.*?)"/.exec(message)?.[1]}`,
  );
}

const total = "export const zero = 0;\nexport const total = (xs: number[]) => xs.length;\n";
const user = {
  "src/total.ts": total,
  "src/user.ts": 'import { total } from "./total.ts";\nexport const n = total([]);\n',
};
const without = { "src/total.ts": total, "src/user.ts": "export const n = 0;\n" };

test("an export of which the last import went away is dead", async () => {
  expect(await findings(user, without)).toEqual(["src/total.ts:2 total"]);
  expect(await findings(user, { "src/total.ts": total })).toEqual(["src/total.ts:2 total"]);
});

test("only a repository without users is told", async () => {
  expect(await findings(user, without, false)).toEqual([]);
});

test("an export that is still imported, in any form, is alive", async () => {
  for (const form of [
    'import { total } from "./total.ts";',
    'import { total as sum } from "./total.ts";',
    'export { total } from "./total.ts";',
    'import * as all from "./total.ts";',
    'export * from "./total.ts";',
    'const all = await import("./total.ts");',
    'const { total } = require("./total.ts");',
    'import type { total } from "./total.ts";',
  ]) {
    const other = { "src/other.ts": `${form}\n` };
    expect([form, await findings({ ...user, ...other }, { ...without, ...other })]).toEqual([form, []]);
  }
});

test("an import of another name does not keep it alive", async () => {
  const other = { "src/other.ts": 'import { zero } from "./total.ts";\n' };
  expect(await findings({ ...user, ...other }, { ...without, ...other })).toEqual(["src/total.ts:2 total"]);
});

test("what its own module uses, entries and what went away with its import are left alone", async () => {
  const used = { "src/total.ts": `${total}export const twice = total([]) * 2;\n` };
  expect(await findings({ ...user, ...used }, { ...without, ...used })).toEqual([]);
  const entry = { "src/entry.ts": total };
  const importing = { "src/user.ts": 'import { total } from "./entry.ts";\nexport const n = total([]);\n' };
  expect(await findings({ ...entry, ...importing }, { ...entry, "src/user.ts": "export const n = 0;\n" })).toEqual([]);
  expect(await findings(user, { "src/user.ts": "export const n = 0;\n" })).toEqual([]);
});

test("a default export is looked for by its place", async () => {
  const base = {
    "src/total.ts": "export default 1;\n",
    "src/user.ts": 'import total from "./total.ts";\nexport const n = total;\n',
  };
  expect(await findings(base, { ...base, "src/user.ts": "export const n = 0;\n" })).toEqual(["src/total.ts:1 default"]);
});
