import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { openMemory, type MemoryOptions, type RunMemory } from "./memory.ts";
import { headOf } from "./testing/head-of.ts";

interface Place {
  readonly root: string;
  readonly dir: string;
  write(path: string, text: string): void;
  /** The memory of a run that begins now, in which a file sees itself and nothing else. */
  open(options?: Partial<MemoryOptions>): Promise<RunMemory | null>;
}

function place(): Place {
  const above = realpathSync(mkdtempSync(join(tmpdir(), "assay-memory-")));
  onTestFinished(() => rmSync(above, { recursive: true, force: true }));
  const [root, dir] = [join(above, "repository"), join(above, "memory")];
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("package.json", "{}");
  write("src/a.ts", "a");
  write("src/b.ts", "b");
  const run = { assayVersion: "1", installState: "", environment: {} };
  const seenBy = (changed: readonly RepoPath[]) => (path: RepoPath) => changed.includes(path);
  return {
    root,
    dir,
    write,
    open: async (options) => openMemory({ dir, workspace: await headOf(root), run, seenBy, ...options }),
  };
}

/** Of `a.ts`, `b.ts` and `c.ts`, those that count as outdated. */
async function outdated(at: Place): Promise<readonly string[] | undefined> {
  const recollection = (await at.open())?.recall("value");
  return recollection && ["a.ts", "b.ts", "c.ts"].filter((name) => recollection.isOutdated(repoPath(`src/${name}`)));
}

async function kept(): Promise<Place> {
  const at = place();
  const memory = await at.open();
  memory?.keep("value", { of: "a run" });
  memory?.store();
  return at;
}

test("what was kept is recalled, by its name", async () => {
  const memory = await (await kept()).open();
  expect([memory?.recall("value")?.value, memory?.recall("other")]).toEqual([{ of: "a run" }, undefined]);
});

test.each<[string, (at: Place) => void, readonly string[]]>([
  ["nothing", () => undefined, []],
  ["an edit", (at) => at.write("src/a.ts", "edited"), ["a.ts"]],
  ["a new file", (at) => at.write("src/c.ts", "c"), ["c.ts"]],
  ["a file that is gone", (at) => rmSync(join(at.root, "src/b.ts")), ["b.ts"]],
  [
    "a link in the place of a file",
    (at) => {
      rmSync(join(at.root, "src/b.ts"));
      symlinkSync("a.ts", join(at.root, "src/b.ts"));
    },
    ["b.ts"],
  ],
])("after %s, who sees it is outdated", async (_what, act, expected) => {
  const at = await kept();
  act(at);
  expect(await outdated(at)).toEqual(expected);
});

test("a file that is another does not see itself, and sees what else is", async () => {
  const at = await kept();
  at.write("src/a.ts", "edited");
  const seeing = async (): Promise<readonly boolean[]> => {
    const seenBy = (changed: readonly RepoPath[]) => () => changed.length > 0;
    const recollection = (await at.open({ seenBy }))?.recall("value");
    return ["src/a.ts", "src/b.ts"].map((path) => recollection?.seesOutdated(repoPath(path)) === true);
  };
  expect(await seeing()).toEqual([false, true]);
  at.write("src/b.ts", "edited");
  expect(await seeing()).toEqual([true, true]);
});

test("what was not stored is not recalled", async () => {
  const at = place();
  (await at.open())?.keep("value", 1);
  expect(await outdated(at)).toBe(undefined);
});

test.each<[string, (at: Place) => void]>([
  ["an ignored file", (at) => at.write("dist/a.js", "1")],
  ["damage", (at) => readdirSync(at.dir).forEach((name) => writeFileSync(join(at.dir, name), "{}"))],
])("%s makes it forget", async (_what, act) => {
  const at = await kept();
  act(at);
  expect(await outdated(at)).toBe(undefined);
});

test("another installation or environment remembers nothing of this one", async () => {
  const at = await kept();
  const recalled = async (run: Partial<MemoryOptions["run"]>): Promise<unknown> =>
    (await at.open({ run: { assayVersion: "1", installState: "", environment: {}, ...run } }))?.recall("value")?.value;
  expect(await recalled({})).toEqual({ of: "a run" });
  expect(await recalled({ installState: "other" })).toBe(undefined);
  expect(await recalled({ environment: { CI: "1" } })).toBe(undefined);
});

test("there is no memory where a file can not be identified", async () => {
  const at = place();
  const workspace = await headOf(at.root);
  const files = [...workspace.tree.files, { path: repoPath("vendor"), blob: null, symlink: false }];
  expect(await at.open({ workspace: { ...workspace, tree: { ...workspace.tree, files } } })).toBe(null);
});

test("the oldest grounds are forgotten", async () => {
  const at = place();
  for (let version = 0; version < 12; version++) {
    const memory = await at.open({ run: { assayVersion: String(version), installState: "", environment: {} } });
    memory?.keep("value", version);
    memory?.store();
  }
  expect(readdirSync(at.dir)).toHaveLength(8);
});

test("where nothing can be written nothing is kept", async () => {
  const at = place();
  writeFileSync(at.dir, "");
  const memory = await at.open();
  memory?.keep("value", 1);
  memory?.store();
  expect(await outdated(at)).toBe(undefined);
});

test("there is no memory where an import leads to a folder that nobody watches", async () => {
  const at = place();
  at.write("package.json", '{ "dependencies": { "linked": "1" } }');
  mkdirSync(join(at.root, "node_modules"));
  mkdirSync(join(dirname(at.root), "elsewhere"));
  symlinkSync(join(dirname(at.root), "elsewhere"), join(at.root, "node_modules/linked"));
  expect(await at.open()).toBe(null);
});

test("each name has a memory of its own", async () => {
  const at = place();
  const memory = await at.open();
  for (const name of ["a", "b"]) memory?.keep(name, `what ${name} found`);
  memory?.keep("a", "what a found at last");
  memory?.store();
  const later = await at.open();
  expect(["a", "b"].map((name) => later?.recall(name)?.value)).toEqual(["what a found at last", "what b found"]);
});
