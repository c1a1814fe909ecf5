import { expect, test } from "vitest";
import type { Change } from "../model/change.ts";
import { repoPath } from "../model/paths.ts";
import type { Scope } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";
import { resolveScope, wholeScope } from "./scope.ts";
import { changeOf, diffOf, workspaceOf } from "./testing/workspace.ts";

const monorepo = workspaceOf({
  packages: {
    "": { name: "root", private: true },
    "packages/core": { name: "core" },
    "packages/core-extra": { name: "core-extra" },
    "packages/grad": { name: "grad", dependencies: { core: "workspace:*" } },
    "packages/app": { name: "app", devDependencies: { grad: "^1.0.0" } },
    "packages/lone": { name: "lone", dependencies: { lodash: "^4.0.0" } },
  },
  files: {
    "packages/core/src/a.ts": "",
    "tsconfig.json": '{ "extends": "./tsconfig.base.json" }',
    "tsconfig.base.json": "{}",
    "README.md": "",
  },
});

const single = workspaceOf({
  packages: { "": { name: "one" } },
  files: { "src/a.ts": "", "tsconfig.json": '{ "extends": "./config/strict" }', "config/strict.json": "{}" },
});

const mapped = workspaceOf({
  packages: {
    "": { name: "root" },
    "packages/grad": { name: "grad-package", dependencies: { lib: "*" } },
    lib: { name: "lib" },
  },
  config: {
    pathMap: {
      "packages/core": "core",
      "packages/core/src/fast": "fast",
      "packages/core/src/one.ts": "one",
      "packages/grad": "grad",
      lib: "lib",
      tools: "tools",
      "tsconfig.json": "core",
      "package-lock.json": "core",
      ".github": "tools",
    },
    dependencies: { core: [], fast: ["core"], grad: ["core"], tools: [] },
  },
});

function scopeOf(workspace: Workspace, ...changes: readonly (string | Change)[]): Scope {
  return resolveScope({
    workspace,
    diff: diffOf(...changes.map((change) => (typeof change === "string" ? changeOf(change) : change))),
  });
}

/** `direct | expanded`, or the reason for everything. */
function summary(scope: Scope): string {
  if (scope.fallback !== null) return `everything: ${scope.fallback.reason}`;
  return `${scope.direct.join(" ")} | ${scope.expanded.join(" ")}`;
}

test.each<readonly [readonly string[], string]>([
  [[], " | "],
  [["packages/lone/src/a.ts"], "lone | lone"],
  [["packages/app/src/a.ts"], "app | app"],
  [["packages/grad/src/a.ts"], "grad | app grad"],
  [["packages/core/src/a.ts"], "core | app core grad"],
  [["packages/core-extra/src/a.ts"], "core-extra | core-extra"],
  [["packages/core/src/a.ts", "packages/lone/README.md"], "core lone | app core grad lone"],
  [["packages/core/src/a.ts -> packages/lone/src/a.ts"], "core lone | app core grad lone"],
  [["packages/lone/tsconfig.json"], "lone | lone"],
  [["packages/lone/vitest.config.ts"], "lone | lone"],
  [["packages/lone/.env"], "lone | lone"],
  [["packages/lone/test/fixtures/x/package.json"], "everything: deleted-package"],
  [["packages/lone/test/fixtures/x/yarn.lock"], "lone | lone"],
  [["packages/lone/patches/a.patch"], "lone | lone"],
  // Notes on the next release are read by what makes releases, and by nothing else.
  [[".changeset/brave-cats.md"], " | "],
  [[".yarn/versions/0a1b2c3d.yml", "packages/lone/src/a.ts"], "lone | lone"],
  // The same name with more letters is another path.
  [["packages/corex"], "everything: unmapped-path"],
  [["packages"], "everything: unmapped-path"],
])("packages: %j gives %s", (paths, expected) => {
  expect(summary(scopeOf(monorepo, ...paths))).toBe(expected);
});

