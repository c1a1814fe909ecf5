// Which programs judge code, and which forms of their commands judge less, or nothing.

/** What a verification is about. */
export type VerificationKind =
  | "tests"
  | "types"
  | "lint"
  | "format"
  | "coverage"
  | "package"
  | "build"
  | "gate"
  | "audit";

const kindsByProgram: ReadonlyMap<string, VerificationKind> = new Map<string, VerificationKind>([
  ...named(
    "tests",
    `vitest jest jest-cli mocha _mocha ava tap tape uvu lab qunit karma wtr web-test-runner borp poku jasmine wdio rstest
    test-storybook testcafe nightwatch maestro detox bnt better-node-test stryker airtap brittle lost-pixel backstop`,
  ),
  ...named("types", "tsc tsgo vue-tsc tsd tsd-lite tstyche dtslint flow svelte-check expect-type type-coverage"),
  ...named(
    "lint",
    `eslint oxlint xo standard ts-standard semistandard stylelint tslint jshint markdownlint markdownlint-cli2 knip
    rslint depcheck depcruise cspell commitlint ls-lint actionlint zizmor shellcheck`,
  ),
  ...named("package", "attw publint size-limit bundlewatch bundlesize import-size es-check api-extractor"),
  ...named(
    "build",
    `rollup rolldown webpack esbuild tsup tsdown unbuild vite microbundle parcel swc babel zshy tshy ncc pkgroll obuild
    bunchee`,
  ),
]);

/** Programs of many commands: what each command judges. */
const kindsByCommand: Readonly<Record<string, Readonly<Record<string, readonly VerificationKind[]>>>> = {
  biome: { check: ["lint", "format"], ci: ["lint", "format"], lint: ["lint"], format: ["format"] },
  bun: { test: ["tests"], build: ["build"] },
  deno: { test: ["tests"], lint: ["lint"], check: ["types"], fmt: ["format"] },
  playwright: { test: ["tests"] },
  cypress: { run: ["tests"] },
  "react-scripts": { test: ["tests"], build: ["build"] },
  "egg-bin": { test: ["tests"], cov: ["tests", "coverage"] },
  ng: { test: ["tests"], lint: ["lint"], build: ["build"] },
  next: { lint: ["lint"], build: ["build"] },
  astro: { check: ["types"], build: ["build"] },
  vp: { test: ["tests"], lint: ["lint"], check: ["lint", "format", "types"], fmt: ["format"], build: ["build"] },
  dprint: { check: ["format"] },
  npm: { audit: ["audit"] },
  pnpm: { audit: ["audit"] },
  assay: { gate: ["gate", "tests", "lint", "types"], loop: ["tests", "lint", "types"], mutate: ["tests"] },
};

function named(kind: VerificationKind, programs: string): readonly (readonly [string, VerificationKind])[] {
  return programs.split(/\s+/u).map((program) => [program, kind]);
}

