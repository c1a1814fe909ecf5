import { expect, test } from "vitest";
import type { Config } from "../../model/config.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { forbiddenImport } from "../forbidden-import.ts";

/** `core` may use `util`, and neither `numpy-ts` nor `numpy`, which `util` uses. */
const layered: Partial<Config> = {
  pathMap: { core: "core", util: "util", numpy: "numpy" },
  dependencies: { core: ["util"], util: [], numpy: [] },
  boundaries: { core: { forbidPackages: ["numpy-ts"], forbidMentions: [], allowTypeImports: false } },
};

/** Hands on two things of the package, under another name and its own, and has one of its own. */
const face: Texts = {
  "util/face.ts": 'export { dot as product, sum } from "numpy-ts";\nexport const clamp = 1;\n',
};

/** What a new file of `core` is told that it takes at second hand, beside these files. */
async function told(user: string, more: Texts = face, config: Partial<Config> = {}): Promise<readonly string[]> {
  const head = { ...more, "core/user.tsx": user };
  const findings = await forbiddenImport.inspect(
    await contextOf({ base: more, head, config: { ...layered, ...config } }),
  );
  return findings.map(({ message }) => /hands on (.*?), which scope/.exec(message)?.[1] ?? message);
}

const product = '"product" from "numpy-ts"';
const sum = '"sum" from "numpy-ts"';
const part = 'part of it from "numpy-ts"';

test.each([
  ['import { product } from "../util/face.ts";', [product]],
  ['import { product as times, sum } from "../util/face.ts";', [product, sum]],
  ['import * as face from "../util/face.ts"; face.product();', [product]],
  ['import * as face from "../util/face.ts"; face["product"]();', [product]],
  ['import * as face from "../util/face.ts"; face.product(face.sum);', [product, sum]],
  ['import * as face from "../util/face.ts"; const { sum } = face;', [sum]],
  ['import * as face from "../util/face.ts"; const { "sum": all } = face;', [sum]],
  ['import * as face from "../util/face.ts"; face[name]();', [part]],
  ['import * as face from "../util/face.ts"; const { [name]: all } = face;', [part]],
  ['import * as face from "../util/face.ts"; const { clamp, ...rest } = face;', [part]],
  ['import * as face from "../util/face.ts"; use(face);', [part]],
  ['import * as face from "../util/face.ts"; export { face };', [part]],
  ['import * as face from "../util/face.ts"; let a: face.sum;', [sum]],
  ['import * as face from "../util/face.ts"; let a: typeof face;', [part]],
  ['import * as face from "../util/face.ts"; const a = <face.sum />;', [sum]],
  ['import * as face from "../util/face.ts"; const a = <face.sum.part>text</face.sum.part>;', [sum]],
  ['export { sum } from "../util/face.ts";', [sum]],
  ['export { sum as all } from "../util/face.ts";', [sum]],
  ['export * from "../util/face.ts";', [part]],
  ['export * as face from "../util/face.ts";', [part]],
  ['import face = require("../util/face.ts"); face.sum();', [sum]],
  ['import face = require("../util/face.ts"); use(face);', [part]],
  ['const { sum } = await import("../util/face.ts");', [sum]],
  ['const { sum } = require("../util/face.ts");', [sum]],
  ['const face = await import("../util/face.ts"); face.sum();', [sum]],
  ['const face = require("../util/face.ts"); face.sum();', [sum]],
  ['const Face = require("../util/face.ts"); const a = <Face />;', [part]],
  ['const all = (await import("../util/face.ts")).sum;', [sum]],
  ['const all = require("../util/face.ts").sum;', [sum]],
  ['import("../util/face.ts").then(({ sum }) => sum());', [part]],
  ['use(await import("../util/face.ts"));', [part]],
  ['const load = () => import("../util/face.ts");', [part]],
  ['let a: import("../util/face.ts").sum;', [sum]],
  ['let a: typeof import("../util/face.ts");', [part]],
])("%s takes %j", async (user, expected) => {
  expect(await told(user)).toEqual(expected);
});

