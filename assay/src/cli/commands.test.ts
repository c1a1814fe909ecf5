import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestRepository } from "../git/test-repository.ts";
import { answerOf, refusalOf, repositoryOf } from "./testing/answer.ts";

const library = {
  "package.json": '{ "name": "library", "type": "module" }\n',
  "src/sum.js": "export const sum = (a, b) => a + b;\n",
  "src/twice.js": 'import { sum } from "./sum.js";\nexport const twice = (a) => sum(a, a);\n',
};

/** `src/sum.js` is edited. */
function edited(files: Readonly<Record<string, string>> = {}): TestRepository {
  const repository = repositoryOf({ ...library, ...files });
  repository.write("src/sum.js", "export const sum = (a, b) => b + a;\n");
  return repository;
}

function withoutBase(): TestRepository {
  const repository = edited();
  repository.git("branch", "--move", "work");
  return repository;
}

const ownCheck = (id: string, script: string): string =>
  `[[check]]\nid = "${id}"\ncommand = ["node", "-e", ${JSON.stringify(script)}]\n`;

const main = ["--base", "main"];

test("scope says of everything that is affected why", async () => {
  const { envelope, text } = await answerOf(edited(), ["scope", ...main]);
  expect(envelope).toMatchObject({ command: "assay scope", ok: true });
  expect(envelope.result).toMatchObject({
    scope: { changed_files: 1, direct_scopes: ["library"], fallback: null },
    everything: false,
    scopes: [{ name: "library", why: "src/sum.js changed" }],
    packages: [],
    files: [
      { path: "src/sum.js", why: "changed" },
      { path: "src/twice.js", why: "imports src/sum.js" },
    ],
    omitted_files: 0,
  });
  const [base, ...lines] = text.split("\n");
  expect(base).toMatch(/^base: main \(merge base [0-9a-f]{12}\)$/);
  expect(lines).toEqual([
    "change: 1 file",
    "scopes: ",
    "  library: src/sum.js changed",
    "files:",
    "  src/sum.js: changed",
    "  src/twice.js: imports src/sum.js",
    "",
  ]);
});

test("scope says why everything is affected, and which packages are as a whole", async () => {
  const repository = edited();
  repository.write("package.json", '{ "name": "library", "type": "commonjs" }\n');
  const { envelope, text } = await answerOf(repository, ["scope", ...main]);
  expect(envelope.result).toMatchObject({ everything: true });
  expect(text).toMatch(/^everything is affected \(\S+\): /m);
});

test("scope names the packages in which anything may depend on the change, and the root by a dot", async () => {
  const repository = repositoryOf({
    "package.json": '{ "name": "root", "workspaces": ["packages/*"] }\n',
    "packages/a/package.json": '{ "name": "a" }\n',
  });
  for (const path of ["limits.json", "packages/a/limits.json"]) repository.write(path, "{}\n");
  const { envelope, text } = await answerOf(repository, ["scope", ...main]);
  const why = (path: string): string => `nothing imports ${path}, so anything may depend on it`;
  expect(envelope.result).toMatchObject({
    packages: [
      { path: "", why: why("limits.json") },
      { path: "packages/a", why: why("packages/a/limits.json") },
    ],
  });
  expect(text).toContain(
    `whole packages:\n  .: ${why("limits.json")}\n  packages/a: ${why("packages/a/limits.json")}\n`,
  );
});

test("scope lists two hundred files and counts the others", async () => {
  const repository = repositoryOf(library);
  for (let file = 0; file < 201; file++) repository.write(`src/new/${file}.js`, "export {};\n");
  const { envelope, text } = await answerOf(repository, ["scope", ...main]);
  expect(envelope.result).toMatchObject({ omitted_files: 1, files: { length: 200 } });
  expect(text).toMatch(/\n {2}and 1 more\n$/);
});

