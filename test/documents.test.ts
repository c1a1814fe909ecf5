import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { schemas } from "../assay/src/schemas.ts";

const root = new URL("../", import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

function foldersOf(path: string): readonly string[] {
  return readdirSync(new URL(path, root), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "AGENTS.md",
  "CHANGELOG.md",
  "SECURITY.md",
] as const;

test.each(documents)("every path that %s names exists", (document) => {
  const named = [
    ...read(document).matchAll(/`((?:assay|bench|cotangent|docs|test|\.ci)\/[\w./-]*)`|\]\(([\w./-]+)\)/g),
  ].map(([, code, link]) => code ?? link ?? "");
  const built = /^(?:assay|cotangent\/[^/]*)\/dist/;
  expect(named.filter((path) => !built.test(path) && !existsSync(new URL(path, root)))).toEqual([]);
});

test.each(documents)("every script that %s tells to run exists", (document) => {
  const manifest = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...read(document).matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

test("every folder of the program has a paragraph in ARCHITECTURE.md", () => {
  const text = read("ARCHITECTURE.md");
  expect(foldersOf("assay/src/").filter((name) => !text.includes(`**\`assay/src/${name}/\`**`))).toEqual([]);
});

test("every package of cotangent has a paragraph in ARCHITECTURE.md and is a scope of assay.toml", () => {
  const packages = foldersOf("cotangent/").filter((name) =>
    existsSync(new URL(`cotangent/${name}/package.json`, root)),
  );
  const [text, config] = [read("ARCHITECTURE.md"), read("assay.toml")];
  const missing = packages.filter(
    (name) =>
      !text.includes(`**\`cotangent/${name}/\`**`) ||
      !(config.includes(`"cotangent/${name}/" = "${name}"`) || name === "cotangent"),
  );
  expect(missing).toEqual([]);
  expect(packages.length).toBeGreaterThan(5);
});

test("every folder of the program is a scope of assay.toml", () => {
  const text = read("assay.toml");
  expect(foldersOf("assay/src/").filter((name) => !text.includes(`"assay/src/${name}/" = "${name}"`))).toEqual([]);
});

test.each(Object.entries(schemas))("the published schema %s is today's", (name, schema) => {
  expect(JSON.parse(read(`assay/schema/${name}.json`))).toEqual(JSON.parse(JSON.stringify(schema)));
});
