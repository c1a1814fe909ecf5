import { expect, test } from "vitest";
import { mayLimit, reportsCoverage, withoutLimits } from "./coverage-limits.ts";

test("what measures coverage around a program is taken off, as far as it can be told from it", () => {
  expect(withoutLimits("nyc tape 'test/**/*.js'")).toBe("tape 'test/**/*.js'");
  expect(withoutLimits("A=1 npx c8 --100 --reporter=lcov uvu -r esm test")).toBe("A=1 uvu -r esm test");
  expect(withoutLimits("c8 --check-coverage --lines 90 node test.js")).toBe("node test.js");
  expect(withoutLimits("nyc --reporter lcov --check-coverage tape test")).toBe("tape test");
  expect(withoutLimits("cross-env X=1 nyc --lines 100 tape test")).toBe("cross-env X=1 tape test");
  expect(withoutLimits("npx -y c8 -r lcov --100 node test.js")).toBe("node test.js");
  expect(withoutLimits("pnpm exec c8 --100 uvu")).toBe("uvu");
  for (const kept of ["tape test/nyc.js", "node test.js --c8"])
    expect([withoutLimits(kept), mayLimit(kept)]).toEqual([kept, false]);
});

test("where it can not be told from the program it is known to be there", () => {
  for (const kept of ["nyc --strange tape test", "A='x y' nyc --100 tape", "sh -c 'c8 --100 uvu'"])
    expect([withoutLimits(kept), mayLimit(kept)]).toEqual([kept, true]);
});

test("a step that reports on what was measured is told from one that measures", () => {
  expect(["nyc report", "npx c8 check-coverage --lines 90"].map(reportsCoverage)).toEqual([true, true]);
  expect(["nyc tape", "report"].map(reportsCoverage)).toEqual([false, false]);
});

test("lab runs its tests without thresholds and linters", () => {
  expect(withoutLimits("lab -a @hapi/code -t 100 -L -Y")).toBe("lab -a @hapi/code");
  expect(withoutLimits("A=1 npx lab --threshold=90 -v -I x")).toBe("A=1 npx lab -v -I x");
  expect(withoutLimits("node lab -t 100")).toBe("node lab -t 100");
});

test("borp runs its tests without measuring what they cover", () => {
  expect(withoutLimits("borp --timeout 60000 --coverage --check-coverage --lines 95 --branches=90")).toBe(
    "borp --timeout 60000",
  );
  expect(withoutLimits("A=1 npx borp -C -p 'test/*.js'")).toBe("A=1 npx borp -p 'test/*.js'");
  expect(withoutLimits("borp --coverage-exclude x")).toBe("borp --coverage-exclude x");
  expect(withoutLimits("node borp -C")).toBe("node borp -C");
});

test("words that only look like a flag, a starter or a variable are none", () => {
  expect(withoutLimits("nyc -a --skip-full --no-clean tape")).toBe("tape");
  const kept = ["nyc --allow tape", "nyc --x--all tape", "nyc --silently tape", "xnpx nyc tape", "npxx nyc tape"];
  expect(kept.map(withoutLimits)).toEqual(kept);
  const others = ["a=1=cross-env-x nyc tape", "cross-envx nyc tape", "xcross-env nyc tape"];
  expect(others.map(withoutLimits)).toEqual([others[0]?.replace("nyc ", ""), others[1], others[2]]);
  expect(withoutLimits("A= cross-env-shell nyc tape")).toBe("A= cross-env-shell tape");
  expect(["nyc reports", "nyc xreport", "nyc merge"].map(reportsCoverage)).toEqual([false, false, true]);
});

test("lab is a word of its own, and so are its flags", () => {
  const kept = ["labs -t 100", "npx labx -L", "lab -Lx", "lab --typescript -t 9x"];
  expect(kept.map(withoutLimits)).toEqual(kept);
  expect(withoutLimits("A= lab -c")).toBe("A= lab");
});
