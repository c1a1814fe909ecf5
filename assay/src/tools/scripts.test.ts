import { expect, test } from "vitest";
import type { Manifest } from "../model/workspace.ts";
import { leavesOf, readScript } from "./scripts.ts";

const read = (line: string): readonly string[] =>
  readScript("x", line).map(({ program, args }) => [program, ...args].join(" "));

test("every program of a line is read, whatever joins them", () => {
  expect(read("eslint . && prettier --check 'src/**/*.ts' || exit 1; tsc | tee log")).toEqual([
    "eslint .",
    "prettier --check src/**/*.ts",
    "exit 1",
    "tsc",
    "tee log",
  ]);
});

test("what stands in front of a program is looked through", () => {
  expect(read('cross-env A=1 NODE_OPTIONS="--max-old-space-size=1" npx --no-install eslint "a b.js"')).toEqual([
    "eslint a b.js",
  ]);
  expect(readScript("x", "A=1 eslint .")[0]?.env).toEqual({ A: "1" });
  expect(read("pnpm exec eslint . && yarn prettier -c . && npm exec -- tsc -b && bunx oxlint")).toEqual([
    "eslint .",
    "prettier -c .",
    "tsc -b",
    "oxlint",
  ]);
  expect(read("dotenv -e .env -- ./node_modules/.bin/eslint .")).toEqual(["eslint ."]);
});

test("redirections are no arguments", () => {
  expect(read("eslint . > report.json 2>&1 && tsc 2>/dev/null --noEmit")).toEqual(["eslint .", "tsc --noEmit"]);
});

test("a folder that the line changes to is kept, and what only a shell knows is marked", () => {
  expect(readScript("x", "cd packages/a && eslint src")[0]).toMatchObject({
    cd: "packages/a",
    program: "eslint",
    dynamic: false,
  });
  expect(readScript("x", "prettier --check $(git diff --name-only)")[0]).toMatchObject({ dynamic: true });
  expect(readScript("x", "prettier --check '$x'")[0]).toMatchObject({ dynamic: false });
});

test("scripts that call scripts are written out, circles and all", () => {
  const scripts = {
    lint: "run-s lint:* && npm run types",
    "lint:js": "eslint .",
    "lint:css": "stylelint .",
    types: "pnpm lint && tsc",
  };
  const manifest: Manifest = {
    name: "x",
    type: "module",
    scripts,
    dependencies: {},
    devDependencies: {},
    peerDependencies: {},
    optionalDependencies: {},
    raw: {},
  };
  expect(leavesOf(manifest, "lint").map(({ program }) => program)).toEqual(["eslint", "stylelint", "tsc"]);
  expect(leavesOf(manifest, "nothing")).toEqual([]);
});
