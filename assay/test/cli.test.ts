import { expect, test } from "vitest";
import { assay, gitRepository } from "./repository.ts";

test("every command has a help text that names its options", async () => {
  const repository = gitRepository({}, { tools: false });
  const { stdout } = await assay(repository, "--help");
  const names = [...stdout.matchAll(/^ {2}([a-z]+)(?: [A-Z]+)? {2,}/gm)].map((match) => match[1] ?? "");
  expect(names).toEqual(expect.arrayContaining(["loop", "mutate", "gate", "scope", "doctor", "explain", "demo"]));
  for (const name of names) {
    const help = await assay(repository, name, "--help");
    expect([name, help.exitCode]).toEqual([name, 0]);
    expect(help.stdout).toContain(`usage: assay ${name}`);
  }
});

const mistakes: readonly (readonly [string, readonly string[], string])[] = [
  ["no command", [], "no command"],
  ["an unknown command", ["lop"], '"lop" is not a command'],
  ["an unknown option", ["loop", "--fast"], "--fast"],
  ["an option of another command", ["gate", "--budget", "3"], "--budget"],
  ["a budget that is no number", ["loop", "--budget", "soon"], "--budget takes seconds"],
  ["a budget of nothing", ["loop", "--budget", "0"], "--budget takes seconds"],
  ["an option without its value", ["loop", "--base"], "--base"],
  ["one word too many", ["loop", "now"], '"now" is one word too many'],
  ["a missing operand", ["explain"], "explain takes one CHECK"],
  ["two answers at once", ["loop", "--json", "--pretty"], "contradict"],
  ["some files and all", ["mutate", "--all", "--files", "src/a.ts"], "contradict"],
  ["listed mutants of some files", ["mutate", "--mutants", "a.json", "--files", "src/a.ts"], "--mutants says"],
  ["another check of listed mutants", ["mutate", "--mutants", "a.json", "--only", "tests"], "--only mutation"],
  ["another check of whole files", ["mutate", "--all", "--only", "tests"], "--only mutation"],
  ["a check that does not exist", ["loop", "--only", "speling"], 'no check "speling"'],
  ["a page that does not exist", ["explain", "speling"], '"speling" is not a check'],
  ["a folder that does not exist", ["loop", "-C", "nowhere"], "nowhere"],
  ["a base that does not exist", ["loop", "--base", "no-such-branch"], "no-such-branch"],
  ["a base that looks like an option", ["loop", "--base=--output=/tmp/x"], "--output"],
];

test.each(mistakes)(
  "%s is one envelope on standard output, a message with the next step, and exit code 2",
  async (_what, args, message) => {
    const { exitCode, envelope, stderr } = await assay(gitRepository({ "a.js": "export const a = 1;\n" }), ...args);
    expect(exitCode).toBe(2);
    expect(envelope).toMatchObject({ schema: "assay/1", ok: false, exit_code: 2 });
    expect(envelope.error?.message).toContain(message);
    expect(envelope.error?.hint).toBeTruthy();
    expect(stderr).toBe("");
  },
);

test("--pretty gives text, also for a usage error, which goes to standard error", async () => {
  const { exitCode, stdout, stderr } = await assay(gitRepository({}), "loop", "--pretty", "--base", "nope");
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("nope");
});

test("--only takes a list, several words and repetition", async () => {
  const repository = gitRepository({ "a.js": "export const a = 1;\n" });
  repository.write({ "b.js": "export const b = 2;\n" });
  const ids = async (...args: string[]): Promise<readonly string[]> =>
    (await assay(repository, "loop", "--base", "main", ...args)).envelope.result.checks
      .map((check) => check.id)
      .toSorted();
  const both = ["focused-test", "suppression"];
  expect(await ids("--only", "focused-test,suppression")).toEqual(both);
  expect(await ids("--only", "focused-test", "suppression")).toEqual(both);
  expect(await ids("--only", "focused-test", "--only", "suppression")).toEqual(both);
});

test("--only guards is every check that runs nothing, and a check that is switched off says so", async () => {
  const repository = gitRepository({
    "a.js": "export const a = 1;\n",
    "assay.toml": '[checks]\noff = ["suppression"]\n',
  });
  repository.write({ "a.js": "// @ts-ignore\nexport const a = b;\n" });
  const { exitCode, envelope } = await assay(repository, "gate", "--base", "main", "--only", "guards");
  const { checks } = envelope.result;
  expect([exitCode, checks.some(({ id }) => id === "tests")]).toEqual([0, false]);
  expect(checks.find(({ id }) => id === "suppression")).toMatchObject({
    status: "skip",
    details: ["off in assay.toml"],
  });
});

test("--except leaves checks out, says so, and knows what it leaves out", async () => {
  const repository = gitRepository({ "a.js": "export const a = 1;\n" });
  repository.write({ "a.js": "// @ts-ignore\nexport const a = b;\n" });
  const left = ["--except", "suppression", "tests", "--base", "main"];
  const { exitCode, envelope } = await assay(repository, "gate", ...left, "--only", "guards");
  const { checks } = envelope.result;
  expect([exitCode, checks.find(({ id }) => id === "suppression")]).toMatchObject([
    0,
    { status: "skip", details: ["left out by --except"] },
  ]);
  const wrong = await assay(repository, "gate", "--base", "main", "--except", "guards");
  expect([wrong.exitCode, wrong.envelope.error?.message]).toEqual([2, expect.stringContaining('no check "guards"')]);
});

test("a check that is switched off must be one", async () => {
  const repository = gitRepository({ "assay.toml": '[checks]\noff = ["supression"]\n' });
  const { exitCode, envelope } = await assay(repository, "gate", "--base", "main");
  expect([exitCode, envelope.error?.code]).toEqual([2, "config-invalid"]);
  expect(envelope.error?.message).toContain('"supression"');
});

test("-C works on another folder, and a folder below the root means the repository", async () => {
  const repository = gitRepository({ "src/a.js": "export const a = 1;\n" });
  const elsewhere = gitRepository({}, { tools: false });
  const { exitCode, envelope } = await assay(elsewhere, "loop", "-C", `${repository.root}/src`, "--base", "main");
  expect([exitCode, envelope.ok]).toEqual([0, true]);
  expect(envelope.next_actions[0]?.command).toBe(`assay mutate -C ${repository.root}/src --base main`);
});
