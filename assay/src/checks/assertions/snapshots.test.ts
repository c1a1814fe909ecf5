import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { isRuin, ruinedText, snapshotsIn } from "./snapshots.ts";

const snapshots = async (path: string, text: string | undefined) => [...(await snapshotsIn(repoPath(path), text))];

test("a file of snapshots keeps each under its name", async () => {
  const text = [
    "// Vitest Snapshot v1",
    "exports[`cart > adds 1`] = `\n{ a: 1 }\n`;",
    'exports["b"] = "c";',
    "exports.d = `e`;",
    "exports[`f`] = g;",
    "exports[h] = `i`;",
    "run();",
  ].join("\n");
  expect(await snapshots("a.test.ts.snap", text)).toEqual([
    ["cart > adds 1", "{ a: 1 }"],
    ["b", "c"],
  ]);
});

test("another file is one snapshot, and one that is not there keeps none", async () => {
  expect(await snapshots("__snapshots__/a.html", "exports[`a`] = `b`;")).toEqual([["", "exports[`a`] = `b`;"]]);
  expect(await snapshots("a.snap", undefined)).toEqual([]);
});

test.each([
  "",
  "  ",
  "undefined",
  "null",
  "NaN",
  '""',
  "''",
  "{}",
  "{ }",
  "[]",
  "[\n]",
  "Object {}",
  "Array []",
  "Map {}",
  "Set {}",
  "<div />",
  "<div/>",
  "[object Object]",
  '"[object Promise]"',
  "[TypeError: no]",
  "Error: no",
  '"RangeError: no"',
  "[Error]",
  "DOMException: no",
  "[Function add]",
  "[Function]",
])("%j is nothing sensible", (text) => {
  expect(isRuin(text)).toBe(true);
});

test.each([
  "0",
  "undefined values",
  "nullable",
  "{ a: 1 }",
  "[1]",
  "Object { a: 1 }",
  "<div>a</div>",
  "<div a />",
  "an Error: no",
  "Errors",
  "ErrorBoundary",
  "[object",
  "a [Function]",
  "Map { a => 1 }",
])("%j is something", (text) => {
  expect(isRuin(text)).toBe(false);
});

test("a line of text may have become nothing sensible", () => {
  expect(ruinedText("a\nb\nc", "a\nundefined\nc")).toBe("undefined");
  expect(ruinedText("a\n  b", "a\n  [object Object]")).toBe("[object Object]");
  expect(ruinedText("a\nb", "a\nNaN")).toBe("NaN");
  expect(ruinedText("a\nnull", "a\nundefined")).toBeUndefined();
  expect(ruinedText("a\nb", "a\nundefined,")).toBeUndefined();
  expect(ruinedText("a\nb", "a\nis null")).toBeUndefined();
  expect(ruinedText("a\nb", "a\nb\nundefined")).toBeUndefined();
  expect(ruinedText("a\nb\nc", "a\nundefined")).toBeUndefined();
});
