// A project's own checks, through the built program: patterns, parities and ratios, green, red and unknown.
import { expect, test } from "vitest";
import type { EnvelopeCheck } from "../src/report/envelope.ts";
import { keptRepository } from "./kept-repository.ts";
import { assay, type TestRepository } from "./repository.ts";

type Files = Readonly<Record<string, string>>;

/** A repository with these files on `main`, and a branch with those. */
function branchOf(base: Files, head: Files): TestRepository {
  const repository = keptRepository(base, { tools: false });
  repository.git("switch", "-q", "-c", "work");
  repository.commit(head);
  return repository;
}

interface Verdict {
  readonly exit: number | null;
  readonly status: string;
  readonly said: string;
}

async function verdictOf(repository: TestRepository, command: string, id: string): Promise<Verdict> {
  const { exitCode, envelope } = await assay(repository, command, "--base", "main", "--only", id, "--json");
  const check: EnvelopeCheck | undefined = envelope.result.checks.find((each) => each.id === id);
  const said = [...(check?.details ?? []), envelope.error?.message ?? ""].join("\n");
  return { exit: exitCode, status: check?.status ?? "none", said };
}

const parity = (more = ""): string =>
  `[[parity]]\nid = "names"\nreference = "goldens/names.json"\ncovered = ["node", "covered.mjs"]\n${more}\n`;
const prints = (...names: readonly string[]): string => `console.log(${JSON.stringify(names.join("\n"))});\n`;
const reference = '["sin", "cos"]\n';

const parities: readonly (readonly [name: string, head: Files, exit: number, said: string])[] = [
  ["all is covered", { "covered.mjs": prints("cos", "sin") }, 0, ""],
  ["a name is not covered", { "covered.mjs": prints("sin") }, 1, "goldens/names.json is not covered; cover it"],
  ["a name is not known", { "covered.mjs": prints("sin", "cos", "sinus") }, 1, '"sinus" counts as covered'],
  ["a name is there twice", { "covered.mjs": prints("sin", "cos", "sin") }, 1, '"sin" is in node covered.mjs twice'],
  [
    "names may be extra",
    { "covered.mjs": prints("sin", "cos", "tan"), "assay.toml": parity('extra = "allow"') },
    0,
    "",
  ],
  [
    "a name is left out with a reason",
    { "covered.mjs": prints("sin"), "assay.toml": parity('except = { cos = "needs complex numbers" }') },
    0,
    "",
  ],
  [
    "a name is left out that is covered",
    { "covered.mjs": prints("sin", "cos"), "assay.toml": parity('except = { cos = "needs complex numbers" }') },
    1,
    '"cos" is covered; remove it from `except`',
  ],
  ["the reference is empty", { "goldens/names.json": "[]", "covered.mjs": prints("sin") }, 2, "has no names"],
  ["the reference is gone", { "assay.toml": parity().replace("names.json", "lost.json") }, 2, "is not there"],
  ["the reference is no list", { "goldens/names.json": "3" }, 2, "is neither a list nor an object"],
  ["the program fails", { "covered.mjs": 'console.log("sin");throw new Error("no index")' }, 2, "exit code 1"],
  ["the program prints nothing", { "covered.mjs": "" }, 2, "prints nothing"],
  ["the program is missing", { "assay.toml": parity().replace('"node"', '"no-such-node"') }, 2, "ENOENT"],
  [
    "the reference became shorter",
    { "goldens/names.json": '["sin"]', "covered.mjs": prints("sin") },
    1,
    '"cos" was in the reference',
  ],
  [
    "another, shorter reference was named",
    {
      "goldens/few.json": '["sin"]',
      "covered.mjs": prints("sin"),
      "assay.toml": parity().replace("names.json", "few.json"),
    },
    1,
    '"cos" was in the reference',
  ],
  [
    "the reference grew with what covers it",
    { "goldens/names.json": '["sin", "cos", "tan"]', "covered.mjs": prints("sin", "cos", "tan") },
    0,
    "",
  ],
];

test.concurrent.each(parities)("parity: %s", async (_, head, exit, said) => {
  const base = { "assay.toml": parity(), "goldens/names.json": reference, "covered.mjs": prints("sin", "cos") };
  const verdict = await verdictOf(branchOf(base, { ...head, "README.md": "# x\n" }), "gate", "names");
  expect([verdict.exit, verdict.status]).toEqual([exit, ["pass", "fail", "error"][exit]]);
  expect(verdict.said).toContain(said);
});

