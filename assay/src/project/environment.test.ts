import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { PackageManager, Workspace } from "../model/workspace.ts";
import { defaultConfig } from "../model/config.ts";
import { installCommand, installState } from "./environment.ts";
import { temporaryTree } from "./testing/temporary-tree.ts";
import { readWorkspace } from "./workspace.ts";

async function workspace(): Promise<Workspace> {
  const { root, tree } = temporaryTree({
    "package.json": '{"name":"root","workspaces":["packages/*"]}',
    "packages/a/package.json": '{"name":"a"}',
  });
  return readWorkspace(root, tree, defaultConfig);
}

function write(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

test.each([
  "node_modules/.package-lock.json",
  "node_modules/.pnpm/lock.yaml",
  "node_modules/.modules.yaml",
  "node_modules/.yarn-state.yml",
  "node_modules/.yarn-integrity",
  ".pnp.cjs",
  "packages/a/node_modules/.package-lock.json",
])("the state follows %s", async (record) => {
  const subject = await workspace();
  const bare = installState(subject);
  write(subject.root, record, "one");
  const first = installState(subject);
  write(subject.root, record, "two");
  const second = installState(subject);
  write(subject.root, record, "one");
  expect(new Set([bare, first, second]).size).toBe(3);
  expect(installState(subject)).toBe(first);
  rmSync(path.join(subject.root, record));
  expect(installState(subject)).not.toBe(first);
});

test("without a record the state follows the installed manifests", async () => {
  const subject = await workspace();
  write(subject.root, "node_modules/a-file", "");
  write(subject.root, "node_modules/x/package.json", '{"version":"1.0.0"}');
  write(subject.root, "node_modules/@s/y/package.json", '{"version":"1.0.0"}');
  const before = installState(subject);
  expect(installState(subject)).toBe(before);
  write(subject.root, "node_modules/@s/y/package.json", '{"version":"1.0.10"}');
  const updated = installState(subject);
  expect(updated).not.toBe(before);
  write(subject.root, "node_modules/.vite/package.json", "{}");
  expect(installState(subject)).toBe(updated);
  write(subject.root, "packages/a/node_modules/z/package.json", "{}");
  expect(installState(subject)).not.toBe(updated);
});

test("with a record at the root, nothing else in node_modules counts", async () => {
  const subject = await workspace();
  write(subject.root, "node_modules/.package-lock.json", "{}");
  const before = installState(subject);
  write(subject.root, "node_modules/.vite/x.json", "{}");
  write(subject.root, "node_modules/x/package.json", "{}");
  write(subject.root, "packages/a/node_modules/y/package.json", "{}");
  expect(installState(subject)).toBe(before);
});

test.each<readonly [PackageManager, readonly string[], string]>([
  ["npm", ["package-lock.json"], "npm ci"],
  ["npm", ["npm-shrinkwrap.json"], "npm ci"],
  ["npm", [], "npm install"],
  ["pnpm", [], "pnpm install"],
  ["yarn", [], "yarn install"],
  ["bun", [], "bun install"],
])("%s with %j installs with %s", (manager, files, command) => {
  const { tree } = temporaryTree({}, files);
  expect(installCommand({ manager, tree })).toBe(command);
});

test("packages in the folders above the repository count too", async () => {
  const outer = await workspace();
  const subject = { ...outer, root: path.join(outer.root, "packages/a") };
  const before = installState(subject);
  write(outer.root, "node_modules/x/package.json", '{"version":"1.0.0"}');
  expect(installState(subject)).not.toBe(before);
});
