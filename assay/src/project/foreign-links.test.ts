import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Workspace } from "../model/workspace.ts";
import { defaultConfig } from "../model/config.ts";
import { hasForeignLinks, strayPackages } from "./foreign-links.ts";
import { temporaryTree } from "./testing/temporary-tree.ts";
import { readWorkspace } from "./workspace.ts";

async function workspace(): Promise<Workspace> {
  const { root, tree } = temporaryTree({
    "package.json": '{"name":"root","workspaces":["packages/*"]}',
    "packages/core/package.json": '{"name":"core"}',
    "packages/app/package.json": '{"name":"app","dependencies":{"core":"*","@s/tool":"1"}}',
  });
  return readWorkspace(root, tree, defaultConfig);
}

/** Installs a name as a link. */
function link({ root }: Workspace, at: string, target: string): void {
  mkdirSync(path.dirname(path.join(root, at)), { recursive: true });
  symlinkSync(target, path.join(root, at));
}

function outside(folder: string): string {
  const { root } = temporaryTree({});
  mkdirSync(path.join(root, folder), { recursive: true });
  return path.join(root, folder);
}

function strays(subject: Workspace): readonly string[] {
  return strayPackages(subject).map((stray) => stray.link);
}

test("a package that is linked to its own folder is where it belongs", async () => {
  const subject = await workspace();
  link(subject, "node_modules/core", "../packages/core");
  expect([strays(subject), hasForeignLinks(subject)]).toEqual([[], false]);
});

test("a package that is linked to another checkout strays", async () => {
  const subject = await workspace();
  link(subject, "node_modules/core", outside("packages/core"));
  expect([strays(subject), hasForeignLinks(subject)]).toEqual([["node_modules/core"], true]);
});

test("the nearest installation counts", async () => {
  const subject = await workspace();
  link(subject, "packages/app/node_modules/core", outside("core"));
  expect(strays(subject)).toEqual(["packages/app/node_modules/core"]);
});

test("a whole `node_modules` of another checkout brings its packages along", async () => {
  const subject = await workspace();
  const other = await workspace();
  link(other, "node_modules/core", "../packages/core");
  link(subject, "node_modules", path.join(other.root, "node_modules"));
  expect(strays(subject)).toEqual(["node_modules/core"]);
});

test("a copy in a package manager's store does not stray", async () => {
  const subject = await workspace();
  link(subject, "node_modules/core", outside("node_modules/.pnpm/core@1/node_modules/core"));
  expect([strays(subject), hasForeignLinks(subject)]).toEqual([[], false]);
});

test("a linked package that is none of the workspace's is foreign and strays not", async () => {
  const subject = await workspace();
  link(subject, "node_modules/@s/tool", outside("tool"));
  expect([strays(subject), hasForeignLinks(subject)]).toEqual([[], true]);
});

test("what a package does not declare is looked for at the root only", async () => {
  const subject = await workspace();
  link(subject, "packages/core/node_modules/app", outside("app"));
  expect([strays(subject), hasForeignLinks(subject)]).toEqual([[], false]);
  link(subject, "node_modules/app", outside("app"));
  expect(strays(subject)).toEqual(["node_modules/app"]);
});

test("a link that leads nowhere is for whoever imports it to report", async () => {
  const subject = await workspace();
  link(subject, "node_modules/core", "/nowhere/core");
  expect(hasForeignLinks(subject)).toBe(false);
});

test("a repository that is its own dependency is where it belongs", async () => {
  const { root, tree } = temporaryTree({ "package.json": '{"name":"own","devDependencies":{"own":"."}}' });
  const subject = await readWorkspace(root, tree, defaultConfig);
  link(subject, "node_modules/own", "..");
  expect([strays(subject), hasForeignLinks(subject)]).toEqual([[], false]);
});
