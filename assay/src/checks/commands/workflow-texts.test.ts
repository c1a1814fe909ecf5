// Workflows of several services as they are read: what is run, when, and what is only tried.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { manifestSides } from "./manifest-sides.ts";
import { readWorkflow, type Workflow } from "./workflow-files.ts";

async function read(path: string, text: string, others: Texts = {}): Promise<Workflow | undefined> {
  const texts = { [path]: text, ...others };
  const { head } = manifestSides(await contextOf({ base: texts, head: texts }));
  return readWorkflow(repoPath(path), head);
}

/** Each job with its lines, and what keeps it from being run or from failing. */
async function jobs(path: string, text: string, others?: Texts): Promise<readonly string[]> {
  return ((await read(path, text, others))?.jobs ?? []).map(({ id, steps, condition, isSoft, needs }) =>
    [
      `${id}: ${steps.map((step) => `${step.lines}${step.isSoft ? " (soft)" : ""}${step.condition ? ` (if ${step.condition})` : ""}`).join(" | ")}`,
      ...(condition === undefined ? [] : [`if ${condition}`]),
      ...(isSoft ? ["soft"] : []),
      ...(needs.length === 0 ? [] : [`needs ${needs.join()}`]),
    ].join("; "),
  );
}

const github = ".github/workflows/ci.yml";

test.each<[string, string, readonly string[]]>([
  ["github", "jobs: { a: { steps: [{ run: tsc }, { run: ava, if: false }] } }", ["a: tsc | ava (if false)"]],
  [
    "needs and a condition",
    "jobs: { a: { needs: b, if: github.actor, steps: [] } }",
    ["a: ; if github.actor; needs b"],
  ],
  [
    "soft",
    "jobs: { a: { continue-on-error: true, steps: [{ run: ava, continue-on-error: true }] } }",
    ["a: ava (soft); soft"],
  ],
  ["soft by an expression", "jobs: { a: { continue-on-error: '${{ true }}' } }", ["a: ; soft"]],
  ["soft in some runs", "jobs: { a: { continue-on-error: '${{ github.actor }}' } }", ["a: ; soft"]],
  ["soft where it is only tried", "jobs: { a: { continue-on-error: '${{ matrix.experimental }}' } }", ["a: "]],
  [
    "soft for every value",
    "jobs: { a: { continue-on-error: '${{ matrix.beta }}', strategy: { matrix: { beta: [true] } } } }",
    ["a: ; soft"],
  ],
  [
    "soft for one value",
    "jobs: { a: { continue-on-error: '${{ matrix.beta }}', strategy: { matrix: { beta: [true, false] } } } }",
    ["a: "],
  ],
  ["soft by a text", "jobs: { a: { continue-on-error: 'true' } }", ["a: ; soft"]],
  ["soft without blanks", "jobs: { a: { continue-on-error: '${{true}}' } }", ["a: ; soft"]],
  [
    "what only looks like it",
    "jobs: { a: { continue-on-error: untrue }, b: { continue-on-error: truely } }",
    ["a: ", "b: "],
  ],
  ["soft on a processor", "jobs: { a: { continue-on-error: '${{ matrix.arch }}' } }", ["a: ; soft"]],
  ["soft where it is tried, in capitals", "jobs: { a: { continue-on-error: '${{ matrix.Beta }}' } }", ["a: "]],
  ["never soft", "jobs: { a: { continue-on-error: '${{ github.actor && false}}' } }", ["a: "]],
  [
    "soft for every value, without blanks",
    "jobs: { a: { continue-on-error: '${{matrix.beta}}', strategy: { matrix: { beta: [true] } } } }",
    ["a: ; soft"],
  ],
  ["not soft", "jobs: { a: { continue-on-error: 'false' } }", ["a: "]],
  [
    "names of a matrix",
    "jobs: { a: { strategy: { matrix: { task: [lint, test] } }, steps: [{ run: 'npm run ${{ matrix.task }}' }] } }",
    ["a: npm run lint\nnpm run test"],
  ],
  [
    "names of a matrix, however they are written",
    "jobs: { a: { strategy: { matrix: { task: [a, Lint] } }, steps: [{ run: 'npm run ${{matrix.task}}' }] } }",
    ["a: npm run a\nnpm run Lint"],
  ],
  [
    "sentences of a matrix",
    "jobs: { a: { strategy: { matrix: { task: [lint all] } }, steps: [{ run: 'npm run ${{ matrix.task }}' }] } }",
    ["a: npm run ${{ matrix.task }}"],
  ],
  ["a step that does nothing", "jobs: { a: { steps: [{ name: x }] } }", ["a: "]],
  [
    "versions of a matrix",
    "jobs: { a: { strategy: { matrix: { v: ['20.x', lts] } }, steps: [{ run: 'n ${{ matrix.v }}' }] } }",
    ["a: n ${{ matrix.v }}"],
  ],
  [
    "numbers of a matrix",
    "jobs: { a: { strategy: { matrix: { v: [20] } }, steps: [{ run: 'n ${{ matrix.v }}' }] } }",
    ["a: n ${{ matrix.v }}"],
  ],
  ["cypress", "jobs: { a: { steps: [{ uses: cypress-io/github-action@v6 }] } }", ["a: cypress run"]],
  [
    "cypress with a command",
    "jobs: { a: { steps: [{ uses: cypress-io/github-action@v6, with: { command: npm run e2e } }] } }",
    ["a: npm run e2e"],
  ],
  [
    "changesets",
    "jobs: { a: { steps: [{ uses: changesets/action@v1, with: { publish: pnpm release } }] } }",
    ["a: pnpm release"],
  ],
  [
    "another action",
    "jobs: { a: { steps: [{ uses: nick-fields/retry@v3, with: { command: npm test } }, { uses: x/y@v1, with: { run: ava } }] } }",
    ["a: npm test | ava"],
  ],
  ["no mapping", "jobs: { a: 1, b: { steps: [1, { run: tsc }] } }", ["b: tsc"]],
])("github, %s", async (_, text, expected) => {
  expect(await jobs(github, text)).toEqual(expected);
});

