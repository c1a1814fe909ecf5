import { expect, test } from "vitest";
import { drivenVersions, isDriven } from "./driven-versions.ts";

test("runners are driven in the versions that are known, and Node in every one", () => {
  const versions = ["2.1.9", "3.2.4", "4.0.0-beta.1", "5", "30.0.0"];
  expect(versions.filter((version) => isDriven({ runner: "vitest", version }))).toEqual(["3.2.4", "4.0.0-beta.1", "5"]);
  expect(versions.filter((version) => isDriven({ runner: "jest", version }))).toEqual(["30.0.0"]);
  expect(isDriven({ runner: "node:test", version: "20.1.0" })).toBe(true);
});

test("which versions these are is told in words", () => {
  expect(drivenVersions).toBe("vitest 3, 4 and 5, jest 29 and 30, node:test");
});
