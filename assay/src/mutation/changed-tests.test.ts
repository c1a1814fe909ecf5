import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { isSourcePath } from "../source/role.ts";
import { requireChangedTests } from "./changed-tests.ts";
import { pairOf } from "./testing/project.ts";

const source = "export const f = (a: number) => a + 1; // One more.\n";
const aTest = 'test("f", () => expect(f(1)).toBe(2));\n';

/** Every test observes everything, but for those of `b`, which observe themselves. */
function observersOf(path: RepoPath): ReadonlySet<RepoPath> {
  return new Set(/\bb\./.test(path) ? [path] : [path, repoPath("src/a.test.ts"), repoPath("test/helper.ts")]);
}

function statusOf(...pairs: readonly ReturnType<typeof pairOf>[]): string {
  return requireChangedTests(pairs, observersOf).status;
}

const nothing: Readonly<Record<string, string>> = {
  "comments and layout": "/* One more. */ export const f =\n  (a: number) => (a + 1)\n",
  "quotes and the way a number is written": source.replace("1", "0x1"),
  "what is only declared": `declare const b: 1;\n${source}`,
  types: "interface A { b: 1 }\nexport const f = (a: number | A): number => ((a as number)! + 1) satisfies number;\n",
  imports: `import { g } from "./g.ts";\nimport type { H } from "./h.ts";\n${source}`,
};

for (const [title, text] of Object.entries(nothing)) {
  test(`${title} are no change`, () => expect(statusOf(pairOf("src/a.ts", source, text))).toBe("skipped"));
}

const something: Readonly<Record<string, string>> = {
  "an operator": source.replace("+", "-"),
  "a number": source.replace("1", "2"),
  "a name of a property": "export const f = (a: number) => ({ b: a });\n",
  "a side effect that is imported": `import "./g.ts";\n${source}`,
  "another export": `${source}export { f as g };\n`,
  "an enum": `${source}enum A { B }\n`,
};

for (const [title, text] of Object.entries(something)) {
  test(`${title} is a change`, () => expect(statusOf(pairOf("src/a.ts", source, text))).toBe("failed"));
}

test("large numbers are compared by their value", () => {
  expect(statusOf(pairOf("src/a.ts", "f(1n)", "f(2n)"))).toBe("failed");
  expect(statusOf(pairOf("src/a.ts", "f(16n)", "f(0x10n)"))).toBe("skipped");
});

test("a regular expression and a template are compared by what they hold", () => {
  expect(statusOf(pairOf("src/a.ts", "f(/a/g)", "f(/a/)"))).toBe("failed");
  expect(statusOf(pairOf("src/a.ts", "f(`a${b}`)", "f(`c${b}`)"))).toBe("failed");
});

test("runtime code that changed together with a test passes", () => {
  const changed = pairOf("src/a.ts", source, source.replace("1", "2"));
  expect(statusOf(changed, pairOf("src/a.test.ts", aTest, aTest.replace("2", "3")))).toBe("passed");
});

test("a changed test that can not reach the change is none", () => {
  const changed = pairOf("src/a.ts", source, source.replace("1", "2"));
  const outcome = requireChangedTests([changed, pairOf("src/b.test.ts", null, aTest)], observersOf);
  expect(outcome.status === "failed" && outcome.findings.map(({ message }) => message)).toEqual([
    expect.stringContaining("no test that can reach it did (src/b.test.ts can not)"),
  ]);
});

test("of several changed files one that a changed test reaches is enough", () => {
  const changed = ["src/a.ts", "src/b.ts"].map((path) => pairOf(path, source, source.replace("1", "2")));
  expect(statusOf(...changed, pairOf("src/b.test.ts", null, aTest))).toBe("failed");
  expect(statusOf(...changed, pairOf("src/a.test.ts", null, aTest))).toBe("passed");
});

test("a test in the source that it tests is one, where it changed, and no runtime code", () => {
  const inSource = (condition: string, asserted: string): string =>
    `if (import.meta.${condition}) {\n  test("f", () => expect(f(1)).toBe(${asserted}));\n}\n`;
  const changed = source.replace("+", "-");
  const statusFrom = (base: string, head: string): string => statusOf(pairOf("src/a.ts", base, head));
  expect(statusFrom(source + inSource("vitest", "2"), changed + inSource("vitest", "0"))).toBe("passed");
  expect(statusFrom(source, changed + inSource("vitest", "0"))).toBe("passed");
  expect(statusFrom(source + inSource("vitest", "2"), changed + inSource("vitest", "2"))).toBe("failed");
  expect(statusFrom(source + inSource("vitest", "2"), changed)).toBe("failed");
  expect(statusFrom(source + inSource("vitest", "2"), source + inSource("vitest", "3"))).toBe("skipped");
  expect(statusFrom(source + inSource("env", "2"), changed + inSource("env", "0"))).toBe("failed");
});

