import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { testCodeImport } from "./test-code-import.ts";

const files: Texts = {
  "test/orders.ts": "",
  "src/own.ts": "",
  "src/own.test.ts": "",
  "src/__mocks__/store.ts": "",
  "src/__fixtures__/orders.json": "{}",
  "src/mocks/store.ts": "",
};

/** What a file loads that only tests have. */
async function loaded(path: string, specifier: string): Promise<readonly string[]> {
  const head = { ...files, [path]: `import x from "${specifier}";\n` };
  const findings = await testCodeImport.inspect(await contextOf({ base: files, head }));
  return findings.map(({ message }) => /^imports (\S+),/.exec(message)?.[1] ?? message);
}

test.each([
  ["../test/orders.ts", ["test/orders.ts"]],
  ["../test/orders", ["test/orders.ts"]],
  ["./own.test.ts", ["src/own.test.ts"]],
  ["./__mocks__/store.ts", ["src/__mocks__/store.ts"]],
  ["./__fixtures__/orders.json", ["src/__fixtures__/orders.json"]],
  ["./own.ts", []],
  ["./mocks/store.ts", []],
  ["../test/gone.ts", []],
  ["test/orders.ts", []],
])("of %s a shipped source loads %j", async (specifier, expected) => {
  expect(await loaded("src/total.ts", specifier)).toEqual(expected);
});

test.each([
  "src/test-utils.ts",
  "src/utils.test-only.ts",
  "src/testing/tests/run.ts",
  "src/vitest-setup.ts",
  "src/vitest.ts",
  "src/setupTests.ts",
  "src/setupTest.ts",
  "src/withTestServer.ts",
  "src/testServer.ts",
  "src/testsOfAll.ts",
  "src/mock.ts",
  "src/mocks/server.ts",
])("%s is for tests itself", async (path) => {
  expect(await loaded(path, `${"../".repeat(path.split("/").length - 1)}test/orders.ts`)).toEqual([]);
});

test.each(["src/latest.ts", "src/contest.ts", "src/testimony.ts", "src/bestTester.ts", "src/mocking.ts"])(
  "%s is shipped",
  async (path) => {
    expect(await loaded(path, "../test/orders.ts")).toEqual(["test/orders.ts"]);
  },
);

test("a long path is shown by its name", async () => {
  const far = `test/${"deep/".repeat(12)}orders.ts`;
  const head = { [far]: "", "src/a.ts": `import "../${far}";\n` };
  const [finding] = await testCodeImport.inspect(await contextOf({ base: { [far]: "" }, head }));
  expect(finding?.message).toBe("imports orders.ts, which only tests have; move what both need among the sources");
});
