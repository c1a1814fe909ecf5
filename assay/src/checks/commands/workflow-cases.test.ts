// In how many cases workflows of GitHub verify before and after a change.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { workflowLoosenings } from "./workflow-loosenings.ts";

const ci = ".github/workflows/ci.yml";
const common: Texts = {
  "package.json":
    '{ "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "1", "typescript": "5", "eslint": "9" } }',
  "src/a.ts": "",
};

/** What each would have to be approved as, without the file. */
async function whats(base: string, head: string, others: Texts = {}): Promise<readonly string[]> {
  return whatsOf({ [ci]: base, ...others }, { [ci]: head, ...others });
}

async function whatsOf(base: Texts, head: Texts): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head } });
  return (await workflowLoosenings(context, repoPath(ci))).map(({ what }) => what.replace(`${ci} `, ""));
}

interface Job {
  readonly [key: string]: unknown;
}

const on = { pull_request: {}, push: {} };
const text = (jobs: Readonly<Record<string, Job>>, events: unknown = on): string =>
  JSON.stringify({ on: events, jobs });
const runs = (...lines: readonly string[]): Job => ({ steps: lines.map((run) => ({ run })) });
const inMatrix = (matrix: object): Job => ({ strategy: { matrix }, ...runs("npm test") });

test.each<[string, object, object, readonly string[]]>([
  ["a system", { os: ["ubuntu-latest", "windows-latest"] }, { os: ["ubuntu-latest"] }, ["a os windows-latest"]],
  ["an image of a system", { os: ["ubuntu-22.04", "macos-14"] }, { os: ["ubuntu-24.04", "macos-latest"] }, []],
  ["an old version", { node: [18, 20, 22] }, { node: [20, 22] }, []],
  ["a new version", { node: [18, 20, 22] }, { node: [18, 20] }, ["a node 22"]],
  ["an odd version", { node: [20, 23] }, { node: [20] }, []],
  ["versions as texts", { node: ["v18.x", "node@22"] }, { node: ["18.x"] }, ["a node node@22"]],
  ["a version for a name", { node: ["20"] }, { node: ["lts/*"] }, []],
  ["a version for another name", { node: ["20"] }, { node: ["bun"] }, ["a node 20"]],
  ["a name for a name", { db: ["mysql", "sqlite"] }, { db: ["sqlite"] }, []],
  ["parts", { shard: ["1/2", "2/2"] }, { shard: ["1/2"] }, ["a shard 2/2"]],
  ["more parts", { shard: ["1/2", "2/2"] }, { shard: ["1/3", "2/3", "3/3"] }, []],
  ["an expression", { node: [22] }, { node: ["${{ inputs.node }}"] }, []],
  ["an axis", { node: [22] }, {}, []],
  [
    "what was included",
    { os: ["ubuntu-latest"], include: [{ os: "windows-latest" }] },
    { os: ["ubuntu-latest"] },
    ["a os windows-latest"],
  ],
  [
    "what is included now",
    { os: ["ubuntu-latest", "windows-latest"] },
    { os: ["ubuntu-latest"], include: [{ os: "windows-latest" }] },
    [],
  ],
  [
    "what is left out altogether",
    { os: ["ubuntu-latest", "windows-latest"] },
    { os: ["ubuntu-latest", "windows-latest"], exclude: [{ os: "windows-latest" }] },
    ["a os windows-latest"],
  ],
  [
    "what was left out already",
    { os: ["ubuntu-latest", "windows-latest"], exclude: [{ os: "windows-latest" }] },
    { os: ["ubuntu-latest"] },
    [],
  ],
])("%s of a matrix", async (_, base, head, expected) => {
  expect(await whats(text({ a: inMatrix(base) }), text({ a: inMatrix(head) }))).toEqual(expected);
  const idle = (matrix: object): Job => ({ strategy: { matrix }, ...runs("echo") });
  expect(
    await whats(text({ a: idle(base), b: runs("npm test") }), text({ a: idle(head), b: runs("npm test") })),
  ).toEqual([]);
});

