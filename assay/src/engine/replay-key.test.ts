import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ReplayInputs } from "../model/check.ts";
import { repoPath, rootDir, type RepoPath } from "../model/paths.ts";
import type { RunFacts } from "./ground.ts";
import { headOf } from "./testing/head-of.ts";
import { replayKeys, type ReachOf } from "./replay-key.ts";

interface Place {
  readonly root: string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly key: (
    inputs?: ReplayInputs,
    more?: Partial<RunFacts> & { readonly reachOf?: ReachOf },
  ) => Promise<string | null>;
}

function place(files: Readonly<Record<string, string>>): Place {
  const above = realpathSync(mkdtempSync(join(tmpdir(), "assay-key-")));
  onTestFinished(() => rmSync(above, { recursive: true, force: true }));
  const root = join(above, "repository");
  const write: Place["write"] = (contents) => {
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write(files);
  return {
    root,
    write,
    async key(inputs = { kind: "dirs", dirs: [rootDir] }, { reachOf, ...run } = {}) {
      const keyOf = replayKeys(await headOf(root), { assayVersion: "1", installState: "", environment: {}, ...run });
      return keyOf("check", { label: "a task", replay: { facts: [], inputs } }, reachOf);
    },
  };
}

const single = {
  "package.json": '{ "name": "p", "main": "dist/index.js" }',
  "src/a.ts": "a",
  "src/b.ts": "b",
  "run.sh": "#!/bin/sh\n",
  "README.md": "read me",
};

/** Keys before and after something happened; null is no key. */
async function twice(at: Place, act: () => void, inputs?: ReplayInputs): Promise<"same" | "other" | "none"> {
  const before = await at.key(inputs);
  act();
  const after = await at.key(inputs);
  if (after === null) return "none";
  return before === after ? "same" : "other";
}

const onlyA: ReplayInputs = { kind: "files", files: [repoPath("src/a.ts")] };

const matters: Readonly<Record<string, (at: Place) => void>> = {
  "an edit": (at) => at.write({ "src/a.ts": "edited" }),
  "a build that git ignores": (at) => at.write({ "dist/index.js": "1" }),
  "a part of a build that no manifest names": (at) => at.write({ "dist/deep/chunk.js": "1" }),
  "a generated source that git ignores": (at) => at.write({ "src/ignored/client.ts": "1" }),
  "a file of variables": (at) => at.write({ ".env.development": "A=1" }),
  "the executable bit of a script": (at) => chmodSync(join(at.root, "run.sh"), 0o755),
  "configuration above the repository": (at) => writeFileSync(join(dirname(at.root), ".prettierrc"), "{}"),
  "a manifest above the repository": (at) => writeFileSync(join(dirname(at.root), "package.json"), "{}"),
  "a tsconfig above the repository": (at) => writeFileSync(join(dirname(at.root), "tsconfig.json"), "{}"),
  "a file that became a link to another with the same text": (at) => {
    rmSync(join(at.root, "src/b.ts"));
    symlinkSync("b", join(at.root, "src/b.ts"));
  },
};

test.each(Object.entries(matters))("%s makes another key", async (_what, act) => {
  const at = place(single);
  expect(await twice(at, () => act(at))).toBe("other");
});

test("what a link out of the repository leads to makes another key, and a folder there makes none", async () => {
  const at = place(single);
  const outside = join(dirname(at.root), "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "data.txt"), "1");
  symlinkSync(join(outside, "data.txt"), join(at.root, "src/data.txt"));
  expect(await twice(at, () => writeFileSync(join(outside, "data.txt"), "2"))).toBe("other");
  symlinkSync(outside, join(at.root, "src/ignored"));
  expect(await at.key()).toBeNull();
});

test("an edit of a build that keeps its size and its time is seen", async () => {
  const at = place({ ...single, "dist/index.js": "1" });
  expect(await twice(at, () => at.write({ "dist/index.js": "2" }))).toBe("other");
});

test("a package that was linked in from outside is never replayed; one that is installed is", async () => {
  const at = place({ ...single, "package.json": '{ "name": "p", "dependencies": { "q": "1" } }' });
  const outside = join(dirname(at.root), "q");
  mkdirSync(outside);
  mkdirSync(join(at.root, "node_modules"));
  symlinkSync(outside, join(at.root, "node_modules/q"));
  expect(await at.key()).toBeNull();
  rmSync(join(at.root, "node_modules/q"));
  at.write({ "node_modules/q/package.json": "{}" });
  expect(await at.key()).not.toBeNull();
});

test("a submodule that belongs to everybody is never replayed", async () => {
  const at = place(single);
  const workspace = await headOf(at.root);
  const files = [...workspace.tree.files, { path: repoPath("vendor"), blob: null, symlink: false }];
  const keyOf = replayKeys(
    { ...workspace, tree: { ...workspace.tree, files } },
    { assayVersion: "1", installState: "", environment: {} },
  );
  const task = { label: "a task", replay: { facts: [], inputs: { kind: "dirs", dirs: [rootDir] } } } as const;
  expect(keyOf("check", task)).toBeNull();
});

const variables: readonly (readonly [string, "same" | "other"])[] = [
  ["ANY_FLAG", "other"],
  ["PATH", "other"],
  ["TZ", "other"],
  ["NODE_OPTIONS", "other"],
  ["SHLVL", "same"],
  ["TERM_SESSION_ID", "same"],
];

test.each(variables)("the variable %s makes the %s key", async (name, expected) => {
  const at = place(single);
  const [before, after] = [await at.key(), await at.key(undefined, { environment: { [name]: "x" } })];
  expect(before === after ? "same" : "other").toBe(expected);
});

test("a file that NODE_OPTIONS loads is part of the key", async () => {
  const at = place(single);
  const hook = join(dirname(at.root), "hook.cjs");
  writeFileSync(hook, "1");
  const run = { environment: { NODE_OPTIONS: `--require=${hook}` } };
  const before = await at.key(undefined, run);
  writeFileSync(hook, "2");
  expect(await at.key(undefined, run)).not.toBe(before);
});

test("in a single package a task that names its files does not mind the others", async () => {
  const at = place(single);
  expect(await twice(at, () => at.write({ "src/b.ts": "edited", "README.md": "edited" }), onlyA)).toBe("same");
  expect(await twice(at, () => at.write({ "src/a.ts": "edited" }), onlyA)).toBe("other");
  expect(await twice(at, () => at.write({ "tool.config.json": "{}" }), onlyA)).toBe("other");
});

test.each<[string, "same" | "other"]>([
  ...["LICENSE", "licence", "notes.txt", "a.mdx", "deep/a.json"].map((path): [string, "same"] => [path, "same"]),
  ...["MYLICENSE", "a.md.json", "LICENZE", "a.json"].map((path): [string, "other"] => [path, "other"]),
])("in a single package %s at the top makes the %s key for a task of another file", async (path, expected) => {
  const at = place({ ...single, [path]: "1" });
  expect(await twice(at, () => at.write({ [path]: "2" }), onlyA)).toBe(expected);
});

/** Whether a task that names `src/a.ts` and this file minds an edit of `src/b.ts`. */
async function mindsOthers(path: string, text: string, files: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const at = place({ ...single, ...files, [path]: text });
  const inputs: ReplayInputs = { kind: "files", files: [repoPath("src/a.ts"), repoPath(path)] };
  return (await twice(at, () => at.write({ "src/b.ts": "edited" }), inputs)) === "other";
}

test("a file configures by its name", async () => {
  const minding = async (name: string): Promise<boolean> => mindsOthers(`src/${name}`, '"./b.ts"');
  for (const name of [".rc", "a.json", "a.jsonc", "a.yml", "a.yaml", "a.toml"])
    expect([name, await minding(name)]).toEqual([name, true]);
  for (const name of ["a.ts", "a.json5", "a.yml.ts", "a.toml.ts", "a.jsonx"])
    expect([name, await minding(name)]).toEqual([name, false]);
});

test("configuration names a file by a relative path, or a package of the workspace", async () => {
  for (const text of ["'../b.ts'", "`./b.ts`", "extends: ./b.ts", '"p/base"', "'p'"])
    expect([text, await mindsOthers("src/.rc", text)]).toEqual([text, true]);
  for (const text of ['"b.ts"', '"a./b"', '".../b"', "p", '"q"'])
    expect([text, await mindsOthers("src/.rc", text)]).toEqual([text, false]);
});

test("of a manifest only the settings of tools name files", async () => {
  const manifest = (more: object): string => JSON.stringify({ name: "x", main: "./b.ts", ...more });
  const nested = { "package.json": '{ "name": "p", "workspaces": ["src"] }' };
  const minding = async (more: object, files = nested): Promise<boolean> =>
    mindsOthers("src/package.json", manifest(more), files);
  expect(await minding({})).toBe(false);
  expect(await minding({ prettier: "./b.ts" })).toBe(true);
  expect(await minding({ eslintConfig: { extends: "./b.ts" } })).toBe(true);
  expect(await minding({ prettier: "./b.ts" }, { "package.json": '{ "name": "p" }' })).toBe(false);
  const atTop = { ...single, "package.json": '{ "name": "p", "prettier": "./src/b.ts" }' };
  expect(await mindsOthers("package.json", atTop["package.json"])).toBe(true);
  expect(await mindsOthers("package.json", single["package.json"])).toBe(false);
});

test("configuration that names other files makes them count", async () => {
  const files = { ...single, ".prettierrc": '{ "plugins": ["./src/b.ts"] }' };
  const inputs: ReplayInputs = { kind: "files", files: [repoPath("src/a.ts"), repoPath(".prettierrc")] };
  const at = place(files);
  expect(await twice(at, () => at.write({ "src/b.ts": "edited" }), inputs)).toBe("other");
});

const monorepo = {
  "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
  "packages/a/package.json": '{ "name": "a" }',
  "packages/a/src/a.ts": "a",
  "packages/b/package.json": '{ "name": "b" }',
  "packages/b/src/b.ts": "b",
  "tools/rule.js": "1",
};

const [dirA, dirB] = [repoPath("packages/a"), repoPath("packages/b")];
const inA: ReplayInputs = { kind: "dirs", dirs: [dirA] };

let edits = 0;

test("beside other packages a task minds those that its own can see, and what belongs to nobody", async () => {
  const at = place(monorepo);
  const seeing = async (reach: ReadonlySet<RepoPath> | null, path: string): Promise<boolean> => {
    const before = await at.key(inA, { reachOf: () => reach });
    at.write({ [path]: `${(edits += 1)}` });
    return (await at.key(inA, { reachOf: () => reach })) !== before;
  };
  expect(await seeing(new Set([dirA]), "packages/b/src/b.ts")).toBe(false);
  expect(await seeing(new Set([dirA, dirB]), "packages/b/src/b.ts")).toBe(true);
  expect(await seeing(null, "packages/b/src/b.ts")).toBe(true);
  expect(await seeing(new Set([dirA]), "tools/rule.js")).toBe(true);
});

test("where nothing says what a package can see, it can see everything", async () => {
  const at = place(monorepo);
  expect(await twice(at, () => at.write({ "packages/b/src/b.ts": "edited" }), inA)).toBe("other");
});

test("the same files at another place have the same key", async () => {
  expect(await place(single).key()).toBe(await place(single).key());
});

test("configuration that names one of several packages makes its files count", async () => {
  const minds = async (named: string): Promise<string> => {
    const at = place({ ...monorepo, "packages/a/.rc": `"${named}"` });
    const inputs: ReplayInputs = { kind: "files", files: [repoPath("packages/a/.rc")] };
    return twice(at, () => at.write({ "packages/b/src/b.ts": "edited" }), inputs);
  };
  expect([await minds("b"), await minds("c")]).toEqual(["other", "same"]);
});

test("a key is of one check, one task and the facts that it names", async () => {
  const keyOf = replayKeys(await headOf(place(single).root), { assayVersion: "1", installState: "", environment: {} });
  const of = (check: string, label: string, ...facts: readonly string[]): string | null =>
    keyOf(check, { label, replay: { facts, inputs: onlyA } });
  const keys = [of("a", "b"), of("a", "c"), of("b", "b"), of("a", "b", "c"), of("a", "b", "c", "d")];
  expect(new Set(keys).size).toBe(5);
  expect(of("a", "b")).toBe(keys[0]);
});

test("a task that is not to be replayed has no key", async () => {
  const keyOf = replayKeys(await headOf(place(single).root), { assayVersion: "1", installState: "", environment: {} });
  expect(keyOf("check", { label: "a task", replay: null })).toBe(null);
});

test("a submodule of another package is in the way of those only that can see it", async () => {
  const at = place(monorepo);
  const workspace = await headOf(at.root);
  const files = [...workspace.tree.files, { path: repoPath("packages/b/vendor"), blob: null, symlink: false }];
  const keyOf = replayKeys(
    { ...workspace, tree: { ...workspace.tree, files } },
    { assayVersion: "1", installState: "", environment: {} },
  );
  const keyIn = (dir: RepoPath): string | null =>
    keyOf(
      "check",
      { label: "a task", replay: { facts: [], inputs: { kind: "dirs", dirs: [dir] } } },
      (from) => new Set([from]),
    );
  expect([typeof keyIn(dirA), keyIn(dirB)]).toEqual(["string", null]);
});

test("a package sees its own files, whatever is said of the others", async () => {
  const at = place(monorepo);
  const key = (): Promise<string | null> => at.key(inA, { reachOf: () => new Set() });
  const before = await key();
  at.write({ "packages/b/src/b.ts": "edited" });
  expect(await key()).toBe(before);
  at.write({ "packages/a/src/a.ts": "edited" });
  expect(await key()).not.toBe(before);
});

test("a task of several folders minds what any of them can see", async () => {
  const inBoth: ReplayInputs = { kind: "dirs", dirs: [dirA, dirB] };
  for (const path of ["packages/a/src/a.ts", "packages/b/src/b.ts"]) {
    const at = place(monorepo);
    const key = (): Promise<string | null> => at.key(inBoth, { reachOf: (dir) => new Set([dir]) });
    const before = await key();
    at.write({ [path]: "edited" });
    expect(await key()).not.toBe(before);
  }
});

test("where there is no package every file is everybody's", async () => {
  const at = place({ "src/a.ts": "a", "src/b.ts": "b" });
  expect(await twice(at, () => at.write({ "src/b.ts": "edited" }), onlyA)).toBe("other");
});
