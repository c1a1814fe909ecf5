import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import type { Mention } from "./named-things.ts";
import { hookMentions, manifestMentions, workflowMentions } from "./workflow-mentions.ts";

const isDir = (path: string): boolean => path === "pkg";

function shown(mentions: readonly Mention[]): readonly string[] {
  return mentions.map(({ text, line, firm, named }) => {
    const dir = "dir" in named && named.dir !== "" ? ` in ${named.dir}` : "";
    return `${line}: ${text}${dir}${firm ? " !" : ""}`;
  });
}

async function named(text: string, path = ".github/workflows/ci.yml"): Promise<readonly string[]> {
  return shown(await workflowMentions(repoPath(path), text, isDir));
}

const job = (...steps: readonly string[]): string =>
  `jobs:\n  a:\n    steps:\n${steps.map((step) => `      - ${step}\n`).join("")}`;

test("what a step runs is named where it stands", async () => {
  expect(await named(job("run: npm run a"))).toEqual(["4: npm run a !"]);
  expect(await named(job("run: |\n          npm run a\n          make b"))).toEqual(["5: npm run a !", "6: make b !"]);
  for (const key of ["script", "before_script", "after_script", "command", "cmd"])
    expect([key, await named(`${key}:\n  - npm run a\n`)]).toEqual([key, ["2: npm run a !"]]);
  expect(await named("name: npm run a\n")).toEqual([]);
});

test("a step runs in the folder that is set for it, its job or all", async () => {
  expect(await named(job("run: npm run a\n        working-directory: pkg"))).toEqual([
    "4: npm run a in pkg !",
    "5: pkg",
  ]);
  expect(await named(`defaults:\n  run:\n    working-directory: ./pkg\n${job("run: npm run a")}`)).toEqual([
    "3: ./pkg",
    "7: npm run a in pkg !",
  ]);
  expect(await named(job("run: npm run a\n        working-directory: made/here"))).toEqual(["5: made/here !"]);
  expect(await named(job("run: npm run a\n        working-directory: made"))).toEqual(["5: made"]);
});

test("an action of the repository is named, others are not", async () => {
  expect(await named(job("uses: ./.github/actions/a", "uses: actions/checkout@v4"))).toEqual([
    "4: ./.github/actions/a !",
  ]);
});

test("any value may name a file, as far as it did before", async () => {
  expect(await named("on:\n  push:\n    paths: [src/a.ts, 'src/**', a b/c.ts, plain]\n")).toEqual(["3: src/a.ts"]);
  expect(await named("image: a/b:1.2\nurl: https://x.dev/a\nvalue: ${{ a.b }}\nnumber: 1.5\n")).toEqual([]);
});

test("what runs in another checkout is not about this one", async () => {
  const checkout = (what: string): string =>
    job(`uses: actions/checkout@v4\n        with:\n          ${what}`, "run: npm run a");
  expect(await named(checkout("repository: a/b"))).toEqual([]);
  expect(await named(checkout("path: other"))).toEqual([]);
  expect(await named(checkout("fetch-depth: 0"))).toEqual(["7: npm run a !"]);
  expect(await named(job("uses: actions/cache@v4\n        with:\n          path: other", "run: npm run a"))).toEqual([
    "7: npm run a !",
  ]);
});

test("an action of its own is run in whatever repository uses it", async () => {
  const text = "runs:\n  steps:\n    - run: node tools/a.mjs\n    - run: npm run b\n";
  expect(await named(text, ".github/actions/a/action.yml")).toEqual(["4: npm run b !"]);
  expect(await named(text)).toEqual(["3: tools/a.mjs !", "4: npm run b !"]);
});

test("a hook is a piece of shell, and scripts of a manifest are one each", async () => {
  expect(shown(hookMentions("#!/bin/sh\nnpm run a\n", isDir))).toEqual(["2: npm run a !"]);
  const manifest =
    '{\n  "name": "npm run x",\n  "scripts": {\n    "a": "npm run b",\n    "c": 1\n  },\n  "simple-git-hooks": { "pre-push": "npm run d" }\n}\n';
  expect(shown(await manifestMentions(repoPath("pkg/package.json"), manifest, isDir))).toEqual([
    "4: npm run b in pkg !",
    "7: npm run d in pkg !",
  ]);
  expect(await manifestMentions(repoPath("package.json"), "", isDir)).toEqual([]);
});
