import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { formatOf, readNames, type ListText } from "./name-lists.ts";

async function names(
  text: string,
  path: string | null = null,
  pointer: string | null = null,
): Promise<readonly string[]> {
  const list: ListText = { text, from: "x", format: path === null ? undefined : formatOf(repoPath(path)), pointer };
  return (await readNames(list)).map(({ name }) => name);
}

test.each([
  ["a list in JSON", '["sin", "cos"]', "names.json", null],
  ["an object in JSON", '{ "sin": 1, "cos": {} }', "names.json", null],
  ["a list that a pointer leads to", '{ "a/b": [{ "n": ["sin", "cos"] }] }', "names.json", "/a~1b/0/n"],
  ["a list in YAML", "- sin\n- cos # the other\n", "names.yaml", null],
  ["an object in TOML", '[names]\nsin = 1\ncos = "x"\n', "names.toml", "/names"],
  ["one a line", "# functions\r\nsin\r\n\r\n  cos  # too\r\n", "names.txt", null],
  ["one a line, in a file of no kind", "\uFEFFsin\ncos", "NAMES", null],
  ["JSON that is printed", ' ["sin","cos"]\n', null, null],
  ["JSON that is printed, with a pointer", '{"names":["sin","cos"]}', null, "/names"],
  ["lines that are printed", "sin\ncos\n", null, null],
] as const)("%s is read", async (_, text, path, pointer) => {
  expect(await names(text, path, pointer)).toEqual(["sin", "cos"]);
});

test("what begins like JSON and is none has a name a line", async () => {
  expect(await names("[Symbol.iterator]\n{braces}\nc#\n")).toEqual(["[Symbol.iterator]", "{braces}", "c#"]);
});

test("lines are told, where there are any", async () => {
  expect(await readNames({ text: "# x\nsin\n", from: "x", format: "txt", pointer: null })).toEqual([
    { name: "sin", line: 2 },
  ]);
});

test.each([
  ["broken JSON", '["sin"', "names.json", null, "can't be read"],
  ["a text", '"sin"', "names.json", null, "is neither a list nor an object"],
  ["nothing", "null", "names.json", null, "is neither a list nor an object"],
  ["numbers", '["sin", 3]', "names.json", null, "has something else than names"],
  ["an empty name", '["sin", " "]', "names.json", null, "has something else than names"],
  ["a pointer to nothing", '{ "a": {} }', "names.json", "/a/b", "has nothing at /a/b"],
  ["a pointer to what every object has", '{ "a": {} }', "names.json", "/a/toString", "has nothing at"],
  ["a pointer into lines", "sin\n", "names.txt", "/a", "is no JSON"],
] as const)("%s is no list", async (_, text, path, pointer, message) => {
  await expect(names(text, path, pointer)).rejects.toThrow(`x ${message}`);
});
