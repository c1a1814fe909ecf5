import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { FileRole } from "../model/source-file.ts";
import { isAmongTests, isSourcePath, isTypeTest, roleOf } from "./role.ts";

const roles: Readonly<Record<string, FileRole>> = {
  "src/a.ts": "source",
  "src/a.test.ts": "test",
  "src/a.spec.mjs": "test",
  "src/a_test.ts": "test",
  "src/a.test-d.ts": "test",
  "source/a-test-d.ts": "test",
  "types/a.tst.ts": "test",
  "types/a.tst.mts": "test",
  "types/atst.ts": "source",
  "test-d/internal/a.ts": "test",
  "test-dts/a.tsx": "test",
  "packages/core/type-tests/a.ts": "test",
  "types-test/a.ts": "test",
  "test-types/a.ts": "test",
  "tests-types/a.ts": "test",
  "test-type/a.ts": "test",
  "source/a-test-d.mts": "test",
  "source/a-test-d.ts.js": "source",
  "types/a.tst.ts.js": "source",
  "dtslint/a.ts": "test",
  "tsd/a.ts": "test",
  "src/latest-d/a.ts": "source",
  "test-d/a.d.ts": "declaration",
  "src/__tests__/a.ts": "test",
  "test/helpers/run.ts": "test",
  "packages/core/tests/a.js": "test",
  "spec/a.js": "test",
  "test.js": "test",
  "src/commands/test.ts": "source",
  "src/ab-test.ts": "source",
  "test/fixtures/a.ts": "source",
  "test/__fixtures__/a.test.ts": "source",
  "src/__mocks__/a.ts": "source",
  "src/contest.ts": "source",
  "latest.js": "source",
  "test.json": "source",
  "test.mjs": "test",
  "src/a.test.ts.map": "source",
  "src/a.d.tsx": "source",
  "vite.config.ts.md": "source",
  "my.eslintrc.js": "source",
  ".eslintrc.json": "source",
  ".eslintrc.js": "config",
  "Gulpfile.js": "config",
  "my-gulpfile.js": "source",
  "vitest.config.ts": "config",
  "packages/core/vite.config.mts": "config",
  "test/vitest.config.ts": "config",
  ".eslintrc.cjs": "config",
  "gulpfile.js": "config",
  "src/config/database.config.ts": "source",
  "src/app.config.test.ts": "test",
  "src/a.d.ts": "declaration",
  "src/a.d.mts": "declaration",
  "src/style.d.css.ts": "declaration",
};

for (const [path, role] of Object.entries(roles)) {
  test(`${path} is for: ${role}`, () => {
    expect(roleOf(repoPath(path))).toBe(role);
  });
}

test("types are tested where a name or a folder says so", () => {
  const names = ["a.types.spec.ts", "a.types.test.tsx", "a.types.spec.mts", "a.test-d.ts", "a.tst.cts", "tsd/a.ts"];
  expect(names.filter((name) => !isTypeTest(repoPath(name)))).toEqual([]);
  const others = ["types.spec.ts", "a.types.spec.js", "a.types.spec.ts.snap", "a.types.spec.rts", "a.types.ts"];
  expect(others.filter((name) => isTypeTest(repoPath(name)))).toEqual([]);
});

test("every extension of TypeScript and JavaScript is a source, and nothing else", () => {
  const names = [
    "a.ts",
    "a.tsx",
    "a.mts",
    "a.cts",
    "a.js",
    "a.jsx",
    "a.mjs",
    "a.cjs",
    "a.d.ts",
    "a.json",
    "a.vue",
    "ts",
  ];
  expect(names.filter(isSourcePath)).toEqual(names.slice(0, 9));
});

test("data lies among tests by its folder alone", () => {
  const paths = ["test/data/a.json", "src/__fixtures__/user.json", "src/a.test.json", "fixtures.json", "src/a.ts"];
  expect(paths.filter((path) => isAmongTests(repoPath(path)))).toEqual(paths.slice(0, 2));
});
