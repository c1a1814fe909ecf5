import { expect, test } from "vitest";
import { strictnessOf, weaknessesOf } from "./weak-arguments.ts";

function started(line: string): { readonly program: string; readonly args: readonly string[] } {
  const [program = "", ...args] = line.split(" ");
  return { program, args };
}

const weak: readonly (readonly [line: string, says: string])[] = [
  ["vitest run --passWithNoTests", "passes without running a test (`--passWithNoTests`)"],
  // A folder that is named like the value that switches it off.
  ["vitest run --passWithNoTests 01-basics", "passes without running a test (`--passWithNoTests`)"],
  ["vitest run --passWithNoTests false-friends", "passes without running a test (`--passWithNoTests`)"],
  ["vitest run --update 01-basics", "rewrites the snapshots that it is to compare with (`--update`)"],
  ["vitest run --update false-friends", "rewrites the snapshots that it is to compare with (`--update`)"],
  ["vitest run --update nonempty", "rewrites the snapshots that it is to compare with (`--update`)"],
  ["mocha --pass-with-no-tests=true", "passes without running a test (`--pass-with-no-tests`)"],
  ["jest --updateSnapshot", "rewrites the snapshots that it is to compare with (`--updateSnapshot`)"],
  [
    "playwright test --update-snapshots all",
    "rewrites the snapshots that it is to compare with (`--update-snapshots`)",
  ],
  [
    "playwright test --update-snapshot=missing",
    "rewrites the snapshots that it is to compare with (`--update-snapshot`)",
  ],
  ["vitest -u", "rewrites the snapshots that it is to compare with (`-u`)"],
  ["tap -u", "rewrites the snapshots that it is to compare with (`-u`)"],
  ["node --test --test-name-pattern login", "runs only some of the tests (`--test-name-pattern`)"],
  [
    "node --test --test-update-snapshots",
    "rewrites the snapshots that it is to compare with (`--test-update-snapshots`)",
  ],
  ["tsx --test --test-only", "runs only some of the tests (`--test-only`)"],
  ["_mocha --grep login", "runs only some of the tests (`--grep`)"],
  ["mocha -g login", "runs only some of the tests (`-g`)"],
  ["mocha -f login", "runs only some of the tests (`-f`)"],
  ["ava -m login", "runs only some of the tests (`-m`)"],
  ["jest -t login", "runs only some of the tests (`-t`)"],
  ["vitest --testNamePattern=a=b", "runs only some of the tests (`--testNamePattern`)"],
  ["borp --tag smoke", "runs only some of the tests (`--tag`)"],
  ["borp --tags smoke", "runs only some of the tests (`--tags`)"],
  ["vitest --shard=10/12", "runs only some of the tests (`--shard`)"],
  ["jest -o", "runs only some of the tests (`-o`)"],
  ["jest-cli -o", "runs only some of the tests (`-o`)"],
  ["vitest --changed", "runs only some of the tests (`--changed`)"],
  ["playwright test --last-failed", "runs only some of the tests (`--last-failed`)"],
  ["vitest --shard=1/10", "runs only some of the tests (`--shard`)"],
  ["vitest --retry 3", "tries failing tests again (`--retry`)"],
  ["playwright test --retries=2", "tries failing tests again (`--retries`)"],
  ["vitest --dangerouslyIgnoreUnhandledErrors", "ignores unhandled errors (`--dangerouslyIgnoreUnhandledErrors`)"],
  ["vitest --typecheck.ignoreSourceErrors", "ignores faults (`--typecheck.ignoreSourceErrors`)"],
  ["vitest --no-coverage", "measures no coverage (`--no-coverage`)"],
  ["tap --no-check-coverage", "measures no coverage (`--no-check-coverage`)"],
  ["vitest --coverage.enabled=false", "measures no coverage (`--coverage.enabled`)"],
  ["jest --coverage false", "measures no coverage (`--coverage`)"],
  ["vitest --coverage.thresholds.lines 1", "sets its own coverage limits (`--coverage.thresholds.lines`)"],
  ["jest --coverageThreshold {}", "sets its own coverage limits (`--coverageThreshold`)"],
  ["tsc --noEmit --skipLibCheck", "checks fewer types (`--skipLibCheck`)"],
  ["tsgo --nocheck", "checks fewer types (`--nocheck`)"],
  ["vue-tsc --strict false", "checks types less strictly (`--strict`)"],
  ["tsc --strictNullChecks false", "checks types less strictly (`--strictNullChecks`)"],
  ["tsc --noImplicitAny false", "checks types less strictly (`--noImplicitAny`)"],
  ["eslint . --suppress-all", "looks away from faults (`--suppress-all`)"],
  ["oxlint --quiet", "does not show warnings (`--quiet`)"],
  ["eslint . --no-error-on-unmatched-pattern", "passes without reading a file (`--no-error-on-unmatched-pattern`)"],
  ["eslint . --pass-on-no-patterns", "passes without reading a file (`--pass-on-no-patterns`)"],
  ["oxlint -A all", "has rules switched off (`-A`)"],
  ["eslint --rule eqeqeq:off", "has rules switched off (`--rule`)"],
  ['eslint --rule {"eqeqeq":["warn"]}', "has rules switched off (`--rule`)"],
  ["deno test --no-check", "checks no types (`--no-check`)"],
  ["attw --pack . --ignore-rules cjs-resolves-to-esm", "looks away from faults of the package (`--ignore-rules`)"],
  ["nx run-many -t test --exclude a", "leaves projects out (`--exclude`)"],
  ["nx run-many -t test --project=a", "leaves projects out (`--project`)"],
  ["assay gate --only lint", "judges only some of the change (`--only`)"],
  ["npm audit --audit-level=critical", "passes over serious holes (`--audit-level`)"],
  ["biome ci --diagnostic-level=error", "looks away from faults (`--diagnostic-level`)"],
  ["biome ci --skip suspicious", "looks away from faults (`--skip`)"],
];