test("where steps are run, and with which shell", async () => {
  const text = `
defaults: { run: { working-directory: a, shell: "bash {0}" } }
jobs:
  x:
    defaults: { run: { working-directory: b } }
    steps:
      - run: one
      - { run: two, working-directory: c, shell: bash }
      - { run: three, shell: "bash -e {0}" }
      - { run: three, shell: "bash --noprofile -xe {0}" }
      - { run: three, shell: "bash --noprofile --norc {0}" }
  y: { steps: [{ run: four }] }
`;
  const steps = (await read(github, text))?.jobs.flatMap((job) => job.steps) ?? [];
  expect(steps.map(({ lines, dir, stopsAtFailure }) => [lines, dir, stopsAtFailure])).toEqual([
    ["one", "b", false],
    ["two", "c", true],
    ["three", "b", true],
    ["three", "b", true],
    ["three", "b", false],
    ["four", "a", false],
  ]);
});

test("what steps check out, retry and forgive", async () => {
  const text = `
jobs:
  x:
    steps:
      - { uses: actions/checkout@v4 }
      - { uses: actions/checkout@v4, with: { ref: main } }
      - { uses: actions/checkout@v4, with: { ref: "\${{ github.sha }}" } }
      - { uses: actions/checkout@v4, with: { ref: main, path: other } }
      - { uses: actions/checkout@v4, with: { ref: main, repository: a/b } }
      - { uses: actions/checkout@v4, with: { ref: "" } }
      - { uses: nick-fields/retry@v3 }
      - { uses: ./retry }
      - { uses: acme/Retry@v1 }
      - { uses: re-actors/alls-green@release/v1, with: { allowed-failures: "lint, docs" } }
`;
  const steps = (await read(github, text))?.jobs.flatMap((job) => job.steps) ?? [];
  expect(steps.map(({ checksOut }) => checksOut)).toEqual([
    undefined,
    "main",
    ...Array.from({ length: 8 }, () => undefined),
  ]);
  expect(steps.map(({ isRetried }) => isRetried).indexOf(true)).toBe(6);
  expect(steps.filter(({ isRetried }) => isRetried).map(({ uses }) => uses)).toEqual([
    "nick-fields/retry@v3",
    "./retry",
    "acme/Retry@v1",
  ]);
  expect(steps.at(-1)?.forgives).toEqual(expect.arrayContaining(["lint", "docs"]));
});

