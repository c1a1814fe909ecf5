import { expect, test } from "vitest";
import { withoutLimits } from "./coverage-limits.ts";

test("what measures coverage around a program is taken off, as far as it can be told from it", () => {
  expect(withoutLimits("nyc tape 'test/**/*.js'")).toBe("tape 'test/**/*.js'");
  expect(withoutLimits("A=1 npx c8 --100 --reporter=lcov uvu -r esm test")).toBe("A=1 uvu -r esm test");
  expect(withoutLimits("c8 --check-coverage --lines 90 node test.js")).toBe("node test.js");
  for (const kept of ["nyc --reporter lcov tape test", "tape test/nyc.js", "node test.js --c8"])
    expect(withoutLimits(kept)).toBe(kept);
});

test("lab runs its tests without thresholds and linters", () => {
  expect(withoutLimits("lab -a @hapi/code -t 100 -L -Y")).toBe("lab -a @hapi/code");
  expect(withoutLimits("A=1 npx lab --threshold=90 -v -I x")).toBe("A=1 npx lab -v -I x");
  expect(withoutLimits("node lab -t 100")).toBe("node lab -t 100");
});
