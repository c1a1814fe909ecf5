import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import { defaultConfig } from "../model/config.ts";
import { readConfig } from "./config.ts";

const documented = `
base = "origin/main"

[project]
greenfield = true

[checks]
on = ["shim"]
off = ["format"]

[scope.path_map]
"packages/core/" = "core"
"./packages/grad" = "grad"
"packages/grad-numpy/" = "grad-numpy"
[scope.dependencies]
core = []
grad = ["core"]

[boundaries.core]
forbid_packages = ["numpy-ts"]
forbid_mentions = ["numpy"]

[limits]
max_file_lines = 400

[loop]
budget_seconds = 90

[mutate]
max_mutants = 7
mutators = ["arithmetic", "condition-constant"]
command_seconds = 300
require_changed_tests = false

[[mutate.equivalent]]
path = "./src/queue.ts"
mutant = "0123456789"
reason = "no two keys of the queue are equal"

[[check]]
id = "rule-coverage"
command = ["node", "tools/rule-coverage.mjs"]
scopes = ["grad-numpy"]
in = ["loop"]

[[check]]
id = "second"
command = ["true"]
message = "is not true"

[[check]]
id = "direct-exit"
pattern = ["process.exit($$$)", "process.abort()"]
message = "ends the process"

[[check]]
id = "direct-output"
pattern = "process.stdout.write($$$)"
files = ["src/**"]
except = ["src/cli/**"]
message = "writes to a stream"
remedy = "return the text"
incident = "A library printed."

[[parity]]
id = "autograd-names"
reference = "goldens/names.json"
reference_pointer = "/names"
covered = ["node", "tools/covered.mjs"]
extra = "allow"
except = { erf = "needs special functions" }

[[ratio]]
id = "reverse-over-forward"
numerator = ["node", "bench/reverse.mjs"]
denominator = ["node", "bench/forward.mjs"]
at_most = 10.0
scopes = ["grad"]

[[ratio]]
id = "slower-than-before"
command = ["node", "bench/all.mjs"]
against = "base"
prepare = ["npm", "run", "build"]
at_most = 1.1
measure = "stdout"
seconds = 60
in = ["gate", "loop"]
`;

const silent = { message: null, remedy: null, incident: null };

test("every documented key is read", async () => {
  expect(await readConfig(documented)).toEqual({
    present: true,
    base: "origin/main",
    greenfield: true,
    checksOn: ["shim"],
    checksOff: ["format"],
    pathMap: { "packages/core": "core", "packages/grad": "grad", "packages/grad-numpy": "grad-numpy" },
    dependencies: { core: [], grad: ["core"] },
    boundaries: { core: { forbidPackages: ["numpy-ts"], forbidMentions: ["numpy"], allowTypeImports: false } },
    maxFileLines: 400,
    budgetSeconds: 90,
    maxMutants: 7,
    mutators: ["arithmetic", "condition-constant"],
    commandSeconds: 300,
    requireChangedTests: false,
    equivalents: [{ path: "src/queue.ts", mutant: "0123456789", reason: "no two keys of the queue are equal" }],
    checks: [
      {
        ...silent,
        id: "rule-coverage",
        kind: "command",
        command: ["node", "tools/rule-coverage.mjs"],
        scopes: ["grad-numpy"],
        in: ["loop"],
      },
      {
        ...silent,
        id: "second",
        kind: "command",
        command: ["true"],
        scopes: null,
        in: ["loop", "gate"],
        message: "is not true",
      },
      {
        ...silent,
        id: "direct-exit",
        kind: "pattern",
        patterns: ["process.exit($$$)", "process.abort()"],
        files: null,
        except: [],
        scopes: null,
        in: ["loop", "gate"],
        message: "ends the process",
      },
      {
        id: "direct-output",
        kind: "pattern",
        patterns: ["process.stdout.write($$$)"],
        files: ["src/**"],
        except: ["src/cli/**"],
        scopes: null,
        in: ["loop", "gate"],
        message: "writes to a stream",
        remedy: "return the text",
        incident: "A library printed.",
      },
    ],
    parities: [
      {
        ...silent,
        id: "autograd-names",
        reference: { file: "goldens/names.json", pointer: "/names" },
        covered: { command: ["node", "tools/covered.mjs"], pointer: null },
        allowsExtra: true,
        except: { erf: "needs special functions" },
        scopes: null,
        in: ["loop", "gate"],
      },
    ],
    ratios: [
      {
        ...silent,
        id: "reverse-over-forward",
        sides: {
          kind: "commands",
          numerator: ["node", "bench/reverse.mjs"],
          denominator: ["node", "bench/forward.mjs"],
        },
        atMost: 10,
        measure: "time",
        seconds: 120,
        scopes: ["grad"],
        in: ["gate"],
      },
      {
        ...silent,
        id: "slower-than-before",
        sides: { kind: "revisions", command: ["node", "bench/all.mjs"], prepare: ["npm", "run", "build"] },
        atMost: 1.1,
        measure: "stdout",
        seconds: 60,
        scopes: null,
        in: ["gate", "loop"],
      },
    ],
  });
});

