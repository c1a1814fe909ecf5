import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { testsOf, wordsOf, type TestsOfFile } from "./test-bodies.ts";

const read = (code: string, path = "a.test.ts"): TestsOfFile => testsOf(parseSource(repoPath(path), code));
const titles = (code: string, path?: string): readonly string[] =>
  read(code, path).tests.map(({ fullTitle }) => fullTitle);

const is = (value: number): string => `expect(f()).toBe(${value});`;

test("a test is called by the suites around it, and by no other", () => {
  const code = `
    test("first", () => {});
    describe("cart", () => {
      describe("empty", () => { it("costs nothing", () => {}); });
      it('has \`rows\`', () => {});
    });
    fdescribe(\`more\`, () => { it("a", () => {}); });
    xcontext("less", () => { it("b", () => {}); });
    test.describe("of Playwright", () => { test("c", () => {}); });
    it("last", () => {});
  `;
  expect(titles(code)).toEqual([
    "first",
    "cart › empty › costs nothing",
    "cart › has `rows`",
    "more › a",
    "less › b",
    "of Playwright › c",
    "last",
  ]);
});

test("a test that has only tests in it is as good as a suite, and one that asserts as well is a test", () => {
  const inner = 'await t.test("inner", () => {});';
  expect(titles(`test("outer", async (t) => { ${inner} });`)).toEqual(["outer › inner"]);
  expect(titles(`test("outer", async (t) => { ${inner} ${is(1)} });`)).toEqual(["outer", "outer › inner"]);
  expect(titles('test("a", () => {}); test("b", () => {});')).toEqual(["a", "b"]);
});

test("an assertion is of the innermost test, with what stands between", () => {
  const code = `test("outer", async (t) => { if (x) { ${is(1)} } await t.test("inner", () => { ${is(2)} }); });`;
  const placed = read(code).tests.flatMap(({ title, assertions }) =>
    assertions.map(({ text, inside }) => `${title}: ${text} in ${inside.map(({ type }) => type).join(" ")}`),
  );
  const around = "ArrowFunctionExpression BlockStatement";
  expect(placed).toEqual([
    expect.stringContaining(`outer: expect(f()).toBe(1) in ${around} IfStatement `),
    expect.stringContaining(`inner: expect(f()).toBe(2) in ${around} Expr`),
  ]);
});

test("what asserts in no test is the rest", () => {
  const code = `const check = () => { ${is(1)} };\ntest("a", () => { ${is(2)} });\nafterEach(() => { ${is(3)} });`;
  const { rest, tests } = read(code);
  expect(rest?.assertions.map(({ text }) => text)).toEqual(["expect(f()).toBe(1)", "expect(f()).toBe(3)"]);
  expect(rest?.assertions[0]?.inside[0]?.type).toBe("Program");
  expect(rest?.text).toBe(code);
  expect(tests.map(({ assertions }) => assertions.length)).toEqual([1]);
  expect(read(`test("a", () => { ${is(2)} });`).rest).toBeUndefined();
});

test("what a test runs is kept without its layout", () => {
  const { tests } = read(`test("a", () => {\n  ${is(1)}\n});\ntest.todo("b");`);
  expect(tests.map(({ text }) => text)).toEqual(["()=>{expect(f()).toBe(1)}", ""]);
});

test("a file of the program has tests where it names a runner", () => {
  const inSource = `if (import.meta.vitest) { test("a", () => { ${is(1)} }); }`;
  expect(titles(inSource, "src/a.ts")).toEqual(["a"]);
  expect(titles(inSource.replace(".vitest", ".other"), "src/a.ts")).toEqual([]);
  expect(testsOf(undefined)).toEqual({ tests: [], rest: undefined });
});

test("words are counted, but for those that every test says", () => {
  const code = 'test("a", () => { expect(sum(2, two, `of ${two} `)).toBe(true); render(<Cart>  some  </Cart>); });';
  const { program } = parseSource(repoPath("a.test.tsx"), code);
  expect(Object.fromEntries(wordsOf(program))).toEqual({
    a: 1,
    sum: 1,
    2: 1,
    two: 2,
    of: 1,
    toBe: 1,
    render: 1,
    Cart: 2,
    some: 1,
  });
});
