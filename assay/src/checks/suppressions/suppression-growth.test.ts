import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { grownSuppressions } from "../grown-suppressions.ts";

/** What grew in files of suppressed faults: `path: 2 more of rule suppressed than the 1 before`. */
async function grown(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const findings = await grownSuppressions.inspect(await contextOf({ base, head, renames }));
  return findings.map(({ path, message }) => `${path}: ${message.replace(/; mend.*/, "")}`);
}

/** The same for one file. */
const grownIn = (name: string, base: unknown, head: unknown): Promise<readonly string[]> =>
  grown({ [name]: JSON.stringify(base) }, { [name]: JSON.stringify(head) });

test("of suppressed rules each count is compared over all files", async () => {
  const base = { "src/a.ts": { eqeqeq: { count: 2 }, "no-var": { count: 1 } } };
  const head = {
    "src/a.ts": { eqeqeq: { count: 1 } },
    "src/b.ts": { eqeqeq: { count: 3 }, "no-var": {}, "no-eval": {} },
  };
  expect(await grownIn("eslint-suppressions.json", base, head)).toEqual([
    "eslint-suppressions.json: 2 more of eqeqeq suppressed than the 2 before",
    "eslint-suppressions.json: 1 more of no-eval suppressed than the 0 before",
  ]);
});

test("suppressions may stand in a list", async () => {
  const entry = (rule: string) => ({ file: "a.ts", rule });
  const base = { suppressions: [entry("eqeqeq"), {}] };
  const head = { suppressions: [entry("eqeqeq"), entry("eqeqeq"), {}, { file: "b.ts" }] };
  expect(await grownIn("oxlint-suppressions.json", base, head)).toEqual([
    "oxlint-suppressions.json: 1 more of eqeqeq suppressed than the 1 before",
    "oxlint-suppressions.json: 1 more of any rule suppressed than the 1 before",
  ]);
});

test("what is no list and no object holds nothing", async () => {
  for (const name of ["eslint-suppressions.json", ".tsc-baseline.json", "knip.json"]) {
    expect(await grownIn(name, [], "none")).toEqual([]);
    expect(await grownIn(name, {}, { "a.ts": 3 })).toEqual([]);
  }
});

test("a baseline counts faults by their code, rule or kind, however deep they lie", async () => {
  const base = { meta: { version: 3 }, errors: { ab12: { code: "TS2322", count: 2, file: "a.ts" } } };
  const head = {
    meta: { version: 4 },
    errors: {
      ab12: { code: "TS2322", count: 3 },
      cd34: { code: 2554 },
      list: [{ rule: { name: "own" } }, { type: "cycle" }, { message: "no" }],
    },
  };
  expect(await grownIn(".tsc-baseline.json", base, head)).toEqual([
    ".tsc-baseline.json: 1 more of TS2322 suppressed than the 2 before",
    ".tsc-baseline.json: 1 more of 2554 suppressed than the 0 before",
    ".tsc-baseline.json: 1 more of own suppressed than the 0 before",
    ".tsc-baseline.json: 1 more of cycle suppressed than the 0 before",
  ]);
});

test("what a file leaves out is counted by its lists, in workspaces as well", async () => {
  const base = {
    entry: ["a.ts"],
    ignore: ["x"],
    ignoreDependencies: ["a"],
    workspaces: { "packages/a": { ignoreBinaries: ["b"] } },
  };
  const head = {
    entry: ["a.ts", "b.ts"],
    ignore: "x",
    ignoreDependencies: ["a", "b"],
    ignoreIssues: { "a.ts": ["exports"], "b.ts": ["types"] },
    ignoreExportsUsedInFile: true,
    exclude: ["files"],
    workspaces: { "packages/a": { ignoreBinaries: ["b", "c"] } },
  };
  expect(await grownIn("knip.json", base, head)).toEqual([
    "knip.json: 1 more of ignoreDependencies suppressed than the 1 before",
    "knip.json: 2 more of ignoreIssues suppressed than the 0 before",
    "knip.json: 1 more of exclude suppressed than the 0 before",
    "knip.json: 1 more of ignoreBinaries suppressed than the 1 before",
  ]);
});

