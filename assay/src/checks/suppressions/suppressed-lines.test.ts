import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { widened } from "./suppressed-lines.ts";

/** The line at the head that came under a directive, and which directive that is. */
async function widenedBy(base: string, head: string): Promise<string | undefined> {
  const { pairs } = await contextOf({ base: { "a.ts": base }, head: { "a.ts": head } });
  const found = pairs.map(widened).find((each) => each !== undefined);
  return found && `${found.line} ${found.name}`;
}

const one = "one();\n";
const two = "two();\n";
const three = "three();\n";

test.each([
  ["/* eslint-disable no-alert */", "/* eslint-enable no-alert */", "eslint-disable no-alert"],
  ["/* eslint-disable no-alert */", "/* eslint-enable */", "eslint-disable no-alert"],
  ["/* eslint-disable */", "/* eslint-enable */", "eslint-disable"],
  ["// biome-ignore-start lint/a/noB: why", "// biome-ignore-end lint/a/noB: why", "biome-ignore-start no-b"],
  ["// biome-ignore-start format: why", "// biome-ignore-end format: why", "biome-ignore-start format"],
  ["/* v8 ignore start */", "/* v8 ignore stop: why */", "v8 ignore start"],
  ["// Stryker disable Regex", "// Stryker restore Regex", "Stryker disable regex"],
  ["// Stryker disable Regex", "// Stryker restore all", "Stryker disable regex"],
])("%s covers more where %s is moved or gone", async (start, end, name) => {
  const base = `${start}\n${one}${end}\n${two}${three}`;
  expect(await widenedBy(base, `${start}\n${one}${two}${end}\n${three}`)).toBe(`3 ${name}`);
  expect(await widenedBy(base, `${start}\n${one}${two}${three}`)).toBe(`3 ${name}`);
  expect(await widenedBy(base, `${one}${start}\n${end}\n${two}${three}`)).toBeUndefined();
  expect(await widenedBy(base, `${start}\n${one}zero();\n${end}\n${two}${three}`)).toBeUndefined();
});

const off = "/* eslint-disable no-alert */\n";
const on = "/* eslint-enable no-alert */\n";

test("the end of another directive is none", async () => {
  const base = `${off}${one}${on}${two}`;
  for (const end of ["/* eslint-enable no-console */", "/* v8 ignore stop */"])
    expect(await widenedBy(base, `${off}${one}${end}\n${two}`)).toBe("4 eslint-disable no-alert");
  expect(
    await widenedBy(
      `${off}/* eslint-disable b */\n${on}${one}/* eslint-enable b */\n${two}`,
      `${off}/* eslint-disable b */\n${on}${one}${two}`,
    ),
  ).toBe("5 eslint-disable b");
});

test("a start that is moved upwards covers more, and one that is new is told otherwise", async () => {
  expect(await widenedBy(`${one}${two}${off}${three}${on}`, `${off}${one}${two}${three}${on}`)).toBe(
    "2 eslint-disable no-alert",
  );
  expect(await widenedBy(`${one}${two}`, `${off}${one}${two}`)).toBeUndefined();
});

test("what was covered by a directive for every rule is covered still", async () => {
  const all = "/* eslint-disable */\n";
  const base = `${all}${one}/* eslint-enable */\n${off}${two}${on}`;
  expect(await widenedBy(base, `${off}${one}${two}${on}`)).toBeUndefined();
});

test("what holds for the whole file is where it was, wherever it stands", async () => {
  const whole = "// deno-lint-ignore-file no-alert\n";
  expect(await widenedBy(`${one}${two}${whole}`, `${whole}${one}${two}`)).toBeUndefined();
  expect(await widenedBy(`${one}// @ts-nocheck\n${two}`, `// @ts-nocheck\n${one}${two}`)).toBeUndefined();
});

test("so many lines as a directive says are covered by it", async () => {
  const next = (count: number) => `/* v8 ignore next ${count} */\n`;
  const rest = `${one}${two}${three}`;
  expect(await widenedBy(next(1) + rest, next(2) + rest)).toBe("3 v8 ignore next");
  expect(await widenedBy(next(2) + rest, next(3) + rest)).toBe("4 v8 ignore next");
  expect(await widenedBy(next(3) + rest, next(2) + rest)).toBeUndefined();
  expect(await widenedBy(next(3) + rest, next(9) + rest)).toBeUndefined();
});

test.each([
  "// a note",
  "/* a note */",
  "/*\n * a note\n */",
  'import { a } from "a";',
  'import {\n} from "a";',
  "{\n}",
  "",
  "/* a */ {\n}",
])("%j may come to stand under a directive", async (code) => {
  const base = `${off}${one}${on}${code}\n${two}`;
  expect(await widenedBy(base, `${off}${one}${code}\n${on}${two}`)).toBeUndefined();
});

test.each(["/* a */ go();", "go(); // on", "important();", "fromHere();"])("%j may not", async (line) => {
  const base = `${off}${one}${on}${line}\n${two}`;
  expect(await widenedBy(base, `${off}${one}${line}\n${on}${two}`)).toBe("3 eslint-disable no-alert");
});

test("lines that were added or rewritten above do not shift what is compared", async () => {
  const base = `${one}${off}${two}${on}${three}`;
  expect(await widenedBy(base, `zero();\nzero();\n${one}${off}${two}${on}${three}`)).toBeUndefined();
  expect(await widenedBy(base, `zero();\nzero();\n${one}${off}${two}${three}`)).toBe("6 eslint-disable no-alert");
  expect(await widenedBy(`zero();\nzero();\n${base}`, `${off}${two}${on}${three}`)).toBeUndefined();
  expect(await widenedBy(base.replaceAll("\n", "\r\n"), `${one}${off}${two}${three}`.replaceAll("\n", "\r\n"))).toBe(
    "4 eslint-disable no-alert",
  );
});

test("a file that is new or deleted is no wider", async () => {
  for (const [base, head] of [
    [{}, { "a.ts": off + one }],
    [{ "a.ts": off + one }, {}],
  ] as const) {
    const { pairs } = await contextOf({ base, head });
    expect(pairs.map(widened)).toEqual([undefined]);
  }
});
