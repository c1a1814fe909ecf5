import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import { AssayError } from "../../model/errors.ts";
import type { PackageManager } from "../../model/workspace.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { environmentFault, readDiagnostics, type Diagnostic } from "./tsc-output.ts";

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

test("every error is told once, on one line, at its place in the repository", () => {
  const escape = String.fromCodePoint(27);
  const lines = [
    "p/a (b).ts(12,34): error TS1: one",
    "  and two",
    "",
    "more of it",
    "p/a (b).ts(12,34): error TS1: one and two",
    `${escape}[31m../c.ts(1,1): error TS22: in /repo/d.ts${escape}[39m\r`,
    "/other/e.ts(1,1): error TS3: out",
    " of it",
    "x error TS4: not at the start",
    "warning TS5: no error",
  ];
  const place = { root: "/repo", dir: repoPath("p") };
  const found = readDiagnostics(lines.join("\n"), place, repoPath("p/tsconfig.json"));
  expect(found.map(({ code, path, line, message }) => [code, path, line, message])).toEqual([
    ["TS1", "p/p/a (b).ts", 12, "one and two (TS1)"],
    ["TS22", "c.ts", 1, "in d.ts (TS22)"],
    ["TS3", null, 1, "out of it (TS3)"],
  ]);
  expect(read(`a.ts(1,1): error TS1: ${"x".repeat(600)}`)[0]).toHaveLength("a.ts:1 ".length + 500 + " (TS1)".length);
  expect(read("   indented, and nothing before it\n")).toEqual([]);
});

const diagnostic = (code: string, message: string, path = "a.ts"): Diagnostic => ({
  code,
  message,
  path: repoPath(path),
  line: 1,
});

/** What keeps diagnostics from being a verdict, with the way out of it. */
function fault(
  diagnostics: readonly Diagnostic[],
  lib: object = {},
  manager: PackageManager = "npm",
): string | undefined {
  const workspace = temporaryWorkspace({
    "package.json": "{}",
    "lib/package.json": JSON.stringify({ name: "lib", scripts: { build: "tsc" }, main: "dist/index.js", ...lib }),
    "lib/src/index.ts": "",
  });
  const found = environmentFault({ ...workspace, manager }, diagnostics, null);
  return found && `${found.message} -> ${found.hint ?? "-"}`;
}

test("a reference that is not built is no verdict, with why nobody built it", () => {
  const wrong = diagnostic("TS2322", "wrong");
  const expected = "b.ts refers to a project that has not been built: gone -> npx tsc -b";
  for (const code of ["TS6305", "TS6306", "TS6310"])
    expect(fault([wrong, diagnostic(code, "gone", "b.ts")])).toBe(expected);
  expect(fault([wrong])).toBeUndefined();
  const why = new AssayError("config-invalid", "it would write");
  const workspace = temporaryWorkspace({ "package.json": "{}" });
  expect(environmentFault(workspace, [diagnostic("TS6305", "gone")], why)).toBe(why);
  expect(environmentFault(workspace, [wrong], why)).toBeUndefined();
  expect(environmentFault(workspace, [{ ...diagnostic("TS6305", "gone"), path: null }], null)?.message).toBe(
    "tsconfig.json refers to a project that has not been built: gone",
  );
});

test("a package of the workspace that is to be built first is no fault of who imports it", () => {
  const missing = diagnostic("TS2307", "Cannot find module 'lib' or its types. (TS2307)");
  const built = "types can't be checked before lib is built: what its package.json points to is not there";
  expect(fault([missing])).toBe(`${built} -> npm run build --workspace lib`);
  expect(fault([diagnostic("TS7016", "for module 'lib/sub'.")])).toContain(built);
  expect(fault([diagnostic("TS2322", "module 'lib'")])).toBeUndefined();
  for (const name of ["library", "other", "./lib"])
    expect(fault([diagnostic("TS2307", `Cannot find module '${name}'`)])).toBeUndefined();
  expect(fault([diagnostic("TS2307", "Cannot find module 'other'"), missing])).toContain(built);
});

test("what a package points to is looked for in all of its fields, and one that is there is enough", () => {
  const missing = [diagnostic("TS2307", "Cannot find module 'lib'")];
  const isFault = (lib: object): boolean => fault(missing, { main: undefined, ...lib }) !== undefined;
  for (const field of ["exports", "types", "typings", "main", "module"])
    expect([field, isFault({ [field]: "./dist/a.mjs" }), isFault({ [field]: "./src/index.ts" })]).toEqual([
      field,
      true,
      false,
    ]);
  expect(isFault({ exports: { ".": { types: "./dist/a.d.ts", default: ["./x", 1, null] } } })).toBe(true);
  expect(isFault({ exports: { ".": { types: "./dist/a.d.ts", source: "./src/index.ts" } } })).toBe(false);
  expect([isFault({}), isFault({ exports: "./dist/*.js" }), isFault({ main: "data.json" })]).toEqual([
    false,
    false,
    false,
  ]);
});

test("the way out is the build of that package, as its manager calls it", () => {
  const missing = [diagnostic("TS2307", "Cannot find module 'lib'")];
  const hint = (manager: PackageManager, lib: object = {}): string | undefined =>
    fault(missing, lib, manager)?.split(" -> ")[1];
  expect(hint("pnpm")).toBe("pnpm --filter lib... run build");
  expect(hint("yarn")).toBe("yarn workspace lib run build");
  expect(hint("bun")).toBe("bun run --filter lib build");
  expect(hint("npm", { scripts: {} })).toBe("npm run prepare --workspace lib");
});
