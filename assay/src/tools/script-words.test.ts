import { expect, test } from "vitest";
import type { Manifest } from "../model/workspace.ts";
import { delegates, readScript, splitScript } from "./script-words.ts";

function read(scripts: Record<string, string>) {
  const manifest: Manifest = {
    name: null,
    type: "module",
    scripts,
    dependencies: {},
    devDependencies: {},
    peerDependencies: {},
    optionalDependencies: {},
    raw: {},
  };
  const reading = readScript(manifest, "test");
  return reading.kind === "read"
    ? reading.invocations.map(({ command, args, env, nodeArgs }) => ({ command, args, env, nodeArgs }))
    : reading.kind;
}

const plain = { args: [], env: {}, nodeArgs: [] };

test("words are read with their quotes and escapes, commands are split at &&", () => {
  expect(splitScript(`tsc -b && mocha 'test/**/*.js' "a b" c\\ d --x="y z"`)).toEqual([
    ["tsc", "-b"],
    ["mocha", "test/**/*.js", "a b", "c d", "--x=y z"],
  ]);
});

test("what only a shell can read is opaque", () => {
  const scripts = [
    "vitest | tee out",
    "vitest; true",
    "a || b",
    "(vitest)",
    "vitest > out",
    "vitest $ARGS",
    "`x`",
    "a &",
  ];
  expect(scripts.filter((script) => read({ test: script }) !== "opaque")).toEqual([]);
  expect(read({})).toBe("none");
});

test("assignments and wrappers in front of a program are taken off", () => {
  const env = { TZ: "UTC", NODE_OPTIONS: "--a --b" };
  expect(read({ test: `cross-env TZ=UTC NODE_OPTIONS="--a --b" jest -i` })).toEqual([
    { ...plain, command: "jest", args: ["-i"], env },
  ]);
  expect(read({ test: "NODE_ENV=test nyc --reporter text mocha -r ts-node/register" })).toEqual([
    { ...plain, command: "mocha", args: ["-r", "ts-node/register"], env: { NODE_ENV: "test" } },
  ]);
  for (const script of [
    "npx --no-install ava",
    "pnpm exec ava",
    "c8 ava",
    "yarn exec ava",
    "./node_modules/.bin/ava",
  ]) {
    expect(read({ test: script })).toEqual([{ ...plain, command: "ava" }]);
  }
});

test("a runner's file started by node is that runner, with node's own flags kept", () => {
  expect(
    read({ test: "node --experimental-vm-modules --import tsx node_modules/jest/bin/jest.js --runInBand" }),
  ).toEqual([
    { command: "jest", args: ["--runInBand"], env: {}, nodeArgs: ["--experimental-vm-modules", "--import", "tsx"] },
  ]);
  expect(read({ test: "node --import tsx --test 'test/*.ts'" })).toEqual([
    { ...plain, command: "node", args: ["--import", "tsx", "--test", "test/*.ts"] },
  ]);
  expect(read({ test: "node scripts/test.js" })).toEqual([{ ...plain, command: "node", args: ["scripts/test.js"] }]);
});

test("scripts that a script runs are written out", () => {
  const scripts = {
    test: "npm run lint && CI=1 pnpm run test:unit && run-s test:t*",
    lint: "eslint .",
    "test:unit": "vitest run",
    "test:types": "tsd",
  };
  expect(read(scripts)).toEqual([
    { ...plain, command: "eslint", args: ["."] },
    { ...plain, command: "vitest", args: ["run"], env: { CI: "1" } },
    { ...plain, command: "tsd" },
  ]);
  expect(read({ test: "npm run test" })).toBe("opaque");
  expect(read({ test: "npm run missing" })).toBe("opaque");
});

test("scripts of other packages and task runners are known for what they are", () => {
  for (const script of [
    "pnpm -r test",
    "npm test --workspaces",
    "yarn workspaces foreach run test",
    "turbo run test",
    "pnpm --filter=a test",
  ]) {
    const words = splitScript(script)?.[0] ?? [];
    expect(delegates({ ...plain, command: words[0] ?? "", args: words.slice(1), evidence: "" })).toBe(true);
  }
  expect(delegates({ ...plain, command: "vitest", args: ["-w"], evidence: "" })).toBe(false);
});
