import { expect, test } from "vitest";
import type { RepoPath } from "../model/paths.ts";
import { joinFields, onDisk, splitFields } from "./names.ts";

const latin1Name = Buffer.from([0x61, 0xe9, 0x2e, 0x74, 0x73]);

test("fields are split at zero bytes and nowhere else", () => {
  expect(splitFields(Buffer.from(""))).toEqual([]);
  expect(splitFields(Buffer.from('a b\0"c"\0d\ne\0ü\0'))).toEqual(["a b", '"c"', "d\ne", "ü"]);
});

test("output that stops in the middle of a field is refused", () => {
  expect(() => splitFields(Buffer.from("a\0b"))).toThrow("middle of a field");
});

test("bytes that are not UTF-8 and characters that are stand side by side", () => {
  const field = Buffer.concat([
    Buffer.from("é日😀"),
    Buffer.from([0xe9, 0xf0, 0x9f]),
    Buffer.from("x😀"),
    Buffer.from([0x80, 0xff]),
  ]);
  const output = Buffer.concat([field, Buffer.from("\0😀\0")]);
  const names = splitFields(output);
  expect(names).toEqual(["é日😀\udce9\udcf0\udc9fx😀\udc80\udcff", "😀"]);
  expect(joinFields(names)).toEqual(output);
});

test("a name that is not UTF-8 survives being read, joined and looked up", () => {
  const output = Buffer.concat([Buffer.from("ü.ts\0"), latin1Name, Buffer.from("\0")]);
  const names = splitFields(output);
  expect(names).toEqual(["ü.ts", "a\udce9.ts"]);
  expect(joinFields(names)).toEqual(output);
  expect(onDisk("/r", names[1] as RepoPath)).toEqual(Buffer.concat([Buffer.from("/r/"), latin1Name]));
  expect(onDisk("/r", "😀.ts" as RepoPath)).toBe("/r/😀.ts");
});