const both = { os: ["ubuntu-latest", "windows-latest"], node: [20, 22] };

test.each<[string, object, object, readonly string[]]>([
  [
    "a combination",
    both,
    { ...both, exclude: [{ os: "windows-latest", node: 22 }] },
    ["a exclude os windows-latest with node 22"],
  ],
  ["an older version", both, { ...both, exclude: [{ os: "windows-latest", node: 20 }] }, []],
  [
    "both versions",
    both,
    {
      ...both,
      exclude: [
        { os: "windows-latest", node: 20 },
        { os: "windows-latest", node: 22 },
      ],
    },
    ["a exclude os windows-latest with node 20", "a exclude os windows-latest with node 22"],
  ],
  [
    "what was excluded",
    { ...both, exclude: [{ os: "windows-latest", node: 22 }] },
    { ...both, exclude: [{ node: 22, os: "windows-latest" }] },
    [],
  ],
  [
    "what is included besides",
    both,
    {
      ...both,
      exclude: [{ os: "windows-latest", node: 22 }],
      include: [{ os: "windows-latest", node: 22, fast: true }],
    },
    [],
  ],
  [
    "what never met",
    { os: ["ubuntu-latest"], node: [22] },
    { os: ["ubuntu-latest"], node: [22], exclude: [{ os: "windows-latest", node: 22 }] },
    [],
  ],
])("%s that is excluded", async (_, base, head, expected) => {
  expect(await whats(text({ a: inMatrix(base) }), text({ a: inMatrix(head) }))).toEqual(expected);
});

test.each<[string, Readonly<Record<string, Job>>, Readonly<Record<string, Job>>, readonly string[]]>([
  [
    "a gate that waits for nothing",
    { t: runs("npm test"), gate: { needs: ["t"], ...runs("echo") } },
    { t: runs("npm test"), gate: runs("echo") },
    ["gate needs"],
  ],
  [
    "a gate that waits for less",
    { t: runs("npm test"), l: runs("eslint ."), gate: { needs: ["t", "l"], ...runs("echo") } },
    { t: runs("npm test"), l: runs("eslint ."), gate: { needs: ["l"], ...runs("echo") } },
    ["gate needs t"],
  ],
  [
    "a gate that waits by way of another",
    { t: runs("npm test"), l: runs("eslint ."), gate: { needs: ["t", "l"], ...runs("echo") } },
    { t: runs("npm test"), l: { needs: "t", ...runs("eslint .") }, gate: { needs: ["l"], ...runs("echo") } },
    [],
  ],
  [
    "a job of no meaning that waits for less",
    { t: runs("npm test"), l: runs("eslint ."), notify: { needs: ["t", "l"], ...runs("echo") } },
    { t: runs("npm test"), l: runs("eslint ."), notify: { needs: ["l"], ...runs("echo") } },
    [],
  ],
  [
    "a deployment that verifies itself now",
    { t: runs("npm test"), deploy: { needs: ["t"], ...runs("echo") } },
    { t: runs("npm test"), deploy: runs("npm test") },
    [],
  ],
  [
    "jobs that need each other",
    { t: runs("npm test"), a: { needs: ["b"], ...runs("echo") }, b: { needs: ["a", "t"], ...runs("echo") } },
    { t: runs("npm test"), a: { needs: ["b"], ...runs("echo") }, b: { needs: ["a"], ...runs("echo") } },
    ["a needs", "b needs"],
  ],
  [
    "a build that is not waited for",
    { b: runs("vite build"), t: runs("npm test"), gate: { needs: ["b", "t"], ...runs("echo") } },
    { b: runs("vite build"), t: runs("npm test"), gate: { needs: ["t"], ...runs("echo") } },
    [],
  ],
])("%s", async (_, base, head, expected) => {
  expect(await whats(text(base), text(head))).toEqual(expected);
});

test("a gate forgives what it did not forgive", async () => {
  const gate = (forgiven: string): string =>
    text({
      t: runs("npm test"),
      gate: {
        needs: ["t"],
        steps: [{ uses: "re-actors/alls-green@release/v1", with: { "allowed-failures": forgiven } }],
      },
    });
  expect(await whats(gate("docs"), gate("docs, t"))).toEqual(["gate forgives t"]);
  expect(await whats(gate("t"), gate("t, docs"))).toEqual([]);
});

