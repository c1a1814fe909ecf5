// `assay mutate` where the tests know the change by what sets them up, and by no import.
import { expect, test } from "vitest";
import { assay, gitRepository, statusOf } from "./repository.ts";

const strong = "even(2) === true && even(3) === false";
/** What an assertion of a test says, and the files that a runner takes it from. */
type Shape = (condition: string) => Readonly<Record<string, string>>;

function manifest(test: string, more: object = {}): string {
  return JSON.stringify({ name: "small", scripts: { test }, ...more });
}

const global = 'globalThis.even = require("../src/even.js").isEven;\n';

const shapes: Readonly<Record<string, Shape>> = {
  vitest: (condition) => ({
    "package.json": manifest("vitest run", { devDependencies: { vitest: "4" } }),
    "vitest.config.mjs": 'export default { test: { globals: true, setupFiles: ["test/set-up.mjs"] } };\n',
    "test/set-up.mjs": 'import even from "../src/even.js";\nglobalThis.even = even.isEven;\n',
    "src/numbers.test.js": `test("numbers", () => {\n  expect(${condition}).toBe(true);\n});\n`,
  }),
  jest: (condition) => ({
    "package.json": manifest("jest", {
      devDependencies: { jest: "30" },
      jest: { setupFilesAfterEnv: ["<rootDir>/test/set-up.js"] },
    }),
    "test/set-up.js": global,
    "src/numbers.test.js": `test("numbers", () => {\n  expect(${condition}).toBe(true);\n});\n`,
  }),
  "node:test": (condition) => ({
    "package.json": manifest("node --require ./test/set-up.js --test src/numbers.test.js"),
    "test/set-up.js": global,
    "src/numbers.test.js": `const assert = require("node:assert");\nconst { test } = require("node:test");\n\ntest("numbers", () => {\n  assert.ok(${condition});\n});\n`,
  }),
  mocha: (condition) => ({
    "package.json": manifest("mocha src/*.test.js", { devDependencies: { mocha: "11" } }),
    ".mocharc.yml": "require:\n  - ./test/set-up.js\n",
    "test/set-up.js": global,
    "src/numbers.test.js": `const assert = require("node:assert");\n\nit("numbers", () => {\n  assert.ok(${condition});\n});\n`,
  }),
};

test.each(Object.entries(shapes))(
  "%s: tests that know the change by their set-up alone kill its mutants, or let them live",
  async (_, shape) => {
    const statuses = await Promise.all(
      [strong, "typeof even(2) === 'boolean'"].map(async (condition) => {
        const repository = gitRepository({ ...shape(condition), "src/even.js": "exports.isEven = () => true;\n" });
        repository.git("switch", "-q", "-c", "work");
        repository.commit({ "src/even.js": "exports.isEven = (number) => number % 2 === 0;\n" });
        const { envelope } = await assay(repository, "mutate", "--only", "mutation");
        expect(JSON.stringify(envelope.result.checks)).not.toContain("no test executes");
        return statusOf(envelope, "mutation");
      }),
    );
    expect(statuses).toEqual(["pass", "fail"]);
  },
);