test("the steps of a local action stand where it is used", async () => {
  const action = `
runs:
  steps:
    - { run: tsc, if: github.actor, working-directory: a }
    - { run: ava, continue-on-error: true }
    - { uses: actions/cache@v4 }
`;
  const text = (step: string): string => `jobs: { a: { steps: [{ uses: ./.github/actions/x${step} }] } }`;
  const others = { ".github/actions/x/action.yml": action };
  expect(await jobs(github, text(""), others)).toEqual(["a: tsc (if github.actor) | ava (soft) | "]);
  expect(await jobs(github, text(", if: false, continue-on-error: true"), others)).toEqual([
    "a: tsc (soft) (if false) | ava (soft) (if false) |  (soft) (if false)",
  ]);
  const renamed = { ".github/actions/x/action.yaml": action };
  expect(await jobs(github, text(""), renamed)).toEqual(["a: tsc (if github.actor) | ava (soft) | "]);
  expect(await jobs(github, text(""))).toEqual(["a: "]);
  expect(await jobs(github, "jobs: { a: { steps: [{ uses: ./../x }] } }")).toEqual(["a: "]);
});

test("steps of an action, and of another service, are run as they say", async () => {
  const action = "runs: { steps: [{ run: tsc, shell: bash }, { run: ava, shell: 'bash {0}', working-directory: a }] }";
  const text = "jobs: { a: { steps: [{ uses: ./x }] } }";
  const stepsOf = async (path: string, written: string, others?: Texts): Promise<unknown> =>
    (await read(path, written, others))?.jobs.flatMap(({ steps }) =>
      steps.map(({ lines, dir, stopsAtFailure, isRetried }) => [lines, dir, stopsAtFailure, isRetried]),
    );
  expect(await stepsOf(github, text, { "x/action.yml": action })).toEqual([
    ["tsc", "", true, false],
    ["ava", "a", false, false],
  ]);
  expect(await stepsOf(".gitlab-ci.yml", "a: { script: tsc }")).toEqual([["tsc", "", true, false]]);
});

test("what starts a workflow", async () => {
  const events = async (on: string): Promise<unknown> => {
    const found = (await read(github, `${on}\njobs: {}`))?.events;
    return (
      found &&
      [...found].map(([name, filter]) =>
        [name, filter.branches, filter.branchesIgnore, filter.paths, filter.pathsIgnore, filter.types].filter(
          (each) => each !== undefined,
        ),
      )
    );
  };
  expect(await events("on: push")).toEqual([["push"]]);
  expect(await events("on: [push, pull_request]")).toEqual([["push"], ["pull_request"]]);
  expect(await events("on: { push: { branches: main }, pull_request: }")).toEqual([
    ["push", ["main"]],
    ["pull_request"],
  ]);
  expect(await events("on: { push: { branches-ignore: [a], paths: [b], paths-ignore: [c], types: [d] } }")).toEqual([
    ["push", ["a"], ["b"], ["c"], ["d"]],
  ]);
  expect(await events("name: x")).toEqual([]);
});

const trunk = "github.ref == 'refs/heads/main'";