test.each(weak)("%s %s", (line, says) => {
  expect([...weaknessesOf(started(line)).values()]).toEqual([says]);
});

/** The line with other names in the place of the program's, or of the flag's. */
function renamed(line: string, flag: string): readonly string[] {
  const [program = "", ...args] = line.split(" ");
  const programs = program.endsWith("tsc") ? [`${program}-x`] : [`x-${program}`, `${program}-x`];
  // Below these there may be anything.
  const flags = flag.includes("thresholds.") ? [`--x${flag}`] : [`--x${flag}`, `${flag}-x`];
  return [
    ...programs.map((name) => [name, ...args].join(" ")),
    ...flags.map((name) => line.replace(` ${flag}`, ` ${name}`)),
  ];
}

test.each(weak)("%s %s, and none of other names does", (line, says) => {
  const flag = /`(.*)`/.exec(says)?.[1] ?? "";
  expect(renamed(line, flag).filter((other) => weaknessesOf(started(other)).size > 0)).toEqual([]);
});

test.each([
  "vitest run --passWithNoTests=false",
  "vitest run --passWithNoTests 0",
  "vitest run -- a=b",
  "vitest run a --x=--grep=1",
  "playwright test --update-snapshots none",
  "vitest --shard=${{ matrix.shard }}",
  "vitest --shard 1",
  "vitest --shard=$SHARD1/3",
  "vitest --shard=1/1$MORE",
  "vitest --retry $RETRIES2",
  "jest --coverage 01-basics",
  "jest --coverage src/v0",
  "tsc --strict falsework.ts",
  "tsc --strict src/not-false",
  "node --test-reporter=dot a.mjs --test-only",
  "node run--test --grep x",
  "vitest --retry 0",
  "vitest --coverage",
  "jest --coverage true",
  "jest -u.js",
  "mocha -u tdd",
  "playwright test -t x",
  "vitest -- --passWithNoTests=0",
  "tsc --noEmit",
  "tsc --strict",
  "tsc --strict true",
  "tsc --skipLibCheck false",
  "eslint . --rule eqeqeq:error",
  "eslint . -A x",
  "prettier --quiet .",
  "npm audit --audit-level=high",
  "biome ci --diagnostic-level=info",
  "biome ci --linter-enabled=true",
  "node build.mjs --update",
  "node scripts/test.mjs --grep x",
  "rollup -u",
])("%s is as strong as without", (line) => {
  expect([...weaknessesOf(started(line)).keys()]).toEqual([]);
});

test.each<[string, readonly (readonly [string, number])[]]>([
  ["eslint . --max-warnings 0", [["--max-warnings", -0]]],
  ["eslint . --max-warnings=10", [["--max-warnings", -10]]],
  ["eslint . --max-warnings -1", [["--max-warnings", -1]]],
  ["eslint . --max-warnings=-1", [["--max-warnings", Infinity]]],
  [
    "mocha --forbid-only --forbid-pending",
    [
      ["--forbid-only", 1],
      ["--forbid-pending", 1],
    ],
  ],
  [
    "c8 --lines 80 --branches=70.5 ava",
    [
      ["--lines", 80],
      ["--branches", 70.5],
    ],
  ],
  ["c8 --check-coverage ava", [["--check-coverage", 1]]],
  ["oxlint --report-unused-disable-directives-severity error", [["--report-unused-disable-directives-severity", 1]]],
  ["eslint --report-unused-disable-directives .", [["--report-unused-disable-directives", 1]]],
  ["vitest run --reporter dot", []],
  ["tsc --strictNullChecks", []],
])("what %s is strict about", (line, expected) => {
  expect([...strictnessOf(started(line))]).toEqual(expected);
});
