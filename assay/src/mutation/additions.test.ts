import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { onlyAdds } from "./additions.ts";

function adds(base: string, head: string): boolean {
  const parse = (text: string): ReturnType<typeof parseSource> => parseSource(repoPath("src/a.test.ts"), text);
  return onlyAdds(parse(base), parse(head));
}

const before = `import { expect, test } from "vitest";
import { a } from "./a.ts";

test("one", () => {
  const made = a(1);
  expect(made).toBe(1);
});

describe("more", () => {
  test("two", async () => {
    expect(await a(2)).toBe(2);
  });
});
`;

const additions: Readonly<Record<string, string>> = {
  nothing: before,
  "comments, layout and types": before.replace("const made", "// Made.\n  const made: number\n   "),
  "a test at the end": `${before}test("three", () => expect(a(3)).toBe(3));\n`,
  "a test between others": before.replace("describe(", 'test("three", () => expect(a(3)).toBe(3));\n\ndescribe('),
  "an assertion in a test": before.replace("toBe(1);", "toBe(1);\n  expect(made).not.toBe(2);"),
  "an awaited assertion": before.replace("toBe(2);", "toBe(2);\n    await expect(a(3)).resolves.toBe(3);"),
  "a test in a suite": before.replace('  test("two"', '  test("half", () => expect(a(0)).toBe(0));\n  test("two"'),
  "an import, and a name of one": before.replace("{ a }", "{ a, b }").replace("import {", 'import "./c.ts";\nimport {'),
  "a test of what is called like a modifier": `${before}test("three", () => expect(todo).toBe(1));\n`,
  "a value": before.replace("expect(made)", "const limit = 3;\n  expect(made)"),
};

for (const [title, after] of Object.entries(additions)) {
  test(`${title} adds`, () => expect(adds(before, after)).toBe(true));
}

const rewrites: Readonly<Record<string, string>> = {
  "an assertion less": before.replace("  expect(made).toBe(1);\n", ""),
  "another matcher": before.replace("toBe(1)", "toBeDefined()"),
  "a test less": before.replace(/test\("one"[^]*?\n}\);\n/, ""),
  "a test that is skipped": before.replace('test("one"', 'test.skip("one"'),
  "another title": before.replace('"one"', '"first"'),
  "another order": before.replace(
    "  const made = a(1);\n  expect(made).toBe(1);",
    "  expect(made).toBe(1);\n  const made = a(1);",
  ),
  "an early return": before.replace("  expect(made)", "  return;\n  expect(made)"),
  "a condition": before.replace("  expect(made).toBe(1);", "  if (made) expect(made).toBe(1);"),
  "a mock": before.replace('test("one"', 'vi.mock("./a.ts");\ntest("one"'),
  "a hook": before.replace('test("one"', 'beforeEach(() => reset());\ntest("one"'),
  "a value that is made by a call": before.replace("expect(made)", "const spy = vi.spyOn(a, 'b');\n  expect(made)"),
  "a value that is constructed": before.replace("expect(made)", "const server = new Server();\n  expect(made)"),
  "another module": before.replace("./a.ts", "./fake.ts"),
  "another name of an import": before.replace("{ a }", "{ fake as a }"),
  "a test that runs alone": `${before}test.only("three", () => expect(a(3)).toBe(3));\n`,
  "what can not be parsed": `${before}if (`,
};

for (const [title, after] of Object.entries(rewrites)) {
  test(`${title} rewrites`, () => expect(adds(before, after)).toBe(false));
}

test("a test with options is the same one as long as its options are", () => {
  const plain = 'test("one", { retry: 1 }, () => {\n  f();\n});\n';
  const longer = plain.replace("f();", "f();\n  expect(a).toBe(1);");
  expect(adds(plain, longer)).toBe(true);
  expect(adds(plain, longer.replace("retry: 1", "retry: 2"))).toBe(false);
});

test("all of a module is another import than what it exports by default", () => {
  expect(adds('import a from "./a.ts";\n', 'import * as a from "./a.ts";\n')).toBe(false);
});
