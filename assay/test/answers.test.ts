import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readEnvelope } from "../src/index.ts";
import { assay, gitRepository, smallPackage } from "./repository.ts";

test("the demo tells the whole story and removes its repository", async () => {
  const { exitCode, envelope } = await assay(gitRepository(smallPackage), "demo");
  expect(envelope["steps"]).toEqual([
    { command: "assay loop --base main", exit_code: 0 },
    { command: "assay mutate --base main", exit_code: 1 },
    { command: "assay mutate --base main", exit_code: 0 },
    { command: "assay gate --base main", exit_code: 0 },
  ]);
  expect(exitCode).toBe(0);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("assay-demo-"))).toEqual([]);
});

test("scope says of every scope and file why it is affected", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({ "src/sum.ts": "export const sum = 1;\n" });
  const { envelope } = await assay(repository, "scope", "--base", "main");
  expect(envelope.result).toMatchObject({
    scope: { changed_files: 1, expanded_scopes: ["small"], fallback: null },
    everything: false,
    scopes: [{ name: "small", why: "src/sum.ts changed" }],
    files: [
      { path: "src/sum.ts", why: "changed" },
      { path: "src/sum.test.ts", why: "imports src/sum.ts" },
    ],
  });
});

test("plan names the work of a loop and starts none of it", async () => {
  const repository = gitRepository({
    ...smallPackage,
    "assay.toml": '[[check]]\nid = "trace"\ncommand = ["touch", "ran"]\nin = ["loop"]\n',
  });
  repository.write({ "src/sum.ts": "export const sum = 1;\n" });
  const { envelope } = await assay(repository, "plan", "--base", "main");
  expect(Reflect.get(envelope.result, "plan")).toContainEqual({ id: "trace", work: ["touch ran"] });
  expect(readdirSync(repository.root)).not.toContain("ran");
});

test("doctor names each tool with its evidence, and what is missing", async () => {
  const { exitCode, envelope } = await assay(gitRepository(smallPackage), "doctor");
  const { tools, missing_roles } = envelope["doctor"] as {
    tools: { tool: string; role: string; evidence: string }[];
    missing_roles: string[];
  };
  expect(tools.map(({ role, tool }) => [role, tool])).toEqual([
    ["lint", "oxlint"],
    ["types", "tsc"],
    ["tests", "vitest"],
  ]);
  for (const { evidence } of tools) expect(evidence).not.toBe("");
  expect([exitCode, missing_roles]).toEqual([0, ["format"]]);
});

test("explain prints the page of a check, as text or in an envelope", async () => {
  const repository = gitRepository({}, { tools: false });
  expect((await assay(repository, "explain", "focused-test", "--pretty")).stdout).toMatch(
    /^# focused-test\n\nA focused test hides/,
  );
  expect((await assay(repository, "explain", "tests")).envelope["page"]).toMatch(/^# tests\n/);
});

test("every answer is an envelope that the published reader accepts", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({ "src/sum.ts": "export const sum = 1;\n" });
  for (const args of [
    ["loop"],
    ["mutate"],
    ["gate", "--base", "main"],
    ["scope"],
    ["plan"],
    ["doctor"],
    ["nonsense"],
  ]) {
    const { envelope, exitCode } = await assay(repository, ...args);
    expect(readEnvelope(envelope)).toMatchObject({ schema: "assay/1", exit_code: exitCode });
  }
});

test("the package has what it needs and nothing of ours that is private", () => {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as [{ files: { path: string }[] }];
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      "dist/cli.js",
      "dist/index.js",
      "dist/types/index.d.ts",
      "dist/mutation-vitest.js",
      "dist/mutation-types.js",
      "dist/mutation-vitest-runner.js",
      "dist/reporters/vitest.cjs",
      "dist/docs/checks/tests.md",
      "schema/envelope.json",
      "schema/assay-toml.json",
      "package.json",
    ]),
  );
  expect(paths.filter((path) => /^(?:src|test)\//.test(path))).toEqual([]);
});
