import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { families } from "../corpus/case.ts";

test("every family of the corpus has a file here that runs its cases", () => {
  const names = readdirSync(fileURLToPath(new URL(".", import.meta.url)))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => name.replace(/\.test\.ts$/, ""));
  expect(names.filter((name) => name !== "families").toSorted()).toEqual(families());
});