test.each([
  'import { clamp } from "../util/face.ts";',
  'import * as face from "../util/face.ts"; face.clamp();',
  'import * as face from "../util/face.ts"; const { clamp } = face;',
  'import * as face from "../util/face.ts"; other.face.sum(); const a = <b face="sum" />;',
  'import * as face from "../util/face.ts"; const a = <face.clamp />;',
  'import * as face from "../util/face.ts"; let a: other.face;',
  'import "../util/face.ts";',
  'export { clamp } from "../util/face.ts";',
  'import face = require("../util/face.ts"); face.clamp();',
  'const { clamp } = await import("../util/face.ts");',
  'const { clamp } = require("../util/face.ts");',
  'const face = require("../util/face.ts"); face.clamp();',
  'const clamp = (await import("../util/face.ts")).clamp;',
  'let a: import("../util/face.ts").clamp;',
  'const face = load("../util/face.ts"); use(face.sum);',
  "const face = require(where); use(face.sum); import(where);",
  'import { sum } from "../core/own.ts";',
])("%s takes nothing of it", async (user) => {
  expect(await told(user)).toEqual([]);
});

/** What is told of a user that takes `product` of these files, with every name that is given for `core`. */
const takes = (files: Texts, name = "product"): Promise<readonly string[]> =>
  told(`import { ${name} } from "../util/face.ts";`, files);

test("what is handed on is followed through every module on its way", async () => {
  const below = { "util/maths.ts": 'export { dot as product } from "numpy-ts";\n' };
  const by = `${product} by way of util/maths.ts`;
  expect(await takes({ ...below, "util/face.ts": 'export { product } from "./maths.ts";\n' })).toEqual([by]);
  expect(await takes({ ...below, "util/face.ts": 'export * from "./maths";\n' })).toEqual([by]);
  expect(await takes({ ...below, "util/face.ts": 'export * from "./maths";\n' }, "clamp")).toEqual([]);
  const folder = { "util/maths/index.ts": 'export { dot as product } from "numpy-ts";\n' };
  expect(await takes({ ...folder, "util/face.ts": 'export * from "./maths";\n' })).toEqual([
    `${product} by way of util/maths/index.ts`,
  ]);
});

test("a default is not handed on by a star, nor is a name that the module has itself", async () => {
  const star = { "util/face.ts": 'export * from "numpy-ts";\nexport const clamp = 1;\n' };
  expect(await takes(star)).toEqual([product]);
  expect(await takes(star, "clamp")).toEqual([]);
  expect(await told('import face from "../util/face.ts";', star)).toEqual([]);
  expect(await told('export * from "../util/face.ts";', star)).toEqual([part]);
});

test("a star hands on what is behind it, and of a module that says what it exports nothing else", async () => {
  const own = { "util/own.ts": "export const clamp = 1;\n", "numpy/index.ts": "export const dot = 1;\n" };
  const files = { ...own, "util/face.ts": 'export * from "../numpy/index.ts";\nexport * from "./own.ts";\n' };
  expect(await takes(files, "dot")).toEqual(['"dot" from "numpy"']);
  expect(await takes(files, "clamp")).toEqual([]);
  const more = { "util/maths.ts": 'export * from "numpy-ts";\nexport const own = 1;\n' };
  expect(await takes({ ...more, "util/face.ts": 'export * from "./maths.ts";\n' })).toHaveLength(1);
  const named = {
    "util/maths.ts": 'export { dot } from "numpy-ts";\n',
    "util/face.ts": 'export * from "./maths.ts";\n',
  };
  expect(await told('export * from "../util/face.ts";', named)).toEqual([`${part} by way of util/maths.ts`]);
});

