import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepNewest, readEntry, removeEntry, writeEntry } from "./entry-file.ts";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "assay-entry-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test("what is written under a key is read by it, and nothing else is", () => {
  const file = join(folder(), "deep", "entry");
  expect(readEntry(file, "key")).toBe(undefined);
  writeEntry(file, "key", { of: [1, null] });
  expect(readEntry(file, "key")).toEqual({ value: { of: [1, null] } });
  expect(readEntry(file, "other")).toBe(null);
  writeEntry(file, "key", "newer");
  expect(readEntry(file, "key")).toEqual({ value: "newer" });
});

test.each(["", "null", "[]", '{"body":1,"digest":"x"}', '{"digest":"x"}'])("%j is damaged", (text) => {
  const file = join(folder(), "entry");
  writeFileSync(file, text);
  expect(readEntry(file, "key")).toBe(null);
});

test("a body that was edited is damaged, and so is a digest", () => {
  const file = join(folder(), "entry");
  writeEntry(file, "key", "value");
  const written = readFileSync(file, "utf8");
  for (const edited of [written.replace("value", "other"), written.replace(/"digest":"./, '"digest":"x')]) {
    writeFileSync(file, edited);
    expect(readEntry(file, "key")).toBe(null);
  }
});

test("what can not be written leaves nothing behind", () => {
  const dir = folder();
  mkdirSync(join(dir, "entry"));
  expect(() => writeEntry(join(dir, "entry"), "key", 1)).toThrow("EISDIR");
  expect(readdirSync(dir)).toEqual(["entry"]);
});

test("an entry that is removed is gone, and one that can not be is left", () => {
  const dir = folder();
  writeEntry(join(dir, "entry"), "key", 1);
  mkdirSync(join(dir, "folder"));
  for (const name of ["entry", "folder", "nowhere"]) removeEntry(join(dir, name));
  expect(readdirSync(dir)).toEqual(["folder"]);
});

test("the newest are kept", () => {
  const dir = folder();
  for (const [index, name] of ["b", "d", "a", "c"].entries()) {
    writeFileSync(join(dir, name), "");
    utimesSync(join(dir, name), 1000 + index, 1000 + index);
  }
  keepNewest(dir, 2);
  expect(readdirSync(dir)).toEqual(["a", "c"]);
});
