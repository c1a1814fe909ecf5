// Workflows of GitHub that verify in fewer cases than they did, and those that only look as if.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { workflowLoosenings } from "./workflow-loosenings.ts";

const ci = ".github/workflows/ci.yml";
const tools = { vitest: "1", typescript: "5", eslint: "9", ava: "6" };
const common: Texts = {
  "package.json": JSON.stringify({ scripts: { test: "vitest run" }, devDependencies: tools }),
  "src/a.ts": "",
};

interface Job {
  readonly [key: string]: unknown;
}
type Jobs = Readonly<Record<string, Job>>;

const text = (jobs: Jobs, on: unknown = { pull_request: {}, push: {} }): string => JSON.stringify({ on, jobs });
const runs = (...lines: readonly string[]): Job => ({ steps: lines.map((run) => ({ run })) });

/** What each would have to be approved as, without this file. */
async function whatsOf(base: Texts, head: Texts): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head } });
  return (await workflowLoosenings(context, repoPath(ci))).map(({ what }) => what.replace(`${ci} `, ""));
}

async function whats(base: string, head: string, others: Texts = {}): Promise<readonly string[]> {
  return whatsOf({ [ci]: base, ...others }, { [ci]: head, ...others });
}

test.each<[string, object, object, readonly string[]]>([
  ["a number that was included", { node: [20], include: [{ node: 22 }] }, { node: [20] }, ["a node 22"]],
  ["a part of many", { shard: ["1/12", "10/12"] }, { shard: ["1/12"] }, ["a shard 10/12"]],
  ["parts, for many", { shard: ["1/2", "2/2"] }, { shard: ["10/12", "11/12"] }, []],
  ["a version, for the latest of something else", { node: ["20"] }, { node: ["bun-latest"] }, ["a node 20"]],
  ["a version behind its name", { node: ["node22", "node20"] }, { node: ["node20"] }, ["a node node22"]],
  ["a version of a browser", { browser: ["chrome-122", "firefox-121"] }, { browser: ["firefox-121"] }, []],
  ["a system in other letters", { os: ["ubuntu-latest", "macOS-13"] }, { os: ["ubuntu-latest"] }, ["a os macOS-13"]],
  ["an image of a system in other letters", { os: ["macOS-13"] }, { os: ["macos-latest"] }, []],
  ["a runner of one's own", { os: ["my-ubuntu", "ubuntu-latest"] }, { os: ["ubuntu-latest"] }, []],
  ["a size", { memory: ["8gb", "4gb"] }, { memory: ["4gb"] }, []],
])("%s of a matrix", async (_, base, head, expected) => {
  const of = (matrix: object): string => text({ a: { strategy: { matrix }, ...runs("npm test") } });
  expect(await whats(of(base), of(head))).toEqual(expected);
});

const t = runs("npm test");
const l = runs("eslint .");

test.each<[string, readonly string[]]>([
  ["Gate", ["Gate needs t"]],
  ["ok", ["ok needs t"]],
  ["ship-it", ["ship-it needs t"]],
  ["book", []],
  ["okta", []],
  ["worship", []],
])("the job %s waits for less", async (id, expected) => {
  const of = (...needs: readonly string[]): string => text({ t, l, [id]: { needs, ...runs("echo") } });
  expect(await whats(of("t", "l"), of("l"))).toEqual(expected);
});

test.each<[string, Jobs, Jobs, readonly string[]]>([
  [
    "a deployment that builds",
    { t, deploy: { needs: ["t"], ...runs("vite build") } },
    { t, deploy: runs("vite build") },
    ["deploy needs"],
  ],
  ["a page that is built", { t, page: { needs: ["t"], ...runs("vite build") } }, { t, page: runs("vite build") }, []],
  [
    "a gate for what compiles and checks in one",
    { t, c: runs("tsc"), gate: { needs: ["t", "c"], ...runs("echo") } },
    { t, c: runs("tsc"), gate: { needs: ["t"], ...runs("echo") } },
    ["gate needs c"],
  ],
  [
    "a gate, while another job waits",
    { t, l, report: { needs: ["t"], ...runs("echo") }, gate: { needs: ["t", "l"], ...runs("echo") } },
    { t, l, report: { needs: ["t"], ...runs("echo") }, gate: { needs: ["l"], ...runs("echo") } },
    ["gate needs t"],
  ],
])("%s waits no longer", async (_, base, head, expected) => {
  expect(await whats(text(base), text(head))).toEqual(expected);
});

test.each<[string, string]>([
  ["pnpm import", "pnpm import --no-frozen-lockfile"],
  ["yarn build", "yarn build --no-immutable"],
  ["cnpm ci", "cnpm ci --no-immutable"],
])("%s holds nobody to the lockfile", async (before, after) => {
  expect(await whats(text({ a: runs(before, "npm test") }), text({ a: runs(after, "npm test") }))).toEqual([]);
});