test("without a change, and without a base, scope says so", async () => {
  const { envelope, text } = await answerOf(repositoryOf(library), ["scope", ...main]);
  expect(envelope.result).toMatchObject({ everything: false, files: [], scopes: [] });
  expect(text).toMatch(/\nchange: 0 files\nscopes: none\n$/);
  const lost = await answerOf(withoutBase(), ["scope"]);
  expect(lost.text).toMatch(/^base: none: no base branch: no remote, and no local main or master; pass --base REV\n/);
});

test("plan names what a loop would run, skip and not be able to plan, and runs none of it", async () => {
  const repository = edited({ "assay.toml": ownCheck("trace", "fs.writeFileSync('ran', '')") });
  const { envelope, text } = await answerOf(repository, ["plan", ...main, "--only", "trace,types,focused-test"]);
  expect(Reflect.get(envelope.result, "plan")).toEqual([
    { id: "types", work: [expect.stringMatching(/^skipped, /)] },
    { id: "focused-test", work: ["focused-test"] },
    { id: "trace", work: [expect.stringMatching(/^node -e /)] },
  ]);
  expect(text).toMatch(/^types: skipped, .+\nfocused-test: focused-test\ntrace: node -e .+\n$/);
  expect(existsSync(join(repository.root, "ran"))).toBe(false);
  const lost = await answerOf(withoutBase(), ["plan", "--only", "focused-test"]);
  expect(lost.text).toMatch(/^focused-test: can not be planned: /);
});

test("doctor names what it found, what is not installed and what is missing", async () => {
  const manifest = '{ "name": "library", "devDependencies": { "typescript": "5" } }\n';
  const repository = edited({ "package.json": manifest, "assay.toml": "", "tsconfig.json": "{}" });
  const { envelope, text } = await answerOf(repository, ["doctor"]);
  const doctor = envelope["doctor" as keyof typeof envelope];
  expect(doctor).toMatchObject({
    manager: "npm",
    packages: [{ name: "library", dir: "" }],
    files: 5,
    configured: true,
    tools: [{ tool: "tsc", role: "types", dir: "", version: null }],
    missing_roles: ["format", "lint", "tests"],
  });
  const lines = text.split("\n");
  expect(lines[0]).toMatch(/^assay \d+\.\d+\.\d+\S*, Node v\d+/);
  expect(lines[1]).toBe(`repository: ${repository.root}`);
  expect(lines[2]).toMatch(/^base: .+(?:merge base [0-9a-f]{12}|; try: .+)$/);
  expect(lines.slice(3, 5)).toEqual(["packages: 1 (npm), 5 files", "assay.toml: yes"]);
  expect(lines[5]).toMatch(/^✘ types: tsc in \. is declared \(.+\) but not installed; try: npm install$/);
  expect(lines.slice(6)).toEqual([
    "- no tool for format was found",
    "- no tool for lint was found",
    "- no tool for tests was found",
    "",
  ]);
});

test("doctor names the runs of tests that no check runs", async () => {
  const manifest = '{ "name": "library", "scripts": { "test": "node --test", "e2e": "playwright test" } }\n';
  const { envelope, text } = await answerOf(repositoryOf({ "package.json": manifest }), ["doctor"]);
  expect(text).toContain(
    '- not run: "e2e": "playwright test" in . is no part of the test script; if it is to be, name it in a [[check]] of assay.toml\n',
  );
  const doctor = envelope["doctor" as keyof typeof envelope];
  expect(doctor).toMatchObject({ not_run: [{ dir: "", script: '"e2e": "playwright test"' }] });
});

test("doctor names the base, a clone that is shallow, and each tool once", async () => {
  const manifest = '{ "name": "library", "scripts": { "test": "node check.js" } }\n';
  const repository = repositoryOf({ "package.json": manifest });
  const commit = repository.git("rev-parse", "HEAD");
  repository.write(".git/shallow", `${commit}\n`);
  repository.git("switch", "--quiet", "--create", "feature");
  const { text } = await answerOf(repository, ["doctor"]);
  const [, place, base, ...lines] = text.split("\n");
  expect([place, base]).toEqual([
    `repository: ${repository.root} (shallow)`,
    `base: main, merge base ${commit.slice(0, 12)}`,
  ]);
  expect(lines.filter((line) => line.startsWith("✔"))).toEqual([
    expect.stringMatching(/^✔ tests: \S+(?: \S+)* in \. \(.*node check\.js.*\)$/),
  ]);
  expect(lines.filter((line) => line.startsWith("- no tool for "))).toEqual(
    ["format", "lint", "types"].map((role) => `- no tool for ${role} was found`),
  );
});