test("a script that CI runs may be left out, by its whole path", async () => {
  const workflow = (step: string) => ({ ".github/workflows/ci.yml": `jobs:\n  a:\n    steps:\n      ${step}\n` });
  const grownBy = (entry: string, step: string): Promise<readonly string[]> => {
    const file = (ignore: readonly string[]) => ({ "knip.jsonc": `// why\n${JSON.stringify({ ignore })}` });
    return grown({ ...workflow(step), ...file([]) }, { ...workflow(step), ...file([entry]) });
  };
  expect(await grownBy("scripts/a.mjs", "- run: node scripts/a.mjs")).toEqual([]);
  expect(await grownBy("scripts/a.mjs", "- run: node ./scripts/a.mjs --all")).toEqual([]);
  for (const [entry, step] of [
    ["scripts/a.mjs", "# - run: node scripts/a.mjs"],
    ["scripts/a.mjs", "- run: node my-scripts/a.mjs"],
    ["scripts/a.mjs", "- run: node scripts/b.mjs"],
    ["node", "- run: node scripts/a.mjs"],
  ] as const)
    expect(await grownBy(entry, step)).toEqual(["knip.jsonc: 1 more of ignore suppressed than the 0 before"]);
});

test("results of betterer are counted by their tests", async () => {
  const results = (faults: readonly string[], rest = "") =>
    `// BETTERER RESULTS V2.\nexports[\`no any\`] = {\n  value: \`{ ${faults.map((path) => `"${path}:12": [[1, 2, 3, "any", "5"], [4, 5, 6, "any", "7"]],`).join(" ")} }\`\n};\n${rest}`;
  expect(
    await grown({ ".betterer.results": results(["a.ts"]) }, { ".betterer.results": results(["a.ts", "b.ts"]) }),
  ).toEqual([".betterer.results: 2 more of no any suppressed than the 2 before"]);
  const counted = (count: number) =>
    `exports[\`files\`] = { value: \`${count}\` };\nmodule.exports = exports;\nlocal = \`9\`;\n`;
  expect(
    await grown({ ".betterer.results": results([], counted(3)) }, { ".betterer.results": results([], counted(4)) }),
  ).toEqual([".betterer.results: 1 more of files suppressed than the 3 before"]);
  expect(await grown({ ".betterer.results": results(["a.ts"]) }, { ".betterer.results": results(["b.ts"]) })).toEqual(
    [],
  );
});

const suppressed = (count: number) => ({
  "eslint-suppressions.json": `{ "a.ts": { "eqeqeq": { "count": ${count} } } }`,
});
const rules = (text: string) => ({ ".eslintrc.json": text });

test("a rule that the change makes stricter brings what was there", async () => {
  const strict = rules('{ "rules": { "eqeqeq": "error" } }');
  const warns = rules('{ "rules": { "eqeqeq": "warn" } }');
  const grew = ["eslint-suppressions.json: 1 more of eqeqeq suppressed than the 0 before"];
  expect(await grown({ ...rules("{}"), ...suppressed(0) }, { ...strict, ...suppressed(1) })).toEqual([]);
  expect(await grown({ ...warns, ...suppressed(0) }, { ...strict, ...suppressed(1) })).toEqual([]);
  expect(await grown(suppressed(0), { ...strict, ...suppressed(1) })).toEqual([]);
  expect(await grown({ ...strict, ...suppressed(0) }, { ...warns, ...suppressed(1) })).toEqual(grew);
  expect(await grown({ ...strict, ...suppressed(0) }, { ...strict, ...suppressed(1) })).toEqual(grew);
  expect(await grown({ ...strict, ...suppressed(0) }, suppressed(1))).toEqual(grew);
  const another = rules('{ "rules": { "no-eval": "error" } }');
  expect(await grown({ ...rules("{}"), ...suppressed(0) }, { ...another, ...suppressed(1) })).toEqual(grew);
});

test("rules that are shared by name bring what was there where the name is new", async () => {
  const shares = (...names: readonly string[]) => rules(JSON.stringify({ extends: names }));
  expect(await grown({ ...rules("{}"), ...suppressed(0) }, { ...shares("a"), ...suppressed(1) })).toEqual([]);
  expect(await grown({ ...shares("a"), ...suppressed(0) }, { ...shares("a", "b"), ...suppressed(1) })).toEqual([]);
  expect(await grown({ ...shares("a", "b"), ...suppressed(0) }, { ...shares("a"), ...suppressed(1) })).toHaveLength(1);
});

test("faults may move with their file, and to another one of the name", async () => {
  const text = '{ "a.ts": { "eqeqeq": { "count": 2 } } }';
  const moved = { "packages/a/eslint-suppressions.json": text };
  expect(await grown({ "eslint-suppressions.json": text }, moved)).toEqual([]);
  expect(
    await grown({ "eslint-suppressions.json": text }, moved, {
      "packages/a/eslint-suppressions.json": "eslint-suppressions.json",
    }),
  ).toEqual([]);
  expect(await grown({ "eslint-suppressions.json": text }, { "stylelint-suppressions.json": text })).toHaveLength(1);
  expect(await grown({ "eslint-suppressions.json": text }, {})).toEqual([]);
});
