import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readWrapper, variablesIn, type VariableFiles } from "./variable-files.ts";

/** What a line's wrapper reads, and what is behind it. */
function read(line: string): string | undefined {
  const reading = readWrapper(line.split(" "));
  if (reading === undefined) return undefined;
  const { files, overrides, expands } = reading.variables;
  const manner = [...(overrides ? ["overrides"] : []), ...(expands ? ["expands"] : [])];
  return `${[...files, ...manner].join(" ")}: ${reading.rest.join(" ")}`;
}

test.each([
  ["dotenv -- vitest run", ".env expands: vitest run"],
  ["dotenv vitest run", ".env expands: vitest run"],
  ["dotenv-cli -e .env.test -- vitest --run", ".env.test expands: vitest --run"],
  ["dotenv -e a -e b -q -- jest", "a b expands: jest"],
  ["dotenv -e a -e b -o -- jest", "b a overrides expands: jest"],
  ["dotenv --override --quiet=false --no-expand -- jest", ".env overrides: jest"],
  ["dotenv -v A=1 -e a -v B=2 -- jest", "a expands: A=1 B=2 jest"],
  ["dotenv -c -- jest", ".env.local .env expands: jest"],
  ["dotenv -c test -- jest", ".env.test.local .env.local .env.test .env expands: jest"],
  ["dotenv -e a -c test jest -i", "a.test.local a.local a.test a expands: jest -i"],
  ["dotenv -p A", undefined],
  ["env-cmd vitest run", ".env overrides: vitest run"],
  ["env-cmd -f config/test.env --no-override -- vitest run", "config/test.env: vitest run"],
  ["env-cmd --file .env.test -x --silent vitest", ".env.test overrides expands: vitest"],
  ["env-cmd -f env.json vitest", undefined],
  ["env-cmd -f env.cjs vitest", undefined],
  ["env-cmd -e test vitest", undefined],
  ["vitest run", undefined],
])("%s", (line, expected) => {
  expect(read(line)).toBe(expected);
});

/** What files of these texts say of variables, beside those that are set. */
function said(
  texts: Readonly<Record<string, string>>,
  { overrides = false, expands = true }: Partial<VariableFiles> = {},
  around: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const dir = mkdtempSync(join(tmpdir(), "assay-variables-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(dir, name), text);
  return variablesIn(dir, { files: [...Object.keys(texts), "nowhere"], overrides, expands }, around);
}

test("the first file counts, comments and quotes are none of a value, and a file that is not there says nothing", () => {
  const texts = { a: "# here\nA='1'\n", b: 'A=2\nB="x y"\nexport C=3\n' };
  expect(said(texts)).toEqual({ A: "1", B: "x y", C: "3" });
});

test("what is set already is left, unless files override it", () => {
  expect(said({ a: "A=1\nB=1\n" }, {}, { A: "0" })).toEqual({ B: "1" });
  expect(said({ a: "A=1\nB=1\n" }, { overrides: true }, { A: "0" })).toEqual({ A: "1", B: "1" });
});

test("names in a value stand for what is known of them", () => {
  const text = "HOST=here\nURL=http://${HOST}:$PORT/${NONE:-a}${NONE-b}${NONE}\nPRICE=\\$HOST\n";
  expect(said({ a: text }, {}, { PORT: "80" })).toEqual({ HOST: "here", URL: "http://here:80/ab", PRICE: "$HOST" });
  expect(said({ a: "A=$B\n" }, { expands: false }, { B: "1" })).toEqual({ A: "$B" });
});
