import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { configPlace } from "./config-places.ts";

function placeOf(expression: string): string | undefined {
  const { program, text } = parseSource(repoPath("a.ts"), expression);
  const [statement] = program.body;
  return statement?.type === "ExpressionStatement" ? configPlace(statement.expression, text) : undefined;
}

test.each<[string, string | undefined]>([
  ["join(__dirname, 'src')", "./src"],
  ["path.resolve(__dirname, 'a', 'b')", "./a/b"],
  ["path.resolve(import.meta.dirname, 'a')", "./a"],
  ["path.join(import.meta.dir, 'a')", "./a"],
  ["resolve(process.cwd(), 'a')", "./a"],
  ["resolve(dirname(fileURLToPath(import.meta.url)), 'a')", "./a"],
  ["resolve(path.dirname(url.fileURLToPath(import.meta.url)), 'a')", "./a"],
  ["resolve('a', 'b')", "./a/b"],
  ["resolve('../a')", "./../a"],
  ["new URL('./a', import.meta.url)", "./a"],
  ["new URL('./a', import.meta.url).pathname", "./a"],
  ["new URL('./a', import.meta.url).href", "./a"],
  ["fileURLToPath(new URL('./a', import.meta.url))", "./a"],
  ["url.fileURLToPath(new URL('./a', import.meta.url))", "./a"],
  ["resolve('/a')", undefined],
  ["resolve(__dirname, '/a')", undefined],
  ["resolve(root, 'a')", undefined],
  ["resolve(__dirname, name)", undefined],
  ["resolve()", undefined],
  ["relative(__dirname, 'a')", undefined],
  ["path[resolve](__dirname, 'a')", undefined],
  ["(() => resolve)()(__dirname, 'a')", undefined],
  ["new URL('./a', base)", undefined],
  ["new URL('./a')", undefined],
  ["new URL(name, import.meta.url)", undefined],
  ["new Path('./a', import.meta.url)", undefined],
  ["new URL('./a', import.meta.url).search", undefined],
  ["fileURLToPath(import.meta.url)", undefined],
  ["fileURLToPath()", undefined],
  ["'a'", undefined],
])("%s is %s", (expression, expected) => {
  expect(placeOf(expression)).toBe(expected);
});