test("modules that hand each other on come to an end, and hide nothing", async () => {
  const circle = {
    "util/face.ts": 'export * from "./b.ts";\nexport * from "./c.ts";\n',
    "util/b.ts": 'export * from "./face.ts";\nexport const own = 1;\n',
    "util/c.ts": 'export * from "./b.ts";\nexport { dot as product } from "numpy-ts";\n',
  };
  expect(await takes(circle)).toEqual([`${product} by way of util/c.ts`]);
  expect(await takes(circle, "own")).toEqual([]);
  // From elsewhere in the circle, after it was entered.
  const both = 'import { product } from "../util/face.ts";\nimport { product as again } from "../util/b.ts";';
  expect(await told(both, circle)).toHaveLength(2);
  expect(await told('import { own } from "../util/face.ts";\nimport { product } from "../util/b.ts";', circle)).toEqual(
    [`${product} by way of util/c.ts`],
  );
});

test("a star over what nobody has read may hand on anything, one over a module without exports as well", async () => {
  const all = 'export * from "./js.js";\n';
  expect(await takes({ "util/face.ts": all, "util/js.js": 'module.exports = require("numpy-ts");\n' })).toEqual([
    `${product} by way of util/js.js`,
  ]);
  expect(await takes({ "util/face.ts": all, "util/js.js": 'exports.product = require("numpy-ts");\n' })).toHaveLength(
    1,
  );
  expect(await takes({ "util/face.ts": all, "util/js.js": "module.exports = own;\n" })).toEqual([]);
});

test("types may be handed on where the boundary lets them through", async () => {
  const types = { "util/face.ts": 'export type { Dot } from "numpy-ts";\nexport { dot } from "numpy-ts";\n' };
  const config = (allowTypeImports: boolean): Partial<Config> => ({
    boundaries: { core: { forbidPackages: ["numpy-ts"], forbidMentions: [], allowTypeImports } },
  });
  for (const user of [
    'import type { Dot } from "../util/face.ts";',
    'import { type Dot } from "../util/face.ts";',
    'export type { Dot } from "../util/face.ts";',
  ]) {
    expect([user, await told(user, types, config(true))]).toEqual([user, []]);
    expect([user, await told(user, types, config(false))]).toEqual([user, ['"Dot" from "numpy-ts"']]);
  }
  for (const user of [
    'import type { dot } from "../util/face.ts";',
    'export type * from "../util/face.ts";',
    'let a: import("../util/face.ts").dot;',
    'export type { dot } from "../util/face.ts";',
    'import type face = require("../util/face.ts"); let a: face.dot;',
  ])
    expect([user, await told(user, types, config(true))]).toEqual([user, []]);
  for (const user of ['const { dot } = require("../util/face.ts");', 'export { dot } from "../util/face.ts";'])
    expect([user, await told(user, types, config(true))]).toEqual([user, ['"dot" from "numpy-ts"']]);
  expect(await told('import { Dot } from "../util/face.ts";', types, config(true))).toEqual([]);
  expect(await told('import { dot } from "../util/face.ts";', types, config(true))).toEqual(['"dot" from "numpy-ts"']);
});

test("what a dependency depends on may be handed on by its name, and under no other", async () => {
  const config = { dependencies: { core: ["util"], util: ["numpy"], numpy: [] } };
  const files = {
    "numpy/index.ts": "export const dot = 1;\nexport default dot;\n",
    "util/face.ts":
      'export { dot, dot as product, default as whole } from "../numpy/index.ts";\nexport * as np from "../numpy/index.ts";\n',
  };
  const user = (names: string): string => `import { ${names} } from "../util/face.ts";`;
  expect(await told(user("dot, whole, np"), files, config)).toEqual([]);
  expect(await told(user("product"), files, config)).toEqual(['"product" from "numpy"']);
  expect(await told(user("dot"), files)).toEqual(['"dot" from "numpy"']);
  // A name that was changed below was changed.
  const above = { ...files, "util/front.ts": 'export { product } from "./face.ts";\n' };
  expect(await told('import { product } from "../util/front.ts";', above, config)).toEqual([
    '"product" from "numpy" by way of util/face.ts',
  ]);
});
