// Settings of `assay.toml` by which it asks for less, told one by one.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { harnessLoosenings } from "./harness-loosenings.ts";

const sources: Texts = { "src/a/x.ts": "", "src/b/x.ts": "", "src/c/x.ts": "" };

/** Line and name of each, without the file's. */
async function found(base: string, head: string, more: Texts = {}): Promise<readonly string[]> {
  const context = await contextOf({
    base: { ...sources, "assay.toml": base },
    head: { ...sources, ...more, "assay.toml": head },
  });
  return (await harnessLoosenings(context, base)).map(({ line, what }) => `${line} ${what.replace("assay.toml ", "")}`);
}

test.each<[string, string, string, readonly string[]]>([
  ["a limit of one's own", "[limits]\nx = 5", "[limits]\nx = 6", ["2 limits.x"]],
  ["a limit of one's own that goes", "[limits]\nx = 5", "", ["null limits.x"]],
  ["a new limit", "", "[limits]\nx = 6", []],
  ["a limit that is no number", '[limits]\nx = "a"', "[limits]\nx = 6", []],
  ["a limit that is none any more", "[limits]\nx = 5", '[limits]\nx = "a"', ["2 limits.x"]],
  ["the usual limit, raised", "", "[limits]\nmax_file_lines = 501", ["2 limits.max_file_lines"]],
  ["fewer mutants", "[mutate]\nmax_mutants = 40", "[mutate]\nmax_mutants = 39", ["2 mutate.max_mutants"]],
  ["more mutants", "[mutate]\nmax_mutants = 39", "[mutate]\nmax_mutants = 40", []],
  ["more time", "[loop]\nbudget_seconds = 1", "[loop]\nbudget_seconds = 2", []],
  ["another base", 'base = "origin/main"', 'base = "origin/next"', ["1 base"]],
  ["no base", 'base = "origin/main"', "", ["null base"]],
  ["the first base", "", 'base = "upstream/develop"', []],
  ["an odd first base", "", 'base = "HEAD~1"', ["1 base"]],
  ["another odd first base", "", 'base = "my-main"', ["1 base"]],
  ["tests as before", "mutate.require_changed_tests = false", "mutate.require_changed_tests = false", []],
  ["tests again", "mutate.require_changed_tests = false", "mutate.require_changed_tests = true", []],
  ["users as before", "[project]\ngreenfield = true", "[project]\ngreenfield = true", []],
  ["no users any more", "", "[project]\ngreenfield = true", []],
  ["mutators, all named", "", "[mutate]\nmutators = []", expect.arrayContaining(["2 mutate.mutators arithmetic"])],
  ["mutators of one's own, gone", '[mutate]\nmutators = ["arithmetic"]', "", []],
  ["a check that was off", '[checks]\noff = ["a", "b"]', '[checks]\noff = ["b"]', []],
  ["lists that are none", '[checks]\noff = "a"\non = 1', "[checks]\noff = [1]", []],
  [
    "a boundary of a scope that is gone",
    '[scope.path_map]\n"src/a/" = "a"\n[boundaries.b]\nforbid_packages = ["x"]',
    '[scope.path_map]\n"src/a/" = "a"',
    [],
  ],
  [
    "a boundary of a scope that is there",
    '[scope.path_map]\n"src/a/" = "a"\n[boundaries.a]\nforbid_packages = ["x"]',
    '[scope.path_map]\n"src/a/" = "a"',
    ["null boundaries.a.forbid_packages x"],
  ],
  [
    "an allowance",
    '[boundaries.a]\nforbid_packages = ["x"]',
    '[boundaries.a]\nforbid_packages = ["x"]\nallow_packages = ["y"]',
    ["3 boundaries.a.allow_packages"],
  ],
  [
    "an allowance that is off",
    '[boundaries.a]\nforbid_packages = ["x"]',
    '[boundaries.a]\nforbid_packages = ["x"]\nallow_tests = false',
    [],
  ],
  ["an allowance as before", '[boundaries.a]\nallow_packages = ["y"]', '[boundaries.a]\nallow_packages = ["y"]', []],
  ["a word of a boundary", '[boundaries.a]\nreason = "x"', '[boundaries.a]\nreason = "y"', []],
])("%s", async (_, base, head, expected) => {
  expect(await found(base, head)).toEqual(expected);
});

const check = '[[check]]\nid = "names"\npattern = ["a", "b"]\nfiles = ["src/**"]\n';
const ratio = '[[ratio]]\nid = "fast"\nnumerator = ["a"]\ndenominator = ["b"]\nat_most = 2\n';
const parity = '[[parity]]\nid = "api"\nreference = "a.json"\ncovered = "b.json"\nextra = "forbid"\n';

