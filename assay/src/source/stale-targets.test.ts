import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Module } from "./graph-cache.ts";
import type { Resolution } from "./resolve.ts";
import { pathDrift, staleTargets } from "./stale-targets.ts";

test("what differs between two lists is what came and what went", () => {
  const [a, b, c] = [repoPath("a"), repoPath("b"), repoPath("c")];
  expect(pathDrift([a, b], [b, c])).toEqual({ added: [c], removed: new Set([a]) });
  expect(pathDrift([a, b], [a, b])).toEqual({ added: [], removed: new Set() });
});

function moduleOf(text: string, target: Resolution | undefined): Module {
  return {
    path: repoPath("src/a.ts"),
    blob: null,
    facts: { specifiers: [{ text, kind: "import", line: 1 }], opaque: [] },
    targets: [target],
  };
}

const b: Resolution = { kind: "file", path: repoPath("src/b.ts") };
const shared: Resolution = { kind: "file", path: repoPath("lib/shared.test.ts") };
const left: Resolution = { kind: "package", name: "left" };
const missing: Resolution = { kind: "missing", dir: repoPath("") };

/** What an import says and meant, what came, what went, and whether it may mean something else now. */
const imports: readonly (readonly [string, Resolution | undefined, string, string, boolean])[] = [
  ["./b", b, "", "", false],
  ["..", b, "", "", false],
  ["~/b", missing, "", "", false],
  ["./b", undefined, "", "", true],
  ["./b", b, "src/c.ts", "", false],
  ["./b", b, "src/b.js", "", true],
  ["./b", b, "src/b/index.ts", "", true],
  ["./c", b, "src/c/index.ts", "", true],
  ["./c", b, "src/index/c.ts", "", true],
  ["./c", b, "src/c/main.ts", "", false],
  ["./b", b, "", "src/b.ts", true],
  ["./b", b, "", "src/c.ts", false],
  ["#shared", shared, "lib/shared.ts", "", true],
  ["@/x.css", shared, "lib/x.ts", "", true],
  ["..", b, "src/c.ts", "", true],
  ["left", left, "src/c.ts", "", false],
  ["left", left, "src/left.ts", "", true],
  ["~/b", missing, "src/c.ts", "", true],
  ["core", { kind: "workspace", dir: repoPath("core") }, "src/c.ts", "", true],
  ["node:fs", { kind: "builtin" }, "src/fs.ts", "", false],
  ["", { kind: "computed" }, "src/c.ts", "", false],
];

for (const [text, target, came, went, expected] of imports) {
  const title = `"${text}" for ${target ? Object.values(target).join(" ") : "nothing known"}`;
  test(`${title} is ${expected ? "" : "not "}asked again when "${came}" came and "${went}" went`, () => {
    const listed = (path: string) => (path === "" ? [] : [repoPath(path)]);
    const isStale = staleTargets({ added: listed(came), removed: new Set(listed(went)) });
    expect(isStale(moduleOf(text, target))).toBe(expected);
  });
}

test("everything is asked again when configuration has changed", () => {
  expect(staleTargets("all")(moduleOf("node:fs", { kind: "builtin" }))).toBe(true);
});
