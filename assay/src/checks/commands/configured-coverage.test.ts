import { expect, test } from "vitest";
import { coverageByConfig, type OwnCoverage } from "./configured-coverage.ts";

/** `texts`: by path, what the configuration files say. */
function covered(line: string, texts: Readonly<Record<string, string>>): OwnCoverage | null {
  const [program = "", ...args] = line.split(" ");
  return coverageByConfig({ program, args }, (path) => texts[path]);
}

test.each([
  ["jest", "jest.config.json", '{"collectCoverage":true}'],
  ["vitest", "vitest.config.json", '{"test":{"coverage":{"enabled":true}}}'],
  ["vitest", "vitest.config.js", "export default { test: { coverage: {enabled: true} } }"],
  ["vitest", "vitest.config.js", "export default { test: { coverage: { include: ['a'], enabled:true } } }"],
  ["vitest", "vitest.config.js", "export default { /* a */ test: { coverage: { enabled: true } } /* b */ }"],
  ["vitest", "vitest.config.js", "export default { test: { coverage: { enabled: true, reportsDirectory: 'a//b' } } }"],
])("%s measures by %s: %s", (program, path, text) => {
  expect(covered(program, { [path]: text })).toBe("reported");
});

test("what another setting enables is no coverage", () => {
  const text = "export default { test: { coverage: { enabled: false }, typecheck: { enabled: true } } }";
  expect(covered("vitest run", { "vitest.config.ts": text })).toBeNull();
});

const measuring = "export default { test: { coverage: { enabled: true } } }";

test("an argument that looks like the one for the configuration names none", () => {
  const texts = { "vitest.config.ts": measuring };
  expect(covered("vitest run src/a-c", texts)).toBe("reported");
  expect(covered("vitest run --configLoader runner", texts)).toBe("reported");
  expect(covered("vitest run -c other.ts", texts)).toBeNull();
});

test("one limit is enough, in whichever of the files it stands", () => {
  const limited = measuring.replace("true", "true, thresholds: { lines: 80 }");
  expect(covered("vitest run", { "vitest.config.js": measuring, "vitest.config.ts": limited })).toBe("limited");
});

test("empty settings may stand before the one that has it measured", () => {
  const text = "export default { test: { coverage: { reportsDirectory: {}, enabled: true } } }";
  expect(covered("vitest run", { "vitest.config.ts": text })).toBe("reported");
  expect(covered("vitest run --config=own.ts", { "own.ts": text })).toBe("reported");
});