test.each<[string, string, readonly string[]]>([
  ["lines in lists", "a: { script: [tsc, [ava, knip]] }", ["a: tsc\nava\nknip"]],
  [
    "keywords and templates",
    "stages: [a]\nvariables: { a: b }\ndefault: { script: x }\n.base: { script: x }\nb: { script: tsc }",
    ["b: tsc"],
  ],
  ["what is inherited", ".base: &base { script: tsc }\na: { <<: *base }", ["a: tsc"]],
  ["by hand", "a: { script: tsc, when: manual }", ["a: tsc; if false"]],
  ["never", "a: { script: tsc, when: never }", ["a: tsc; if false"]],
  ["rules by hand", "a: { script: tsc, rules: [{ if: $X, when: manual }] }", ["a: tsc; if false"]],
  ["one rule of two", "a: { script: tsc, rules: [{ if: $X, when: manual }, { if: $Y }] }", ["a: tsc"]],
  [
    "no merge requests",
    "a: { script: tsc, rules: [{ if: $CI_PIPELINE_SOURCE == 'merge_request_event', when: never }, { when: always }] }",
    ["a: tsc; if false"],
  ],
  [
    "merge requests first",
    "a: { script: tsc, rules: [{ if: $CI_MERGE_REQUEST_ID }, { if: $CI_MERGE_REQUEST_ID, when: never }] }",
    ["a: tsc"],
  ],
  [
    "the main branch by a rule",
    "a: { script: tsc, rules: [{ if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH }] }",
    [`a: tsc; if ${trunk}`],
  ],
  [
    "the main branch by name",
    'a: { script: tsc, rules: [{ if: $CI_COMMIT_REF_NAME == "main" }] }',
    [`a: tsc; if ${trunk}`],
  ],
  [
    "the main branch and others",
    'a: { script: tsc, rules: [{ if: $CI_COMMIT_BRANCH == "main" }, { if: $X }] }',
    ["a: tsc"],
  ],
  [
    "the main branch, without blanks",
    "a: { script: tsc, rules: [{ if: '$CI_COMMIT_BRANCH==$CI_DEFAULT_BRANCH' }] }",
    [`a: tsc; if ${trunk}`],
  ],
  [
    "the main branch, or something else",
    'a: { script: tsc, rules: [{ if: $CI_COMMIT_BRANCH == "main" || $X }] }',
    ["a: tsc"],
  ],
  [
    "something else, or the main branch",
    'a: { script: tsc, rules: [{ if: $X || $CI_COMMIT_BRANCH == "main" }] }',
    ["a: tsc"],
  ],
  [
    "no merge requests, by their number",
    "a: { script: tsc, rules: [{ if: $CI_MERGE_REQUEST_ID, when: never }, { when: always }] }",
    ["a: tsc; if false"],
  ],
  [
    "branches that are named alike",
    "a: { script: tsc, only: [mainline] }\nb: { script: ava, only: [domain] }",
    ["a: tsc", "b: ava"],
  ],
  ["only the main branch", "a: { script: tsc, only: master }", [`a: tsc; if ${trunk}`]],
  ["only the main branch and another", "a: { script: tsc, only: [main, next] }", ["a: tsc"]],
  ["what may fail", "a: { script: tsc, allow_failure: true }", ["a: tsc; soft"]],
  ["what may fail in a way", "a: { script: tsc, allow_failure: { exit_codes: 1 } }", ["a: tsc; soft"]],
  ["the last of two of a name", "a: { script: tsc }\na: { script: ava }", ["a: ava"]],
  ["needs", "a: { script: tsc, needs: [b, { job: c }, { pipeline: x }] }", ["a: tsc; needs b,c"]],
])("gitlab, %s", async (_, text, expected) => {
  expect(await jobs(".gitlab-ci.yml", text)).toEqual(expected);
});

const circle = ".circleci/config.yml";

