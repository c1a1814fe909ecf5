import { expect, test } from "vitest";
import { AssayError, needsBase, toAssayError } from "./errors.ts";

test("an error of ours stays itself", () => {
  const error = new AssayError("usage", "no", { hint: "assay --help" });
  expect(toAssayError(error, "internal")).toBe(error);
});

test.each([
  [new TypeError("x is not a function"), "x is not a function"],
  ["thrown text", "thrown text"],
  [undefined, "undefined"],
])("%o becomes an error with the given code, and stays its cause", (thrown, message) => {
  const error = toAssayError(thrown, "check-crashed");
  expect([error.code, error.message, error.hint]).toEqual(["check-crashed", message, null]);
  expect(error).toHaveProperty("cause", thrown);
});

test("an error without a cause has none", () => {
  expect(new AssayError("usage", "no")).not.toHaveProperty("cause");
});

test("who needs a base says why there is none and how to get one", () => {
  const error = needsBase({ reason: "no remote", hint: "git fetch" });
  expect([error.code, error.message, error.hint]).toEqual(["base-not-found", "no remote", "git fetch"]);
});
