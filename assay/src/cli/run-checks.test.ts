import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { TestRepository } from "../git/test-repository.ts";
import { runChecks, type CheckedChange, type RunChecksOptions } from "./run-checks.ts";
import { readSituation, type Situation } from "./situation.ts";
import { answerOf, refusalOf, repositoryOf } from "./testing/answer.ts";

const main = ["--base", "main"];

/** A package whose tests leave a trace that git does not look at. */
const packageNamed = (name: string): Readonly<Record<string, string>> => ({
  [`packages/${name}/package.json`]: `{ "name": "${name}", "type": "module", "scripts": { "test": "node trace.js", "lint": "node --version" } }\n`,
  [`packages/${name}/trace.js`]: 'import { writeFileSync } from "node:fs";\nwriteFileSync("ran", "");\n',
});

/** Two packages, of which one is edited. */
function workspace(files: Readonly<Record<string, string>> = {}): TestRepository {
  const repository = repositoryOf({
    ".gitignore": "ran\n",
    "package.json": '{ "name": "root", "private": true, "workspaces": ["packages/*"] }\n',
    "package-lock.json": '{ "lockfileVersion": 3, "packages": {} }\n',
    ...packageNamed("one"),
    ...packageNamed("two"),
    ...files,
  });
  repository.write("packages/one/index.js", "export const a = 1;\n");
  return repository;
}

const stateOf = ({ root }: TestRepository, name: string): string => join(root, ".git/assay", name);

function hasRun({ root }: TestRepository): readonly boolean[] {
  return ["one", "two"].map((name) => existsSync(join(root, "packages", name, "ran")));
}

test("a loop runs the tests that the change can reach, and the gate all of them", async () => {
  const repository = workspace();
  await answerOf(repository, ["loop", ...main, "--only", "tests"]);
  expect(hasRun(repository)).toEqual([true, false]);
  const { envelope } = await answerOf(repository, ["gate", ...main, "--only", "tests"]);
  expect(hasRun(repository)).toEqual([true, true]);
  expect(envelope.result.checks).toMatchObject([{ id: "tests", status: "pass" }]);
});

test("the gate keeps nothing of what it found out", async () => {
  const repository = workspace();
  await answerOf(repository, ["gate", ...main, "--only", "lint"]);
  expect(existsSync(stateOf(repository, ""))).toBe(false);
  await answerOf(repository, ["loop", ...main, "--only", "lint"]);
  expect(["modules.json", "outcomes"].map((name) => existsSync(stateOf(repository, name)))).toEqual([true, true]);
});

test("where outcomes can't be kept a person is told", async () => {
  const repository = workspace();
  mkdirSync(stateOf(repository, ""));
  repository.write(".git/assay/outcomes", "in its place\n");
  const { envelope, warnings } = await answerOf(repository, ["loop", ...main, "--only", "lint"]);
  expect(envelope.result.checks).toMatchObject([{ id: "lint", status: "pass" }]);
  expect(warnings).toEqual([expect.stringMatching(/^The cache could not be written \(/)]);
});

test("nothing is left among the temporary files", async () => {
  const repository = workspace();
  const dir = mkdtempSync(join(tmpdir(), "assay-temporary-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  vi.stubEnv("TMPDIR", dir);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { envelope } = await answerOf(repository, ["loop", ...main, "--only", "tests"]);
  expect([envelope.result.checks.length, readdirSync(dir)]).toEqual([1, []]);
});

test("a check of another command is none of this one's", async () => {
  const { message } = await refusalOf(answerOf(workspace(), ["loop", ...main, "--only", "mutation"]));
  expect(message).toContain('loop has no check "mutation"; it has ');
});

test("the guard of what assay is told can't be turned off by it", async () => {
  const repository = workspace({ "assay.toml": '[checks]\noff = ["loosened-harness", "focused-test"]\n' });
  const { envelope } = await answerOf(repository, ["loop", ...main, "--only", "loosened-harness,focused-test"]);
  expect(envelope.result.checks.map(({ id, details }) => [id, details.includes("off in assay.toml")])).toEqual([
    ["focused-test", true],
    ["loosened-harness", false],
  ]);
});

/** A loop of these checks, of which `trace` runs a program. */
async function checked(
  program: string,
  only: readonly string[],
  { onSteady, ...changed }: Partial<Situation> & Pick<RunChecksOptions, "onSteady">,
): Promise<CheckedChange> {
  const check = `[[check]]\nid = "trace"\ncommand = ["node", "-e", "${program}"]\n`;
  const { root } = workspace({ "assay.toml": check });
  const situation = { ...(await readSituation({ dir: root, base: "main" })), ...changed };
  return runChecks({
    command: "loop",
    situation,
    choice: { only, except: [] },
    deadline: Infinity,
    signal: new AbortController().signal,
    processes: undefined,
    keyOf: () => null,
    onEvent: () => {},
    ...(onSteady && { onSteady }),
  });
}

test.each<readonly [string, readonly string[], boolean]>([
  ["1", ["trace"], true],
  ["1", ["focused-test"], true],
  ["fs.writeFileSync('new.js', '')", ["trace"], false],
  ["fs.appendFileSync('packages/one/trace.js', '//')", ["trace"], false],
])("while %s ran with %j, nobody has touched a file: %s", async (program, only, isSteady) => {
  const told: (readonly string[])[] = [];
  await checked(program, only, { onSteady: ({ results }) => void told.push(results.map(({ id }) => id)) });
  expect(told).toEqual(isSteady ? [only] : []);
});

test("git is not asked again where everything was only read", async () => {
  const rereadTree: Situation["rereadTree"] = () => Promise.reject(new Error("asked again"));
  const { results } = await checked("1", ["focused-test", "any-type"], { rereadTree });
  expect(results.map(({ status }) => status)).toEqual(["passed", "passed"]);
  await expect(checked("1", ["focused-test", "trace"], { rereadTree })).rejects.toThrow("asked again");
});