test.concurrent("parity: a shorter reference that was approved on its own passes", async () => {
  const base = { "assay.toml": parity(), "goldens/names.json": reference, "covered.mjs": prints("sin", "cos") };
  const reason = "the reference has dropped it in its last release";
  const approval = `[[approval]]\ncheck = "names"\nwhat = "reference cos"\nreason = "${reason}"\n`;
  const shorter = { "goldens/names.json": '["sin"]', "covered.mjs": prints("sin") };
  const approved = branchOf({ ...base, "assay-approvals.toml": approval }, shorter);
  expect(await verdictOf(approved, "gate", "names")).toMatchObject({ exit: 0, status: "pass" });
  const selfApproved = branchOf(base, { ...shorter, "assay-approvals.toml": approval });
  expect((await verdictOf(selfApproved, "gate", "names")).said).toContain("[reference cos]");
});

test.concurrent("parity: two lists that a change does not touch are left to the gate", async () => {
  const files = {
    "assay.toml": `${parity()}[scope.path_map]\n"." = "all"\n`.replace('["node", "covered.mjs"]', '"covered.txt"'),
  };
  const repository = branchOf(
    { ...files, "goldens/names.json": reference, "covered.txt": "sin\ncos\n", "src/a.js": "export const a = 1;\n" },
    { "src/a.js": "export const a = 2;\n" },
  );
  expect((await verdictOf(repository, "loop", "names")).status).toBe("skip");
  repository.commit({ "covered.txt": "sin\n" });
  expect(await verdictOf(repository, "loop", "names")).toMatchObject({ exit: 1, status: "fail" });
});

const ratio = (more: string): string => `[[ratio]]\nid = "speed"\nmeasure = "stdout"\n${more}\n`;
const two = 'numerator = ["node", "slow.mjs"]\ndenominator = ["node", "quick.mjs"]\n';
/** Prints about this much. */
const about = (value: number): string => `console.log("warm");\nconsole.log(${value} * (1 + Math.random() / 50));\n`;

const ratios: readonly (readonly [
  name: string,
  toml: string,
  head: Files,
  exit: number,
  status: string,
  said: string,
])[] = [
  ["within its limit", `${two}at_most = 3`, {}, 0, "pass", ""],
  ["above its limit", `${two}at_most = 1.5`, {}, 1, "fail", "at most 1.5; noise"],
  ["too close to tell", `${two}at_most = 1\nseconds = 10`, { "slow.mjs": about(5) }, 0, "skip", "this is no pass"],
  ["a program fails", `${two}at_most = 3`, { "slow.mjs": 'throw new Error("no data")' }, 2, "error", "no data"],
  [
    "a program prints no number",
    `${two}at_most = 3`,
    { "slow.mjs": 'console.log("fast")' },
    2,
    "error",
    'ends in "fast"',
  ],
  ["a program is missing", `${two}at_most = 3`.replace('"node"', '"no-such-node"'), {}, 2, "error", "ENOENT"],
];

test.concurrent.each(ratios)("ratio: %s", async (_, toml, head, exit, status, said) => {
  const base = { "assay.toml": ratio(toml), "slow.mjs": about(10), "quick.mjs": about(5) };
  const verdict = await verdictOf(branchOf(base, { ...head, "README.md": "# x\n" }), "gate", "speed");
  expect([verdict.exit, verdict.status]).toEqual([exit, status]);
  expect(verdict.said).toContain(said);
});

test.concurrent("ratio: whole processes are timed unless something else is said", async () => {
  const toml = `[[ratio]]\nid = "speed"\n${two}at_most = 1.2\n`;
  // Longer than a process takes to start, so that a busy machine does not hide it.
  const slow = "await new Promise((resolve) => setTimeout(resolve, 600));\n";
  const repository = branchOf({ "assay.toml": toml, "slow.mjs": "", "quick.mjs": "" }, { "slow.mjs": slow });
  expect(await verdictOf(repository, "gate", "speed")).toMatchObject({ exit: 1, status: "fail" });
});

const scoped = `[scope.path_map]\n"src/" = "src"\n"docs/" = "docs"\n"assay.toml" = "docs"\n".gitignore" = "docs"\n`;
const against = `${scoped}[[ratio]]\nid = "speed"\nmeasure = "stdout"\ncommand = ["node", "src/bench.mjs"]\nagainst = "base"\nat_most = 1.3\nscopes = ["src"]\n`;

test.concurrent("ratio: the head is measured against the base, whatever is built", async () => {
  const bench = 'import { cost } from "../dist/cost.mjs";\nconsole.log(cost * (1 + Math.random() / 50));\n';
  const build = 'import { cpSync } from "node:fs";\ncpSync("src/cost.mjs", "dist/cost.mjs");\n';
  const repository = branchOf(
    {
      ".gitignore": "node_modules\ndist\n",
      "assay.toml": `${against}prepare = ["node", "src/build.mjs"]\n`,
      "src/bench.mjs": bench,
      "src/build.mjs": build,
      "src/cost.mjs": "export const cost = 5;\n",
    },
    { "src/cost.mjs": "export const cost = 10;\n" },
  );
  // What the head's build has left is no build of the base.
  repository.write({ "dist/cost.mjs": "export const cost = 10;\n" });
  const verdict = await verdictOf(repository, "gate", "speed");
  expect(verdict).toMatchObject({ exit: 1, status: "fail" });
  expect(repository.git("status", "--porcelain")).toBe("");
});

