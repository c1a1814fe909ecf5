// What tools that select by change are known to miss, and what must hold for every change.
import { expect, test } from "vitest";
import type { Change, Diff } from "../model/change.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Scope } from "../model/scope.ts";
import { resolveScope } from "./scope.ts";
import { changedPaths } from "./fallback.ts";
import { changeOf, diffOf, workspaceOf } from "./testing/workspace.ts";

const workspace = workspaceOf({
  packages: {
    "": { name: "root", private: true, devDependencies: { eslint: "*" } },
    "packages/zod-validator": { name: "zod-validator" },
    "packages/zod-openapi": { name: "zod-openapi", dependencies: { "zod-validator": "workspace:^" } },
    "packages/other": { name: "other" },
  },
  files: { "tsconfig.base.json": "{}", "eslint.config.mjs": "", "packages/zod-openapi/src/index.ts": "" },
});
const noBase: Diff = { base: { kind: "none", reason: "origin/main is not there", hint: "" }, changes: [] };

const rows: readonly (readonly [string, Diff, string])[] = [
  ["a source edit", diffOf(changeOf("packages/zod-validator/src/index.ts")), "zod-openapi zod-validator"],
  [
    "an untracked new source file",
    diffOf(changeOf("packages/zod-validator/src/new.ts", { kind: "added", stages: new Set(["untracked"]) })),
    "zod-openapi zod-validator",
  ],
  [
    "an imported source that was moved",
    diffOf(changeOf("packages/zod-openapi/src/zod.ts -> packages/zod-openapi/src/moved.ts")),
    "zod-openapi",
  ],
  ["a deleted test", diffOf(changeOf("packages/other/src/index.test.ts", { kind: "deleted" })), "other"],
  ["the base tsconfig", diffOf(changeOf("tsconfig.base.json")), "everything: root-configuration"],
  ["the linter told to ignore all packages", diffOf(changeOf("eslint.config.mjs")), "everything: root-configuration"],
  ["a new file outside every package", diffOf(changeOf("new.ts", { kind: "added" })), "everything: unmapped-path"],
  ["a dependency's range in one package", diffOf(changeOf("packages/other/package.json")), "everything: manifest"],
  ["whitespace in the lockfile", diffOf(changeOf("pnpm-lock.yaml")), "everything: lockfile"],
  ["a base that is not there", noBase, "everything: no-base"],
  ["no common ancestor with the base", noBase, "everything: no-base"],
];

test.each(rows)("%s selects what it can break, or everything", (_, diff, expected) => {
  const { fallback, expanded, all } = resolveScope({ workspace, diff });
  const everything = fallback === null ? undefined : `everything: ${fallback.reason}`;
  expect(everything ?? expanded.join(" ")).toBe(expected);
  expect(everything === undefined || expanded === all).toBe(true);
});

const workspaces = {
  packages: workspace,
  "a single package": workspaceOf({ packages: { "": { name: "one" } } }),
  "a root with sources": workspaceOf({
    packages: { "": { name: "root", main: "x" }, "packages/other": { name: "other" } },
  }),
  "a path map": workspaceOf({
    packages: { "": { name: "root" }, "packages/other": { name: "other" } },
    config: { pathMap: { packages: "rest", "packages/other": "other", src: "src" }, dependencies: { src: ["other"] } },
  }),
  "no manifest": workspaceOf({ packages: {} }),
};

test.each(Object.entries(workspaces))(
  "in %s every changed path ends in a direct scope or in the fallback",
  (_, given) => {
    const random = generator(20_261_122);
    for (let round = 0; round < 400; round++) {
      const changes = Array.from({ length: 1 + Math.floor(random() * 4) }, () => randomChange(random));
      const scope = resolveScope({ workspace: given, diff: diffOf(...changes) });
      expect([brokenPromises(scope), [...changedPaths(changes)]]).toEqual([[], [...changedPaths(changes)]]);
    }
  },
);

/** What of all that is true of every scope is not true of this one. */
function brokenPromises(scope: Scope): readonly string[] {
  const { changes, all, direct, expanded, why, fallback } = scope;
  const isDirect = (path: RepoPath): boolean => direct.includes(scope.scopeOf(path) ?? "");
  const promises = {
    "a path ends in a direct scope or in the fallback": fallback !== null || [...changedPaths(changes)].every(isDirect),
    "a fallback means everything": fallback === null || expanded === all,
    "a submodule means everything": fallback !== null || changes.every(({ submodule }) => !submodule),
    "direct scopes are expanded": direct.every((name) => expanded.includes(name)),
    "expanded scopes are known": expanded.every((name) => all.includes(name)),
    "every expanded scope has a reason": expanded.length === why.size && expanded.every((name) => why.has(name)),
  };
  return Object.entries(promises).flatMap(([promise, kept]) => (kept ? [] : [promise]));
}

const folders = [
  "",
  "src/",
  "test/",
  "docs/",
  "packages/",
  "packages/other/",
  "packages/other/src/",
  "packages/otherwise/",
  ".github/",
  "a b/",
];
const names = [
  "a.ts",
  "package.json",
  "tsconfig.json",
  "README.md",
  "yarn.lock",
  "-dash",
  "constructor",
  "toString",
  ".env",
  "x.config.ts",
];

function randomChange(random: () => number): Change {
  const path = (): string => `${pick(folders, random)}${pick(names, random)}`;
  if (random() < 0.2) return changeOf(`${path()} -> ${path()}`);
  return changeOf(path(), { kind: random() < 0.3 ? "deleted" : "modified", submodule: random() < 0.02 });
}

function pick(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? "";
}

/** A small linear congruential generator: the same rounds every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