test("doctor shows a script by its text", async () => {
  const manifest = '{ "name": "library", "scripts": { "test": "node check.js" } }\n';
  const { text } = await answerOf(repositoryOf({ "package.json": manifest }), ["doctor"]);
  expect(text).toMatch(/^✔ tests: \S.* in \. \(.*node check\.js.*\)$/m);
  expect(text).toContain("\nassay.toml: no, not needed\n");
});

test("explain tells what assay.toml says of a check of the project's own", async () => {
  const repository = repositoryOf({
    ...library,
    "assay.toml": ownCheck("trace", "1").replace("\n", '\nincident = "It was lost."\n'),
  });
  const { envelope, text } = await answerOf(repository, ["explain", "trace"]);
  expect(text).toContain("It was lost.");
  expect(envelope).toMatchObject({ command: "assay explain", page: text });
});

test("explain names the checks there are, the project's own first", async () => {
  const repository = repositoryOf({ ...library, "assay.toml": ownCheck("trace", "1") });
  const { code, message, hint } = await refusalOf(answerOf(repository, ["explain", "tracing"]));
  expect([code, hint]).toEqual(["usage", "assay explain format"]);
  expect(message).toMatch(/^"tracing" is not a check; there are trace, format, /);
  repository.write("assay.toml", "checks = 1\n");
  expect((await refusalOf(answerOf(repository, ["explain", "tracing"]))).code).toBe("config-invalid");
});

test("explain needs no repository to say which checks there are", async () => {
  const outside = { ...repositoryOf({}), root: "/" };
  expect((await refusalOf(answerOf(outside, ["explain", "tracing"]))).code).toBe("usage");
});

test("where nothing changed a loop does not look at anything", async () => {
  const { envelope, progress } = await answerOf(repositoryOf(library), ["loop", ...main]);
  expect([envelope.ok, envelope.result.summary.total, progress]).toEqual([true, 0, []]);
  const asked = await answerOf(repositoryOf(library), ["loop", ...main, "--only", "focused-test"]);
  expect(asked.envelope.result.checks).toMatchObject([{ id: "focused-test", status: "skip" }]);
});

test("a guard that finds something fails the loop", async () => {
  const repository = edited();
  repository.write("src/sum.test.js", 'import { test } from "vitest";\ntest.only("a", () => {});\n');
  const { envelope, text } = await answerOf(repository, ["loop", ...main, "--only", "focused-test"]);
  expect(envelope).toMatchObject({ ok: false, exit_code: 1, command: "assay loop", error: null });
  expect(envelope.result.checks).toMatchObject([{ id: "focused-test", status: "fail" }]);
  expect(text).toContain("src/sum.test.js:2");
});

test("a pass is replayed by the loop and never by the gate", async () => {
  const manifest = '{ "name": "library", "type": "module", "scripts": { "lint": "node --version" } }\n';
  const repository = edited({ "package.json": manifest });
  const cachedBy = async (command: string): Promise<unknown> => {
    const { envelope, progress, warnings } = await answerOf(repository, [command, ...main, "--only", "lint"]);
    return [envelope.result.checks.map(({ status, cached }) => `${status} ${cached}`), progress.length, warnings];
  };
  expect(await cachedBy("loop")).toEqual([["pass false"], 1, []]);
  expect(await cachedBy("loop")).toEqual([["pass true"], 1, []]);
  expect(await cachedBy("gate")).toEqual([["pass false"], 1, []]);
});

