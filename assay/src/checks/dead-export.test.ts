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

test("what its module imports under another name is another module's", async () => {
  const other = { "src/other.ts": "export const total = 1;\nexport const sum = 2;\n" };
  const taking = (text: string): Texts => ({ ...other, "src/total.ts": `import ${text} from "./other.ts";\n${total}` });
  for (const text of ["{ total as all }", "{ sum as all }", "{ sum }"])
    expect([text, await findings({ ...user, ...taking(text) }, { ...without, ...taking(text) })]).toEqual([
      text,
      ["src/total.ts:3 total"],
    ]);
  const used = taking("{ sum as all }");
  const twice = { "src/total.ts": `${used["src/total.ts"]}export const twice = total([]) * 2;\n` };
  expect(await findings({ ...user, ...used, ...twice }, { ...without, ...used, ...twice })).toEqual([]);
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

/** What is dead where `src/user.ts` no longer imports `total` of `src/…`, beside a file that speaks of it. */
function beside(path: string, text: string, module = "total.ts"): Promise<readonly string[]> {
  const files = { [`src/${module}`]: total.replace(": number[]", ""), [path]: text };
  const importing = { "src/user.ts": `import { total } from "./${module}";\nexport const n = total([]);\n` };
  return findings({ ...files, ...importing }, { ...files, "src/user.ts": "export const n = 0;\n" });
}

test("a file in another language that speaks of module and name may use it", async () => {
  for (const path of ["src/a.vue", "src/a.svelte", "src/a.astro", "src/a.html"]) {
    expect([path, await beside(path, 'import { total } from "./total.ts";\n')]).toEqual([path, []]);
    expect([path, await beside(path, 'import { zero } from "./sums.ts"; total\n', "sums.ts")]).toEqual([path, []]);
    expect([path, await beside(path, 'import { zero } from "./sums.ts";\n', "sums.ts")]).toEqual([
      path,
      ["src/sums.ts:2 total"],
    ]);
    expect([path, await beside(path, "total\n", "sums.ts")]).toEqual([path, ["src/sums.ts:2 total"]]);
  }
});

test("documents, data and what is no code are no use", async () => {
  for (const path of ["README.md", "src/a.mdx", "src/a.json", "src/a.ts.txt", "src/a.css"]) {
    expect([path, await beside(path, 'import { total } from "./total.ts";\n')]).toEqual([
      path,
      ["src/total.ts:2 total"],
    ]);
  }
});

test("an importer counts under every ending of its own and of the module", async () => {
  for (const ending of ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"]) {
    const text = 'import { total } from "./total";\nexport const m = total;\n';
    expect([ending, await beside(`src/a.${ending}`, text, `total.${ending}`)]).toEqual([ending, []]);
    expect([ending, await beside(`src/a.${ending}`, text.replace("total }", "zero }"), `total.${ending}`)]).toEqual([
      ending,
      [`src/total.${ending}:2 total`],
    ]);
  }
});

test("a module that is imported as a whole somewhere, beside names of it, is used as a whole", async () => {
  const named =
    'import { zero } from "./total.ts";\nimport * as all from "./total.ts";\nexport const m = [zero, all];\n';
  expect(await beside("src/a.ts", named)).toEqual([]);
  const both = 'import one, * as all from "./total.ts";\nexport const m = [one, all];\n';
  expect(await beside("src/a.ts", both)).toEqual([]);
  expect(await beside("src/a.ts", 'import { zero } from "./total.ts";\nexport { total } from "./other.ts";\n')).toEqual(
    ["src/total.ts:2 total"],
  );
  const mocked = 'import { zero } from "./total.ts";\nvi.mock("./total.ts");\nexport const m = zero;\n';
  expect(await beside("src/a.ts", mocked)).toEqual([]);
});

test("the same name of another module keeps nothing", async () => {
  for (const other of ["total", "./total-of.ts", "../total.ts"]) {
    const text = `import { total } from "${other}";\nexport const m = total;\n`;
    expect([other, await beside("src/a.ts", text)]).toEqual([other, ["src/total.ts:2 total"]]);
  }
});

test("a name that is written as a text is a name", async () => {
  const named = { "src/total.ts": 'const total = 1;\nexport { total as "the total" };\n' };
  const importing = { "src/user.ts": 'import { "the total" as total } from "./total.ts";\nexport const n = total;\n' };
  const without = { ...named, "src/user.ts": "export const n = 0;\n" };
  const other = { "src/other.ts": 'export { "the total" as sum } from "./total.ts";\n' };
  expect(await findings({ ...named, ...importing }, without)).toEqual(["src/total.ts:2 the total"]);
  expect(await findings({ ...named, ...importing, ...other }, { ...without, ...other })).toEqual([]);
});

test("an export in a list is dead where nothing else in its module names it", async () => {
  const list = (line: string): Texts => ({ "src/total.ts": `const total = 1;\n${line}\n` });
  for (const [line, expected] of [
    ["export { total };", ["src/total.ts:2 total"]],
    ["export { total };\nexport const twice = total * 2;", []],
    ['import { total as other } from "./b.ts";\nexport { total, other };', ["src/total.ts:3 total"]],
  ] as const) {
    const base = { ...user, ...list(line) };
    expect([line, await findings(base, { ...base, "src/user.ts": "export const n = 0;\n" })]).toEqual([line, expected]);
  }
});

test("an importer that lets go and is moved is found", async () => {
  const files = { "src/b.ts": total, "src/a.ts": total };
  const importing =
    'import { total, zero } from "./b.ts";\nimport { total as sum, zero as none } from "./a.ts";\nexport const n = [total, zero, sum, none];\n';
  const context = await contextOf({
    base: { ...manifest, ...files, "src/old/user.ts": importing.replaceAll("./", "../") },
    head: { ...manifest, ...files, "src/user.ts": "export const n = 0;\n" },
    renames: { "src/user.ts": "src/old/user.ts" },
    config: { greenfield: true },
  });
  const found = (await deadExport?.inspect(context)) ?? [];
  expect(found.map(({ path, line }) => `${path}:${line}`).toSorted()).toEqual([
    "src/a.ts:1",
    "src/a.ts:2",
    "src/b.ts:1",
    "src/b.ts:2",
  ]);
});
