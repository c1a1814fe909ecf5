import { expect, test } from "vitest";
import { asArray } from "./as-array.ts";

test("what stands for no array is refused in the name of the function that takes it, if it has one", () => {
  const messageOf = (name?: string): string => {
    try {
      asArray("text", undefined, name);
      return "";
    } catch (error) {
      return String(error);
    }
  };
  expect(messageOf()).toBe("TypeError: a string is not an array, a number or a list of such");
  expect(messageOf("sum")).toBe("TypeError: sum: a string is not an array, a number or a list of such");
});