test.each([
  ["README.md", "unmapped-path"],
  ["docs/new.md", "unmapped-path"],
  ["scripts/release.mjs", "unmapped-path"],
  ["src/a.ts", "unmapped-path"],
  ["test/a.test.ts", "unmapped-path"],
  ["packages/new/src/a.ts", "unmapped-path"],
  ["packages/lone/src/a.ts -> docs/a.ts", "unmapped-path"],
  ["docs/a.ts -> packages/lone/src/a.ts", "unmapped-path"],
  [".changeset/config.json", "unmapped-path"],
  ["notes/.changeset/brave-cats.md", "unmapped-path"],
  ["package-lock.json", "lockfile"],
  ["npm-shrinkwrap.json", "lockfile"],
  ["pnpm-lock.yaml", "lockfile"],
  ["yarn.lock", "lockfile"],
  ["bun.lock", "lockfile"],
  ["bun.lockb", "lockfile"],
  ["packages/core/package-lock.json", "lockfile"],
  ["package.json", "manifest"],
  ["packages/lone/package.json", "manifest"],
  ["pnpm-workspace.yaml", "manifest"],
  ["lerna.json", "manifest"],
  ["packages/gone/package.json", "deleted-package"],
  ["packages/old/package.json -> packages/lone/package.json", "deleted-package"],
  ["assay.toml", "configuration"],
  ["tsconfig.json", "root-configuration"],
  ["tsconfig.base.json", "root-configuration"],
  ["tsconfig.build.json", "root-configuration"],
  ["jsconfig.json", "root-configuration"],
  ["packages/tsconfig.json", "root-configuration"],
  ["eslint.config.mjs", "root-configuration"],
  ["vitest.config.ts", "root-configuration"],
  ["vitest.workspace.ts", "root-configuration"],
  ["vitest.setup.ts", "root-configuration"],
  ["jest.config.json", "root-configuration"],
  ["jest.preset.js", "root-configuration"],
  ["babel.config.cjs", "root-configuration"],
  ["rollup.config.mts", "root-configuration"],
  [".eslintrc", "root-configuration"],
  [".eslintrc.js", "root-configuration"],
  [".eslintrc.cjs", "root-configuration"],
  [".eslintignore", "root-configuration"],
  ["eslint-suppressions.json", "root-configuration"],
  [".prettierrc", "root-configuration"],
  [".prettierrc.yaml", "root-configuration"],
  [".prettierignore", "root-configuration"],
  [".oxlintrc.json", "root-configuration"],
  [".oxfmtrc.jsonc", "root-configuration"],
  ["biome.json", "root-configuration"],
  ["biome.jsonc", "root-configuration"],
  [".babelrc.json", "root-configuration"],
  [".swcrc", "root-configuration"],
  [".mocharc.yml", "root-configuration"],
  [".nycrc.json", "root-configuration"],
  [".npmrc", "root-configuration"],
  [".yarnrc", "root-configuration"],
  [".yarnrc.yml", "root-configuration"],
  [".yarn/releases/yarn.cjs", "root-configuration"],
  [".nvmrc", "root-configuration"],
  [".node-version", "root-configuration"],
  [".tool-versions", "root-configuration"],
  [".gitattributes", "root-configuration"],
  [".gitignore", "root-configuration"],
  [".editorconfig", "root-configuration"],
  [".github/workflows/ci.yml", "root-configuration"],
  [".github/CODEOWNERS", "root-configuration"],
  ["turbo.json", "root-configuration"],
  ["nx.json", "root-configuration"],
  ["patches/left-pad.patch", "root-configuration"],
  [".env", "root-configuration"],
  [".env.test", "root-configuration"],
])("a change of %s widens the scope to everything: %s", (path, reason) => {
  const scope = scopeOf(monorepo, path);
  expect([scope.fallback?.reason, scope.expanded]).toEqual([reason, scope.all]);
  expect(path.split(" -> ").some((part) => scope.fallback?.detail.includes(part))).toBe(true);
  expect(scopeOf(single, path).fallback?.reason).toBe(reasonInSinglePackage(path, reason));
});

test.each([
  "mytsconfig.json",
  "tsconfig.json.md",
  "vitest.config.ts.md",
  "my.eslintrc",
  ".eslintrc.md",
  "my.gitignore",
  ".gitignore.md",
  "my.env",
  "my.pnp.cjs",
  "my.editorconfig",
  ".editorconfig.md",
  "my-turbo.json",
  "turbo.jsonnet",
  "my-mise.toml",
  "mise.toml.md",
])("%s is not taken for configuration", (path) => {
  expect(summary(scopeOf(single, path))).toBe("one | one");
});

