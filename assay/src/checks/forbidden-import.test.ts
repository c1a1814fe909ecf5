import { mkdtempSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { ChangeContext } from "../model/check.ts";
import type { Config } from "../model/config.ts";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { forbiddenImport } from "./forbidden-import.ts";

const packages: Texts = {
  "package.json": '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
  "packages/core/package.json": '{ "name": "@acme/core" }',
  "packages/numpy/package.json":
    '{ "name": "@acme/numpy", "exports": { ".": "./src/index.ts", "./open": "./src/open.ts", "./data/*": "./data/*.ts" } }',
  "packages/numpy/src/index.ts": "export const array = 1;\n",
  "packages/grad/package.json": '{ "name": "@acme/grad" }',
};

/** `core` may use nothing, `grad` may use `core`, and nobody but `numpy` may have `numpy-ts`. */
const layered: Partial<Config> = {
  pathMap: { "packages/core": "core", "packages/numpy": "numpy", "packages/grad": "grad" },
  dependencies: { core: [], grad: ["core"], numpy: ["core"] },
  boundaries: { core: { forbidPackages: ["numpy-ts"], forbidMentions: [], allowTypeImports: false } },
};

async function said(context: ChangeContext): Promise<readonly string[]> {
  const findings = await forbiddenImport.inspect(context);
  return findings.map(({ path, line, message }) => `${path}:${line} ${message.replace(/;.*/, "")}`);
}

/** What is said of a change beside the packages. */
async function found(
  base: Texts,
  head: Texts,
  config: Partial<Config> = layered,
  renames: Texts = {},
): Promise<readonly string[]> {
  return said(await contextOf({ base: { ...packages, ...base }, head: { ...packages, ...head }, config, renames }));
}

/** What is said of one file of `core` that imports this. */
const importing = (specifier: string, config: Partial<Config> = {}, more: Texts = {}): Promise<readonly string[]> =>
  found(more, { ...more, "packages/core/src/a.ts": `import x from "${specifier}";\n` }, config);

test("a way into another package is told once, by the rule that it breaks", async () => {
  expect(await importing("../../numpy/src/inner.ts", layered)).toEqual([
    'packages/core/src/a.ts:1 scope "core" may not import "numpy" (../../numpy/src/inner.ts)',
  ]);
  const both =
    'import x from "@acme/core";\nimport y from "../../numpy/src/inner.ts";\nimport z from "../../core/src/z.ts";\n';
  expect(
    await found(
      {},
      { "packages/grad/src/a.ts": both },
      { ...layered, dependencies: { core: [], grad: ["core", "numpy"] } },
    ),
  ).toEqual(["packages/grad/src/a.ts:2 reaches into packages/numpy by a relative path (../../numpy/src/inner.ts)"]);
  // Another line, and another file, have faults of their own.
  const more = { "packages/core/src/a.ts": 'import "@acme/grad";\nimport "../../numpy/src/inner.ts";\n' };
  const open = { ...layered, dependencies: { core: ["numpy"], grad: ["core", "numpy"] } };
  expect(await found({}, { ...more, "packages/grad/src/b.ts": 'import "../../numpy/src/inner.ts";\n' }, open)).toEqual([
    'packages/core/src/a.ts:1 scope "core" may not import "grad" (@acme/grad)',
    "packages/core/src/a.ts:2 reaches into packages/numpy by a relative path (../../numpy/src/inner.ts)",
    "packages/grad/src/b.ts:1 reaches into packages/numpy by a relative path (../../numpy/src/inner.ts)",
  ]);
});

test("where rules say who may use whom, what a package offers may be reached by its path as well", async () => {
  const open = { ...layered, dependencies: { core: ["numpy"] } };
  for (const ending of ["ts", "js", "tsx", "mts", "d.ts", "cjs"]) {
    expect([ending, await importing(`../../numpy/src/open.${ending}`, open)]).toEqual([ending, []]);
  }
  expect(await importing("../../grad/src/any.ts", { ...layered, dependencies: { core: ["grad"] } })).toEqual([]);
  for (const path of ["src/opened.ts", "src/open/a.ts", "open.ts"]) {
    expect([path, await importing(`../../numpy/${path}`, open)]).toEqual([
      path,
      [`packages/core/src/a.ts:1 reaches into packages/numpy by a relative path (../../numpy/${path})`],
    ]);
  }
});

test("without rules every path into another package is told, from the root as well", async () => {
  expect(await importing("../../numpy/src/open.ts")).toEqual([
    "packages/core/src/a.ts:1 reaches into packages/numpy by a relative path (../../numpy/src/open.ts)",
  ]);
  expect(await importing("packages/numpy/src/open.ts")).toEqual([
    "packages/core/src/a.ts:1 reaches into packages/numpy by a path from the root (packages/numpy/src/open.ts)",
  ]);
});

test("its own files, the root's, names of packages and folders that are none are no way into another", async () => {
  const flat = { "numpy/package.json": '{ "name": "np" }', "packages/x/package.json": '{ "name": "packages" }' };
  for (const specifier of [
    "./b.ts",
    "packages/core/src/b.ts",
    "../../../tools/a.ts",
    "numpy/src/a.ts",
    "packages/other/a.ts",
    "lodash/fp",
    "@acme/grad",
    "numpy",
  ]) {
    expect([specifier, await importing(specifier, {}, { "numpy/package.json": flat["numpy/package.json"] })]).toEqual([
      specifier,
      [],
    ]);
  }
  expect(
    await importing("packages/numpy/src/open.ts", {}, { "packages/x/package.json": flat["packages/x/package.json"] }),
  ).toEqual([]);
});

test("rules of either kind are rules", async () => {
  expect(await importing("@acme/grad", { ...layered, boundaries: {} })).toEqual([
    'packages/core/src/a.ts:1 scope "core" may not import "grad" (@acme/grad)',
  ]);
  expect(await importing("numpy-ts", { ...layered, dependencies: {} })).toEqual([
    'packages/core/src/a.ts:1 "numpy-ts" may not be reached from scope "core" (numpy-ts)',
  ]);
});

test("a package alone has no others to reach into", async () => {
  const alone = { "package.json": '{ "name": "root" }', "packages/core/package.json": '{ "name": "@acme/core" }' };
  const head = { ...alone, "packages/core/src/a.ts": 'import "../../numpy/a.ts";\n' };
  expect(await said(await contextOf({ base: alone, head }))).toEqual([]);
});

test("folders and patterns offer what lies in them, and nothing beside", async () => {
  const offering = {
    "packages/numpy/package.json":
      '{ "name": "@acme/numpy", "exports": { ".": "./a.ts", "./lib/": "./lib/", "./data/*.json": "./data/*.json" } }',
  };
  for (const [specifier, isClosed] of [
    ["@acme/numpy/lib/a.ts", false],
    ["@acme/numpy/data/a.json", false],
    ["@acme/numpy/data/a.ts", true],
    ["@acme/numpy/other/data/a.json", true],
    ["@acme/numpy/lib2/a.ts", true],
    ["@acme/numpy/other/lib/", true],
  ] as const) {
    expect([specifier, (await importing(specifier, {}, offering)).length > 0]).toEqual([specifier, isClosed]);
  }
});

test("an alias is asked for however much else a change imports", async () => {
  const config = {
    "packages/core/tsconfig.json": '{ "compilerOptions": { "paths": { "@acme/numpy/*": ["../numpy/*"] } } }',
  };
  const files = {
    "packages/core/src/a.ts": 'import "./b.ts";\nimport "@acme/numpy/src/inner.ts";\n',
    "packages/core/src/b.ts": 'import "./c.ts";\n',
  };
  expect(await found(config, { ...config, ...files }, {})).toEqual([]);
  expect(await found({}, files, {})).toEqual(['packages/core/src/a.ts:2 "@acme/numpy" does not export ./src/inner.ts']);
});

test("a path that a package does not offer is closed, unless an alias leads it elsewhere", async () => {
  const closed = (path: string): string => `packages/core/src/a.ts:1 "@acme/numpy" does not export ${path}`;
  expect(await importing("@acme/numpy/src/inner.ts")).toEqual([closed("./src/inner.ts")]);
  expect(await importing("@acme/numpy/data")).toEqual([closed("./data")]);
  for (const offered of ["@acme/numpy", "@acme/numpy/open", "@acme/numpy/data/a", "@acme/grad/src/any.ts"]) {
    expect([offered, await importing(offered)]).toEqual([offered, []]);
  }
  const config = '{ "compilerOptions": { "paths": { "@acme/numpy/*": ["../numpy/*"] } } }';
  expect(await importing("@acme/numpy/src/inner.ts", {}, { "packages/core/tsconfig.json": config })).toEqual([]);
  expect(await importing("@acme/numpy/src/inner.ts", {}, { "packages/grad/tsconfig.json": config })).toEqual([
    closed("./src/inner.ts"),
  ]);
});

test("a file that did not change is told where a new alias leads it over a boundary", async () => {
  const user = { "packages/core/src/a.ts": 'import { array } from "#arrays";\nexport const one = array;\n' };
  const aliased = (manifest: string): Texts => ({
    ...user,
    "packages/core/src/own.ts": "export const array = 1;\n",
    "packages/core/tsconfig.json": manifest,
  });
  const config = (target: string): string => `{ "compilerOptions": { "paths": { "#arrays": ["${target}"] } } }`;
  const told = ['packages/core/src/a.ts:1 scope "core" may not import "numpy" (#arrays)'];
  expect(await found(aliased(config("./src/own.ts")), aliased(config("../numpy/src/index.ts")))).toEqual(told);
  const before = aliased(config("../numpy/src/index.ts"));
  expect(
    await found(before, { ...before, "packages/core/tsconfig.json": `${config("../numpy/src/index.ts")}\n` }),
  ).toEqual([]);
  const jest = (to: string): Texts => ({
    ...user,
    "packages/core/package.json": `{ "name": "@acme/core", "jest": { "moduleNameMapper": { "^#arr(.*)$": "<rootDir>/${to}" } } }`,
  });
  expect(await found(jest("src/own.ts"), jest("../numpy/src/index.ts"))).toEqual(told);
});

test("a file that did not change is told where a module on its way hands on something else", async () => {
  const user = { "packages/grad/src/a.ts": 'import { array } from "@acme/core/face.ts";\nexport const one = array;\n' };
  const faced = (text: string, at = "packages/core/face.ts"): Texts => ({ ...user, [at]: text });
  const own = "export const array = 1;\n";
  const handsOn = 'export { array } from "@acme/numpy";\n';
  const open = {
    ...layered,
    dependencies: { core: ["numpy"], grad: ["core"], numpy: [] },
    boundaries: {
      grad: { forbidPackages: ["@acme/numpy"], forbidMentions: [], allowTypeImports: false },
    },
  };
  const told = await found(faced(own), faced(handsOn), open);
  expect(told).toEqual([expect.stringMatching(/^packages\/grad\/src\/a\.ts:1 .*hands on "array" from "@acme\/numpy"/)]);
  expect(await found(faced(handsOn), faced(`${handsOn}// More.\n`), open)).toEqual([]);
  // What comes by another path was there before.
  const moved = await found(
    {
      ...faced(handsOn, "packages/core/old.ts"),
      "packages/grad/src/a.ts": user["packages/grad/src/a.ts"].replace("face", "old"),
    },
    faced(handsOn),
    open,
    { "packages/core/face.ts": "packages/core/old.ts" },
  );
  expect(moved).toEqual([]);
});

/** What is said of a symbolic link that is new, or that goes. */
async function linking(link: string, target: string, isGone = false): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), "assay-links-"));
  try {
    mkdirSync(dirname(join(root, link)), { recursive: true });
    symlinkSync(target, join(root, link));
    const [base, head] = isGone ? [{ [link]: target }, {}] : [{}, { [link]: target }];
    const context = await contextOf({
      base: { ...packages, ...base },
      head: { ...packages, ...head },
      config: layered,
    });
    const pairs = context.pairs.map(({ change, ...texts }) => ({ change: { ...change, symlink: true }, ...texts }));
    return await said({ ...context, workspace: { ...context.workspace, root }, pairs });
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("a symbolic link that leads over a boundary is one more way", async () => {
  expect(await linking("packages/core/src/np", "../../numpy/src")).toEqual([
    'packages/core/src/np:1 scope "core" may not import "numpy"',
  ]);
  expect(await linking("packages/grad/src/core", "../../core/src")).toEqual([]);
  expect(await linking("packages/core/src/np", "../../numpy/src", true)).toEqual([]);
  expect(await linking("np", "packages/numpy")).toEqual([]);
  expect(await linking("packages/core/away", "../../../elsewhere")).toEqual([]);
});

test("a symbolic link into installed packages is an import of the package", async () => {
  const told = ['packages/core/np:1 "numpy-ts" may not be reached from scope "core"'];
  expect(await linking("packages/core/np", "../../node_modules/numpy-ts/dist")).toEqual(told);
  expect(await linking("packages/core/np", "node_modules/numpy-ts")).toEqual(told);
  expect(await linking("packages/core/np", "../../node_modules/numpy-ts-types")).toEqual([]);
  expect(await linking("packages/core/np", "../../node_modules/@types/numpy-ts")).toEqual([]);
  expect(await linking("packages/core/np", "../../my_node_modules/numpy-ts")).toEqual([]);
});
