import { expect, test } from "vitest";
import { repoPath } from "./paths.ts";
import { isAffected, unaffected, type Affected } from "./scope.ts";

function isIt(path: string, affected: Partial<Affected>): boolean {
  return isAffected({ ...unaffected, ...affected }, repoPath(path));
}

test("a file is affected when it is reached, lies in a package that counts as a whole, or everything is", () => {
  const reached = new Map([[repoPath("src/a.ts"), { distance: 0, why: "changed" }]]);
  const whole = (dir: string) => new Map([[repoPath(dir), "its manifest changed"]]);
  expect([isIt("src/a.ts", { reached }), isIt("src/b.ts", { reached })]).toEqual([true, false]);
  expect([isIt("lib/b.ts", { whole: whole("lib") }), isIt("library.ts", { whole: whole("lib") })]).toEqual([
    true,
    false,
  ]);
  expect(isIt("src/a.ts", { whole: whole("") })).toBe(true);
  expect(isIt("src/a.ts", { everything: true })).toBe(true);
});

test("without a change no file is affected by another", () => {
  const path = repoPath("src/a.ts");
  expect(isIt("src/a.ts", {})).toBe(false);
  expect([unaffected.importsOf(path), unaffected.loadersOf(path), unaffected.observersOf(path)]).toEqual([
    [],
    new Set(),
    new Set(),
  ]);
});
