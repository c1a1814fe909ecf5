import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { vacuousAssertion } from "../vacuous-assertion.ts";

const kinds: readonly (readonly [RegExp, string])[] = [
  [/compares literals/, "literal"],
  [/compares constants/, "constant"],
  [/with itself/, "same"],
  [/two answers/, "same call"],
  [/every answer/, "everything"],
  [/without a matcher/, "no matcher"],
  [/isn't called/, "not called"],
];

/** Why assertions of a test can not fail. `setup` stands before the test. */
function faults(body: string, { title = "adds", setup = "" } = {}): readonly string[] {
  const imports = 'import { expect, test, vi } from "vitest";\nimport { sum, list, find, Cart } from "./sum.ts";\n';
  const code = `${imports}${setup}\ntest(${JSON.stringify(title)}, async () => {\n${body}\n});\n`;
  const found = [...vacuousAssertion.inspect(parseSource(repoPath("sum.test.ts"), code))];
  return found.map(({ message }) => kinds.find(([pattern]) => pattern.test(message))?.[1] ?? message);
}

/** An assertion that may fail, beside which others stand. */
const real = "expect(sum(1, 2)).toBe(3);\n";

test.each([
  "expect(true).toBe(true);",
  "expect(1).toBeTruthy();",
  "expect(0).toBeFalsy();",
  "expect('a').toBeDefined();",
  "expect(null).toBeNull();",
  "expect(true).toBeTrue();",
  "expect(false).toBeFalse();",
  "expect(1).toEqual(1);",
  "expect('abc').toContain('b');",
  "expect('abc').toHaveLength(3);",
  "expect(2).toBeGreaterThan(1);",
  "expect(1).toBeLessThan(2);",
  "expect(1).toBeGreaterThanOrEqual(1);",
  "expect(1).toBeLessThanOrEqual(1);",
  "expect(1).toBeCloseTo(1.001);",
  "expect(true).toBeTruthy('it is so');",
])("%s compares literals", (body) => {
  expect(faults(real + body)).toEqual(["literal"]);
});

test.each([
  "expect(undefined).toBeUndefined();",
  "expect(NaN).toBeNaN();",
  "expect(true).not.toBe(false);",
  "expect([1, 2]).toEqual([1, 2]);",
  "expect([1, 2]).toHaveLength(2);",
  "expect([1, 2]).toContain(2);",
  "expect({ a: 1, 'b': [2] }).toEqual({ b: [2], a: 1 });",
  "expect({ a: 1 }).toMatchObject({ a: 1 });",
  "expect({ a: 1 }.a).toBe(1);",
  "expect([1, 2][1]).toBe(2);",
  "expect([1, 2].length).toBe(2);",
  "expect('ab'.length).toBe(2);",
  "expect(1 + 2).toBe(3);",
  "expect(3 - 2).toBe(1);",
  "expect(3 * 2).toBe(6);",
  "expect(3 / 2).toBe(1.5);",
  "expect(1 < 2).toBe(true);",
  "expect(2 > 1).toBe(true);",
  "expect(2 === 1).toBe(false);",
  "expect(2 == 2).toBe(true);",
  "expect(2 !== 1).toBe(true);",
  "expect(2 != 1).toBe(true);",
  "expect('a' === 'a').toBe(true);",
  "expect('a' !== 'b').toBe(true);",
  "expect(!0).toBe(true);",
  "expect(-1).toBe(-1);",
  "expect(+'1').toBe(1);",
  "expect(typeof 'a').toBe('string');",
  "expect(Boolean(1)).toBe(true);",
  "expect(Number('1')).toBe(1);",
  "expect(String(1)).toBe('1');",
  "expect(structuredClone([1])).toEqual([1]);",
  "expect(Infinity).toBe(Infinity);",
  "expect(await Promise.resolve(1)).toBe(1);",
  "const a = 1;\nexpect(a).toBe(1);",
  "const a: number = 1;\nexpect(a).toBe(1);",
  "const a: string[] = ['a'];\nexpect(a).toEqual(['a']);",
  "const a = [1] as const;\nexpect(a).toEqual([1]);",
  "const a = 1 as number;\nexpect(a).toBe(1);",
  "const a = () => 1;\nexpect(a()).toBe(1);",
  "const a = () => { return 1; };\nexpect(a()).toBe(1);",
  "const a = { b: () => 1 };\nexpect(a.b()).toBe(1);",
  "expect((() => 1)()).toBe(1);",
  "const a = { b: 1 };\nexpect(a.b).toBe(1);",
])("%s compares constants of the test, which says nothing where it is alone", (body) => {
  expect(faults(body)).toEqual(["constant"]);
  expect(faults(real + body)).toEqual([]);
});

test.each([
  "expect(1).toBe(2);",
  "expect(1).not.toBe(1);",
  "expect('abc').toHaveLength(2);",
  "expect('abc').toContain('d');",
  "expect('abc').toContain(1);",
  "expect([1]).toContain(2);",
  "expect(1).toBeGreaterThan(1);",
  "expect(1).toBeLessThan(1);",
  "expect(1).toBeGreaterThanOrEqual(2);",
  "expect(2).toBeLessThanOrEqual(1);",
  "expect(1).toBeCloseTo(1.01);",
  "expect(undefined).toBeDefined();",
  "expect(1).toBeNaN();",
  "expect({ a: 1 }).toEqual({ a: 2 });",
  "expect({ a: 1 }.b).toBe(1);",
  "expect({ a: 1 }).toBe(sum(1, 2));",
  "expect({ [sum]: 1 }).toEqual({ sum: 1 });",
  "expect({ ...list }).toEqual({ a: 1 });",
  "expect([...list]).toEqual([1, 2]);",
  "expect([, 1]).toEqual([undefined, 1]);",
  "expect(1).toBeOdd();",
  "expect(1).toBeA('number');",
  "expect('b').toBeGreaterThan('a');",
  "expect({ a: 1 }).toContain(1);",
  "let a = 1;\na = sum(a, 1);\nexpect(a).toBe(2);",
  "let a = 1;\n({ a } = list());\nexpect(a).toBe(1);",
  "let a = 1;\n[a] = list();\nexpect(a).toBe(1);",
  "const a = [1];\nlist(a);\nexpect(a).toEqual([1]);",
  "const a: Sum = 1;\nexpect(a).toBe(1);",
  "const a: Sum[] = [1];\nexpect(a).toEqual([1]);",
  "const a = 1 as Sum;\nexpect(a).toBe(1);",
  "const a = { b: 1 } satisfies Sum;\nexpect(a.b).toBe(1);",
  "const a = (b: number) => 1;\nexpect(a(2)).toBe(1);",
  "const a = () => { sum(1, 2); return 1; };\nexpect(a()).toBe(1);",
  "const a = function* () { return 1; };\nexpect(a()).toBe(1);",
  "expect(Promise.reject(1)).toBe(1);",
  "await expect(Promise.resolve(1)).rejects.toBe(1);",
  "function f(a) { expect(a).toBe(1); }\nf(sum(0, 1));",
  "expect(sum(1, 2)).toBe(3);",
  "expect(find(1)?.name).toBe('a');",
  "const Boolean = find;\nexpect(Boolean(1)).toBe(true);",
])("%s may fail, or is not known", (body) => {
  expect(faults(`${body}\n${real}`)).toEqual([]);
});

test.each([
  "const a = sum(1, 2);\nexpect(a).toBe(a);",
  "const a = sum(1, 2);\nconst b = a;\nexpect(a).toBe(b);",
  "let a = sum(1, 2);\nconst b = a;\nexpect(a).toBe(b);\na = sum(2, 2);",
  "const a = list();\nexpect(a).toEqual([...a]);",
  "const a = find(1);\nexpect({ ...a }).toEqual(a);",
  "const a = find(1);\nexpect(a.name).toBe(a.name);",
  "expect(list.length).toEqual(list.length);",
  "const a = sum(1, 2);\nexpect(a === a).toBe(true);",
  "const a = sum(1, 2);\nexpect(a == a).toBeTruthy();",
  "const a = sum(1, 2);\nexpect(a === a).toBeTrue();",
  "const a = list();\nexpect(a).toContainEqual(a);",
  "const a = list();\nexpect(a).toMatchObject(a);",
])("%s compares a value with itself", (body) => {
  expect(faults(real + body)).toEqual(["same"]);
});

test.each([
  "expect(sum(2, 2)).toBe(sum(2, 2));",
  "const a = sum(2, 2);\nexpect(a).toBe(sum(2, 2));",
  "const a = sum(2, 2);\nconst b = sum(2, 2);\nexpect(a).toEqual(b);",
  "expect(await find(1)).toEqual(await find(1));",
  "const n = 2;\nexpect(sum(n, 2)).toBe(sum(n, 2));",
  "const options = { n: 2 };\nexpect(sum(options)).toBe(sum(options));",
  "expect(sum(Number('2'), 2)).toBe(sum(Number('2'), 2));",
  "expect(sum(list(1), 2)).toBe(sum(list(1), 2));",
  "const a = await find(1);\nexpect(a).toBe(await find(1));",
  "const n: Size = 2;\nexpect(sum(n, 2)).toBe(sum(n, 2));",
  "const options = { n: list(2) };\nexpect(sum(options)).toBe(sum(options));",
  "expect((sum(2, 2) as number)).toBe(sum(2, 2)!);",
  "expect(sum(2, 2) satisfies number).toBe(sum(2, 2));",
  "expect(list?.at(2)).toBe(list?.at(2));",
])("%s compares two answers of one call", (body) => {
  expect(faults(body)).toEqual(["same call"]);
  expect(faults(body + real)).toEqual([]);
  for (const title of ["is stable", "answers the same twice", "is memoized", "a pure function"])
    expect(faults(body, { title })).toEqual([]);
});

test.each([
  "expect(sum(2, 2)).toBe(sum(2, 3));",
  "expect(sum(2, 2)).not.toBe(sum(2, 2));",
  "expect(sum(2, 2)).toBeGreaterThan(sum(2, 2));",
  "expect(sum(list(), 2)).toBe(sum(list(), 2).a);",
  "const a = sum(2, 2);\nlist();\nexpect(a).toBe(sum(2, 2));",
  "const a = sum(2, 2);\nif (a) expect(a).toBe(sum(2, 2));\nelse { expect(a).toBe(sum(2, 2)); }",
  "let n = 2;\nn = list();\nexpect(sum(n)).toBe(sum(n));",
  "let a = sum(1, 2);\nconst b = a;\na = sum(2, 2);\nexpect(a).toBe(b);",
  "expect(sum(1, new Date())).toBe(sum(1, new Date()));",
  "expect(sum(1, list(now))).toBe(sum(1, list(now)));",
  "expect(sum(1, list(1, now))).toBe(sum(1, list(1, now)));",
  "let a = sum(1, 2);\nconst b = a;\n{ a = sum(2, 2); expect(a).toBe(b); }",
  "const options = { n: 2, at: new Date() };\nexpect(sum(options)).toBe(sum(options));",
  "const options = { ...defaults };\nexpect(sum(options)).toBe(sum(options));",
  "const n = list(2);\nexpect(sum(n)).toBe(sum(n));",
  "expect(now).toBe(now);",
  "expect(find(1).name).toBe(find(1).name);",
  "const a = sum(1, 2);\nexpect(a !== a).toBe(true);",
  "const a = sum(1, 2);\nexpect(a === a).toBe(false);",
])("%s compares what may differ", (body) => {
  expect(faults(body)).toEqual([]);
});

test.each([
  "expect(list()).toMatchObject({});",
  "expect(list()).toEqual(expect.objectContaining({}));",
  "expect(list()).toEqual(expect.arrayContaining([]));",
  "expect(find(1)).toEqual(expect.stringContaining(''));",
  "expect(find(1)).toEqual(expect.stringMatching(/.*/));",
  "expect(find(1)).toMatchObject(expect.objectContaining({}));",
  "expect(find(1)).toMatch('');",
  "expect(find(1)).toMatch(/.*/);",
  "expect(find(1)).toMatch(/^.*$/);",
  "expect(find(1)).toMatch(/[\\s\\S]*/);",
  "expect(find(1)).toMatch(/(?:)/);",
  "expect(find(1)).toMatch(/.*?/);",
  "expect(find(1)).toMatch(/[^]*/);",
  "expect(find(1)).toMatch(/.?/);",
  "expect(find(1)).toMatch(/a*/);",
  "expect(find(1)).toMatch(/\\w*/);",
  "expect(find(1)).toMatch(/[a-z]*/i);",
  "expect(find(1)).toMatch(/\\d{0,3}/);",
  "expect(find(1)).toMatch(/^/);",
  "expect(find(1)).toMatch(/$/);",
  "expect(find(1)).toMatch(/.*$/);",
  "expect(find(1) ?? true).toBe(true);",
  "expect(!find(1) || find(1)).toBe(true);",
  "expect(find(1)).toContain('');",
  "expect([true, false]).toContain(find(1));",
  "expect(list().length).toBeGreaterThanOrEqual(0);",
  "expect(list().length).toBeGreaterThan(-1);",
  "expect(find(1).size).toBeGreaterThanOrEqual(0);",
  "expect(find(1).byteLength).toBeGreaterThanOrEqual(0);",
  "expect(await find(1).count()).toBeGreaterThanOrEqual(0);",
  "expect(list().length >= 0).toBe(true);",
  "expect(list().length > -1).toBeTruthy();",
  "expect(find(1) || true).toBeTruthy();",
  "expect(find(1) || true).toBe(true);",
  "expect(find(1) || !find(1)).toBe(true);",
  "expect(true || find(1) || 1).toBeTruthy();",
  "expect(find(1) ?? 3).toBe(3);",
  "expect(find(1) || 'a').toEqual('a');",
  "expect(() => {}).not.toThrow();",
  "expect(() => { const a = 1; }).not.toThrow();",
  "expect([find(1)]).toBeDefined();",
  "expect({ a: find(1) }).toBeTruthy();",
  "expect(() => find(1)).toBeDefined();",
  "expect(class {}).toBeTruthy();",
  "expect(typeof find(1)).toBeTruthy();",
  "expect(typeof find(1)).toBeDefined();",
  "expect(!find(1)).toBeDefined();",
  "expect(!find(1)).not.toBeNull();",
  "expect(find(1) === 2).not.toBeUndefined();",
  "expect(find(1) > 2).toBeDefined();",
  "expect('a' in find(1)).toBeDefined();",
  "expect(find(1) instanceof Cart).toBeDefined();",
  "expect([find(1)]).not.toBeFalsy();",
  "expect(find(1)).toSatisfy(() => true);",
  "const later = async () => find(1);\nexpect(later()).toBeDefined();",
  "const later = async () => find(1);\nexpect(later()).toBeTruthy();",
  "const later = async () => find(1);\nexpect(later()).not.toBeNull();",
])("%s holds for every answer", (body) => {
  expect(faults(real + body)).toEqual(["everything"]);
});

test.each([
  "expect(find(1)).toMatchObject({ a: 1 });",
  "expect(find(1)).not.toMatchObject({});",
  "expect(find(1)).toEqual({});",
  "expect(find(1)).toEqual(expect.objectContaining({ a: 1 }));",
  "expect(find(1)).toEqual(expect.anything());",
  "expect(find(1)).toEqual(list.stringContaining());",
  "expect(find(1)).toMatch(/a.*/);",
  "expect(find(1)).toMatch(/.+/);",
  "expect(find(1)).toMatch(/^\\w*$/);",
  "expect(find(1)).toMatch(/^[a-z]*$/);",
  "expect(find(1)).toMatch(/a*b/);",
  "expect(find(1)).toMatch(/ab?/);",
  "expect(find(1)).toMatch(/a{1,3}/);",
  "expect(find(1)).toMatch(/^$/);",
  "expect(find(1)).toEqual(expect.notContainingAny(''));",
  "expect(!find(1) || find(2)).toBe(true);",
  "expect(find(1) ?? true).toBe(false);",
  "expect(find(1)).toBeTruthyOr({});",
  "expect(find(1)).toContain('a');",
  "expect([true, true]).toContain(find(1));",
  "expect([1, 2]).toContain(find(1));",
  "expect(list().length).toBeGreaterThan(0);",
  "expect(list().length).toBeGreaterThanOrEqual(1);",
  "expect(list().total).toBeGreaterThanOrEqual(0);",
  "expect(find(1).count(2)).toBeGreaterThanOrEqual(0);",
  "expect(list().length).toBeLessThanOrEqual(0);",
  "expect(list().length > 0).toBe(true);",
  "expect(list().length >= 1).toBe(true);",
  "expect(list().length === 0).toBe(true);",
  "expect(list().total >= 0).toBe(true);",
  "expect(find(1) && true).toBe(true);",
  "expect(find(1) || false).toBe(true);",
  "expect(find(1) || !find(2)).toBe(true);",
  "expect(find(1) ?? 3).toBe(4);",
  "expect(find(1) && 3).toBe(3);",
  "expect(find(1) ?? list()).toBe(list());",
  "expect(() => find(1)).not.toThrow();",
  "expect(() => { new Cart(); }).not.toThrow();",
  "expect(() => { throw 1; }).not.toThrow();",
  "expect(() => { for (const a of list) {} }).not.toThrow();",
  "expect(() => list.a).not.toThrow();",
  "expect(find(1) === 2).toBeTruthy();",
  "expect(find(1) + 2).toBeDefined();",
  "expect(-find(1)).toBeDefined();",
  "expect(!find(1)).toBeTruthy();",
  "expect(!find(1)).not.toBeFalsy();",
  "expect(find(1)).toSatisfy((a) => a > 1);",
  "expect(find(1)).toSatisfy(() => false);",
  "expect(find(1)).toSatisfy(() => { return find(2); });",
  "const later = async () => find(1);\nawait expect(later()).resolves.toBeDefined();",
  "const later = async () => find(1);\nexpect(await later()).toBeDefined();",
  "const later = async () => find(1);\nexpect(later()).to.eventually.exist;",
  "const now = () => find(1);\nexpect(now()).toBeDefined();",
])("%s does not", (body) => {
  expect(faults(real + body)).toEqual([]);
});

test.each([
  ["expect(sum(1, 2));", "no matcher"],
  ["await expect(sum(1, 2));", "no matcher"],
  ["expect(sum(1, 2)).not;", "no matcher"],
  ["expect(sum(1, 2)).resolves;", "no matcher"],
  ["expect(sum(1, 2), 'to equal', 3);", "no matcher"],
  ["expect(sum(1, 2)).toBe;", "not called"],
  ["expect(sum(1, 2)).not.toBe;", "not called"],
])("%s asserts nothing", (body, fault) => {
  expect(faults(real + body)).toEqual([fault]);
});

test("what an assertion is kept for may be said later, and in sentences", () => {
  expect(faults("const claim = expect(sum(1, 2));\nclaim.toBe(3);")).toEqual([]);
  const code = (module: string, body: string) =>
    `import ${module === "chai" ? "{ expect }" : "expect"} from "${module}";\nimport { sum } from "./sum.ts";\ntest("adds", () => { ${body} });\n`;
  const found = (module: string, body: string) =>
    [...vacuousAssertion.inspect(parseSource(repoPath("sum.test.ts"), code(module, body)))].length;
  expect(["to equal", "adds"].map((words) => found("unexpected", `expect(sum(1, 2), "${words}", 3);`))).toEqual([0, 1]);
  expect(["unexpected", "chai"].map((module) => found(module, "expect(sum(1, 2));"))).toEqual([1, 1]);
  expect(["unexpected", "chai"].map((module) => found(module, "expect(sum(1, 2), 'to equal', 3);"))).toEqual([0, 1]);
});

test("Playwright answers later", () => {
  const code = (imported: string, claim: string) =>
    `import { expect, test } from "${imported}";\ntest("opens", async ({ page }) => { ${claim}; await expect(page).toHaveTitle("a"); });\n`;
  const found = (imported: string, claim: string) =>
    [...vacuousAssertion.inspect(parseSource(repoPath("a.test.ts"), code(imported, claim)))].length;
  for (const query of [
    "isVisible",
    "isChecked",
    "textContent",
    "innerText",
    "innerHTML",
    "inputValue",
    "allInnerTexts",
    "boundingBox",
  ])
    expect(found("@playwright/test", `expect(page.locator("a").${query}()).toBeTruthy()`)).toBe(1);
  expect(found("@playwright/test", 'expect(await page.locator("a").isVisible()).toBeTruthy()')).toBe(0);
  expect(found("@playwright/test", 'expect(page.locator("a").isVisibleNow()).toBeTruthy()')).toBe(0);
  expect(found("vitest", 'expect(page.locator("a").isVisible()).toBeTruthy()')).toBe(0);
});
