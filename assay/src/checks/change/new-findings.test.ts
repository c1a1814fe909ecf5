import { expect, test } from "vitest";
import type { Sighting } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { contextOf, type Texts } from "./change-of-texts.ts";
import { newFindings } from "./new-findings.ts";

/** Sees each call: of the same function is the same kind, with the same text the same fingerprint. */
function* calls(file: SourceFile): Generator<Sighting> {
  for (const match of file.text.matchAll(/(\w+)\((.*?)\)/g)) {
    const [text, name = ""] = match;
    yield { at: { start: match.index }, message: name, fingerprint: `${name}\n${text}` };
  }
}

async function found(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const { pairs } = await contextOf({ base, head, renames });
  return newFindings(pairs, calls).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

test("what a file had is not new, as often as it had it", async () => {
  expect(await found({ "a.ts": "go(1);\n" }, { "a.ts": "\ngo(1);\n" })).toEqual([]);
  expect(await found({ "a.ts": "go(1);\n" }, { "a.ts": "go(1);\n\ngo(1);\n" })).toEqual(["a.ts:3 go"]);
  expect(await found({ "a.ts": "\n\ngo(1);\n" }, { "a.ts": "go(1);\n\n\ngo(1);\n" })).toEqual(["a.ts:1 go"]);
  expect(await found({}, { "a.ts": "go(1);\ngo(2);\n" })).toEqual(["a.ts:1 go", "a.ts:2 go"]);
});

test("what was rewritten in its place is not new, if it is of its kind", async () => {
  expect(await found({ "a.ts": "go(1);\n" }, { "a.ts": "go(2);\n" })).toEqual([]);
  expect(await found({ "a.ts": "go(1);\n" }, { "a.ts": "run(2);\n" })).toEqual(["a.ts:1 run"]);
  expect(await found({ "a.ts": "go(1);\n" }, { "a.ts": "go(2);\ngo(3);\n" })).toEqual(["a.ts:2 go"]);
  expect(await found({ "a.ts": "go(1);\nb;\nc;\n" }, { "a.ts": "b;\nc;\ngo(2);\n" })).toEqual(["a.ts:3 go"]);
});

test("what moved as it was from another file of the change is not new", async () => {
  const base = { "a.ts": "go(1);\n", "b.ts": "b;\n" };
  expect(await found(base, { "a.ts": "a;\n", "b.ts": "b;\ngo(1);\n" })).toEqual([]);
  expect(await found(base, { "a.ts": "a;\n", "b.ts": "b;\ngo(2);\n" })).toEqual(["b.ts:2 go"]);
  expect(await found(base, { "a.ts": "go(1);\n", "b.ts": "b;\ngo(1);\n" })).toEqual(["b.ts:2 go"]);
});

test("what was edited while its file was taken apart is not new, once for each", async () => {
  expect(await found({ "a.ts": "go(1);\n" }, { "b.ts": "go(2);\n" })).toEqual([]);
  expect(await found({ "a.ts": "go(1);\n" }, { "b.ts": "go(2);\n", "c.ts": "go(3);\n" })).toHaveLength(1);
  expect(await found({ "a.ts": "go(1);\n", "c.ts": "c;\n" }, { "c.ts": "c;\ngo(2);\n" })).toEqual(["c.ts:2 go"]);
  expect(await found({ "a.ts": "go(1);\n" }, { "b.ts": "run(2);\n" })).toEqual(["b.ts:1 run"]);
});

test("a file that only moved has what it had", async () => {
  expect(await found({ "a.ts": "go(1);\n" }, { "b.ts": "go(1);\n" }, { "b.ts": "a.ts" })).toEqual([]);
  expect(await found({ "a.ts": "go(1);\n" }, { "b.ts": "go(1);\ngo(2);\n" }, { "b.ts": "a.ts" })).toEqual([
    "b.ts:2 go",
  ]);
});

test("what is seen twice on one line is said once", async () => {
  expect(await found({}, { "a.ts": "go(1), go(2), run(3);\n" })).toEqual(["a.ts:1 go", "a.ts:1 run"]);
});

test("where the base can't be parsed, only what was touched is new", async () => {
  const conflict = "go(1);\n<<<<<<< HEAD\nrun(1);\n=======\nrun(2);\n>>>>>>> other\n";
  expect(await found({ "a.ts": conflict }, { "a.ts": "go(1);\nrun(3);\n" })).toEqual(["a.ts:2 run"]);
  expect(await found({ "a.ts": conflict }, { "a.ts": "go(1);\nrun(1);\n" })).toEqual([]);
  // What the parser reads all the same is compared as ever.
  expect(await found({ "a.ts": "return go(1);\n" }, { "a.ts": "\nreturn go(2);\n" })).toEqual([]);
});