test.each<[string, string, string, readonly string[]]>([
  ["npm ci", "pnpm install", "pnpm install --no-frozen-lockfile", ["a lockfile"]],
  ["yarn", "yarn", "yarn install --no-immutable", ["a lockfile"]],
  ["bun", "bun i", "bun i --frozen-lockfile=false", ["a lockfile"]],
  ["one that was not held", "pnpm install --no-frozen-lockfile", "pnpm i --no-frozen-lockfile", []],
  ["one that installs nothing", "echo", "echo --no-frozen-lockfile", []],
  ["one that is held", "pnpm install", "pnpm install --frozen-lockfile", []],
])("the lockfile of %s", async (_, before, after, expected) => {
  expect(await whats(text({ a: runs(before, "npm test") }), text({ a: runs(after, "npm test") }))).toEqual(expected);
  expect(
    await whats(text({ a: runs(before), b: runs("npm test") }), text({ a: runs(after), b: runs("npm test") })),
  ).toEqual([]);
});

test.each<[string, boolean]>([
  ["npm publish", true],
  ["pnpm -r publish --access public", true],
  ["yarn npm publish", true],
  ["npx changeset publish", true],
  ["npx semantic-release", true],
  ["release-it", true],
  ["np", true],
  ["npm pack", false],
  ["echo npm || publish", false],
])("what %s publishes was verified: %s", async (line, isFound) => {
  const base = text({ release: runs("npm test", line) }, { push: { tags: ["v*"] } });
  const head = text({ release: runs(line) }, { push: { tags: ["v*"] } });
  const others = { ".github/workflows/other.yml": text({ t: runs("npm test") }) };
  expect(await whats(base, head, others)).toEqual(isFound ? ["release publishes"] : []);
  const called = text(
    { t: { uses: "./.github/workflows/other.yml" }, release: runs(line) },
    { push: { tags: ["v*"] } },
  );
  expect(await whats(base, called, others)).toEqual([]);
  const waiting = text({ release: runs(line) }, { push: { tags: ["v*"] }, workflow_run: { workflows: ["other"] } });
  expect(await whats(base, waiting, others)).toEqual([]);
});

test("another branch is checked out in the place of the change", async () => {
  const job = (ref: string | undefined, line = "npm test"): string =>
    text({
      a: { steps: [{ uses: "actions/checkout@v4", ...(ref === undefined ? {} : { with: { ref } }) }, { run: line }] },
      b: runs("eslint ."),
    });
  expect(await whats(job(undefined), job("main"))).toEqual(["a checkout"]);
  expect(await whats(job("next"), job("main"))).toEqual([]);
  expect(await whats(job(undefined, "echo"), job("main", "echo"))).toEqual([]);
});

const filtered = (filter: object): string => text({ a: runs("npm test") }, { pull_request: filter });

test.each<[string, object, object, readonly string[]]>([
  ["sources left out", {}, { "paths-ignore": ["src/**"] }, ["pull_request paths"]],
  ["pages left out", {}, { "paths-ignore": ["docs/**", "**/*.md"] }, []],
  ["others alone", {}, { paths: ["lib/**"] }, ["pull_request paths"]],
  ["sources and others", {}, { paths: ["src/**", "lib/**"] }, []],
  ["what is taken back", { paths: ["src/**"] }, { paths: ["src/**", "!src/a.ts"] }, ["pull_request paths"]],
  ["what is let in again", { paths: ["src/**"] }, { paths: ["!src/**", "src/**"] }, []],
  ["branches of releases", {}, { branches: ["release/**", "v1"] }, ["pull_request branches"]],
  ["the main branch", {}, { branches: ["main", "release/**"] }, []],
  ["other branches than before", { branches: ["main"] }, { branches: ["release/1"] }, []],
])("%s", async (_, base, head, expected) => {
  expect(await whats(filtered(base), filtered(head))).toEqual(expected);
});

