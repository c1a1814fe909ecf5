// Arguments by which a tool is told to see less, and arguments by which it was told to see more.
import type { Started } from "./known-verifiers.ts";

interface Form {
  readonly programs: RegExp;
  readonly flag: RegExp;
  /** Completes "`vitest` …". */
  readonly says: string;
  /** The flag's value must be like this. */
  readonly value?: RegExp;
}

const tests =
  /^(?:vitest|jest|jest-cli|_?mocha|ava|node|tsx|tap|uvu|playwright|cypress|bun|react-scripts|rstest|borp)$/u;
const on = /^(?!false$|0$)/u;

const weakForms: readonly Form[] = [
  {
    programs: tests,
    flag: /^--(?:passWithNoTests|pass-with-no-tests|pass-on-failing-test-suite)$/u,
    says: "passes without running a test",
    value: on,
  },
  {
    programs: tests,
    flag: /^(?:--update|--updateSnapshot|--update-snapshots?|--test-update-snapshots|--snapshot)$/u,
    says: "rewrites the snapshots that it is to compare with",
    value: /^(?!false$|none$|0$)/u,
  },
  {
    programs: tests,
    flag: /^(?:--testNamePattern|--grep|-g|--fgrep|--grep-invert|--match|--test-name-pattern|--test-skip-pattern|--test-only|--invert|--tags?|--tests-by-name)$/u,
    says: "runs only some of the tests",
  },
  {
    programs: tests,
    flag: /^(?:--changed|--onlyChanged|--related|--findRelatedTests|--onlyFailures|--last-failed|--changedSince|--only-changed|--lastCommit)$/u,
    says: "runs only some of the tests",
  },
  { programs: tests, flag: /^--shard$/u, says: "runs only some of the tests", value: /^\d+\/\d+$/u },
  {
    programs: tests,
    flag: /^(?:--retry|--retries|--flake-runs)$/u,
    says: "tries failing tests again",
    value: /^[1-9]/u,
  },
  { programs: tests, flag: /^--dangerouslyIgnoreUnhandledErrors$/u, says: "ignores unhandled errors", value: on },
  {
    programs: tests,
    flag: /^--(?:allowOnly|typecheck\.ignoreSourceErrors|ignore-snapshots)$/u,
    says: "ignores faults",
    value: on,
  },
  {
    programs: /^(?:vitest|jest|jest-cli|ava|bun|tap|playwright)$/u,
    flag: /^-u$/u,
    says: "rewrites the snapshots that it is to compare with",
  },
  { programs: /^(?:vitest|jest|jest-cli|bun)$/u, flag: /^-t$/u, says: "runs only some of the tests" },
  { programs: /^jest(?:-cli)?$/u, flag: /^-[of]$/u, says: "runs only some of the tests" },
  { programs: /^(?:ava|_?mocha)$/u, flag: /^-[mfi]$/u, says: "runs only some of the tests" },
  { programs: tests, flag: /^--no-(?:check-)?coverage$/u, says: "measures no coverage" },
  {
    programs: tests,
    flag: /^--(?:coverage(?:\.enabled)?|check-coverage)$/u,
    says: "measures no coverage",
    value: /^(?:false|0)$/u,
  },
  { programs: tests, flag: /^--coverage(?:Threshold|\.thresholds.*)$/u, says: "sets its own coverage limits" },
  {
    programs: /^(?:tsc|tsgo|vue-tsc)$/u,
    flag: /^--(?:skipLibCheck|skipDefaultLibCheck|noCheck)$/iu,
    says: "checks fewer types",
    value: on,
  },
  {
    programs: /^(?:tsc|tsgo|vue-tsc)$/u,
    flag: /^--(?:strict\w*|no[A-Z]\w+)$/u,
    says: "checks types less strictly",
    value: /^false$/u,
  },
  {
    programs: /^eslint$/u,
    flag: /^--(?:no-eslintrc|no-config-lookup|suppress-all|suppress-rule|pass-on-unpruned-suppressions)$/u,
    says: "looks away from faults",
  },
  { programs: /^(?:eslint|oxlint|stylelint)$/u, flag: /^--quiet$/u, says: "does not show warnings" },
  {
    programs: /^(?:eslint|oxlint|prettier)$/u,
    flag: /^--no-(?:error-on-unmatched-pattern|errors-on-unmatched)$|^--pass-on-no-patterns$/u,
    says: "passes without reading a file",
  },
  { programs: /^oxlint$/u, flag: /^(?:-A|--allow|-W|--warn)$/u, says: "has rules switched off" },
  {
    programs: /^eslint$/u,
    flag: /^--rule$/u,
    says: "has rules switched off",
    value: /(?::\s*["'[]*(?:off|0|warn|1))/u,
  },
  { programs: /^deno$/u, flag: /^--no-check$/u, says: "checks no types" },
  {
    programs: /^attw$/u,
    flag: /^--(?:ignore-rules|exclude-entrypoints)$/u,
    says: "looks away from faults of the package",
  },
  { programs: /^nx$/u, flag: /^--(?:exclude|projects?)$/u, says: "leaves projects out" },
  {
    programs: /^assay$/u,
    flag: /^--(?:only|except)$/u,
    says: "judges only some of the change",
  },
  {
    programs: /^(?:npm|pnpm)$/u,
    flag: /^--audit-level$/u,
    says: "passes over serious holes",
    value: /^(?:critical|none)$/u,
  },
  {
    programs: /^biome$/u,
    flag: /^--(?:skip|diagnostic-level|linter-enabled|formatter-enabled|no-errors-on-unmatched)$/u,
    says: "looks away from faults",
    value: /^(?!info|warn|true)/u,
  },
];

const strictFlags: ReadonlySet<string> = new Set(
  `max-warnings forbid-only forbid-pending report-unused-disable-directives report-unused-disable-directives-severity
  no-inline-config deny-warnings type-aware type-check error-on-warnings fail-on-warnings check-coverage 100 per-file lines
  branches functions statements strict fail-on-flaky-tests fail-zero`
    .split(/\s+/u)
    .map((name) => `--${name}`),
);

/** The flag whose number makes more pass the higher it is. */
const ceiling = "--max-warnings";

/** By key: what a command leaves out, as the end of a sentence. */
export function weaknessesOf({ program, args }: Started): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const scope = program === "node" || program === "tsx" ? withoutScript(args) : args;
  for (const { name, value } of flagsIn(scope)) {
    const form = weakForms.find(
      (each) => each.programs.test(program) && each.flag.test(name) && (each.value?.test(value ?? "") ?? true),
    );
    if (form !== undefined) found.set(name, `${form.says} (\`${name}\`)`);
  }
  return found;
}

/** By flag: how strict it makes the command. The higher the stricter. */
export function strictnessOf({ args }: Started): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { name, value } of flagsIn(args)) {
    if (!strictFlags.has(name)) continue;
    const number = value === null ? NaN : Number(value);
    const level = Number.isNaN(number) ? 1 : name === ceiling && number < 0 ? -Infinity : number;
    found.set(name, name === ceiling ? -level : level);
  }
  return found;
}

interface Flag {
  readonly name: string;
  readonly value: string | null;
}

function flagsIn(args: readonly string[]): readonly Flag[] {
  return args.flatMap((word, index): Flag[] => {
    const equals = word.indexOf("=");
    if (equals > 0) return [{ name: word.slice(0, equals), value: word.slice(equals + 1) }];
    const next = args[index + 1];
    return [{ name: word, value: next === undefined || next.startsWith("-") ? null : next }];
  });
}

/** Node's own flags end at the file that it runs, unless it runs tests. */
function withoutScript(args: readonly string[]): readonly string[] {
  return args.some((arg) => /^--test(?:=|$)/u.test(arg)) ? args : [];
}
