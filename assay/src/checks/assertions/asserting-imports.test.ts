import { expect, test } from "vitest";
import { assertionFreeTest } from "../assertion-free-test.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";

/** Does a test assert that only calls `total`, as `imported` has it from the modules beside it? */
async function asserts(imported: string, modules: Texts, call = "total(1, 2);"): Promise<boolean> {
  const text = `import { test } from "vitest";\n${imported}\ntest("adds", () => {\n  ${call}\n});\n`;
  const context = await contextOf({ base: {}, head: { ...modules, "src/a.test.ts": text } });
  return (await assertionFreeTest.inspect(context)).length === 0;
}

const runner = 'import { expect } from "vitest";\n';
const holds = "expect(a + b).toBe(3);";

test.each([
  ["import { total } from './b.ts';", `export const total = (a, b) => ${holds.replace(";", "")};`],
  ["import { total } from './b.ts';", `export function total(a, b) { ${holds} }`],
  ["import { total } from './b.ts';", `export const total = ((a, b) => { ${holds} }) as Total;`],
  ["import { total } from './b.ts';", `function total(a, b) { ${holds} }\nexport { total };`],
  ["import { total } from './b.ts';", `const all = (a, b) => { ${holds} };\nexport { all as total };`],
  ["import { total } from './b.ts';", `const all = (a, b) => { ${holds} };\nexport { all as "total" };`],
  ["import { all as total } from './b.ts';", `export const one = 1, all = (a, b) => { ${holds} };`],
  ["import total from './b.ts';", `export default (a, b) => { ${holds} };`],
  ["import total from './b.ts';", `export default function (a, b) { ${holds} }`],
  ["import total from './b.ts';", `const all = (a, b) => { ${holds} };\nexport default all;`],
  ["import total from './b.ts';", `const all = (a, b) => { ${holds} };\nexport { all as default };`],
  ["import * as all from './b.ts';\nconst { total } = all;", "export const total = () => {};"],
])("%s is a helper that asserts: %s", async (imported, code) => {
  const call = imported.includes("* as all") ? "all.total(1, 2);" : "total(1, 2);";
  expect(await asserts(imported, { "src/b.ts": `${runner}${code}\n` }, call)).toBe(true);
});

test.each([
  "export const total = (a, b) => a + b;",
  "export function total(a, b) { return a + b; }",
  "export const other = (a, b) => { expect(a + b).toBe(3); };\nexport const total = () => {};",
  "export default (a, b) => { expect(a + b).toBe(3); };\nexport const total = () => {};",
  "function total(a, b) { expect(a + b).toBe(3); }\nconst all = () => {};\nexport { all as total };",
  "export function total(a, b) { const later = () => { expect(a + b).toBe(3); }; }",
])("%s asserts nothing", async (code) => {
  expect(await asserts("import { total } from './b.ts';", { "src/b.ts": `${runner}${code}\n` })).toBe(false);
});

test("a program may throw, and asserts only with the means of tests", async () => {
  const throws = "export function total(a, b) { if (a > b) throw new Error('order'); return a + b; }\n";
  const of = (code: string) => asserts("import { total } from './b.ts';", { "src/b.ts": code });
  expect(await of(throws)).toBe(false);
  for (const imported of [
    runner,
    'import assert from "node:assert";\n',
    'import { render } from "@testing-library/react";\n',
    'import { Page } from "playwright";\n',
    'import { assertOrder } from "./order.ts";\n',
  ])
    expect(await of(imported + throws)).toBe(true);
  expect(await of(`${throws}assert(true);\n`)).toBe(true);
  const inTests = (path: string) => asserts(`import { total } from "${path}";`, { "test/b.ts": throws });
  expect(await inTests("../test/b.ts")).toBe(true);
});

test("a helper is followed from module to module, so far", async () => {
  const chain = (length: number): Texts => ({
    ...Object.fromEntries(
      Array.from({ length }, (_, n) => [
        `src/m${n}.ts`,
        `export * from "./m${n + 1}.ts";\nexport * as own from "./own.ts";\n`,
      ]),
    ),
    [`src/m${length}.ts`]: `${runner}export const total = (a, b) => { ${holds} };\n`,
  });
  const imported = "import { total } from './m0.ts';";
  expect(await asserts(imported, chain(1))).toBe(true);
  expect(await asserts(imported, chain(5))).toBe(true);
  expect(await asserts(imported, chain(6))).toBe(false);
  const named = {
    "src/m0.ts": 'export { all as total } from "./m1.ts";\n',
    "src/m1.ts": `${runner}export const all = (a, b) => { ${holds} };\n`,
  };
  expect(await asserts(imported, named)).toBe(true);
  const taken = { ...named, "src/m0.ts": 'import { all } from "./m1.ts";\nexport { all as total };\n' };
  expect(await asserts(imported, taken)).toBe(true);
});

test("of what can not be found the name tells", async () => {
  expect(await asserts("import { assertTotal as total } from './gone.ts';", {})).toBe(true);
  expect(await asserts("import assertTotal from './gone.ts';", {}, "assertTotal(1, 2);")).toBe(true);
  expect(await asserts("import { total } from './gone.ts';", {})).toBe(false);
  expect(await asserts("import { verifyTotal as total } from 'a-package';", {})).toBe(true);
  const other = { "src/b.ts": `${runner}export const other = 1;\n` };
  expect(await asserts("import { total } from './b.ts';", other)).toBe(false);
  expect(await asserts("import { assertTotal as total } from './b.ts';", other)).toBe(true);
});

test("a class of helpers asserts where its module has the means to", async () => {
  const of = (code: string) => asserts("import { Cart } from './b.ts';", { "src/b.ts": code }, "new Cart().total(1);");
  expect(await of(`${runner}export class Cart { total(a) { expect(a).toBe(1); } }\n`)).toBe(true);
  expect(await of("export class Cart { total(a) { return a; } }\n")).toBe(false);
});
