import { join } from "node:path";
import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import { findInstalled, installCommand, usesPlugAndPlay } from "./installed.ts";
import { testRepository } from "../testing/test-host.ts";

const installed = (extra: object): string => JSON.stringify({ name: "tool", version: "1.2.3", ...extra });

test("the nearest installed package is found, as an import from the folder would find it", () => {
  using repository = testRepository({
    "node_modules/tool/package.json": installed({ bin: { tool: "./bin/tool.js" } }),
    "packages/a/node_modules/tool/package.json": installed({ version: "2.0.0" }),
  });
  const find = (dir: string): string | undefined => findInstalled(repository.workspace, repoPath(dir), "tool")?.version;
  expect([find("packages/a/src"), find("packages/b"), find("")]).toEqual(["2.0.0", "1.2.3", "1.2.3"]);
  expect(findInstalled(repository.workspace, rootDir, "tool")?.bin("tool")).toBe(
    join(repository.root, "node_modules/tool/bin/tool.js"),
  );
  expect(findInstalled(repository.workspace, rootDir, "no-such-tool")).toBeUndefined();
});

test("a command is read from either form of the field, and a missing one is an error", () => {
  using repository = testRepository({
    "node_modules/@scope/tool/package.json": installed({ bin: "cli.js" }),
    "node_modules/bare/package.json": installed({}),
  });
  expect(findInstalled(repository.workspace, rootDir, "@scope/tool")?.bin("tool")).toContain("/@scope/tool/cli.js");
  expect(() => findInstalled(repository.workspace, rootDir, "bare")?.bin("bare")).toThrow("has no command `bare`");
});

test("a half-written installation counts as none", () => {
  using repository = testRepository({ "node_modules/tool/package.json": '{"name": "tool", "ver' });
  expect(findInstalled(repository.workspace, rootDir, "tool")).toBeUndefined();
  using odd = testRepository({ "node_modules/tool/package.json": "null" });
  expect(findInstalled(odd.workspace, rootDir, "tool")).toBeUndefined();
});

test("the install command adds what nobody declares", () => {
  const manifest = JSON.stringify({ name: "root", devDependencies: { tool: "1" } });
  using repository = testRepository({ "package.json": manifest, "packages/a/package.json": '{"name":"a"}' });
  const { workspace } = repository;
  expect(installCommand(workspace, repoPath("packages/a"), "tool")).toBe("npm install");
  expect(installCommand(workspace, rootDir, "other")).toBe("npm install --save-dev other");
  expect(installCommand({ ...workspace, manager: "yarn" }, rootDir, "other")).toBe("yarn add --dev other");
});

test("Plug'n'Play is seen from the folders below it, for Yarn only", () => {
  using repository = testRepository({ ".pnp.cjs": "", "packages/a/package.json": '{"name":"a"}' });
  const { workspace } = repository;
  expect(usesPlugAndPlay({ ...workspace, manager: "yarn" }, repoPath("packages/a"))).toBe(true);
  expect(usesPlugAndPlay(workspace, repoPath("packages/a"))).toBe(false);
});