const tested = { a: runs("npm test") };

test.each<[string, unknown, boolean]>([
  ["pull requests that are opened", { pull_request: { types: ["opened"] } }, true],
  ["pull requests that are labelled", { pull_request: { types: ["labeled"] } }, false],
  ["targets", { pull_request_target: {} }, true],
  ["a queue", { merge_group: {} }, true],
  ["pushes", { push: {} }, false],
  ["no paths at all", { pull_request: { paths: ["!**"] } }, false],
  ["the main branch", { pull_request: { branches: ["main"] } }, true],
  ["the trunk by a pattern", { pull_request: { branches: ["tru*"] } }, true],
  ["a branch of its own name", { pull_request: { branches: ["stable"] } }, true],
  ["another branch", { pull_request: { branches: ["feature"] } }, false],
  ["all but the main branch", { pull_request: { "branches-ignore": ["main", "master", "trunk"] } }, false],
  ["all but another branch", { pull_request: { "branches-ignore": ["gh-pages"] } }, true],
])("pull requests are verified as before by what is started by %s: %s", async (_, events, isKept) => {
  const found = await whats(text(tested), text(tested, events));
  expect(found.filter((what) => what === "tests")).toEqual(isKept ? [] : ["tests"]);
});

test.each<[string, Job, readonly string[]]>([
  ["a condition that holds", { if: "github.event_name == 'pull_request'" }, []],
  ["a condition that does not", { if: "github.event_name == 'push'" }, ["tests"]],
  ["a branch that is merged into", { if: "github.ref_name == 'main'" }, ["tests"]],
  ["the name of a pull request", { if: "github.ref_name == '1/merge'" }, []],
  ["a job that is cut", { needs: ["b"] }, ["tests"]],
  ["a job that may fail", { "continue-on-error": true }, ["vitest continue-on-error"]],
])("%s", async (_, more, expected) => {
  const b = { if: false, ...runs("echo") };
  expect(await whats(text({ a: runs("npm test"), b }), text({ a: { ...more, ...runs("npm test") }, b }))).toEqual(
    expected,
  );
});

test("another workflow that is called verifies", async () => {
  const called = { ".github/workflows/t.yml": text(tested, { workflow_call: {} }) };
  const calling = (more: Job): string => text({ t: { uses: "./.github/workflows/t.yml", ...more } });
  expect(await whats(text(tested), calling({}), called)).toEqual([]);
  expect(await whats(text(tested), calling({ if: false }), called)).toEqual(["tests"]);
  expect(await whats(calling({}), text({ t: runs("echo") }), called)).toEqual(["tests"]);
});

test.each<[string, Job, readonly string[]]>([
  ["another repository's workflow may verify", { uses: "acme/ci/.github/workflows/t.yml@v1" }, []],
  ["an action that judges may", { steps: [{ uses: "acme/test-action@v1" }] }, []],
  ["an action of GitHub does not", { steps: [{ uses: "actions/test@v1" }] }, ["tests"]],
  ["an action of another kind does not", { steps: [{ uses: "acme/deploy@v1" }] }, ["tests"]],
  [
    "a step that is tried again",
    { steps: [{ uses: "nick-fields/retry@v3", with: { command: "npm test" } }] },
    ["vitest retried"],
  ],
  ["a step that may fail", { steps: [{ run: "npm test", "continue-on-error": true }] }, ["vitest continue-on-error"]],
  ["a step of another folder", { steps: [{ run: "npm test", "working-directory": "${{ github.workspace }}" }] }, []],
  ["a step that is left out", { steps: [{ run: "npm test", if: "github.event_name == 'push'" }] }, ["tests"]],
])("%s", async (_, job, expected) => {
  expect(await whats(text(tested), text({ a: job }))).toEqual(expected);
});