test.each<[string, string, readonly string[]]>([
  ["steps", "jobs: { a: { steps: [checkout, { run: tsc }, { run: { command: ava } }] } }", ["a: tsc\nava"]],
  [
    "commands of the file",
    "commands: { x: { steps: [{ run: tsc }, y] }, y: { steps: [{ run: ava }, x] } }\njobs: { a: { steps: [x, { y: { z: 1 } }] } }",
    ["a: tsc\nava\nava\ntsc"],
  ],
  [
    "a job that no workflow has",
    "jobs: { a: { steps: [{ run: tsc }] } }\nworkflows: { w: { jobs: [b] } }",
    ["a: tsc; if false"],
  ],
  ["a job of a workflow", "jobs: { a: { steps: [{ run: tsc }] } }\nworkflows: { w: { jobs: [a] } }", ["a: tsc"]],
  [
    "a workflow that is off",
    "jobs: { a: { steps: [{ run: tsc }] } }\nworkflows: { w: { when: false, jobs: [a] } }",
    ["a: tsc; if false"],
  ],
  [
    "a workflow that is off unless",
    "jobs: { a: { steps: [{ run: tsc }] } }\nworkflows: { w: { unless: true, jobs: [a] } }",
    ["a: tsc; if false"],
  ],
  [
    "what it waits for",
    "jobs: { a: { steps: [] } }\nworkflows: { w: { jobs: [{ a: { requires: [b, c] } }] } }",
    ["a: ; needs b,c"],
  ],
  [
    "the main branch",
    "jobs: { a: { steps: [] } }\nworkflows: { w: { jobs: [{ a: { filters: { branches: { only: main } } } }] } }",
    [`a: ; if ${trunk}`],
  ],
  [
    "the main branch in one of two",
    "jobs: { a: { steps: [] } }\nworkflows: { w: { jobs: [{ a: { filters: { branches: { only: main } } } }, a] } }",
    ["a: "],
  ],
  [
    "branches that are named alike",
    "jobs: { a: { steps: [] }, b: { steps: [] } }\nworkflows: { w: { jobs: [{ a: { filters: { branches: { only: mainline } } } }, { b: { filters: { branches: { only: domain } } } }] } }",
    ["a: ", "b: "],
  ],
  [
    "other branches",
    "jobs: { a: { steps: [] } }\nworkflows: { w: { jobs: [{ a: { filters: { branches: { only: [main, next] } } } }] } }",
    ["a: "],
  ],
  ["no mapping", "jobs: { a: 1, b: { steps: [1] } }", ["b: "]],
])("circle, %s", async (_, text, expected) => {
  expect(await jobs(circle, text)).toEqual(expected);
});

test.each<[string, string, string, readonly string[]]>([
  ["travis", ".travis.yml", "script: [tsc, ava]", ["script: tsc\nava"]],
  ["travis with one line", ".travis.yml", "script: tsc", ["script: tsc"]],
  [
    "azure, steps",
    "azure-pipelines.yml",
    "steps: [{ script: tsc }, { bash: ava, continueOnError: true }, { task: x }]",
    ["steps: tsc | ava (soft) | "],
  ],
  [
    "azure, jobs",
    "azure-pipelines.yml",
    "jobs: [{ job: a, steps: [{ script: tsc }], condition: x, continueOnError: true }, { job: b, steps: [] }]",
    ["a: tsc; if x; soft"],
  ],
  [
    "azure, stages",
    "azure-pipelines.yml",
    "stages: [{ stage: s, jobs: [{ job: a, steps: [{ script: tsc }] }] }, { stage: t, steps: [{ script: ava }] }]",
    ["a: tsc", "t: ava"],
  ],
  [
    "azure, what is switched off",
    "azure-pipelines.yml",
    "steps: [{ script: tsc, enabled: false }, { script: ava, condition: x }]",
    ["steps: tsc (if false) | ava (if x)"],
  ],
  [
    "azure, no pull requests",
    "azure-pipelines.yml",
    "pr: none\njobs: [{ job: a, steps: [{ script: tsc }] }, { job: b, condition: x, steps: [{ script: ava }] }]",
    [`a: tsc; if ${trunk}`, "b: ava; if x"],
  ],
])("%s", async (_, path, text, expected) => {
  expect(await jobs(path, text)).toEqual(expected);
});

test("what can't be read is none", async () => {
  expect(await read(github, "jobs: [")).toBeUndefined();
  expect(await read(github, "text")).toBeUndefined();
});

test("what another file does is called with what it is given", async () => {
  const [job] =
    (await read(github, "jobs: { a: { uses: ./.github/workflows/b.yml, with: { fast: true } }, b: {} }"))?.jobs ?? [];
  expect(job).toMatchObject({ calls: "./.github/workflows/b.yml", inputs: '{"fast":true}', steps: [] });
});
