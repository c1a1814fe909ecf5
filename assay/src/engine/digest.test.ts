import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { digest } from "./digest.ts";

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test("every part counts with its length in bytes, so that none can pass for the end of another", () => {
  expect(digest([])).toBe(sha256(""));
  expect(digest(["a", "", "é"])).toBe(sha256("1:a0:2:é"));
  expect(digest(["ab", "c"])).not.toBe(digest(["a", "bc"]));
  expect(digest(["a1:b"])).not.toBe(digest(["a", "b"]));
});