/** One package at the root holds every path, so what lies outside of packages or configures one of several is its own. */
function reasonInSinglePackage(path: string, reason: string): string | undefined {
  if (reason === "unmapped-path") return undefined;
  if (!path.startsWith("packages/")) return reason;
  return path.endsWith("/package.json") ? "deleted-package" : undefined;
}

test.each<readonly [readonly string[], string]>([
  [["src/a.ts"], "one | one"],
  [["README.md"], "one | one"],
  [["docs/deep/er/x.md"], "one | one"],
  [["examples/x/package-lock.json"], "one | one"],
  [["src/x.config.ts"], "one | one"],
  [["config/strict.json"], "everything: root-configuration"],
])("a single package holds every path: %j gives %s", (paths, expected) => {
  expect(summary(scopeOf(single, ...paths))).toBe(expected);
});

test("a project below the root does not hold what lies outside of it", () => {
  const nested = workspaceOf({ packages: { web: { name: "web" } } });
  expect(summary(scopeOf(nested, "web/src/a.ts"))).toBe("web | web");
  expect(summary(scopeOf(nested, "main.go"))).toBe("everything: unmapped-path");
});

test("a repository without a manifest checks everything", () => {
  const scope = scopeOf(workspaceOf({ packages: {}, files: { "a.ts": "" } }), "a.ts");
  expect([scope.fallback?.reason, scope.all, scope.expanded]).toEqual(["unmapped-path", [], []]);
});

test.each<readonly [readonly string[], string]>([
  [["packages/core/src/a.ts"], "core | core fast grad"],
  [["packages/core/src/fast/a.ts"], "fast | fast"],
  [["packages/core/src/faster/a.ts"], "core | core fast grad"],
  [["packages/core/src/one.ts"], "one | one"],
  [["packages/core/src/one.ts.md"], "core | core fast grad"],
  [["packages/core-extra/src/a.ts"], "everything: unmapped-path"],
  [["packages/core"], "core | core fast grad"],
  [["tools/x.mjs"], "tools | tools"],
  // The manifest of packages/grad states what [scope.dependencies] leaves out.
  [["lib/index.js"], "lib | grad lib"],
  [["README.md"], "everything: unmapped-path"],
  [["tsconfig.json"], "everything: root-configuration"],
  [["package-lock.json"], "everything: lockfile"],
  [[".github/ci.yml"], "everything: root-configuration"],
  [["packages/grad/package.json"], "everything: manifest"],
  [["packages/core/tsconfig.json"], "everything: root-configuration"],
  [["packages/grad/tsconfig.json"], "grad | grad"],
])("a path map: %j gives %s", (paths, expected) => {
  expect(summary(scopeOf(mapped, ...paths))).toBe(expected);
});

test("the scopes of a path map are its names, ordered, each once", () => {
  expect(scopeOf(mapped).all).toEqual(["core", "fast", "grad", "lib", "one", "tools"]);
});

test("a prefix for the whole repository takes what no other takes", () => {
  const workspace = workspaceOf({ packages: {}, config: { pathMap: { "": "rest", src: "src" } } });
  expect(summary(scopeOf(workspace, "src/a.ts", "x/y.md"))).toBe("rest src | rest src");
});

test("every scope tells why it is there", () => {
  const core = ["packages/core/src/b.ts", "packages/core/src/a.ts"];
  const { why } = scopeOf(monorepo, ...core, "packages/lone/x.ts");
  expect(Object.fromEntries(why)).toEqual({
    core: "packages/core/src/a.ts and 1 more file changed",
    lone: "packages/lone/x.ts changed",
    grad: "grad depends on core, which changed",
    app: "app depends on grad, which depends on core, which changed",
  });
  expect(scopeOf(monorepo, ...core, "packages/core/src/c.ts").why.get("core")).toBe(
    "packages/core/src/a.ts and 2 more files changed",
  );
});

test("with everything in scope the ones that the change does not reach tell why, too", () => {
  const { why, all, direct } = scopeOf(monorepo, "packages/grad/src/a.ts", "yarn.lock");
  expect([...why.keys()]).toEqual(all);
  expect(direct).toEqual(["grad"]);
  expect(why.get("app")).toBe("app depends on grad, which changed");
  expect(why.get("lone")).toBe("everything is checked: yarn.lock changed: any dependency may have");
});