test.each(["yarn install --no-lockfile", "npm ci --no-package-lock", "pnpm i --no-frozen-lockfile"])(
  "%s takes whatever there is today",
  async (after) => {
    const before = after.replace(/ --.*/, "");
    expect(await whats(text({ a: runs(before, "npm test") }), text({ a: runs(after, "npm test") }))).toEqual([
      "a lockfile",
    ]);
  },
);

const tags = { push: { tags: ["v*"] } };
const others = { ".github/workflows/other.yml": text({ t }) };

test.each([
  ["npm publish --provenance", true],
  ["npm unpublish x", false],
  ["npm run publisher", false],
  ["prerelease-it", false],
  ["release-items", false],
  ["semantic-releases", false],
  ["unsemantic-release", false],
  ["echo inp", false],
  ["echo snp x", false],
  ["np-x", false],
])("%s publishes what was verified: %s", async (line, isFound) => {
  const of = (...lines: readonly string[]): string => text({ t: runs("echo"), release: runs(...lines) }, tags);
  const expected = isFound ? ["release publishes"] : [];
  expect(await whats(of("npm test", "echo", line), of("echo", line), others)).toEqual(expected);
});

test("a step verifies with each of its lines", async () => {
  const lines = runs("npm test\necho done");
  const waiting = { needs: ["a"], ...runs("echo") };
  expect(await whats(text({ a: lines, gate: waiting }), text({ a: lines, gate: runs("echo") }))).toEqual([
    "gate needs",
  ]);
  expect(await whats(text({ a: lines, page: waiting }), text({ a: lines, page: runs("echo") }))).toEqual([
    "page needs",
  ]);
});

test("what another file does may have verified what is published", async () => {
  const of = (...lines: readonly string[]): Jobs => ({ t: runs("echo"), release: runs(...lines) });
  const base = text(of("npm test", "echo", "npm publish"), tags);
  const called = { called: { uses: "./.github/workflows/other.yml" } };
  expect(await whats(base, text({ ...of("echo", "npm publish"), ...called }, tags), others)).toEqual([]);
});

test("one job that judges is enough for what is published", async () => {
  const of = (line: string): string =>
    text({ t: runs(line), b: runs("echo"), release: runs("echo", "npm publish") }, tags);
  expect(await whats(of("npm test"), of("echo"), others)).toEqual(["release publishes"]);
  expect(await whats(of("npm test"), of("eslint ."), others)).toEqual([]);
  expect(await whats(of("vite build"), of("echo"), others)).toEqual([]);
});

const filtered = (filter: object): string => text({ t }, { pull_request: filter });

test("paths that are all there are leave nothing out", async () => {
  expect(await whats(filtered({}), filtered({ paths: ["**"] }), { ".storybook/a.ts": "" })).toEqual([]);
  expect(await whats(filtered({}), filtered({ "paths-ignore": ["doc/**"] }), { "doc/a.ts": "" })).toEqual([]);
});

test("a branch that is named like one of releases is none", async () => {
  expect(await whats(filtered({}), filtered({ branches: ["prerelease"] }))).toEqual(["tests"]);
});

test.each<[string, Job, Job, readonly string[]]>([
  ["one of two programs", runs("vitest run", "ava"), runs("vitest run"), ["ava"]],
  ["a limit", runs("eslint . --max-warnings 0"), l, ["eslint --max-warnings"]],
  ["a build", runs("npm test", "rollup -c"), runs("npm test"), []],
  ["everything", { strategy: { matrix: { os: ["ubuntu-latest", "windows-latest"] } }, ...t }, runs("echo"), ["tests"]],
  [
    "everything, and a part of its matrix",
    { strategy: { matrix: { os: ["ubuntu-latest", "windows-latest"] } }, ...t },
    { strategy: { matrix: { os: ["ubuntu-latest"] } }, ...runs("echo") },
    ["tests"],
  ],
])("CI loses %s", async (_, base, head, expected) => {
  expect(await whats(text({ a: base }), text({ a: head }))).toEqual(expected);
});

test("losses are laid to the file that shows them, whatever else it shows", async () => {
  const other = ".github/workflows/other.yml";
  const found = async (before: Job, after: Job): Promise<readonly string[]> =>
    whatsOf(
      { [ci]: text({ a: l }), [other]: text({ a: before }) },
      { [ci]: text({ a: l, b: runs("echo") }), [other]: text({ a: after }) },
    );
  expect(await found(runs("vitest run", "ava"), runs("vitest run"))).toEqual([`${other} ava`]);
  expect(await found(runs("oxlint --deny-warnings"), runs("oxlint"))).toEqual([`${other} oxlint --deny-warnings`]);
  expect(await found(runs("vitest run", "attw --pack"), runs("echo"))).toEqual([`${other} tests`, `${other} package`]);
});

test("a file with steps that is no workflow verifies nothing", async () => {
  const notes = { "notes.yml": "steps: [{ script: npm test }]" };
  expect(await whats(text({ t }), text({ t: runs("echo") }), notes)).toEqual(["tests"]);
});
