import { expect, test } from "vitest";
import { OutputBuffer } from "./output-buffer.ts";

/** What is kept of these chunks, and whether it is all of them. */
function kept(limit: number | undefined, ...chunks: readonly string[]): readonly [string, boolean] {
  const buffer = new OutputBuffer(limit);
  for (const chunk of chunks) buffer.push(Buffer.from(chunk));
  return [buffer.text(), buffer.truncated];
}

test("what fits is kept whole, and of more the beginning", () => {
  expect(kept(4)).toEqual(["", false]);
  expect(kept(4, "ab", "cd")).toEqual(["abcd", false]);
  expect(kept(4, "ab", "cde", "f")).toEqual(["abcd", true]);
  expect(kept(4, "abcd", "e")).toEqual(["abcd", true]);
});

test("a letter that was cut in two by the stream is whole", () => {
  const buffer = new OutputBuffer();
  for (const byte of Buffer.from("é")) buffer.push(Buffer.from([byte]));
  expect(buffer.text()).toBe("é");
  expect(kept(1, "é")).toEqual(["\u{fffd}", true]);
});

test("sixty-four mebibytes fit", () => {
  const buffer = new OutputBuffer();
  const chunk = Buffer.alloc(32 * 1024 * 1024);
  const isCut = [chunk, chunk, Buffer.alloc(1)].map((each) => {
    buffer.push(each);
    return buffer.truncated;
  });
  expect(isCut).toEqual([false, false, true]);
});
