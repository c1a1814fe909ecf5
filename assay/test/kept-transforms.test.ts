// What vitest made of modules is used again in the loop, and never where it could be wrong.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptRepository } from "./kept-repository.ts";
import { assay, smallPackage, statusOf, type TestRepository } from "./repository.ts";

const importer = {
  "src/sum.ts": 'import { one } from "./one";\n\nexport function sum(a: number): number {\n  return a + one;\n}\n',
  "src/one.ts": "export const one = 1;\n",
  "src/sum.test.ts":
    'import { expect, test } from "vitest";\nimport { sum } from "./sum";\n\ntest("adds one", () => {\n  expect(sum(1)).toBe(2);\n});\n',
};

/** A change that the loop has tested once. */
async function tested(files: Readonly<Record<string, string>> = {}): Promise<TestRepository> {
  const repository = keptRepository({ ...smallPackage, ...importer, ...files });
  repository.write({ "src/sum.ts": `${importer["src/sum.ts"]}\n` });
  expect(await tests(repository)).toBe("pass");
  return repository;
}

async function tests(repository: TestRepository): Promise<string | undefined> {
  const { envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  return statusOf(envelope, "tests");
}

/** Modules that were kept, over all grounds. */
function kept({ root }: TestRepository): number {
  const dir = join(root, ".git/assay/transforms");
  const grounds = existsSync(dir) ? readdirSync(dir) : [];
  return grounds.reduce((sum, ground) => sum + readdirSync(join(dir, ground)).length, 0);
}

test.concurrent("an edit is tested as it is, with the line of the failure", async () => {
  const repository = await tested();
  expect(kept(repository)).toBeGreaterThan(2);
  repository.write({ "src/sum.ts": importer["src/sum.ts"].replace("a + one", "a - one") });
  const { envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect(envelope.result.checks[0]?.details[0]).toMatch(/^src\/sum\.test\.ts:5 adds one: .*expected \+?0 to be 2/);
});

test.concurrent("a file that takes over an import is seen, though the importer is as it was", async () => {
  const repository = await tested();
  expect(kept(repository)).toBeGreaterThan(2);
  repository.write({ "src/one.js": "export const one = 5;\n" });
  expect(await tests(repository)).toBe("fail");
});

test.concurrent("a module under another name is found", async () => {
  const repository = await tested();
  expect(kept(repository)).toBeGreaterThan(2);
  repository.git("mv", "src/one.ts", "src/one.mts");
  repository.write({ "src/one.mts": "export const one = 1;\n" });
  expect(await tests(repository)).toBe("pass");
});

test.concurrent("where a plugin may read other files nothing is kept", async () => {
  const plugin = `import { readFileSync } from "node:fs";
const inline = {
  name: "inline",
  transform: (code, id) => (id.endsWith("one.ts") ? code.replace("1", readFileSync("value.txt", "utf8").trim()) : null),
};
export default { plugins: [inline] };
`;
  const repository = await tested({ "vitest.config.mjs": plugin, "value.txt": "1\n" });
  expect(kept(repository)).toBe(0);
  repository.write({ "value.txt": "2\n" });
  expect(await tests(repository)).toBe("fail");
});

test.concurrent("nor where the configuration of a project has one, whatever it is called", async () => {
  const repository = await tested({
    "vitest.config.mjs": 'export default { test: { projects: ["./vitest.config.unit.mjs"] } };\n',
    "vitest.config.unit.mjs": 'export default { plugins: [{ name: "none" }] };\n',
  });
  expect(kept(repository)).toBe(0);
});

test.concurrent("what was made is forgotten where a test has built what git ignores", async () => {
  const builder =
    'import { mkdirSync, writeFileSync } from "node:fs";\nimport { expect, test } from "vitest";\nimport { sum } from "./sum";\n\ntest("builds", () => {\n  mkdirSync("dist", { recursive: true });\n  writeFileSync("dist/made.js", String(Math.random()));\n  expect(sum(1)).toBe(2);\n});\n';
  const repository = await tested({ ".gitignore": "node_modules\ndist\n", "src/builder.test.ts": builder });
  expect(kept(repository)).toBe(0);
});

test.concurrent("the gate makes everything itself", async () => {
  const repository = keptRepository({ ...smallPackage, ...importer });
  repository.write({ "src/sum.ts": `${importer["src/sum.ts"]}\n` });
  const { envelope } = await assay(repository, "gate", "--base", "main", "--only", "tests");
  expect([statusOf(envelope, "tests"), kept(repository)]).toEqual(["pass", 0]);
});

test.concurrent("what was made while files came and went is forgotten", async () => {
  const writer =
    'import { writeFileSync } from "node:fs";\nimport { expect, test } from "vitest";\nimport { sum } from "./sum";\n\ntest("writes", () => {\n  writeFileSync("src/made.ts", "");\n  expect(sum(1)).toBe(2);\n});\n';
  const repository = await tested({ "src/writer.test.ts": writer });
  expect(kept(repository)).toBe(0);
});