test.concurrent("ratio: what was renamed or removed is there at the base", async () => {
  const repository = branchOf(
    { "assay.toml": against, "src/bench.mjs": 'await import("./old.mjs");\n', "src/old.mjs": "console.log(10);\n" },
    { "docs/a.md": "# a\n" },
  );
  repository.git("mv", "src/old.mjs", "src/new.mjs");
  repository.commit({
    "src/bench.mjs": 'await import("./old.mjs").catch(() => import("./new.mjs"));\n',
    "src/new.mjs": "console.log(5);\n",
  });
  expect(await verdictOf(repository, "gate", "speed")).toMatchObject({ exit: 0, status: "pass" });
});

test.concurrent("ratio: what does not concern its scopes is not measured", async () => {
  const repository = branchOf(
    { "assay.toml": against, "src/bench.mjs": "console.log(1);\n" },
    { "docs/a.md": "# a\n" },
  );
  const { exit, status, said } = await verdictOf(repository, "gate", "speed");
  expect([exit, status]).toEqual([0, "skip"]);
  expect(said).toContain("no affected scope");
});

const pattern = `[[check]]\nid = "direct-output"\npattern = "process.stdout.write($$$)"\nmessage = "writes to a stream"\nremedy = "return the text"\nincident = "A library printed, and the envelope was no JSON."\n`;

test.concurrent("pattern: what is new is found, in a loop and in a gate", async () => {
  const old = 'process.stdout.write("old");\n';
  const base = { "assay.toml": pattern, "src/old.js": old };
  const green = branchOf(base, { "src/new.js": "export const a = 1;\n", "src/old.js": `${old}\n` });
  expect(await verdictOf(green, "loop", "direct-output")).toMatchObject({ exit: 0, status: "pass" });
  const red = branchOf(base, { "src/new.js": 'process.stdout.write("new");\n' });
  for (const command of ["loop", "gate"]) {
    const { exit, said } = await verdictOf(red, command, "direct-output");
    expect(exit).toBe(1);
    expect(said).toContain("src/new.js:1 writes to a stream; return the text");
  }
});

test.concurrent("pattern: what is no code stops the run, whatever changed", async () => {
  const repository = branchOf({ "assay.toml": pattern.replace("($$$)", "(") }, { "README.md": "# x\n" });
  const { exit, status, said } = await verdictOf(repository, "loop", "direct-output");
  expect([exit, status]).toEqual([2, "error"]);
  expect(said).toContain('the pattern of [[check]] "direct-output" is no code');
});

test.concurrent("explain tells what the project says of its checks, and runs nothing", async () => {
  const command = `[[check]]\nid = "rule-coverage"\ncommand = ["node", "fail.mjs"]\nmessage = "a rule has no test"\nin = ["gate"]\n`;
  const repository = keptRepository({ "assay.toml": pattern + command + parity() + ratio(`${two}at_most = 2`) });
  const page = async (id: string): Promise<string> => (await assay(repository, "explain", id, "--pretty")).stdout;
  expect(await page("direct-output")).toBe(
    [
      "# direct-output",
      "writes to a stream.",
      "Flags new code that matches `process.stdout.write($$$)` in any file.",
      "## What to do\n\nreturn the text.",
      "## What taught it\n\nA library printed, and the envelope was no JSON.",
      "A check of this project's own, from assay.toml: assay loop, assay gate; every scope.\n",
    ].join("\n\n"),
  );
  expect(await page("rule-coverage")).toContain("a rule has no test.");
  expect(await page("names")).toContain("Compares node covered.mjs with goldens/names.json");
  expect(await page("speed")).toContain("the ratio may be 2 at most");
  const refusal = await assay(repository, "explain", "nothing");
  expect([refusal.exitCode, refusal.envelope.error?.message]).toEqual([
    2,
    expect.stringContaining("direct-output, rule-coverage, names, speed, format"),
  ]);
});

test.concurrent("explain of a check that all repositories have needs no configuration that is right", async () => {
  const repository = keptRepository({ "assay.toml": "nonsense" });
  expect((await assay(repository, "explain", "tests")).exitCode).toBe(0);
  expect((await assay(repository, "explain", "names")).envelope.error?.code).toBe("config-invalid");
});
