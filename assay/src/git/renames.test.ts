import { afterEach, expect, test } from "vitest";
import { openRepository } from "./repository.ts";
import { readRevision } from "./revision.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const made: TestRepository[] = [];

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove();
});

type Files = Readonly<Record<string, string | Buffer>>;

/** `old => new` for each rename, `-old` and `+new` for each file that is none, when `before` becomes `after`. */
async function renames(before: Files, after: Files): Promise<string[]> {
  const repository = makeRepository({ "kept.txt": "kept\n", ...before });
  made.push(repository);
  repository.git("switch", "--quiet", "--create", "feature");
  for (const path of Object.keys(before)) repository.delete(path);
  for (const [path, content] of Object.entries(after)) repository.write(path, content);
  const { diff } = await readRevision(await openRepository(repository.root), { requested: "main", configured: null });
  return diff.changes.map(({ kind, path, previousPath }) =>
    kind === "renamed" ? `${previousPath} => ${path}` : `${kind === "deleted" ? "-" : "+"}${path}`,
  );
}

const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join("");
const ten = lines("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
const binary = Buffer.from([0, 1, 2]);

const cases: readonly (readonly [string, Files, Files, readonly string[]])[] = [
  [
    "an equal binary file is one, wherever it went",
    { "a/x.bin": binary },
    { "b/y.bin": binary },
    ["a/x.bin => b/y.bin"],
  ],
  [
    "each of several equal files is paired once",
    { "a.bin": binary, "b.bin": binary },
    { "c.bin": binary, "d.bin": binary, "e.bin": binary },
    ["a.bin => c.bin", "b.bin => d.bin", "+e.bin"],
  ],
  [
    "of equal files one in the same folder goes first",
    { "a/x.bin": binary, "b/x.bin": binary },
    { "b/y.bin": binary },
    ["-a/x.bin", "b/x.bin => b/y.bin"],
  ],
  [
    "the most similar file is the origin, and no other",
    { "a.ts": ten.replace("1\n2\n3\n", "one\ntwo\nthree\n"), "b.ts": ten },
    { "c.ts": ten.replace("1\n", "one\n") },
    ["-a.ts", "b.ts => c.ts"],
  ],
  [
    "of equally similar files the one with the same name is the origin",
    { "a/x.ts": ten.replace("1\n", "a\n"), "b/y.ts": ten.replace("1\n", "b\n") },
    { "c/y.ts": ten.replace("1\n", "c\n") },
    ["-a/x.ts", "b/y.ts => c/y.ts"],
  ],
  ["half of the larger file is enough", { "a.ts": "x\ny\n" }, { "b.ts": "x\ny\nabcd\n" }, ["a.ts => b.ts"]],
  ["less is not", { "a.ts": "x\ny\n" }, { "b.ts": "x\ny\nabcde\n" }, ["-a.ts", "+b.ts"]],
  ["a part of something large is none", { "a.ts": "1\n2\n" }, { "b.ts": ten + ten }, ["-a.ts", "+b.ts"]],
  [
    "lines that repeat count each time",
    { "a.ts": `${"x\n".repeat(20)}1\n` },
    { "b.ts": `${"x\n".repeat(20)}2\n` },
    ["a.ts => b.ts"],
  ],
  ["an empty file is none", { "a.ts": "" }, { "b.ts": "" }, ["-a.ts", "+b.ts"]],
  [
    "a file with another extension is none",
    { "a.md": ten, "b.ts": "b\n" },
    { "c.ts": `${ten}11\n`, "d.md": "d\n" },
    ["-a.md", "-b.ts", "+c.ts", "+d.md"],
  ],
  ["files without an extension may be", { "a.b/LICENSE": ten }, { COPYING: `${ten}11\n` }, ["a.b/LICENSE => COPYING"]],
  [
    "a binary file that was changed too is none",
    { "a.bin": `\0${ten}` },
    { "b.bin": `\0${ten}11\n` },
    ["-a.bin", "+b.bin"],
  ],
];

test.each(cases)("%s", async (_, before, after, expected) => {
  const seen = await renames(before, after);
  expect(seen.toSorted()).toEqual(expected.toSorted());
});

test("files up to a mebibyte are compared", async () => {
  const text = (size: number, last: string) => `${"0123456\n".repeat(size / 8 - 1)}${last.padEnd(7)}\n`;
  const most = 1024 * 1024;
  expect(await renames({ "a.ts": text(most, "a") }, { "b.ts": text(most, "b") })).toEqual(["a.ts => b.ts"]);
  expect(await renames({ "a.ts": text(most + 8, "a") }, { "b.ts": text(most, "b") })).toEqual(["-a.ts", "+b.ts"]);
});

test("of very many files only those with equal names are compared", async () => {
  const files = (folder: string, count: number, text: (at: number) => string) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${folder}/${at}.ts`, text(at)]));
  const others = (count: number) => ({
    ...files("gone", count - 2, (at) => `gone ${at}\n`),
    "old/name.ts": ten,
    "old/same.ts": ten + ten,
  });
  const after = {
    ...files("came", 198, (at) => `came ${at} and so on\n`),
    "new/other.ts": `${ten}11\n`,
    "new/same.ts": `${ten}${ten}11\n`,
  };
  const found = (seen: readonly string[]) => seen.filter((line) => line.includes("=>"));
  expect(found(await renames(others(200), after))).toEqual([
    "old/name.ts => new/other.ts",
    "old/same.ts => new/same.ts",
  ]);
  expect(found(await renames(others(201), after))).toEqual(["old/same.ts => new/same.ts"]);
});
