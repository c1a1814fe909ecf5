import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { loosenedHarness } from "./loosened-harness.ts";

const scopes = `
[scope.path_map]
"src/model/" = "model"
"src/app/" = "app"
"src/cli/" = "cli"
[scope.dependencies]
model = []
app = ["model"]
cli = ["model", "app"]
`;
const sources: Texts = { "src/model/a.ts": "", "src/app/a.ts": "", "src/cli/a.ts": "" };

/** What each finding would have to be approved as. */
async function whats(base: string, head: string | undefined, files: Texts = sources): Promise<readonly string[]> {
  const after = head === undefined ? {} : { "assay.toml": head };
  const context = await contextOf({ base: { ...sources, "assay.toml": base }, head: { ...files, ...after } });
  return (await loosenedHarness.inspect(context)).map(({ message }) => /\[([^[]*)\]$/.exec(message)?.[1] ?? message);
}

const own = '[[check]]\nid = "names"\ncommand = ["node", "tools/names.mjs"]\n';
const ratio = '[[ratio]]\nid = "fast"\nnumerator = ["a"]\ndenominator = ["b"]\nat_most = 2\n';

test.each<[string, string, string | undefined, readonly string[]]>([
  ["the file gone", scopes, undefined, ["assay.toml"]],
  [
    "a limit raised",
    "[limits]\nmax_file_lines = 300",
    "[limits]\nmax_file_lines = 900",
    ["assay.toml limits.max_file_lines"],
  ],
  ["a limit raised above the default", "", "[limits]\nmax_file_lines = 900", ["assay.toml limits.max_file_lines"]],
  ["a limit gone", "[limits]\nmax_file_lines = 300", "", ["assay.toml limits.max_file_lines"]],
  ["fewer mutants", "", "[mutate]\nmax_mutants = 1", ["assay.toml mutate.max_mutants"]],
  ["less time", "", "[loop]\nbudget_seconds = 1", ["assay.toml loop.budget_seconds"]],
  ["no tests required", "", "mutate.require_changed_tests = false", ["assay.toml mutate.require_changed_tests"]],
  ["users all at once", "[project]\ngreenfield = true", "", ["assay.toml project.greenfield"]],
  ["another base", 'base = "origin/main"', 'base = "HEAD"', ["assay.toml base"]],
  ["a check off", "", '[checks]\noff = ["suppression"]', ["assay.toml checks.off suppression"]],
  ["this check off", "", '[checks]\noff = ["loosened-harness"]', ["assay.toml checks.off loosened-harness"]],
  ["a check no longer on", '[checks]\non = ["dead-export"]', "", ["assay.toml checks.on dead-export"]],
  [
    "a mutator left out",
    '[mutate]\nmutators = ["arithmetic", "throw-removal"]',
    '[mutate]\nmutators = ["arithmetic"]',
    ["assay.toml mutate.mutators throw-removal"],
  ],
  ["an own check gone", own, "", ["assay.toml check names"]],
  [
    "an own check that does something else",
    own,
    own.replace("tools/names.mjs", "tools/nothing.mjs"),
    ["assay.toml check names command"],
  ],
  ["an own check for one scope", scopes + own, `${scopes}${own}scopes = ["cli"]\n`, ["assay.toml check names scopes"]],
  ["an own check in one command", own, `${own}in = ["gate"]\n`, ["assay.toml check names in"]],
  ["a slower ratio", ratio, ratio.replace("at_most = 2", "at_most = 3"), ["assay.toml ratio fast at_most"]],
  [
    "a boundary gone",
    '[boundaries.core]\nforbid_packages = ["a", "b"]',
    '[boundaries.core]\nforbid_packages = ["a"]',
    ["assay.toml boundaries.core.forbid_packages b"],
  ],
  [
    "one more import",
    scopes,
    scopes.replace('app = ["model"]', 'app = ["model", "cli"]'),
    ["assay.toml scope.dependencies app cli"],
  ],
  [
    "a file put into another scope",
    scopes,
    scopes.replace("[scope.dep", '"src/model/a.ts" = "cli"\n[scope.dep'),
    ["assay.toml scope.path_map src/model/a.ts"],
  ],
  [
    "a file put into a scope of its own",
    scopes,
    `${scopes.replace("[scope.dep", '"src/model/a.ts" = "free"\n[scope.dep')}free = ["app"]\n`,
    ["assay.toml scope.path_map src/model/a.ts"],
  ],
  [
    "an entry of the path map gone",
    scopes,
    scopes.replace('"src/model/" = "model"\n', "").replace("model = []\n", ""),
    ["assay.toml scope.path_map src/model/a.ts"],
  ],
  [
    "no dependencies at all",
    scopes,
    scopes.replace(/\[scope.dependencies][^]*/, ""),
    ["assay.toml scope.dependencies"],
  ],
])("%s is found", async (_, base, head, expected) => {
  expect(await whats(base, head)).toEqual(expected);
});

test.each<[string, string, string]>([
  ["another order and comments", scopes, `# why\n${scopes.replace('["model", "app"]', '["app", "model"]')}`],
  ["a lower limit", "", "[limits]\nmax_file_lines = 300"],
  ["a limit said that holds anyway", "", "[limits]\nmax_file_lines = 500"],
  ["more mutants and time", "", "[mutate]\nmax_mutants = 30\ncommand_seconds = 300\n[loop]\nbudget_seconds = 300"],
  [
    "an equivalent mutant",
    "",
    '[[mutate.equivalent]]\npath = "a.ts"\nmutant = "0123456789"\nreason = "a sentence that says why it is"\n',
  ],
  ["one more check", "", own],
  ["a check on", "", '[checks]\non = ["dead-export"]'],
  ["one more boundary", "", '[boundaries.core]\nforbid_packages = ["a"]'],
  ["an import taken back", scopes, scopes.replace('cli = ["model", "app"]', 'cli = ["app"]')],
  [
    "a new scope that may import and be imported",
    scopes,
    scopes
      .replace("[scope.dep", '"src/view/" = "view"\n[scope.dep')
      .replace('"app"]', '"app", "view"]\nview = ["model"]'),
  ],
  [
    "a scope split",
    scopes,
    scopes
      .replace("[scope.dep", '"src/app/a.ts" = "app-a"\n[scope.dep')
      .replace('app = ["model"]', 'app = ["model", "app-a"]\napp-a = ["model"]'),
  ],
  ["a scope renamed", scopes, scopes.replaceAll('"model"', '"core"').replace("model = []", "core = []")],
])("%s is none", async (_, base, head) => {
  expect(await whats(base, head)).toEqual([]);
});

test("what the base switches off stays off", async () => {
  expect(await whats('[checks]\noff = ["loosened-harness"]', "[limits]\nmax_file_lines = 900")).toEqual([]);
});

test("a command follows the file that it names", async () => {
  const context = await contextOf({
    base: { "assay.toml": own, "tools/names.mjs": "1" },
    head: { "assay.toml": own.replace("names.mjs", "names.ts"), "tools/names.ts": "1" },
    renames: { "tools/names.ts": "tools/names.mjs" },
  });
  expect(await loosenedHarness.inspect(context)).toEqual([]);
});

test("a new assay.toml may choose, where nothing else is done", async () => {
  const head = { "assay.toml": '[checks]\noff = ["suppression"]\n' };
  expect(await loosenedHarness.inspect(await contextOf({ base: {}, head }))).toEqual([]);
  const found = await loosenedHarness.inspect(await contextOf({ base: {}, head: { ...head, "a.ts": "" } }));
  expect(found.map(({ line }) => line)).toEqual([2]);
  const usual = { "assay.toml": `base = "origin/main"\n${scopes}`, "a.ts": "" };
  expect(await loosenedHarness.inspect(await contextOf({ base: {}, head: usual }))).toEqual([]);
});

test("a configuration that was renamed away is gone", async () => {
  const renames = { "old.toml": "assay.toml" };
  const context = await contextOf({ base: { "assay.toml": scopes }, head: { "old.toml": scopes }, renames });
  expect(await loosenedHarness.inspect(context)).toHaveLength(1);
});
