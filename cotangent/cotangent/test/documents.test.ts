// Blocks of documents, run in order, print what their comments say.
import { readFileSync } from "node:fs";
import { format } from "node:util";
import { runInThisContext } from "node:vm";
import * as cotangent from "cotangent";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);

test("the tutorial prints what it says", () => {
  const { printed, expected } = runBlocks("docs/cotangent/tutorial.md");
  expect(printed).toEqual(expected);
  expect(expected.length).toBeGreaterThan(15);
});

test.each(["README.md", "cotangent/cotangent/README.md"])("%s prints what it says", (path) => {
  const { printed, expected } = runBlocks(path);
  expect(printed).toEqual(expected);
  expect(expected).toHaveLength(2);
});

/** What the JavaScript of a document prints, and what its comments say that it does. */
function runBlocks(path: string): { readonly printed: readonly string[]; readonly expected: readonly string[] } {
  const text = readFileSync(new URL(path, root), "utf8");
  const code = Array.from(text.matchAll(/^```js\n([^]*?)^```$/gm), ([, block = ""]) => block).join("\n");
  const [imports = "", names = ""] = /^import \{([^}]+)\} from "cotangent";$/m.exec(code) ?? [];
  const printed: string[] = [];
  const log = (...values: readonly unknown[]) => printed.push(format(...values));
  const program = `(cotangent, console) => {\n${code.replace(imports, `const { ${names} } = cotangent;`)}\n}`;
  const run = runInThisContext(program) as (...given: readonly unknown[]) => void;
  run(cotangent, { log });
  const expected = Array.from(code.matchAll(expectation), ([, line, lines = ""]) => line ?? uncommented(lines));
  return { printed, expected };
}

/** What a call prints: behind it on its line, or below it where that is more than one line. */
const expectation = /console\.log\(.*\);(?: \/\/ (.*)|((?:\n\/\/ .*)+))$/gm;

function uncommented(lines: string): string {
  return lines.trimStart().replaceAll(/^\/\/ /gm, "");
}