test("what writes into the tree is told of, and what rewrites it leaves no verdict", async () => {
  const repository = edited({ "assay.toml": ownCheck("trace", "fs.writeFileSync('ran', '')") });
  const added = await answerOf(repository, ["loop", ...main, "--only", "trace"]);
  expect([added.envelope.ok, added.warnings]).toEqual([
    true,
    ["ran appeared while checks ran; no check has seen them."],
  ]);
  writeFileSync(join(repository.root, "assay.toml"), ownCheck("trace", "fs.appendFileSync('src/sum.js', '//')"));
  const { envelope } = await answerOf(repository, ["loop", ...main, "--only", "trace"]);
  expect(envelope).toMatchObject({ ok: false, exit_code: 2, error: { code: "interrupted" } });
});

test("a loop that has no time left starts nothing, and says what is left", async () => {
  const repository = edited({ "assay.toml": ownCheck("trace", "fs.writeFileSync('ran', '')") });
  const { envelope } = await answerOf(repository, ["loop", ...main, "--only", "trace", "--budget", "0.000001"]);
  expect(envelope.result.checks).toMatchObject([{ id: "trace", status: "deferred" }]);
  expect(existsSync(join(repository.root, "ran"))).toBe(false);
});

test("an interruption is no verdict", async () => {
  const abort = new AbortController();
  abort.abort(new Error("Interrupted by SIGINT"));
  const { envelope } = await answerOf(edited(), ["loop", ...main, "--only", "focused-test"], abort.signal);
  expect(envelope).toMatchObject({ exit_code: 2, error: { code: "interrupted", message: "Interrupted by SIGINT" } });
});

test("a check is left out by assay.toml or on request, and both are said", async () => {
  const repository = edited({ "assay.toml": '[checks]\noff = ["focused-test"]\n' });
  const { envelope } = await answerOf(repository, [
    "loop",
    ...main,
    "--only",
    "focused-test,any-type",
    "--except",
    "any-type",
  ]);
  expect(envelope.result.checks).toMatchObject([
    { id: "any-type", status: "skip", details: ["left out by --except"] },
    { id: "focused-test", status: "skip", details: ["off in assay.toml"] },
  ]);
});

test("guards are all that run nothing, and those that are off by default run where they are named", async () => {
  const repository = edited({ "assay.toml": ownCheck("trace", "1") });
  const idsOf = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { envelope } = await answerOf(repository, ["plan", ...main, ...argv]);
    return (Reflect.get(envelope.result, "plan") as readonly { id: string }[]).map(({ id }) => id);
  };
  const [all, guards] = [await idsOf(), await idsOf("--only", "guards")];
  expect([
    all.includes("trace"),
    all.includes("types"),
    all.includes("focused-test"),
    all.includes("repeated-command"),
  ]).toEqual([true, true, true, false]);
  expect([guards.includes("trace"), guards.includes("types"), guards.includes("focused-test")]).toEqual([
    false,
    false,
    true,
  ]);
  expect(await idsOf("--only", "guards,trace")).toEqual([...guards, "trace"]);
  repository.write("assay.toml", '[checks]\non = ["repeated-command"]\n');
  expect(await idsOf("--only", "guards")).toContain("repeated-command");
});

test("a check that a command does not have is a usage error that lists those it has", async () => {
  const { code, message, hint } = await refusalOf(answerOf(edited(), ["loop", ...main, "--only", "nonsense"]));
  expect([code, hint]).toEqual(["usage", "assay loop --help"]);
  expect(message).toMatch(
    /^loop has no check "nonsense"; it has .*focused-test.*, and "guards" for all that run nothing$/,
  );
  expect((await refusalOf(answerOf(edited(), ["gate", ...main, "--except", "guards"]))).code).toBe("usage");
});

test("the suggested command repeats what was asked for", async () => {
  const repository = edited();
  repository.write("src/sum.test.js", 'import { test } from "vitest";\ntest.only("a", () => {});\n');
  const { envelope } = await answerOf(repository, ["loop", ...main, "--only", "focused-test"]);
  expect(envelope.next_actions[0]?.command).toBe("assay loop --only focused-test --base main");
});
