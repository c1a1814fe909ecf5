import { expect, test } from "vitest";
import { dependentsOf } from "./dependents.ts";
import { scopeMap } from "./scope-map.ts";
import { workspaceOf } from "./testing/workspace.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The packages that depend on `packages/core`, when `packages/user` has these fields. */
function usersOfCore(fields: Fields, coreName = "core"): string {
  const workspace = workspaceOf({
    packages: {
      "": { name: "root" },
      "packages/core": { name: coreName },
      "packages/other": { name: "other" },
      "packages/user": { name: "user", ...fields },
    },
  });
  return (dependentsOf(workspace, scopeMap(workspace)).get(coreName) ?? []).join(" ");
}

test.each<readonly [Fields, string]>([
  [{}, ""],
  [{ dependencies: { core: "^1.0.0" } }, "user"],
  [{ devDependencies: { core: "*" } }, "user"],
  [{ peerDependencies: { core: ">=1" } }, "user"],
  [{ optionalDependencies: { core: "1" } }, "user"],
  [{ dependencies: { core: "workspace:*" } }, "user"],
  [{ dependencies: { core: "workspace:^" } }, "user"],
  [{ dependencies: { core: "catalog:" } }, "user"],
  [{ dependencies: { alias: "workspace:core@*" } }, "user"],
  [{ dependencies: { alias: "npm:core@1" } }, "user"],
  [{ dependencies: { core: "npm:unrelated@1" } }, ""],
  [{ dependencies: { core: "patch:core@npm:1.0.0#~/patches/core@1.patch" } }, "user"],
  [{ dependencies: { x: "link:../core" } }, "user"],
  [{ dependencies: { x: "file:../core" } }, "user"],
  [{ dependencies: { x: "file:../core/dist/core.tgz" } }, "user"],
  [{ dependencies: { x: "portal:../core" } }, "user"],
  [{ dependencies: { x: "workspace:../core" } }, "user"],
  [{ dependencies: { x: "workspace:packages/core" } }, "user"],
  [{ dependencies: { x: "../core" } }, "user"],
  [{ dependencies: { x: "link:../core-not" } }, ""],
  [{ dependencies: { x: "link:../../../../out" } }, ""],
  [{ dependencies: { x: "link:/abs" } }, ""],
  [{ dependencies: { x: "file:." } }, ""],
  [{ dependencies: { x: "." } }, ""],
  [{ dependencies: { x: "https://example.org/core.tgz" } }, ""],
  [{ dependencies: { x: "github:a/core" } }, ""],
  [{ dependencies: { x: "git+file:../core" } }, ""],
  [{ dependencies: { corex: "*" } }, ""],
  [{ dependencies: { toString: "*" } }, ""],
])("%j is used by: %s", (fields, expected) => {
  expect(usersOfCore(fields)).toBe(expected);
});

test("scoped names are told from aliases", () => {
  expect(usersOfCore({ dependencies: { x: "workspace:@s/core@^" } }, "@s/core")).toBe("user");
  expect(usersOfCore({ dependencies: { "@s/core": "workspace:^" } }, "@s/core")).toBe("user");
});

test("packages that depend on each other are no obstacle", () => {
  const workspace = workspaceOf({
    packages: {
      a: { name: "a", dependencies: { b: "*", a: "*" } },
      b: { name: "b", devDependencies: { a: "*" } },
    },
  });
  expect(Object.fromEntries(dependentsOf(workspace, scopeMap(workspace)))).toEqual({ a: ["b"], b: ["a"] });
});

test("without a path map [scope.dependencies] adds to what manifests say", () => {
  const workspace = workspaceOf({
    packages: { a: { name: "a" }, b: { name: "b", dependencies: { a: "*" } }, c: { name: "c" } },
    config: { dependencies: { c: ["a"], b: [] } },
  });
  expect(Object.fromEntries(dependentsOf(workspace, scopeMap(workspace)))).toEqual({ a: ["b", "c"] });
});

test("a name that two packages have is a dependency on both", () => {
  const workspace = workspaceOf({
    packages: { "": { name: "lib" }, lib: { name: "lib" }, user: { name: "user", dependencies: { lib: "*" } } },
    config: { pathMap: { "": "rest", lib: "lib", user: "user" } },
  });
  expect(Object.fromEntries(dependentsOf(workspace, scopeMap(workspace)))).toEqual({ rest: ["user"], lib: ["user"] });
});
