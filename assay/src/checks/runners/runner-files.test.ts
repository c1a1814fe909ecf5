// Which file a runner reads where there are several, and in which languages they are written.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { loosenedTestRunner } from "../loosened-test-runner.ts";

const common: Texts = { "src/a.ts": "export const a = 1;\n", "src/a.test.ts": "test('a', () => {});\n" };

/** The settings that it is about. */
async function whats(base: Texts, head: Texts): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head } });
  return (await loosenedTestRunner.inspect(context)).map(({ message }) => /\[(.*)\]$/.exec(message)?.[1] ?? message);
}

const config = (settings: string): string => `export default { test: { ${settings} } };\n`;

test("vitest's own file is read, and not that of Vite beside it", async () => {
  const vite = { "vite.config.ts": config("retry: 0") };
  const own = (settings: string): Texts => ({ ...vite, "vitest.config.ts": config(settings) });
  expect(await whats(own("retry: 0"), own("retry: 2"))).toEqual(["vitest.config.ts test.retry"]);
  expect(await whats(own(""), { ...own(""), "vite.config.ts": config("retry: 2") })).toEqual([]);
});

test("what a manifest says holds for the configuration without a name of its own", async () => {
  const manifest = { "package.json": JSON.stringify({ jest: { testTimeout: 5000 } }) };
  const named = { "jest.e2e.config.js": "module.exports = { testTimeout: 5000 };\n" };
  expect(await whats({ ...manifest, ...named }, { ...manifest })).toEqual([]);
  expect(await whats(manifest, { "package.json": JSON.stringify({ jest: { testTimeout: 90_000 } }) })).toHaveLength(1);
});

test.each([
  [".nycrc", "check-coverage: true\nlines: 90\n"],
  [".nycrc", '{ "check-coverage": true, "lines": 90 }'],
  [".nycrc.yaml", "check-coverage: true\nlines: 90\n"],
  [".nycrc.json", '{ "check-coverage": true, "lines": 90, } // why'],
  [".c8rc.json", '{ /* why */ "check-coverage": true, "lines": 90, }'],
])("%s may be written as %j", async (path, text) => {
  expect(await whats({ [path]: text }, { [path]: text.replace("90", "50") })).toEqual([`${path} lines`]);
});
