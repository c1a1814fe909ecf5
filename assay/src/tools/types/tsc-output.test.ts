import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import { readDiagnostics } from "./tsc-output.ts";

/** `tsc -p . --noEmit --pretty false` of TypeScript 5.9.3 in `/repo`; 6.0.3 prints the same. */
const recorded = readFileSync(new URL("fixtures/tsc-5.txt", import.meta.url), "utf8");

const read = (text: string): readonly string[] =>
  readDiagnostics(text, { root: "/repo", dir: rootDir }, repoPath("tsconfig.json")).map(
    ({ path, line, message }) => `${path ?? "?"}:${String(line ?? "-")} ${message}`,
  );

test("a compiler's message keeps its second line, and one without a file is laid to the configuration", () => {
  expect(read(recorded)).toEqual([
    "src/a.ts:3 Argument of type '{ a: { b: string; }; }' is not assignable to parameter of type '{ a: { b: number; }; }'. The types of 'a.b' are incompatible between these types. Type 'string' is not assignable to type 'number'. (TS2345)",
    "src/a.ts:4 Type 'number' is not assignable to type 'string'. (TS2322)",
  ]);
  expect(read("error TS18003: No inputs were found.\n")).toEqual(["tsconfig.json:- No inputs were found. (TS18003)"]);
});