test("without a file the defaults hold", async () => {
  expect(await readConfig(undefined)).toEqual({ ...(await readConfig("")), present: false });
});

test.each(["", "\uFEFF", "# nothing\n", "[limits]\n", "[scope]\r\n[loop]\r\n"])(
  "the defaults of %j are those without a file",
  async (text) => {
    expect(await readConfig(text)).toEqual({ ...defaultConfig, present: true });
  },
);

test("the whole repository may be one prefix", async () => {
  const { pathMap } = await readConfig(`[scope.path_map]\n"." = "rest"\n"src/a.ts" = "a"\n`);
  expect(pathMap).toEqual({ "": "rest", "src/a.ts": "a" });
});

test("a prefix may be written twice for one scope", async () => {
  const { pathMap } = await readConfig(`[scope.path_map]\n"a/" = "x"\n"a" = "x"\n`);
  expect(pathMap).toEqual({ a: "x" });
});

async function refusal(toml: string): Promise<AssayError> {
  const error: unknown = await readConfig(toml).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AssayError)) throw new Error(`not refused: ${toml}`);
  return error;
}

const map = `[scope.path_map]\n"a/" = "a"\n"b/" = "b"\n"c/" = "c"\n`;
const equivalent = (path: string, mutant: string, reason = "no two keys of the queue are equal"): string =>
  `[[mutate.equivalent]]\npath = "${path}"\nmutant = "${mutant}"\nreason = "${reason}"\n`;
const check = `[[check]]\nid = "x"\ncommand = ["true"]\n`;