test("what nothing but pushes started is judged by pushes", async () => {
  const pushed = (events: unknown, ...lines: readonly string[]): string => text({ a: runs(...lines) }, events);
  expect(await whats(pushed({ push: {} }, "npm test"), pushed({ push: {} }, "echo"))).toEqual(["tests"]);
  expect(await whats(pushed({ push: {} }, "npm test"), pushed({ push: { branches: ["main"] } }, "npm test"))).toEqual([
    "tests",
  ]);
  expect(
    await whats(pushed({ push: { branches: ["main"] } }, "npm test"), pushed({ push: { branches: ["main"] } }, "echo")),
  ).toEqual(["tests"]);
  expect(await whats(pushed({ schedule: {} }, "npm test"), pushed({ schedule: {} }, "echo"))).toEqual(["tests"]);
  expect(await whats(pushed({ schedule: {} }, "npm test"), pushed({ workflow_dispatch: {} }, "npm test"))).toEqual([]);
});

test("a loss is laid to the file that shows it", async () => {
  const other = ".github/workflows/other.yml";
  const before = { [ci]: text({ a: runs("npm test") }), [other]: text({ l: runs("eslint .") }) };
  const found = await whatsOf(before, { ...before, [other]: text({ l: runs("echo") }) });
  expect(found).toEqual([`${other} lint`]);
  expect(await whatsOf(before, { [ci]: before[ci] ?? "" })).toEqual([`${other} lint`]);
});

test("a workflow that gets another name is held against what it was", async () => {
  const [old, now] = [".github/workflows/old.yml", ".github/workflows/new.yml"];
  const found = async (head: string): Promise<readonly string[]> => {
    const context = await contextOf({
      base: {
        ...common,
        [old]: text({ a: inMatrix({ os: ["ubuntu-latest", "windows-latest"] }), l: runs("eslint .") }),
      },
      head: { ...common, [now]: head },
      renames: { [now]: old },
    });
    return (await workflowLoosenings(context, repoPath(ci))).map(({ what, message }) => `${what}: ${message}`);
  };
  const more = "; put it back and mend what it finds";
  expect(await found(text({ a: inMatrix({ os: ["ubuntu-latest"] }), l: runs("eslint .") }))).toEqual([
    `${now} a os windows-latest: CI no longer tries os windows-latest in job "a"${more}`,
  ]);
  expect(await found(text({ a: inMatrix({ os: ["ubuntu-latest", "windows-latest"] }) }))).toEqual([
    `${now} lint: CI no longer lints on pull requests${more}`,
  ]);
});

test("a loss of what pushes start says nothing of pull requests", async () => {
  const pushed = (line: string): Texts => ({ ...common, [ci]: text({ a: runs(line) }, { push: {} }) });
  const found = await workflowLoosenings(
    await contextOf({ base: pushed("npm test"), head: pushed("echo") }),
    repoPath(ci),
  );
  expect(found.map(({ message }) => message)).toEqual(["CI no longer runs tests; put it back and mend what it finds"]);
});

test("a gate waits for the workflows that it calls as well", async () => {
  const others = { ".github/workflows/t.yml": text(tested, { workflow_call: {} }) };
  const t = { uses: "./.github/workflows/t.yml" };
  const gate = (...needs: readonly string[]): string => text({ t, l: t, gate: { needs, ...runs("echo") } });
  expect(await whats(gate("t", "l"), gate(), others)).toEqual(["gate needs"]);
  expect(await whats(gate("t", "l"), gate("l"), others)).toEqual(["gate needs t"]);
  expect(await whats(gate("t", "l"), gate("l", "t"), others)).toEqual([]);
});

test.each<[string, boolean]>([
  ["docs/a.ts", false],
  ["examples/a.ts", false],
  ["example/a.ts", false],
  ["packages/a/playground/b.ts", false],
  ["template/a.ts", false],
  ["bench/a.ts", false],
  ["benchmark/a.ts", false],
  [".changeset/a.ts", false],
  ["a.config.ts", false],
  ["src/mydocs/a.ts", true],
  ["src/a.test.ts", true],
])("that %s starts nothing any more is a loss: %s", async (path, isFound) => {
  const others = { [path]: "" };
  const found = await whats(filtered({}), filtered({ "paths-ignore": [path] }), others);
  expect(found).toEqual(isFound ? ["pull_request paths"] : []);
});
