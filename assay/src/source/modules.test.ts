import { createHash } from "node:crypto";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Module } from "./graph-cache.ts";
import { readModules } from "./modules.ts";
import { temporaryWorkspace, type TemporaryWorkspace } from "./testing/temporary-workspace.ts";

const made: TemporaryWorkspace[] = [];

afterEach(() => {
  for (const workspace of made.splice(0)) workspace.remove();
});

function temporary(files: Readonly<Record<string, string>>): TemporaryWorkspace {
  const workspace = temporaryWorkspace(files);
  made.push(workspace);
  return workspace;
}

/** The same workspace in which git names every file so. */
function named(workspace: Workspace, blob: string | null, symlink = false): Workspace {
  const files = workspace.tree.files.map(({ path }) => ({ path, blob, symlink }));
  return { ...workspace, tree: { ...workspace.tree, files } };
}

test("the modules are the sources and the components, ordered", async () => {
  const files = { "c.vue": "", "b.ts": "", "a.css": "", "README.md": "", "a.mjs": "" };
  const { modules, fresh } = await readModules(temporary(files).read(), []);
  expect([modules.map(({ path }) => path), fresh]).toEqual([["a.mjs", "b.ts", "c.vue"], 3]);
});

function blobId(text: string, algorithm: string): string {
  return createHash(algorithm).update(`blob ${text.length}\0${text}`).digest("hex");
}

test.each([
  ["as it is", blobId("a;\r\n", "sha1"), true],
  ["with other line endings", blobId("a;\n", "sha1"), true],
  ["by a longer hash", blobId("a;\r\n", "sha256"), true],
  ["with another content", blobId("b;\n", "sha1"), false],
  ["by no name", null, false],
])("a file that git knows %s may be remembered or not", async (_how, blob, isKept) => {
  const { modules } = await readModules(named(temporary({ "a.ts": "a;\r\n" }).read(), blob), []);
  expect(modules.map((module) => module.blob)).toEqual([isKept ? blob : null]);
});

/** As after resolving. */
function resolved(modules: readonly Module[]): readonly Module[] {
  return modules.map((module) => {
    const targets = module.facts.specifiers.map(({ text, kind }) => {
      return { kind: "package", name: `${kind} ${text}` } as const;
    });
    return { ...module, targets };
  });
}

test("what is known by its content is not read again, and what changed keeps the targets of its old imports", async () => {
  const workspace = temporary({ "a.ts": 'import "x"; import type { Y } from "y";', "b.ts": 'import "x";' });
  const { modules } = await readModules(workspace.read(), []);
  workspace.write({ "a.ts": 'import "y"; import "x"; import "z";' });
  const known = resolved(modules);
  const later = await readModules(workspace.read(), known);
  expect([later.modules[0]?.targets, later.modules[1], later.fresh]).toEqual([
    [undefined, { kind: "package", name: "import x" }, undefined],
    known[1],
    1,
  ]);
});

test("a symbolic link names what it leads to, and is read anew each time", async () => {
  const workspace = temporary({ "b.ts": "" });
  symlinkSync("b.ts", join(workspace.root, "a.ts"));
  const { modules } = await readModules(workspace.read(), []);
  expect(modules[0]).toMatchObject({
    blob: null,
    facts: { specifiers: [{ text: "b.ts", kind: "url", line: 1 }], opaque: [] },
  });
  const known = modules.map(({ path, facts, targets }) => ({ path, blob: "b", facts, targets }));
  expect((await readModules(named(workspace.read(), "b", true), known)).fresh).toBe(2);
});

test("what can not be read may see anything", async () => {
  const workspace = temporary({ "a.ts": "" }).read();
  const unreadable = [{ by: "runs", what: "an unreadable file" }];
  for (const given of [{ ...workspace, readText: () => undefined }, named(workspace, null, true)]) {
    const { modules } = await readModules(given, []);
    expect(modules.map(({ path, facts }) => [path, facts.opaque])).toEqual([[repoPath("a.ts"), unreadable]]);
  }
});
