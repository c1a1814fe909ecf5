import { expect, test } from "vitest";
import { permitting } from "./deno-permissions.ts";

const access = { reads: ["/a/switch.cjs", "/a/facts"], writes: ["/a/facts"] };
const reads = "--allow-read=/a/switch.cjs,/a/facts";
const writes = "--allow-write=/a/facts";
const permitted = (command: string): string => permitting(command, access);

test("tests of Deno may read and write what they are watched with, beside what their command allows", () => {
  expect(permitted("deno test")).toBe(`deno test --no-check ${reads} ${writes}`);
  expect(permitted("A=1 npx -y deno test --parallel src/")).toBe(
    `A=1 npx -y deno test --no-check ${reads} ${writes} --parallel src/`,
  );
  expect(permitted("deno test --allow-read=./data -W=out")).toBe(
    `deno test --no-check ${reads} ${writes} --allow-read=./data -W=out`,
  );
  expect(permitted("deno test --allow-env -- --allow-all -A")).toBe(
    `deno test --no-check ${reads} ${writes} --allow-env -- --allow-all -A`,
  );
});

test("a flag that allows everything is left as it is", () => {
  for (const flags of ["-A", "--allow-all src", "-qA", "-RW"])
    expect(permitted(`deno test ${flags}`)).toBe(`deno test --no-check ${flags}`);
  expect(permitted("deno test --allow-read src")).toBe(`deno test --no-check ${writes} --allow-read src`);
  expect(permitted("deno test -R src")).toBe(`deno test --no-check ${writes} -R src`);
  expect(permitted("deno test --allow-write")).toBe(`deno test --no-check ${reads} --allow-write`);
  expect(permitted("deno test -W")).toBe(`deno test --no-check ${reads} -W`);
});

test("other commands are as they were, and paths are quoted for a shell", () => {
  for (const command of ["deno fmt", "deno tests", "mydeno test", "echo deno test", "node --test"])
    expect(permitted(command)).toBe(command);
  expect(permitting("deno test", { reads: ["/a b/it's"], writes: ["/w"] })).toBe(
    `deno test --no-check '--allow-read=/a b/it'\\''s' --allow-write=/w`,
  );
});

test("types are checked where the command says whether they are", () => {
  for (const flag of ["--check", "--no-check", "--no-check=remote", "--check=all"])
    expect(permitted(`deno test -A ${flag}`)).toBe(`deno test -A ${flag}`);
  expect(permitted("deno test -A --checked")).toBe("deno test --no-check -A --checked");
  expect(permitted("deno test -A -- --check")).toBe("deno test --no-check -A -- --check");
});
