// The tutorial's blocks, run in order, print what their comments say.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { isValue } from "@cotangent/core";
import * as cotangent from "cotangent";
import { expect, test } from "vitest";

const text = readFileSync(new URL("../../../docs/cotangent/tutorial.md", import.meta.url), "utf8");
const code = Array.from(text.matchAll(/^```js\n([^]*?)^```$/gm), ([, block = ""]) => block).join("\n");

test("the tutorial prints what it says", () => {
  const [imports = "", names = ""] = /^import \{([^}]+)\} from "cotangent";$/m.exec(code) ?? [];
  const printed: string[] = [];
  const log = (...values: readonly unknown[]) => printed.push(values.map(shown).join(" "));
  const program = `(cotangent, console) => {\n${code.replace(imports, `const { ${names} } = cotangent;`)}\n}`;
  const run = runInThisContext(program) as (...given: readonly unknown[]) => void;
  run(cotangent, { log });
  const expected = Array.from(code.matchAll(expectation), ([, line, lines = ""]) => line ?? uncommented(lines));
  expect(printed).toEqual(expected);
  expect(expected.length).toBeGreaterThan(15);
});

/** What a call prints: behind it on its line, or below it where that is more than one line. */
const expectation = /console\.log\(.*\);(?: \/\/ (.*)|((?:\n\/\/ .*)+))$/gm;

function uncommented(lines: string): string {
  return lines.trimStart().replaceAll(/^\/\/ /gm, "");
}

function shown(value: unknown): string {
  if (isValue(value)) return JSON.stringify(value.toList());
  return typeof value === "string" ? value : JSON.stringify(value);
}
