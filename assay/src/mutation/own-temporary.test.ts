import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownTemporary } from "./own-temporary.ts";
import { temporaryFolder } from "./testing/project.ts";

test("programs find a temporary folder that is there, and lies in the run's own", () => {
  const scratch = join(temporaryFolder("assay-own-"), "run");
  const folder = join(scratch, "t");
  const names = process.platform === "win32" ? ["TEMP", "TMP"] : ["TMPDIR"];
  expect(ownTemporary(scratch)).toEqual(Object.fromEntries(names.map((name) => [name, folder])));
  expect(existsSync(folder)).toBe(true);
  // It may be there already.
  expect(Object.values(ownTemporary(scratch))).toContain(folder);
});
