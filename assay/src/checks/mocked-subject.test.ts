import { expect, test } from "vitest";
import { contextOf } from "./change/change-of-texts.ts";
import { mockedSubject } from "./mocked-subject.ts";
import { runGuard } from "./run-guards.ts";

/** What is mocked in a test file, or "an answer" for a test that asserts what it told a mock. */
async function mocked(code: string, path = "src/math.test.ts"): Promise<readonly string[]> {
  const outcome = await runGuard(mockedSubject, await contextOf({ base: {}, head: { [path]: code } }));
  return outcome.status === "failed"
    ? outcome.findings.map(({ message }) => /mocks "(.*?)"/.exec(message)?.[1] ?? "an answer")
    : [];
}

const testing = (imports: string, mocks: string): string =>
  `import { expect, test, vi } from "vitest";\n${imports}\n${mocks}\ntest("adds", () => { expect(sum(1, 2)).toBe(3); });\n`;

test("the module that a test bears the name of is its subject", async () => {
  for (const [path, specifier] of [
    ["src/math.test.ts", "./math.ts"],
    ["src/math.test.ts", "./math"],
    ["src/math.spec.ts", "../src/math.js"],
    ["src/math_test.ts", "./math.ts"],
    ["src/Math.unit.test.tsx", "./math.tsx"],
    ["src/math.e2e.ts", "./math.ts"],
    ["src/math.test.ts", "./math/index.ts"],
    ["src/math/index.test.ts", "./index.ts"],
    ["src/Math/index.test.ts", "."],
    ["src/math/math.test.ts", "../math"],
    ["src/math/math.test.ts", ".."],
  ] as const) {
    const code = testing(
      `import { sum } from "${specifier}";\nimport { log } from "./log.ts";`,
      `vi.mock("${specifier}");`,
    );
    expect([path, specifier, await mocked(code, path)]).toEqual([
      path,
      specifier,
      specifier === ".." ? [] : [specifier],
    ]);
  }
});

test("what the subject uses may be mocked", async () => {
  expect(await mocked(testing('import { sum } from "./math.ts";\nimport "./log.ts";', 'vi.mock("./log.ts");'))).toEqual(
    [],
  );
  expect(
    await mocked(testing('import { sum } from "./math.ts";\nimport "./log/math.ts";', 'vi.mock("./log/math.ts");')),
  ).toEqual([]);
  expect(await mocked(testing('import { sum } from "./math.ts";', 'vi.mock("math");'))).toEqual([]);
});

test("the only module of the repository that a test names is its subject under any name", async () => {
  const only = (more: string): string =>
    testing(`import { sum } from "./other.ts";\n${more}`, 'vi.mock("./other.ts");');
  for (const beside of [
    "",
    'import "node:fs";',
    'import { render } from "@testing-library/react";',
    'import type { A } from "./types.ts";',
    'import { describe } from "@jest/globals";',
  ])
    expect([beside, await mocked(only(beside))]).toEqual([beside, ["./other.ts"]]);
  for (const beside of ['import "./more.ts";', 'import { sum as all } from "my-package";'])
    expect([beside, await mocked(only(beside))]).toEqual([beside, []]);
});

test("a mock that takes the real module runs it", async () => {
  const imports = 'import { sum } from "./math.ts";';
  for (const mock of [
    'vi.mock("./math.ts", { spy: true });',
    'vi.mock("./math.ts", async (original) => ({ ...(await original()) }));',
    'vi.mock("./math.ts", async () => ({ ...(await vi.importActual("./math.ts")) }));',
    'jest.mock("./math.ts", () => ({ ...jest.requireActual("./math.ts") }));',
    'vi.mock("./math.ts");\nvi.unmock("./math.ts");',
    'vi.mock("./math.ts");\nvi.doUnmock("./math.ts");',
    'jest.mock("./math.ts", () => jest.createMockFromModule("./math.ts"));',
    'const actual = jest.requireActual("./math");\njest.mock("./math.ts", () => ({ ...actual, log() {} }));',
    'vi.mock("./math.ts", async () => ({ ...(await vi.importActual(path)) }));',
  ])
    expect([mock, await mocked(testing(imports, mock))]).toEqual([mock, []]);
  for (const mock of [
    'vi.mock("./math.ts", {});',
    'vi.mock("./math.ts");\nvi.mock("./log.ts", async () => ({ ...(await vi.importActual("./log.ts")) }));',
    'vi.mock("./math.ts");\nvi.unmock("./log.ts");',
    'vi.mock("./math.ts"); // Without importActual, or unmock.',
    'vi.mock("./math.ts");\nimportActual("./math.ts");',
    'vi.mock("./math.ts", () => ({ sum: () => 3 }));',
    'vi.mock("./math.ts?raw");',
    'jest.mock("./math.ts", () => ({ sum: () => 3 }), { virtual: true });',
  ])
    expect([mock, (await mocked(testing(imports, mock))).length]).toEqual([mock, 1]);
});

test("a test that asserts what it told a mock to answer is told, once for its file where the module is mocked", async () => {
  const answers = (code: string): string =>
    `import { expect, test, vi } from "vitest";\nimport * as math from "./math.ts";\ntest("adds", () => {\n${code}\n});\n`;
  expect(await mocked(answers('vi.spyOn(math, "sum").mockReturnValue(3);\nexpect(math.sum(1, 2)).toBe(3);'))).toEqual([
    "an answer",
  ]);
  expect(
    await mocked(answers('vi.spyOn(math, "sum").mockReturnValue(3);\nexpect(math.total([1, 2])).toBe(3);')),
  ).toEqual([]);
  expect(await mocked(answers("expect(math.sum(1, 2)).toBe(3);"))).toEqual([]);
});