test.each<[string, string, string, readonly string[]]>([
  ["a pattern that is gone", check, check.replace('"a", ', ""), ["2 check names pattern"]],
  ["one pattern in the place of two", check, check.replace('["a", "b"]', '"a"'), ["2 check names pattern"]],
  ["one more pattern", check, check.replace('"a", ', '"a", "c", '), []],
  ["other files", check, check.replace("src/**", "src/a/**"), ["2 check names files"]],
  ["more files", check, check.replace('["src/**"]', '["lib/**", "src/**"]'), []],
  ["all files", check, check.replace('files = ["src/**"]\n', ""), []],
  ["some of all files", check.replace('files = ["src/**"]\n', ""), check, ["2 check names files"]],
  ["a file in the place of a list", check.replace('["src/**"]', '"src/**"'), check, []],
  ["what is spared", check, `${check}except = ["src/x.ts"]\n`, ["2 check names except"]],
  ["what was spared", `${check}except = ["x"]\n`, `${check}except = ["x"]\n`, []],
  ["scopes", `${check}scopes = ["a", "b"]\n`, `${check}scopes = ["a"]\n`, ["2 check names scopes"]],
  ["more scopes", `${check}scopes = ["a"]\n`, `${check}scopes = ["a", "b"]\n`, []],
  ["all scopes", `${check}scopes = ["a"]\n`, check, []],
  ["both commands, written out", check, `${check}in = ["loop", "gate"]\n`, []],
  ["another command", `${check}in = ["gate"]\n`, `${check}in = ["loop"]\n`, ["2 check names in"]],
  ["a ratio that is lowered", ratio, ratio.replace("= 2", "= 1"), []],
  ["a ratio of something else", ratio, ratio.replace('["b"]', '["c"]'), ["2 ratio fast denominator"]],
  ["a measure of its own", ratio, `${ratio}measure = "memory"\n`, ["2 ratio fast measure"]],
  ["names that the reference has not", parity, parity.replace("forbid", "allow"), ["2 parity api extra"]],
  ["names as before", parity.replace("forbid", "allow"), parity.replace("forbid", "allow"), []],
  ["an exception of a parity", parity, `${parity}except = ["x"]\n`, []],
  ["another reference", parity, parity.replace("a.json", "c.json"), ["2 parity api reference"]],
  ["a check that is gone", `${check}${ratio}`, ratio, ["null check names"]],
  ["one more of another kind", check, `${check}${parity}`, []],
])("a check of one's own: %s", async (_, base, head, expected) => {
  expect(await found(base, head)).toEqual(expected);
});

test("a command in one text follows the file that it names", async () => {
  const own = (path: string): string =>
    `[[check]]\nid = "names"\ncommand = ["node", "./${path}"]\nreference = "${path}"\n`;
  const context = await contextOf({
    base: { "assay.toml": own("a.mjs"), "a.mjs": "1" },
    head: { "assay.toml": own("b.mjs").replace("./", ""), "b.mjs": "1" },
    renames: { "b.mjs": "a.mjs" },
  });
  expect(await harnessLoosenings(context, own("a.mjs"))).toEqual([]);
});

const scopes = (map: string, dependencies: string): string =>
  `[scope.path_map]\n${map}\n[scope.dependencies]\n${dependencies}\n`;
const three = '"src/a/" = "a"\n"src/b/" = "b"\n"src/c/" = "c"';

test.each<[string, string, string, readonly string[]]>([
  ["one more import", scopes(three, 'a = ["b"]'), scopes(three, 'a = ["b", "c"]'), ["6 scope.dependencies a c"]],
  ["an import of what was not there", scopes(three, 'a = ["b"]'), scopes(three, 'a = ["b", "d"]'), []],
  ["a restriction that is gone", scopes(three, 'a = ["b"]\nb = []'), scopes(three, "b = []"), []],
  [
    "a file that goes where more is free",
    scopes(three, "a = []\nb = []"),
    scopes(`${three}\n"src/a/x.ts" = "c"`, "a = []\nb = []"),
    ["5 scope.path_map src/a/x.ts"],
  ],
  [
    "a file that goes where less is free",
    scopes(three, 'a = ["b", "c"]\nb = []'),
    scopes(`${three}\n"src/a/x.ts" = "b"`, 'a = ["b", "c"]\nb = []'),
    [],
  ],
  [
    "a file that goes where one may import it",
    scopes(three, "a = []\nb = []"),
    scopes(`${three}\n"src/a/x.ts" = "b"`, 'a = []\nb = ["a"]'),
    ["8 scope.dependencies b a"],
  ],
  [
    "a folder in no scope",
    scopes(three, "a = []\nb = []"),
    scopes('"src/b/" = "b"\n"src/c/" = "c"', "a = []\nb = []"),
    ["2 scope.path_map src/a/x.ts"],
  ],
  ["a file of a scope that was free", scopes(three, "b = []"), scopes(`${three}\n"src/a/x.ts" = "c"`, "b = []"), []],
  ["the longest prefix", scopes(`"src/" = "c"\n${three}`, "a = []"), scopes(`"src/" = "b"\n${three}`, "a = []"), []],
  ["a scope that is renamed", scopes(three, 'a = ["b"]'), scopes(three.replace('"a"', '"n"'), 'n = ["b"]'), []],
  [
    "a scope that is renamed and gains",
    scopes(three, "a = []"),
    scopes(three.replace('"a"', '"n"'), 'n = ["b"]'),
    ["6 scope.dependencies n b"],
  ],
  ["no restrictions at all", scopes(three, "a = []"), `[scope.path_map]\n${three}\n`, ["1 scope.dependencies"]],
])("scopes: %s", async (_, base, head, expected) => {
  expect(await found(base, head)).toEqual(expected);
});

test("a file that the change adds was in no scope, and none but sources count", async () => {
  const base = scopes(three, "a = []");
  const head = scopes(`${three}\n"src/a/new.ts" = "c"\n"src/a/x.md" = "c"`, "a = []");
  expect(await found(base, head, { "src/a/new.ts": "", "src/a/x.md": "" })).toEqual([]);
});

test("what the base can't be read of is judged by nobody here", async () => {
  expect(await found("[broken", "[limits]\nx = 1")).toEqual([]);
  expect(await found("", "[broken")).toEqual(["null assay.toml"]);
});
