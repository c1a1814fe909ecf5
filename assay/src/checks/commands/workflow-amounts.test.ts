// What CI verifies when something happens, as a change of its workflows shows.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { manifestSides } from "./manifest-sides.ts";
import { amountOfWorkflows } from "./workflow-amounts.ts";
import { workflowLoosenings } from "./workflow-loosenings.ts";

const ci = ".github/workflows/ci.yml";
const common: Texts = {
  "package.json": '{ "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "1" } }',
  "a/package.json": '{ "scripts": { "unit": "vitest run" } }',
};

interface Job {
  readonly [key: string]: unknown;
}

const text = (jobs: Readonly<Record<string, Job>>, on: unknown = { pull_request: {} }): string =>
  JSON.stringify({ on, jobs });
const step = (run: string, more: object = {}): Job => ({ steps: [{ run, ...more }] });
const t = step("npm test");

async function lost(base: Texts, head: Texts): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head } });
  return (await workflowLoosenings(context, repoPath(ci))).map(({ what }) => what.replace(`${ci} `, ""));
}

test("all of CI is what every job does, whenever it is started", async () => {
  const texts = { ...common, [ci]: text({ t, l: step("eslint .") }), ".gitlab-ci.yml": "a: { script: ava }" };
  const context = await contextOf({ base: texts, head: texts });
  const { verifications } = await amountOfWorkflows(context, manifestSides(context).head, "head");
  expect(verifications.map(({ program }) => program).toSorted()).toEqual(["ava", "eslint", "vitest"]);
});

test("a service without events is started by everything", async () => {
  const gitlab = (line: string): Texts => ({ ".gitlab-ci.yml": `a: { script: ${line} }` });
  expect(await lost(gitlab("npm test"), gitlab("echo"))).toEqual([".gitlab-ci.yml tests"]);
});

test.each<[string, unknown, Job, readonly string[]]>([
  ["of any branch, on the main branch alone", { push: {} }, { if: "github.ref == 'refs/heads/main'" }, ["tests"]],
  ["of any branch", { push: {} }, { if: "startsWith(github.ref, 'refs/heads/')" }, []],
  ["of the main branch", { push: { branches: ["main"] } }, { if: "github.ref == 'refs/heads/main'" }, []],
  [
    "of the main branch, on others",
    { push: { branches: ["main"] } },
    { if: "github.ref != 'refs/heads/main'" },
    ["tests"],
  ],
])("pushes %s", async (_, on, more, expected) => {
  expect(await lost({ [ci]: text({ t }, on) }, { [ci]: text({ t: { ...t, ...more } }, on) })).toEqual(expected);
});

test.each<[string, object, boolean]>([
  ["that are opened or labelled", { types: ["opened", "labeled"] }, true],
  ["that are opened again", { types: ["reopened"] }, false],
  ["to a branch of releases and another", { branches: ["stable", "feature"] }, true],
  ["to a branch of a version", { branches: ["1.x"] }, true],
  ["to a branch that is named alike", { branches: ["my-release"] }, false],
  ["to a branch that is no pattern", { branches: ["m.in"] }, false],
])("pull requests %s are verified: %s", async (_, filter, isKept) => {
  const found = await lost({ [ci]: text({ t }) }, { [ci]: text({ t }, { pull_request: filter }) });
  expect(found.filter((what) => what === "tests")).toEqual(isKept ? [] : ["tests"]);
});

test.each<[string, Job, Job, readonly string[]]>([
  ["a workflow that is not there", t, { uses: "./.github/workflows/none.yml" }, ["tests"]],
  ["an action that judges, in capitals", t, { steps: [{ uses: "acme/TestAction@v1" }] }, []],
  ["an action for CI", t, { steps: [{ uses: "acme/run-ci@v1" }] }, []],
  ["an action that begins alike", t, { steps: [{ uses: "acme/cinema@v1" }] }, ["tests"]],
  ["an action that ends alike", t, { steps: [{ uses: "acme/foci@v1" }] }, ["tests"]],
  [
    "another version of the action that was there",
    { steps: [{ uses: "acme/test-action@v1" }, { run: "npm test" }] },
    { steps: [{ uses: "acme/test-action@v2" }] },
    ["tests"],
  ],
  [
    "a folder of the workspace",
    step("npm run unit", { "working-directory": "a" }),
    step("npm run unit", { "working-directory": "${{github.workspace}}/a" }),
    [],
  ],
  ["the workspace", t, step("npm test", { "working-directory": "${{ github.workspace }}" }), []],
  ["a folder beside it", t, step("npm test", { "working-directory": "../x" }), []],
])("%s takes its place", async (_, before, after, expected) => {
  expect(await lost({ [ci]: text({ t: before }) }, { [ci]: text({ t: after }) })).toEqual(expected);
});

test("a workflow that others call is started with them, whatever else they do", async () => {
  const called = { ".github/workflows/t.yml": text({ t }, { workflow_call: {} }) };
  const calling = text({ x: step("echo"), t: { uses: "./.github/workflows/t.yml" } });
  expect(await lost({ ...called, [ci]: text({ t }) }, { ...called, [ci]: calling })).toEqual([]);
});
