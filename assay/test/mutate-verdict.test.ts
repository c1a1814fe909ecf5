import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

function detailsOf(envelope: Awaited<ReturnType<typeof assay>>["envelope"]): readonly string[] {
  return envelope.result.checks.find(({ id }) => id === "mutation")?.details ?? [];
}

/** A branch that adds these files to a small package. */
function branch(files: Readonly<Record<string, string>>): TestRepository {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit(files);
  return repository;
}

function suite(imports: string, from: string, body: string): string {
  return `import { expect, test } from "vitest";\nimport { ${imports} } from "${from}";\n\ntest("it", () => {\n  ${body}\n});\n`;
}

test("a change that is verified where it is executed passes, though a branch of it is not executed", async () => {
  const repository = branch({
    "src/sign.ts":
      'export function sign(x: number): string {\n  if (x < 0) {\n    throw new RangeError("x");\n  }\n  return "plus";\n}\n',
    "src/sign.test.ts": suite("sign", "./sign.ts", 'expect([sign(0), sign(1)]).toEqual(["plus", "plus"]);'),
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  expect(detailsOf(envelope)).toEqual([expect.stringMatching(/ killed; no test executes src\/sign\.ts:3$/)]);
});

test("a line that no test executes fails the change that adds it, though the rest is verified", async () => {
  const repository = branch({
    "src/sign.ts":
      'export function sign(x: number): string {\n  if (x < 0) {\n    return "minus";\n  }\n  return "plus";\n}\n',
    "src/sign.test.ts": suite("sign", "./sign.ts", 'expect([sign(0), sign(1)]).toEqual(["plus", "plus"]);'),
  });
  const { exitCode, envelope } = await assay(repository, "mutate", "--only", "mutation");
  expect([exitCode, detailsOf(envelope)]).toEqual([
    1,
    [
      "src/sign.ts:3 no test executes this changed line; add one that does",
      expect.stringMatching(/^\d mutants? killed$/),
    ],
  ]);
});

test("code that only a child process executes is told from code without tests", async () => {
  const repository = branch({
    "src/main.js": "console.log(40 + 2);\n",
    "src/main.test.ts": `import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("prints", () => {
  const main = new URL("./main.js", import.meta.url);
  expect(execFileSync(process.execPath, [main.pathname], { encoding: "utf8" })).toBe("42\\n");
});
`,
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, detailsOf(envelope)]).toEqual([
    1,
    [
      "src/main.js:1 no test executes this changed line in its own process (what src/main.test.ts starts in others is not seen); add one that imports it",
    ],
  ]);
});

test("survivors that the repository's compiler refuses do not block", async () => {
  const tested = {
    "src/kind.ts":
      'export type Kind = "text" | "number";\nconst kindOf = (size: number): Kind => (size > 1 ? "text" : "number");\nexport const isNumber = (size: number) => kindOf(size) === "number";\n',
    "src/kind.test.ts": suite("isNumber", "./kind.ts", "expect([isNumber(2), isNumber(1)]).toEqual([false, true]);"),
  };
  const untyped = await assay(branch({ ...tested, "tsconfig.json": '{ "files": [] }\n' }), "mutate");
  expect([untyped.exitCode, detailsOf(untyped.envelope).join("\n")]).toEqual([1, expect.stringContaining('""')]);
  const typed = await assay(branch(tested), "mutate");
  expect([typed.exitCode, detailsOf(typed.envelope)]).toEqual([
    0,
    [expect.stringMatching(/^\d mutants? killed, \d refused by the compiler$/)],
  ]);
});

test("every detail fits, with what a killing test must show in it", async () => {
  const path = `src/${"deep/".repeat(6)}${"long-name-".repeat(4)}`;
  const repository = branch({
    [`${path}.ts`]:
      "export const rate = (readings: readonly number[], lowestAcceptable: number, highestAcceptable: number) =>\n  readings.filter((reading) => reading >= lowestAcceptable && reading <= highestAcceptable).length / readings.length;\n",
    [`${path}.test.ts`]: suite("rate", `./${"long-name-".repeat(4)}.ts`, "expect(rate([1], 0, 2)).toBeDefined();"),
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, detailsOf(envelope).length > 3]).toEqual([1, true]);
  for (const detail of detailsOf(envelope))
    expect(detail).toMatch(/^src\/.*:\d+ `.*` → `.*` \([a-z-]+ \w+\) survived 1 test; a killing test must show [^…]+$/);
});

test("five runs over the same change give the same verdict", async () => {
  const repository = branch({
    "src/scale.ts":
      "export function scale(values: readonly number[], by: number): number[] {\n  if (by === 1) return [...values];\n  return values.map((value) => value * by + 0);\n}\n",
    "src/scale.test.ts": suite("scale", "./scale.ts", "expect(scale([1, 2], 2)).toHaveLength(2);"),
  });
  const runs: string[] = [];
  for (let run = 0; run < 5; run++) runs.push(detailsOf((await assay(repository, "mutate")).envelope).join("\n"));
  expect([new Set(runs).size, runs[0]?.includes("survived")]).toEqual([1, true]);
});

test("where tests need Yarn's Plug'n'Play it is said why there is no verdict, and what would give one", async () => {
  const manifest = { name: "small", type: "module", scripts: { test: "jest" }, devDependencies: { jest: "30.0.0" } };
  const files = { "package.json": JSON.stringify(manifest), "yarn.lock": "", ".pnp.cjs": "", "src/a.test.js": "" };
  const repository = gitRepository({ ...files, "src/a.js": "export const a = 1;\n" }, { tools: false });
  repository.write({ "src/a.js": "export const a = 2;\n" });
  const { exitCode, envelope } = await assay(repository, "mutate", "--base", "main", "--only", "mutation");
  expect([exitCode, statusOf(envelope, "mutation"), detailsOf(envelope)]).toEqual([
    2,
    "error",
    [expect.stringContaining('("test": "jest") needs Yarn\'s Plug\'n\'Play')],
  ]);
  expect(detailsOf(envelope)[0]).toContain("with `nodeLinker: node-modules` mutants can be tried");
});