// The text, what the message says after `assay.toml:`, and what the hint holds.
type Refusal = readonly [string, string, string];
const refusals: readonly Refusal[] = [
  // Not TOML.
  ["base = ", "1: not valid TOML: invalid value", "line 1"],
  ["[limits]\n[limits]\n", "2: not valid TOML: trying to redefine…", "line 2"],
  ["x = 1\nx = 2\n", "2: not valid TOML…", "line 2"],
  [`base = "a\n`, "1: not valid TOML…", "line 1"],
  ["[[check]]\nid = 'x'\ncommand = [\n  'a',\n", "5: not valid TOML…", "line 5"],
  ["[scope.dependencies]\n__proto__ = []\n", "2: not valid TOML: document contains an unsafe property", "line 2"],
  ["[limits]\nmax_file_lines = 99999999999999999999\n", "2: not valid TOML…", "line 2"],
  ["<<<<<<< HEAD\n", "1: not valid TOML…", "line 1"],

  // Unknown keys.
  [`bases = "main"`, '1: unknown key "bases"', 'Did you mean "base"?'],
  ["[limit]\n", '1: unknown key "limit"', 'Did you mean "limits"?'],
  ["[limits]\nmax_file_line = 3\n", '2: unknown key "max_file_line" in limits', 'Did you mean "max_file_lines"?'],
  ["\n\n[loop]\nbudget = 3\n", '4: unknown key "budget" in loop', "Known keys: budget_seconds."],
  ["[mutate]\nmax_mutant = 3\n", '2: unknown key "max_mutant" in mutate', 'Did you mean "max_mutants"?'],
  ["[scope]\npathmap = {}\n", '2: unknown key "pathmap" in scope', 'Did you mean "path_map"?'],
  [`${check}when = ["loop"]\n`, '4: unknown key "when" in check[0]', "Known keys: id, scopes, in, message"],
  [
    "[boundaries.a]\nforbid = []\n",
    '2: unknown key "forbid" in boundaries.a',
    "forbid_packages, forbid_mentions, allow_type_imports",
  ],
  ["[project]\ngreenfeild = true\n", '2: unknown key "greenfeild" in project', 'Did you mean "greenfield"?'],
  ["[zzzzzzzzzz]\n", '1: unknown key "zzzzzzzzzz"', "Known keys: base, project, checks, scope"],
  ["loop.budget_secs = 3\n", '1: unknown key "budget_secs" in loop', 'Did you mean "budget_seconds"?'],

  // Wrong types.
  ["base = 1\n", "1: base is 1 and must be a string", "remove the key"],
  ["[limits]\nmax_file_lines = '500'\n", '2: limits.max_file_lines is "500" and must be a number', "remove the key"],
  ["[project]\ngreenfield = 'yes'\n", '2: project.greenfield is "yes" and must be true or false', "remove the key"],
  ["[loop]\nbudget_seconds = 2026-11-22\n", "2: loop.budget_seconds is…", "remove the key"],
  ["limits = 3\n", "1: limits is 3 and must be a table", "remove the key"],
  ["[[limits]]\n", "1: limits is a table and stands there once", "[limits]"],
  ["limits = []\n", "1: limits is a table and stands there once", "[limits]"],
  ["[scope]\npath_map = ['a']\n", "2: scope.path_map is a table and stands there once", "[scope.path_map]"],
  ["[[boundaries.a]]\n", "1: boundaries.a is a table and stands there once", "[boundaries.a]"],
  ["check = 1\n", "1: check is 1 and must be a list", "remove the key"],
  ["[check]\nid = 'x'\n", "1: check is a table and must be a list", "remove the key"],
  ["[scope.path_map]\n'a/' = ['a']\n", "2: scope.path_map.a/ is a list and must be a string", "remove the key"],
  ["[scope.path_map]\n'a/' = ''\n", "2: scope.path_map.a/ must not be empty", "It is"],
  [`${map}[scope.dependencies]\na = "b"\n`, '6: scope.dependencies.a is "b" and must be a list', '["b"]'],
  ["[[check]]\nid = 'x'\ncommand = 'node x.mjs'\n", '3: check[0].command is "node x.mjs"…', '["node","x.mjs"]'],
  [
    "[[check]]\nid = 'x'\ncommand = ' a |  b '\n",
    '3: check[0].command is " a |  b " and must be a list',
    '["a","|","b"]',
  ],
  ["[[check]]\nid = 'x'\ncommand = ['node', 1]\n", "3: check[0].command[1] is 1 and must be a string", "remove"],
  [`${check}in = ["mutate"]\n`, '4: unknown name "mutate" in check[0].in', "Known names: loop, gate."],
  [`${check}in = "loop"\n`, '4: check[0].in is "loop" and must be a list', '["loop"]'],

  ["[mutate]\nmutators = 'arithmetic'\n", '2: mutate.mutators is "arithmetic" and must be a list', '["arithmetic"]'],
  ["[mutate]\nmutators = [1]\n", "2: mutate.mutators[0] is 1 and must be a string", "remove"],
  [
    "[mutate]\nmutators = ['arithmetic', 'negation']\n",
    '2: unknown name "negation" in mutate.mutators',
    "Known names: arithmetic, assignment-operator",
  ],
  ["[mutate]\nmutators = ['method-swop']\n", '2: unknown name "method-swop"…', 'Did you mean "method-swap"?'],

  // Missing and empty.
  ["[mutate]\nmutators = []\n", "2: mutate.mutators must not be empty…", ""],
  ["[[check]]\ncommand = ['true']\n", '1: check[0] needs "id"', "Add `id = …`"],
  ["[[check]]\nid = 'x'\n", '1: [[check]] "x" needs "command" or "pattern"', "Add `command = "],
  [`${check}\n[[check]]\nid = "y"\n`, '5: [[check]] "y" needs "command" or "pattern"', "Add `command = "],
  [`${check}pattern = "a"\n`, '4: [[check]] "x" has a command and a pattern', "two checks"],
  [`${check}files = ["a"]\n`, '4: [[check]] "x" has "files", and a command', "Only patterns"],
  ["[[check]]\nid = 'x'\npattern = 'a'\n", '1: [[check]] "x" needs "message"', "Add `message"],
  ["[[check]]\nid = 'x'\npattern = []\nmessage = 'a'\n", "3: check[0].pattern must not be empty", ""],
  ["[[check]]\nid = 'x'\npattern = 3\nmessage = 'a'\n", "3: check[0].pattern is 3 and must be text or a list…", ""],
  ["[[check]]\nid = 'x'\ncommand = []\n", "3: check[0].command must not be empty", ""],
  ["[[check]]\nid = 'x'\ncommand = ['']\n", "3: check[0].command[0] must not be empty", ""],
  [`${check}scopes = []\n`, "4: check[0].scopes must not be empty…", ""],
  [`${check}in = []\n`, "4: check[0].in must not be empty", ""],
  ["[[check]]\nid = 'Rule Coverage'\ncommand = ['true']\n", "2: check[0].id must be kebab-case…", ""],
  ["[[check]]\nid = 'rule coverage'\ncommand = ['true']\n", "2: check[0].id must be kebab-case…", ""],
  ["[[check]]\nid = ''\ncommand = ['true']\n", "2: check[0].id must be kebab-case…", ""],
  ["base = ''\n", "1: base must be a revision…", ""],
  ["base = '--output=x'\n", "1: base must be a revision…", ""],
  ["base = 'a b'\n", "1: base must be a revision…", ""],
  ["[[ratio]]\nid = 'x'\nnumerator = ['a']\n", '1: ratio[0] needs "at_most"', ""],
  ["[[ratio]]\nid = 'x'\nnumerator = ['a']\nat_most = 1\n", '1: [[ratio]] "x" lacks what it is to compare', "against"],
  ["[[ratio]]\nid = 'x'\ncommand = ['a']\nat_most = 1\n", '1: [[ratio]] "x" lacks what it is to compare', "against"],
  [
    "[[ratio]]\nid = 'x'\ncommand = ['a']\nagainst = 'base'\ndenominator = ['a']\nat_most = 1\n",
    '1: [[ratio]] "x" mixes two ways to measure',
    "against",
  ],
  ...["prepare = ['b']", "command = ['b']", "against = 'base'"].map((key): Refusal => [
    `[[ratio]]\nid = 'x'\nnumerator = ['a']\ndenominator = ['a']\n${key}\nat_most = 1\n`,
    '1: [[ratio]] "x" mixes two ways to measure',
    "against",
  ]),
  [
    "[[ratio]]\nid = 'x'\nnumerator = ['a']\ncommand = ['b']\nagainst = 'base'\nat_most = 1\n",
    '1: [[ratio]] "x" mixes two ways to measure',
    "against",
  ],
  ["[[parity]]\nid = 'x'\nreference = 'y'\ncovered = 'y'\n", '4: [[parity]] "x" compares a list with itself', ""],
  [
    "[[parity]]\nid = 'x'\nreference = 'y'\ncovered = 'z'\nexcept = { a = 'no' }\n",
    "5: parity[0].except.a must say why…",
    "",
  ],
  [
    "[[parity]]\nid = 'x'\nreference = 'y'\nreference_pointer = 'names'\ncovered = 'z'\n",
    "4: parity[0].reference_pointer must be a JSON pointer…",
    "",
  ],
  [
    "[[parity]]\nid = 'x'\nreference = 'y'\ncovered = 'z'\ncovered_pointer = 'all/names'\n",
    "5: parity[0].covered_pointer must be a JSON pointer…",
    "",
  ],
  [
    "[[check]]\nid = 'x'\npattern = 'a'\nfiles = []\nmessage = 'a'\n",
    "4: check[0].files must not be empty; leave…",
    "",
  ],
  ["[[parity]]\nid = 'x'\nreference = 3\ncovered = 'x'\n", "3: parity[0].reference is 3 and must be text or a…", ""],

  // Out of range.
  ["[limits]\nmax_file_lines = 0\n", "2: limits.max_file_lines must be a whole number from 1…", "It is 0 now."],
  ["[limits]\nmax_file_lines = 1.5\n", "2: limits.max_file_lines must be a whole number…", "It is 1.5 now."],
  ["[loop]\nbudget_seconds = 0\n", "2: loop.budget_seconds must be from 1 to 86400 seconds", "It is 0 now."],
  ["[loop]\nbudget_seconds = -5\n", "2: loop.budget_seconds must be from 1…", "It is -5 now."],
  ["[loop]\nbudget_seconds = inf\n", "2: loop.budget_seconds must be from 1…", "It is Infinity now."],
  ["[loop]\nbudget_seconds = nan\n", "2: loop.budget_seconds is NaN and must be a number", ""],
  ["[mutate]\nmax_mutants = 0\n", "2: mutate.max_mutants must be a whole number from 1…", "It is 0 now."],
  ["[mutate]\nmax_mutants = 20000\n", "2: mutate.max_mutants must be a whole number…", "It is 20000 now."],
  [
    "[[ratio]]\nid = 'x'\nnumerator = ['a']\ndenominator = ['b']\nat_most = 0\n",
    "5: ratio[0].at_most must be from 0.001 to 1000000",
    "It is 0 now.",
  ],

  // Paths.
  [`[scope.path_map]\n"/abs" = "a"\n`, '2: "/abs" is not a path inside the repository', "packages/core/"],
  [`[scope.path_map]\n"../up" = "a"\n`, '2: "../up" is not a path inside the repository', "packages/core/"],
  [`[scope.path_map]\n"a/../../b" = "a"\n`, '2: "a/../../b" is not a path inside the repository', "packages/core/"],
  [`[scope.path_map]\n"packages/*" = "a"\n`, '2: "packages/*" is a pattern…', "folder"],
  [`[scope.path_map]\n"a/" = "a"\n"./a" = "b"\n`, '3: "./a" is mapped twice, to "a" and to "b"', "Keep one"],
  ["[[parity]]\nid = 'x'\nreference = '/etc/x'\ncovered = 'y'\n", '3: "/etc/x" is not a path inside…', "goldens"],
  ["[[parity]]\nid = 'x'\nreference = 'y'\ncovered = '../z'\n", '4: "../z" is not a path inside…', "goldens"],

  [equivalent("/etc/x", "0123456789"), '2: "/etc/x" is not a path inside the repository', "src/queue.ts"],

  // Acknowledged mutants.
  [equivalent("a.ts", "0123"), "3: mutate.equivalent[0].mutant must be the ten digits…", 'It is "0123" now.'],
  [equivalent("a.ts", "0123456789a"), "3: mutate.equivalent[0].mutant must be the ten digits…", "now."],
  [equivalent("a.ts", "x0123456789"), "3: mutate.equivalent[0].mutant must be the ten digits…", "now."],
  [
    equivalent("a.ts", "0123456789", "nineteen characters"),
    "4: mutate.equivalent[0].reason must say in a sentence why…",
    "It is 19 now.",
  ],
  [
    equivalent("a.ts", "0123456789") + equivalent("./a.ts", "0123456789"),
    "7: the mutant 0123456789 of ./a.ts is acknowledged twice",
    "Keep one",
  ],

  // Names of scopes.
  [`${map}[scope.dependencies]\nd = []\n`, '6: unknown scope "d"', "Known scopes: a, b, c."],
  [`${map}[scope.dependencies]\na = ["b", "zz"]\n`, '6: unknown scope "zz"', "Known scopes: a, b, c."],
  [
    `[scope.path_map]\nx = "core"\n[scope.dependencies]\ncroe = []\n`,
    '4: unknown scope "croe"',
    'Did you mean "core"?',
  ],
  [`${map}[boundaries.d]\n`, '5: unknown scope "d"', "Known scopes"],
  [`${map}${check}scopes = ["a", "d"]\n`, '8: unknown scope "d"', "Known scopes"],
  [
    `${map}[[ratio]]\nid = 'x'\nnumerator = ['a']\ndenominator = ['b']\nat_most = 1\nscopes = ['d']\n`,
    '10: unknown scope "d"',
    "Known scopes",
  ],

  // Circles.
  [`${map}[scope.dependencies]\na = ["a"]\n`, "6: scopes depend on each other in a circle: a -> a", "Remove one"],
  [`${map}[scope.dependencies]\na = ["b"]\nb = ["a"]\n`, "6: scopes depend on each other in a circle: a -> b -> a", ""],
  [
    `${map}[scope.dependencies]\na = ["b"]\nb = ["c"]\nc = ["b"]\n`,
    "7: scopes depend on each other in a circle: b -> c -> b",
    "Remove one",
  ],
  ["[scope.dependencies]\np = ['q']\nq = ['p']\n", "2: scopes depend on each other in a circle: p -> q -> p", ""],

  // Ids.
  [`${check}${check}`, '5: the id "x" is used twice', "own"],
  [`${check}[[parity]]\nid = "x"\nreference = "a"\ncovered = "b"\n`, '5: the id "x" is used twice', "own"],
];