test("a changed helper of tests counts where a test that uses it reaches the change", () => {
  const changed = pairOf("src/a.ts", source, source.replace("1", "2"));
  const helper = pairOf("test/data.ts", "export const one = 1;\n", "export const one = 2;\n");
  const users = (path: RepoPath): ReadonlySet<RepoPath> => new Set([path, repoPath("src/a.test.ts")]);
  expect(requireChangedTests([changed, helper], users).status).toBe("passed");
  expect(requireChangedTests([changed, helper], (path) => new Set([path])).status).toBe("failed");
});

test("what tests read counts where one that reads it reaches the change", () => {
  const changed = pairOf("src/a.ts", source, source.replace("1", "2"));
  const [before, after] = ["export const cases = [1];\n", "export const cases = [1, 2];\n"];
  const users = (path: RepoPath): ReadonlySet<RepoPath> => new Set([path, repoPath("src/a.test.ts")]);
  const statusFor = (path: string, base: string | null, head: string | null, observers = users): string => {
    const pair = pairOf(path, base, head);
    const unparsed = { ...pair, base: undefined, head: undefined };
    return requireChangedTests([changed, isSourcePath(path) ? pair : unparsed], observers).status;
  };
  for (const path of ["test/fixtures/cases.js", "src/__fixtures__/cases.ts"]) {
    expect([path, statusFor(path, before, after)]).toEqual([path, "passed"]);
    expect([path, statusFor(path, before, `// New.\n${before}`)]).toEqual([path, "failed"]);
    expect([path, statusFor(path, before, after, (each) => new Set([each]))]).toEqual([path, "failed"]);
  }
  for (const path of ["test/specs/new.html", "src/__snapshots__/a.test.ts.snap"]) {
    expect([path, statusFor(path, null, "<p>\n")]).toEqual([path, "passed"]);
    expect([path, statusFor(path, "<p>\n", null)]).toEqual([path, "failed"]);
  }
  expect(statusFor("docs/new.html", null, "<p>\n")).toBe("failed");
  expect(statusFor("test/vitest.config.ts", before, after)).toBe("failed");
});

test("a comment in a test, and a test that is deleted, are no changed test", () => {
  const changed = pairOf("src/a.ts", source, source.replace("1", "2"));
  expect(statusOf(changed, pairOf("src/a.test.ts", aTest, `// New.\n${aTest}`))).toBe("failed");
  expect(statusOf(changed, pairOf("src/a.test.ts", aTest, null))).toBe("failed");
});

test("new code needs a test, deleted code does not", () => {
  expect(statusOf(pairOf("src/a.ts", null, source))).toBe("failed");
  expect(statusOf(pairOf("src/a.ts", null, "export interface A { b: 1 }\n"))).toBe("skipped");
  expect(statusOf(pairOf("src/a.ts", source, null))).toBe("skipped");
});

test("of one file the finding speaks of no others", () => {
  const outcome = requireChangedTests([pairOf("src/a.ts", source, "f(2)")], observersOf);
  expect(outcome.status === "failed" && outcome.findings.map(({ message }) => message)).toEqual([
    "runtime code changed, and no test did; add or change a test that fails without this change",
  ]);
});

test("the finding says where and what to do", () => {
  const outcome = requireChangedTests(
    [pairOf("src/a.ts", source, "f(2)"), pairOf("src/b.ts", null, source)],
    observersOf,
  );
  expect(outcome).toEqual({
    status: "failed",
    findings: [
      {
        path: "src/a.ts",
        line: 1,
        message:
          "runtime code changed here and in 1 more, and no test did; add or change a test that fails without this change",
      },
    ],
  });
});

test("what is there for tests is no runtime code, nor is configuration", () => {
  for (const path of ["src/__fixtures__/user.ts", "test/fixtures/a.ts", "__schemas__/a.ts", "vitest.config.build.ts"])
    expect([path, statusOf(pairOf(path, source, source.replace("+", "-")))]).toEqual([path, "skipped"]);
  for (const path of ["fixture/a.ts", "mock/a.ts", "mocks/a.ts", "testdata/a.ts"])
    expect([path, statusOf(pairOf(path, source, source.replace("+", "-")))]).toEqual([path, "skipped"]);
  for (const path of ["src/app.config.ts", "app.config.d/a.ts", "hammocks/a.ts", "mocksmith/a.ts"])
    expect([path, statusOf(pairOf(path, source, source.replace("+", "-")))]).toEqual([path, "failed"]);
});
