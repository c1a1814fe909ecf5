import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { toSchemaReport } from "./schema-report.ts";
import { mutate, pairOf, project } from "./testing/project.ts";

const schemaFile = createRequire(import.meta.url).resolve(
  "mutation-testing-report-schema/mutation-testing-report-schema.json",
);
const source = "export function clamp(value, high) {\n  if (value > high) return high;\n  return value + 1;\n}\n";
const weak =
  'import { expect, test } from "vitest";\nimport { clamp } from "./clamp.js";\n\ntest("clamps", () => {\n  expect(clamp(5, 3)).toBe(3);\n  clamp(2, 3);\n});\n';

test("a report is valid against the common schema and says where and by what each mutant was killed", async () => {
  const report = await mutate(project({ "clamp.js": source, "clamp.test.js": weak }));
  const result = toSchemaReport(report, [pairOf("clamp.js", null, source)]);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);
  expect([validate(result), validate.errors]).toEqual([true, null]);
  const { mutants, language } = result.files["clamp.js"] ?? { mutants: [] };
  expect(language).toBe("javascript");
  expect(new Set(mutants.map(({ status }) => status))).toEqual(new Set(["Killed", "Survived"]));
  const negated = mutants.find(({ replacement }) => replacement === "value <= high");
  expect(negated).toMatchObject({
    status: "Killed",
    location: { start: { line: 2, column: 7 }, end: { line: 2, column: 19 } },
    killedBy: ["clamp.test.js clamps"],
  });
  const survivor = mutants.find(({ status }) => status === "Survived");
  expect(survivor?.statusReason).toMatch(
    /^No test .*\. A killing test must show .*\. Nearest: clamp\.test\.js clamps\. Fingerprint: [0-9a-f]{10}$/,
  );
  expect(result.testFiles).toEqual({ "clamp.test.js": { tests: [{ id: "clamp.test.js clamps", name: "clamps" }] } });
});