test.each(refusals)("%j is refused: %s", async (toml, message, hint) => {
  const error = await refusal(toml);
  expect(error.code).toBe("config-invalid");
  const [start = "", ...more] = message.split("…");
  expect(error.message.slice(0, more.length === 0 ? undefined : 11 + start.length)).toBe(`assay.toml:${start}`);
  expect(error.hint).toContain(hint);
});

test("of several problems the first in the file is told, with the number of others", async () => {
  const error = await refusal("[limits]\nmax_file_lines = 0\n[loop]\nbudget_seconds = 0\n[mutate]\nmax_mutants = 0\n");
  expect(error.message).toBe(
    "assay.toml:2: limits.max_file_lines must be a whole number from 1 to 1000000 (and 2 more)",
  );
  const turned = await refusal("[mutate]\nmax_mutants = 0\n[loop]\nbudget_seconds = 0\n[limits]\nmax_file_lines = 0\n");
  expect(turned.message).toBe("assay.toml:2: mutate.max_mutants must be a whole number from 1 to 10000 (and 2 more)");
});

test("a shared dependency is no circle", async () => {
  const { dependencies } = await readConfig(`${map}[scope.dependencies]\na = ["b", "c"]\nb = ["c"]\nc = []\n`);
  expect(dependencies).toEqual({ a: ["b", "c"], b: ["c"], c: [] });
});

