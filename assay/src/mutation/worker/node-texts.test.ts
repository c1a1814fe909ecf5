import fs from "node:fs";
import nodeModule, { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import { isCalledByLoader, serveTexts } from "./node-texts.ts";

/** Functions of Node's are theirs again when the test is over. */
beforeEach(() => {
  const { readFileSync } = fs;
  const { readFile } = fs.promises;
  onTestFinished(() => {
    Object.assign(fs, { readFileSync });
    Object.assign(fs.promises, { readFile });
    syncBuiltinESMExports();
  });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder("assay-texts-");
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(join(folder, name), text);
  return folder;
}

test("a loader reads the instrumented text of a changed file, by whatever name and in whatever form it asks", async () => {
  const folder = folderWith({ "a.js": "on disk", "b.js": "other" });
  const file = join(folder, "a.js");
  const served: string[] = [];
  serveTexts(
    { [file]: "instrumented" },
    () => true,
    (each) => void served.push(each),
  );
  expect([
    fs.readFileSync(file, "utf8"),
    fs.readFileSync(file, { encoding: "utf8", flag: "r" }),
    fs.readFileSync(pathToFileURL(file), "utf8"),
    await fs.promises.readFile(file, "utf8"),
  ]).toEqual(Array.from({ length: 4 }, () => "instrumented"));
  const bytes = [
    fs.readFileSync(file),
    fs.readFileSync(file, {}),
    fs.readFileSync(file, null),
    await fs.promises.readFile(file),
  ];
  expect(bytes.map((each) => Buffer.isBuffer(each) && each.toString())).toEqual(bytes.map(() => "instrumented"));
  expect(served).toEqual(Array.from({ length: 8 }, () => file));
});

test("whoever imports the function by its name gets the same text", async () => {
  const folder = folderWith({ "a.js": "on disk" });
  const file = join(folder, "a.js");
  serveTexts(
    { [file]: "instrumented" },
    () => true,
    () => undefined,
  );
  const { readFileSync } = createRequire(import.meta.url)("node:fs") as Pick<typeof fs, "readFileSync">;
  expect(readFileSync(file, "utf8")).toBe("instrumented");
  const imported = await import("node:fs");
  expect(imported.readFileSync(file, "utf8")).toBe("instrumented");
});

test("other files, what is no name of a file, and whoever is no loader, read what is on disk", async () => {
  const folder = folderWith({ "a.js": "on disk", "b.js": "other", constructor: "own" });
  const file = join(folder, "a.js");
  const served: string[] = [];
  let isLoader = false;
  serveTexts(
    { [file]: "instrumented" },
    () => isLoader,
    (each) => void served.push(each),
  );
  expect([fs.readFileSync(file, "utf8"), await fs.promises.readFile(file, "utf8")]).toEqual(["on disk", "on disk"]);
  isLoader = true;
  const descriptor = fs.openSync(file, "r");
  onTestFinished(() => fs.closeSync(descriptor));
  expect([fs.readFileSync(join(folder, "b.js"), "utf8"), fs.readFileSync(descriptor, "utf8")]).toEqual([
    "other",
    "on disk",
  ]);
  expect(() => fs.readFileSync("toString")).toThrow("ENOENT");
  expect(() => fs.readFileSync(new URL("https://example.org/a.js"))).toThrow("must be of scheme file");
  await expect(fs.promises.readFile(join(folder, "missing.js"))).rejects.toThrow("ENOENT");
  expect(served).toEqual([]);
});

test("the functions look like Node's own", () => {
  const before = [fs.readFileSync, fs.promises.readFile].map(({ name, length }) => [name, length]);
  serveTexts(
    {},
    () => true,
    () => undefined,
  );
  expect([fs.readFileSync, fs.promises.readFile].map(({ name, length }) => [name, length])).toEqual(before);
});

/** Node's loader for CommonJS, as it is outside of a test runner. */
function load(file: string): unknown {
  return nodeModule.createRequire(file)(file);
}

test("Node's loader is told from a module that reads its own text while it runs, and from a test that does", () => {
  const folder = folderWith({
    "a.cjs": "module.exports = 'on disk';",
    "reads.cjs": "module.exports = require('node:fs').readFileSync(__dirname + '/a.cjs', 'utf8');",
    "loads.cjs": "module.exports = () => require('./a.cjs');",
  });
  const file = join(folder, "a.cjs");
  serveTexts({ [file]: "module.exports = 'instrumented';" }, isCalledByLoader, () => undefined);
  expect(load(join(folder, "reads.cjs"))).toBe("module.exports = 'on disk';");
  expect(fs.readFileSync(file, "utf8")).toBe("module.exports = 'on disk';");
  const later = load(join(folder, "loads.cjs"));
  expect(typeof later === "function" && Reflect.apply(later, undefined, [])).toBe("instrumented");
});

/** As a test may have set it; it is as before when the test is over. */
function limitStack(limit: number): void {
  const before = Error.stackTraceLimit;
  onTestFinished(() => void (Error.stackTraceLimit = before));
  Error.stackTraceLimit = limit;
}

test("a loader is told even where stacks are kept short", () => {
  const folder = folderWith({ "a.cjs": "module.exports = 'on disk';" });
  const file = join(folder, "a.cjs");
  serveTexts({ [file]: "module.exports = 'instrumented';" }, isCalledByLoader, () => undefined);
  limitStack(1);
  expect(load(file)).toBe("instrumented");
});

test("what looks at the stack leaves nothing behind there", () => {
  const stackTraceLimit = 7;
  limitStack(stackTraceLimit);
  const kept = Reflect.get(Error, "prepareStackTrace");
  onTestFinished(() => void Reflect.set(Error, "prepareStackTrace", kept));
  for (const prepare of [undefined, () => "prepared"]) {
    if (prepare === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Reflect.set(Error, "prepareStackTrace", prepare);
    expect(isCalledByLoader()).toBe(false);
    expect([Error.stackTraceLimit, "prepareStackTrace" in Error, Reflect.get(Error, "prepareStackTrace")]).toEqual([
      stackTraceLimit,
      prepare !== undefined,
      prepare,
    ]);
  }
});
