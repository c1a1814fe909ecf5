import { expect, test } from "vitest";
import { once, remembered } from "./remembered.ts";
import { shortened, shortenedPath } from "./shortened.ts";

test("an answer is worked out once, even where it is none", () => {
  let asked = 0;
  const answer = once(() => void asked++);
  expect([answer(), answer(), asked]).toEqual([undefined, undefined, 1]);
});

test("an answer is worked out once for each that is asked about", () => {
  const asked: string[] = [];
  const answer = remembered((key: string) => {
    asked.push(key);
    return key === "none" ? undefined : key.length;
  });
  expect(["ab", "none", "ab", "none", "c"].map(answer)).toEqual([2, undefined, 2, undefined, 1]);
  expect(asked).toEqual(["ab", "none", "c"]);
});

test("a text that is too long is cut at its end, a path at its beginning", () => {
  expect([shortened("abcd", 4), shortened("abcde", 4)]).toEqual(["abcd", "abc…"]);
  expect([shortenedPath("abcd", 4), shortenedPath("abcde", 4)]).toEqual(["abcd", "…cde"]);
});