test("without a base everything is in scope", () => {
  const base = { kind: "none", reason: "there is no origin/main", hint: "--base" } as const;
  const scope = resolveScope({ workspace: monorepo, diff: { base, changes: [] } });
  expect(scope).toMatchObject({
    fallback: { reason: "no-base", detail: "there is no origin/main" },
    direct: [],
    expanded: monorepo.packages.map(({ name }) => name).toSorted(),
  });
});

test("of several reasons the gravest is told, with the number of the others", () => {
  const order = ["docs/x.md", "tsconfig.json", "package.json", "yarn.lock", "packages/gone/package.json", "assay.toml"];
  const reasons = order.map((_, index) => scopeOf(monorepo, ...order.slice(0, index + 1)).fallback?.reason);
  expect(reasons).toEqual([
    "unmapped-path",
    "root-configuration",
    "manifest",
    "lockfile",
    "deleted-package",
    "configuration",
  ]);
  expect(scopeOf(monorepo, ...order).fallback?.detail).toMatch(/^assay\.toml changed.* \(and 5 more reasons\)$/);
  expect(scopeOf(monorepo, "a.md", "b.md").fallback?.detail).toBe(
    "a.md lies outside every package (and 1 more reason)",
  );
  expect(scopeOf(mapped, "a.md").fallback?.detail).toBe("a.md is under no prefix of [scope.path_map]");
});

test("the order in which changes come changes nothing", () => {
  const paths = ["b.md", "packages/core/z.ts", "a.md", "packages/core/a.ts", "packages/app/a.ts"];
  const [first, second] = [scopeOf(monorepo, ...paths), scopeOf(monorepo, ...paths.toReversed())];
  expect([first.fallback, first.direct, [...first.why]]).toEqual([second.fallback, second.direct, [...second.why]]);
});

test("a changed submodule widens the scope, wherever it is", () => {
  const scope = scopeOf(monorepo, changeOf("packages/core/vendor", { submodule: true }));
  expect(scope.fallback?.reason).toBe("submodule");
});

test("a deleted source file is a change of its package", () => {
  expect(summary(scopeOf(monorepo, changeOf("packages/grad/src/x.ts", { kind: "deleted" })))).toBe("grad | app grad");
});

test("what a gate looks at is everything, and the scope it came from stays as it was", () => {
  const narrow = scopeOf(monorepo, "packages/lone/a.ts");
  const whole = wholeScope(narrow);
  expect([whole.expanded, whole.fallback?.reason, whole.direct]).toEqual([narrow.all, "gate", ["lone"]]);
  expect([narrow.expanded, narrow.fallback]).toEqual([["lone"], null]);
  expect(wholeScope(scopeOf(monorepo, "yarn.lock")).fallback?.reason).toBe("lockfile");
  expect(whole.scopeOf(repoPath("packages/lone/a.ts"))).toBe("lone");
});

function rootWith(field: string): Workspace {
  const user = { name: "a", dependencies: { root: "*" } };
  return workspaceOf({ packages: { "": { name: "root", [field]: "./x.js" }, "packages/a": user } });
}

test("the root's own package has the usual source folders when it has an entry", () => {
  for (const field of ["main", "module", "exports", "bin", "types"]) {
    for (const folder of ["src", "lib", "test", "tests", "__tests__", "spec", "source"]) {
      expect(summary(scopeOf(rootWith(field), `${folder}/x.ts`))).toBe("root | a root");
    }
    for (const path of ["docs/x.md", "src", "index.js", "srcs/x.ts", "scripts/src/x.ts"]) {
      expect(summary(scopeOf(rootWith(field), path))).toBe("everything: unmapped-path");
    }
  }
  expect(summary(scopeOf(rootWith("description"), "src/x.ts"))).toBe("everything: unmapped-path");
});

test("two packages of one name are one scope", () => {
  const workspace = workspaceOf({
    packages: {
      "": { name: "lib", private: true },
      "packages/lib": { name: "lib" },
      "packages/user": { name: "user", dependencies: { lib: "*" } },
    },
  });
  const scope = scopeOf(workspace, "packages/lib/a.ts");
  expect([summary(scope), scope.all]).toEqual(["lib | lib user", ["lib", "user"]]);
});