test("a web of dependencies without a circle is walked once", async () => {
  const layers = Array.from({ length: 60 }, (_, at) =>
    [0, 1].map((side) => `l${at}s${side} = ["l${at + 1}s0", "l${at + 1}s1"]`),
  );
  const { dependencies } = await readConfig(`[scope.dependencies]\n${layers.flat().join("\n")}\n`);
  expect(Object.keys(dependencies)).toHaveLength(120);
});

test("a revision may have one letter, and a reason twenty", async () => {
  const { base, equivalents } = await readConfig(`base = "x"\n${equivalent("a.ts", "0123456789", "x".repeat(20))}`);
  expect([base, equivalents.length]).toEqual(["x", 1]);
});

test("that a name need not be covered may be said in ten letters", async () => {
  const text = "[[parity]]\nid = 'x'\nreference = 'y'\ncovered = 'z'\nexcept = { a = 'ten chars.' }\n";
  const { parities } = await readConfig(text);
  expect(parities[0]?.except).toEqual({ a: "ten chars." });
});

test("whatever is read has a default", async () => {
  expect(Object.keys(await readConfig(documented))).toEqual(Object.keys(defaultConfig));
});

test("parity and ratio are accepted and in what is read", async () => {
  const { parities, ratios } = await readConfig(documented);
  expect([parities.map(({ id }) => id), ratios.length]).toEqual([["autograd-names"], 2]);
});

test("what is compared and what is measured are among it", async () => {
  const { ratios } = await readConfig(documented);
  expect(ratios.map(({ id }) => id)).toEqual(["reverse-over-forward", "slower-than-before"]);
});

test("names of scopes are left to the packages when there is no path map", async () => {
  const config = await readConfig(`[boundaries."@x/core"]\nforbid_packages = ["lodash"]\n`);
  expect(config.boundaries).toEqual({
    "@x/core": { forbidPackages: ["lodash"], forbidMentions: [], allowTypeImports: false },
  });
});
