import { expect, test } from "vitest";
import { isKnown, isNeutral, kindsOf, kindsOfTarget, type Started } from "./known-verifiers.ts";

function started(line: string): Started {
  const [program = "", ...args] = line.split(" ");
  return { program, args };
}

test.each<[string, readonly string[]]>([
  ["vitest run", ["tests"]],
  ["vitest run --coverage", ["tests", "coverage"]],
  ["vitest --coverage.enabled=true", ["tests", "coverage"]],
  ["vitest --coverage.provider v8", ["tests"]],
  ["jest --coverage=false", ["tests"]],
  ["jest --coverage=true", ["tests", "coverage"]],
  ["vitest bench", []],
  ["vitest list", []],
  ["vitest --watch", []],
  ["vitest dev", []],
  ["jest -w", []],
  ["vitest --ui --run", ["tests"]],
  ["vitest --version", []],
  ["jest --listTests", []],
  ["playwright test --list-tests", []],
  ["node --test", ["tests"]],
  ["node --test=x", ["tests"]],
  ["tsx --test src", ["tests"]],
  ["node --testing", []],
  ["node build.mjs", []],
  ["tsc", ["types", "build"]],
  ["tsc --noEmit", ["types"]],
  ["vue-tsc --noemit", ["types"]],
  ["tsc --noEmitOnError", ["types", "build"]],
  ["tsc --init", []],
  ["tsc --showConfig", []],
  ["tsd", ["types"]],
  ["eslint .", ["lint"]],
  ["eslint --print-config a.ts", []],
  ["oxlint", ["lint"]],
  ["oxlint --type-check", ["lint", "types"]],
  ["eslint --type-check", ["lint"]],
  ["attw --pack", ["package"]],
  ["rollup -c", ["build"]],
  ["vite build", ["build"]],
  ["vite dev", []],
  ["vite preview", []],
  ["prettier --check .", ["format"]],
  ["prettier -c .", ["format"]],
  ["prettier -l .", ["format"]],
  ["prettier --list-different .", ["format"]],
  ["prettier .", []],
  ["prettier --check --write .", []],
  ["oxfmt --check", ["format"]],
  ["biome ci", ["lint", "format"]],
  ["biome check .", ["lint", "format"]],
  ["biome check --write .", ["lint", "format"]],
  ["biome format .", ["format"]],
  ["biome format --write .", []],
  ["biome ci --fix", ["lint"]],
  ["biome lint --apply", ["lint"]],
  ["biome rage", []],
  ["deno fmt", []],
  ["deno fmt --check", ["format"]],
  ["deno lint", ["lint"]],
  ["deno check main.ts", ["types"]],
  ["deno run main.ts", []],
  ["vp check", ["lint", "format", "types"]],
  ["vp fmt", []],
  ["vp fmt --check", ["format"]],
  ["dprint check", ["format"]],
  ["dprint fmt", []],
  ["react-scripts test", ["tests"]],
  ["react-scripts start", []],
  ["bun test", ["tests"]],
  ["vitest run --coverage=true", ["tests", "coverage"]],
  ["npm audit", ["audit"]],
  ["npm install", []],
  ["assay gate", ["gate", "tests", "lint", "types"]],
  ["assay explain x", []],
  ["stranger", []],
])("%s judges %s", (line, kinds) => {
  expect(kindsOf(started(line))).toEqual(kinds);
});

test.each<[string, boolean]>([
  ["echo vitest", true],
  ["rimraf dist", true],
  ["node --version", true],
  ["node -v", true],
  ["node -e 0", true],
  ["node --eval 0", true],
  [`node -e ${"x".repeat(40)}`, false],
  ["node -p 1", true],
  ["node build.mjs", false],
  ["node", false],
  ["tsx -v", false],
  ["vitest run", false],
])("%s does nothing that finds a fault: %s", (line, expected) => {
  expect(isNeutral(started(line))).toBe(expected);
});

test.each<[string, boolean]>([
  ["vitest", true],
  ["biome", true],
  ["oxfmt", true],
  ["node", true],
  ["stranger", false],
])("%s is known: %s", (program, expected) => {
  expect(isKnown(started(program))).toBe(expected);
});

test.each<[string, readonly string[]]>([
  ["test", ["tests"]],
  ["tests", ["tests"]],
  ["e2e-ci", ["tests"]],
  ["unit:node", ["tests"]],
  ["contest", []],
  ["lint", ["lint"]],
  ["eslint:check", ["lint"]],
  ["slint", ["lint"]],
  ["stylelint", ["lint"]],
  ["typecheck", ["types"]],
  ["type-check", ["types"]],
  ["type", []],
  ["build", ["build"]],
  ["build-all", ["build"]],
  ["format:check", ["format"]],
  ["format", []],
  ["serve", []],
])("a target named %s is for %s", (name, kinds) => {
  expect(kindsOfTarget(name)).toEqual(kinds);
});
