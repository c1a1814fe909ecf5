import { expect, test } from "vitest";
import type { Config } from "../../model/config.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { forbiddenImport } from "../forbidden-import.ts";

/** `core` may use `util` alone. */
const layers: Partial<Config> = {
  pathMap: {
    "pkg/core": "core",
    "pkg/core/src/np": "numpy",
    "pkg/numpy": "numpy",
    "pkg/numpy/lib": "util",
    "pkg/numpy/src/open.ts": "util",
    "pkg/util": "util",
  },
  dependencies: { core: ["util"], numpy: [], util: [] },
};

const members: Texts = {
  "package.json": '{ "name": "root", "private": true, "workspaces": ["pkg/*"] }',
  "pkg/core/package.json": '{ "name": "@acme/core" }',
  "pkg/numpy/package.json": '{ "name": "@acme/numpy" }',
  "pkg/numpy/src/index.ts": "export const dot = 1;\n",
  "pkg/numpy/src/open.ts": "export const clamp = 1;\n",
  "pkg/util/package.json": '{ "name": "@acme/util" }',
};

/** Files of which something is said. */
async function told(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const context = await contextOf({
    base: { ...members, ...base },
    head: { ...members, ...head },
    config: layers,
    renames,
  });
  return (await forbiddenImport.inspect(context)).map(({ path, line }) => `${path}:${line}`);
}

const user = "pkg/core/src/a.ts";

/** Is a new file of `core` with this text told, beside these files? */
const isTold = async (text: string, more: Texts = {}): Promise<boolean> =>
  (await told(more, { ...more, [user]: text })).includes(`${user}:1`);

const paths = (of: object): string => JSON.stringify({ compilerOptions: { paths: of } });

test("an alias holds below the folder of its configuration, and leads as far as others lead it on", async () => {
  const at = (dir: string, of: object): Texts => ({ [`${dir}tsconfig.json`]: paths(of) });
  const numpy = { "#np/*": ["../numpy/*"] };
  expect(await isTold('import "#np/src/index.ts";', at("pkg/core/", numpy))).toBe(true);
  expect(await isTold('import "#np/src/index.ts";', at("pkg/util/", numpy))).toBe(false);
  expect(await isTold('import "#np/src/index.ts";')).toBe(false);
  const chain = { "#a": ["#b"], "#b": ["#c"], "#c": ["#d"], "#d": ["../numpy/src/index.ts"] };
  expect(await isTold('import "#a";', at("pkg/core/", chain))).toBe(true);
  expect(await isTold('import "#a";', at("pkg/core/", { "#a": ["#b", "#a"], "#b": ["#a"] }))).toBe(false);
  // One of several places is enough.
  expect(await isTold('import "#a";', at("pkg/core/", { "#a": ["./b.ts", "../numpy/src/index.ts"] }))).toBe(true);
});

test("a program of a tool may set an alias, too", async () => {
  const config = (text: string): Texts => ({ "pkg/core/vite.config.ts": text });
  const set = "export default { resolve: { alias: { '#np': '../numpy/src' } } };";
  expect(await isTold('import "#np/index.ts";', config(set))).toBe(true);
  const head = { ...config(set), [user]: 'import "#np/index.ts";' };
  expect(await told({}, head)).toContain(`${user}:1`);
});

test.each([
  ['import "../../NumPy/src/index";', true],
  ['import "../../numpy/src/";', true],
  ['import "@acme/numpy/inner";', true],
  ['import "@acme/numpy/open";', false],
  ['import "@acme/numpy/lib/a.ts";', false],
  ['import "@acme/numpy?raw";', true],
  ['import "../node_modules/@acme/numpy/src/index.ts";', true],
  ['import "../node_modules/@acme/numpy/lib/a.ts";', false],
  ['new URL("np/a.ts", import.meta.url);', true],
  ['new URL("/np/a.ts", import.meta.url);', false],
  ['new URL("HTTPS:np/a.ts", import.meta.url);', false],
  ['import "np/a.ts";', false],
  ['import ".np/a.ts";', false],
  ['readFileSync("src/b.ts");', false],
  ['readFileSync("numpy/src/index.ts");', false],
  ['readFileSync("../../../../outside.ts");', false],
])("%s is a way to what may not be imported: %j", async (text, expected) => {
  expect(await isTold(text)).toBe(expected);
});

const face = (at: string, text = 'export { dot } from "../../numpy/src/index.ts";\n'): Texts => ({ [at]: text });
const uses: Texts = { [user]: 'import { dot } from "../../util/src/face";\nexport const one = dot;\n' };
const own = "export const dot = 1;\n";

test("a file that comes before another on the way to a module is another module", async () => {
  const before = { ...uses, ...face("pkg/util/src/face/index.ts", own) };
  const now = { ...before, ...face("pkg/util/src/face.ts") };
  expect(await told(before, now)).toContain(`${user}:1`);
});

test("what was handed on before, from another place, is not new", async () => {
  const inFolder = face("pkg/util/src/face/index.ts", 'export { dot } from "../../../numpy/src/index.ts";\n');
  const inFile = face("pkg/util/src/face.ts");
  const ofUser = async (base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> =>
    (await told(base, head, renames)).filter((each) => each.startsWith(user));
  expect(await ofUser({ ...uses, ...inFile }, { ...uses, ...inFolder })).toEqual([]);
  expect(
    await ofUser(
      { ...uses, ...inFile },
      { ...uses, ...inFolder },
      { "pkg/util/src/face/index.ts": "pkg/util/src/face.ts" },
    ),
  ).toEqual([]);
  // The file had another name before, under which nobody asked for it.
  const old = { ...uses, ...inFolder, ...face("pkg/util/src/old.ts") };
  expect(
    await ofUser(old, { ...uses, ...inFolder, ...inFile }, { "pkg/util/src/face.ts": "pkg/util/src/old.ts" }),
  ).toEqual([]);
});
