import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { deletingScripts } from "./deleting-scripts.ts";

const tests = ["test/a.test.ts", "test/b.test.ts", ".hidden/c.test.ts"];

/** Why the script of a change is told, of a repository with these tests. */
async function told(script: string, others: Texts = {}): Promise<readonly string[]> {
  const head = {
    ...Object.fromEntries(tests.map((path) => [path, ""])),
    ...others,
    "package.json": JSON.stringify({ scripts: { ci: script } }),
  };
  const context = await contextOf({ base: { "README.md": "" }, head: { ...head, "README.md": "rm test" } });
  return (await deletingScripts(context)).map(({ message }) => message);
}

const says = (path: string): string =>
  `script "ci" takes ${path} away, so that it is not run; leave tests where they are`;

test.each([
  ["rm -rf dist test", "test/a.test.ts"],
  ["rm -rf ./test", "test/a.test.ts"],
  ["rimraf '**/c.test.ts'", ".hidden/c.test.ts"],
  ["mv dist test/b.test.ts old", "test/b.test.ts"],
])("%s is told with %s", async (script, path) => {
  expect(await told(script)).toEqual([says(path)]);
});

test("what names the whole folder names no test", async () => {
  expect(await told("rm -rf ./ && npm ci")).toEqual([]);
});