/** What the targets of a task runner are for, by the names that they usually have. */
export function kindsOfTarget(name: string): readonly VerificationKind[] {
  const [word = ""] = name.split(/[:#-]/u);
  if (/^(?:tests?|e2e|unit|integration|vite:test|jest)$/u.test(word)) return ["tests"];
  if (/^(?:e?s?|ox|ts|style)lint$/u.test(word)) return ["lint"];
  if (/^(?:typecheck|types|tsc)$/u.test(word) || name === "type-check") return ["types"];
  return word === "build" ? ["build"] : name === "format:check" ? ["format"] : [];
}

/** They succeed and have judged nothing. */
const neutral = new Set(
  `: true echo printf exit sleep ls pwd cat mkdir rm rimraf cp mv cd pushd popd set export unset del-cli del shx wait
  touch date whoami test [ [[ trap git source . false`.split(/\s+/u),
);

export interface Started {
  readonly program: string;
  readonly args: readonly string[];
}

const asking: ReadonlySet<string> = new Set(["-v", "--version", "-h", "--help"]);
const evaluating: ReadonlySet<string> = new Set(["-e", "--eval", "-p", "-pe", "--print"]);

/** Does it do nothing that could find a fault? */
export function isNeutral({ program, args }: Started): boolean {
  if (neutral.has(program)) return true;
  if (program !== "node") return false;
  const [first = "", second = ""] = args;
  return asking.has(first) || (evaluating.has(first) && second.length < 40);
}

const nothingDone: ReadonlySet<string> = new Set(
  `--version -V --help --init --showConfig --show-config --listFilesOnly --print-config --listTests --list-tests
  --env-info --dry-run --dry`.split(/\s+/u),
);

/** Programs that say what they are, or how they are started, where the letters \`-v\` and \`-h\` stand. */
const answering: ReadonlySet<string> = new Set(
  `vitest jest jest-cli tsc tsgo vue-tsc eslint stylelint prettier`.split(" "),
);

const compilers: ReadonlySet<string> = new Set(["tsc", "tsgo", "vue-tsc"]);

/** What a command judges; empty where it judges nothing. */
export function kindsOf(started: Started): readonly VerificationKind[] {
  const { program, args } = started;
  if (args.some((arg) => nothingDone.has(arg)) || isWatching(args)) return [];
  if (answering.has(program) && args.some((arg) => asking.has(arg))) return [];
  if (program === "node" || program === "tsx") return args.some((arg) => /^--test(?:=|$)/u.test(arg)) ? ["tests"] : [];
  if (program === "prettier" || program === "oxfmt") return checksFormat(args) ? ["format"] : [];
  const command = args.find((arg) => !arg.startsWith("-")) ?? "";
  const commands = kindsByCommand[program];
  if (commands !== undefined) return onlyWithCheck(program, args, commands[command] ?? []);
  const kind = kindsByProgram.get(program);
  if (kind === undefined || isOtherCommand(program, args, command)) return [];
  if (compilers.has(program)) return emits(args) ? ["types", "build"] : ["types"];
  if (program === "oxlint" && args.includes("--type-check")) return ["lint", "types"];
  return kind === "tests" && measuresCoverage(args) ? ["tests", "coverage"] : [kind];
}

const watching: ReadonlySet<string> = new Set(["--watch", "--watchAll", "-w", "watch", "dev", "--ui"]);

function isWatching(args: readonly string[]): boolean {
  if (args.includes("--run")) return false;
  // To Jest the letter says how many workers there are: `-w 4`.
  return args.some((arg, at) => watching.has(arg) && !(arg === "-w" && /^\d/u.test(args[at + 1] ?? "")));
}

function checksFormat(args: readonly string[]): boolean {
  return ["--check", "-c", "--list-different", "-l"].some((flag) => args.includes(flag)) && !args.includes("--write");
}

/** Some write what they would have to say, unless they are told to check. */
function onlyWithCheck(
  program: string,
  args: readonly string[],
  kinds: readonly VerificationKind[],
): readonly VerificationKind[] {
  const writes = ["--write", "--fix", "--apply"].some((flag) => args.includes(flag));
  const formats =
    program === "deno" || program === "vp" ? args.includes("--check") || !kinds.includes("format") : !writes;
  return formats || args.includes("check") ? kinds : kinds.filter((kind) => kind !== "format");
}

function emits(args: readonly string[]): boolean {
  return !args.some((arg) => arg.toLowerCase() === "--noemit");
}

function isOtherCommand(program: string, args: readonly string[], command: string): boolean {
  if (program === "vitest") return /^(?:bench|list|init|typegen)$/u.test(command);
  // Without a command it serves.
  return program === "vite" && !args.includes("build");
}

function measuresCoverage(args: readonly string[]): boolean {
  return args.some((arg) => /^--coverage(?:\.enabled)?(?:=true)?$/u.test(arg));
}

/** Is it a program that this file knows: its absence, or its arguments, mean something? */
export function isKnown({ program }: Started): boolean {
  return (
    kindsByProgram.has(program) || program in kindsByCommand || ["prettier", "oxfmt", "node", "tsx"].includes(program)
  );
}
