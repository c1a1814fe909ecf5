import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { headOf } from "./testing/head-of.ts";
import { transformGround } from "./transform-ground.ts";

const environment = { assayVersion: "1", installState: "a", environment: {} };

const files = {
  "package.json": '{ "name": "x" }',
  "tsconfig.json": "{}",
  "vitest.config.ts": "export default {};",
  "src/a.ts": 'export * from "./b";',
  "src/b.ts": "export const b = 1;",
  "README.md": "# x",
  ".env": "A=1",
};

type Texts = Readonly<Record<string, string>>;

function folder(texts: Texts): string {
  const above = realpathSync(mkdtempSync(join(tmpdir(), "assay-ground-")));
  onTestFinished(() => rmSync(above, { recursive: true, force: true }));
  const root = join(above, "repository");
  write(root, texts);
  return root;
}

function write(root: string, texts: Texts): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Is the ground another one after the edit? */
async function differs(edit: (root: string) => void, run: Partial<typeof environment> = {}): Promise<boolean> {
  const root = folder(files);
  const before = transformGround(await headOf(root), environment);
  edit(root);
  const after = transformGround(await headOf(root), { ...environment, ...run });
  expect([before, after]).not.toContain(null);
  return before !== after;
}

const nothing = (): void => {};

test("the same files, environment and installation are the same ground", async () => {
  expect(await differs(nothing)).toBe(false);
});

test("a module in a folder with a dot is a module", async () => {
  const root = folder({ ...files, ".storybook/preview.ts": "export default 1;" });
  const before = transformGround(await headOf(root), environment);
  write(root, { ".storybook/preview.ts": "export default 2;" });
  expect([before, transformGround(await headOf(root), environment)]).toEqual([before, before]);
});

test("a module's content is not a part of it, since it is in the key of what is made of the module", async () => {
  expect(await differs((root) => write(root, { "src/b.ts": "export const b = 2;" }))).toBe(false);
});

test("prose is not a part of it", async () => {
  expect(await differs((root) => write(root, { "README.md": "# y" }))).toBe(false);
});

test("a file that could take over an import is", async () => {
  expect(await differs((root) => write(root, { "src/b.tsx": "export const b = 1;" }))).toBe(true);
});

test("a file that went away is", async () => {
  expect(await differs((root) => unlinkSync(join(root, "src/b.ts")))).toBe(true);
});

test("an ignored build that appears is, its content is not", async () => {
  const build = (text: string) => (root: string) => write(root, { "dist/b.js": text });
  expect(await differs(build("1"))).toBe(true);
  const root = folder({ ...files, "dist/b.js": "1" });
  const before = transformGround(await headOf(root), environment);
  build("2")(root);
  expect(transformGround(await headOf(root), environment)).toBe(before);
});

for (const [path, text] of Object.entries({
  "tsconfig.json": '{ "compilerOptions": { "jsx": "preserve" } }',
  "vitest.config.ts": "export default { define: { A: 1 } };",
  ".env": "A=2",
  "package.json": '{ "name": "x", "type": "module" }',
})) {
  test(`the content of ${path} is`, async () => {
    expect(await differs((root) => write(root, { [path]: text }))).toBe(true);
  });
}

test.each<[string, boolean]>([
  ...["a.js", "a.mts", "a.cts", "a.tsx", "a.vue", "a.mdx", "LICENSE", "licence", "a.txt", "a.snap"].map(
    (path): [string, boolean] => [path, false],
  ),
  ...[".eslintrc.js", "a/.eslintrc.cjs", "a.xjs", "a.config.js", "MYLICENSE", "a.md.json", "LICENZE", "a.vue.css"].map(
    (path): [string, boolean] => [path, true],
  ),
])("the content of %s counts: %s", async (path, counts) => {
  const root = folder({ ...files, [path]: "1" });
  const before = transformGround(await headOf(root), environment);
  write(root, { [path]: "2" });
  expect(transformGround(await headOf(root), environment) !== before).toBe(counts);
});

test("where a link leads is", async () => {
  const link = (target: string) => (root: string) => symlinkSync(target, join(root, "src/link.ts"));
  const root = folder(files);
  link("a.ts")(root);
  const before = transformGround(await headOf(root), environment);
  unlinkSync(join(root, "src/link.ts"));
  link("b.ts")(root);
  expect(transformGround(await headOf(root), environment)).not.toBe(before);
});

test("variables, what is installed and assay's own version are", async () => {
  const runs = [{ environment: { A: "1" } }, { installState: "b" }, { assayVersion: "2" }];
  expect(await Promise.all(runs.map((run) => differs(nothing, run)))).toEqual([true, true, true]);
});

test("where an import leads to a folder that nobody watches there is none", async () => {
  const root = folder({ ...files, "package.json": '{ "dependencies": { "linked": "1" } }' });
  write(dirname(root), { "elsewhere/index.js": "" });
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(dirname(root), "elsewhere"), join(root, "node_modules/linked"));
  expect(transformGround(await headOf(root), environment)).toBe(null);
});

test("where a file can not be identified there is none", async () => {
  const workspace = await headOf(folder(files));
  const withSubmodule = [...workspace.tree.files, { path: repoPath("vendor"), blob: null, symlink: false }];
  const tree = { ...workspace.tree, files: withSubmodule };
  expect(transformGround({ ...workspace, tree }, environment)).toBe(null);
});
