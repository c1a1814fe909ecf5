// What a line of shell amounts to as a verification: the scripts that it calls written out, and whether anybody looks
// at the exit code. Nothing is run.
import { pathInside, rootDir, type RepoPath } from "../../model/paths.ts";
import { coverageTools, managers, readProgram } from "../../tools/scripts/invocation.ts";
import { coverageByConfig, type OwnCoverage } from "./configured-coverage.ts";
import { isKnown, isNeutral, kindsOf, kindsOfTarget, type VerificationKind } from "./known-verifiers.ts";
import type { ManifestSide } from "./manifest-sides.ts";
import { calledRecipes } from "./recipe-calls.ts";
import { calledScripts, innerLines, isModule, isOnlyShown, taskNames, type ScriptCall } from "./script-calls.ts";
import { shellSteps, type ShellStep } from "./shell-steps.ts";
import { strictnessOf, weaknessesOf } from "./weak-arguments.ts";

/** One command that judges code. */
export interface Verification {
  readonly kinds: readonly VerificationKind[];
  readonly program: string;
  readonly args: readonly string[];
  /** Where it is started. */
  readonly dir: RepoPath;
  /** By key: what makes it judge less, as the end of a sentence. */
  readonly weaknesses: ReadonlyMap<string, string>;
  readonly strictness: ReadonlyMap<string, number>;
  /** An argument is only known to a shell. */
  readonly dynamic: boolean;
  /** What its configuration alone has it measure: without a limit that is only a report. */
  readonly ownCoverage: OwnCoverage | null;
}

export interface Amount {
  readonly verifications: readonly Verification[];
  /** Programs of which nobody knows what they do. */
  readonly strangers: readonly string[];
}

export interface Place {
  readonly side: ManifestSide;
  readonly dir: RepoPath;
  /** The shell ends at the first command that fails, as in CI. */
  readonly stopsAtFailure: boolean;
  /** What has been written out on the way here: what leads back to it adds nothing. */
  readonly within?: ReadonlySet<string>;
}

/** Equal to no command that there is: where this is lost, only new commands make up for it. */
export const noVerification: Verification = {
  kinds: [],
  program: "",
  args: [],
  dir: rootDir,
  weaknesses: new Map(),
  strictness: new Map(),
  dynamic: false,
  ownCoverage: null,
};

const nothing: Amount = { verifications: [], strangers: [] };
const deepest = 8;

/** What a script of the package in `dir` amounts to, with what the manager runs before and after it. */
export function amountOfScript(side: ManifestSide, dir: RepoPath, name: string): Amount {
  return amountOfNamed(name, { side, dir, stopsAtFailure: false }, 0);
}

function amountOfNamed(name: string, place: Place, depth: number): Amount {
  const scripts = place.side.scriptsIn(place.dir);
  if (scripts === undefined) return nothing;
  const lines = [`pre${name}`, name, `post${name}`].flatMap((each) => scripts[each] ?? []);
  return joined(lines.map((line) => amountOfLine(line, place, depth)));
}

/** What a line, or a whole shell script, amounts to. */
export function amountOfLine(line: string, place: Place, depth = 0): Amount {
  if (depth > deepest) return nothing;
  let dir = place.dir;
  const parts: Amount[] = [];
  for (const step of shellSteps(line, place.stopsAtFailure)) {
    const led = step.words[0] === "cd" ? folderBelow(dir, step.words[1] ?? "") : undefined;
    if (led !== undefined) dir = led;
    else parts.push(amountOfStep(step, { ...place, dir }, depth));
  }
  return joined(parts);
}

export function joined(amounts: readonly Amount[]): Amount {
  return {
    verifications: amounts.flatMap(({ verifications }) => verifications),
    strangers: amounts.flatMap(({ strangers }) => strangers),
  };
}

export function isSameAmount(base: Amount, head: Amount): boolean {
  return JSON.stringify(base, plain) === JSON.stringify(head, plain);
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

function folderBelow(dir: RepoPath, to: string): RepoPath | undefined {
  return to === "" || to === "-" ? undefined : pathInside(dir, to);
}

function amountOfStep(step: ShellStep, place: Place, depth: number): Amount {
  const read = readProgram(manifestOf(place), { words: step.words, text: "", dynamic: false, piped: false, after: "" });
  if (read === undefined) return nothing;
  const inner = amountOfCalls([step.words, [read.program, ...read.args]], place, depth);
  const isLimited = read.coverageLimit || isLimitedByConfig(step.words, place);
  if (inner !== undefined) {
    const limits = strictnessOf({ program: read.program, args: step.words });
    return weakened(isLimited ? withCoverage(inner, limits) : inner, step);
  }
  const kinds = kindsOf(read);
  if (kinds.length === 0 && managers.has(read.program)) return amountOfManager(step, read, place, depth);
  if (kinds.length === 0) return isNeutral(read) || isKnown(read) ? strangerIn(read, place) : strange(read.program);
  const { program, args, nodeArgs } = read;
  const started = { program, args: [...nodeArgs, ...args] };
  const ownCoverage = coverageByConfig(started, (path) => readBelow(place, path));
  const verification: Verification = {
    kinds: [...kinds, ...kindsByConfig(started, place), ...(ownCoverage ? (["coverage"] as const) : [])],
    ownCoverage,
    ...started,
    dir: place.dir,
    dynamic: step.dynamic,
    weaknesses: weaknessesOf(started),
    strictness: strictnessOf({ program, args: step.words }),
  };
  const amount = { verifications: [verification], strangers: [] };
  return weakened(isLimited ? withCoverage(amount, new Map()) : amount, step);
}

/** What a program judges besides, because its configuration says so. */
function kindsByConfig(started: Pick<Verification, "program">, place: Place): readonly VerificationKind[] {
  return started.program === "oxlint" && configuredToCheckTypes(place) ? ["types"] : [];
}

const inFront: ReadonlySet<string> = new Set(["npx", "bunx", "cross-env"]);

/** A coverage tool that reads its limits from a file. */
function isLimitedByConfig(words: readonly string[], place: Place): boolean {
  const tool = words.find((word) => !inFront.has(word) && !/^\w+=/u.test(word)) ?? "";
  if (!coverageTools.has(tool)) return false;
  const texts = [`.${tool}rc`, `.${tool}rc.json`, `.${tool}rc.yml`].map((name) => readBelow(place, name) ?? "");
  const own = JSON.stringify([place.side.manifestIn(place.dir)?.[tool]]);
  return [...texts, own].some((text) => /check-?coverage["']?\s*:\s*true/iu.test(text));
}

const managersOwn: ReadonlySet<string> = new Set(
  `install i ci add remove rm update up publish pack link dedupe version config cache audit outdated dlx create init set
  import store changeset whoami login pkg rebuild prune list ls why view info corepack use env approve-builds
  patch`.split(/\s+/u),
);

/** `pnpm bnt`: what is no script is a program that is installed. */
function amountOfManager(
  step: ShellStep,
  { program, args }: { program: string; args: readonly string[] },
  place: Place,
  depth: number,
): Amount {
  const [first = "", second = ""] = args;
  if (program === "bun" && isModule(first === "run" ? second : first)) return strangerIn({ program, args }, place);
  if (program === "npm" || first === "" || first.startsWith("-") || first === "run" || managersOwn.has(first))
    return nothing;
  return amountOfStep({ ...step, words: args }, place, depth);
}

/** What the scripts and lines that a command leads to amount to; undefined where it leads to none. As written, or without what stands in front. */
function amountOfCalls(ways: readonly (readonly string[])[], place: Place, depth: number): Amount | undefined {
  for (const words of ways) {
    if (isOnlyShown(words)) return nothing;
    const calls = calledScripts(words, place.side, place.dir);
    if (calls !== undefined) {
      if (calls.length === 0)
        return words.includes("--if-present") ? nothing : (targetsOf(words, place) ?? strange(words.join(" ")));
      return amountOfAll(calls, place, depth);
    }
    const read = (path: string): string | undefined => readBelow(place, path);
    const lines = innerLines(words, read) ?? calledRecipes(words, read);
    if (lines === undefined) continue;
    return joined(lines.map(({ line, stopsAtFailure }) => amountOfLine(line, { ...place, stopsAtFailure }, depth + 1)));
  }
  return undefined;
}

/** A task of a whole workspace may lead to packages whose script starts that very task again. */
function amountOfAll(calls: readonly ScriptCall[], place: Place, depth: number): Amount {
  const key = JSON.stringify(calls.map(({ dir, script }) => [dir, script]));
  if (place.within?.has(key) === true) return nothing;
  const within = new Set([...(place.within ?? []), key]);
  return joined(
    calls.map(({ dir, script, extra }) =>
      withArguments(amountOfNamed(script, { ...place, dir, within, stopsAtFailure: false }, depth + 1), extra),
    ),
  );
}

/** Targets of Nx that no package script has stand in `project.json`, or come from a plug-in: their names tell. */
function targetsOf(words: readonly string[], { dir }: Place): Amount | undefined {
  const at = words.indexOf("nx");
  const args = words.slice(at + 1);
  // `nx run shop:test:ci`: a target of a project, in one of its configurations.
  const names = args[0] === "run" ? (args[1] ?? "").split(":").slice(1, 2) : taskNames(args);
  const kinds = [...new Set(names.flatMap((name) => kindsOfTarget(name)))];
  if (at < 0 || kinds.length === 0) return undefined;
  const started = { program: "nx", args };
  const weaknesses = weaknessesOf(started);
  return {
    verifications: [{ ...noVerification, kinds, ...started, dir, weaknesses }],
    strangers: [],
  };
}

/** What is handed on ends up behind the last command. */
function withArguments(amount: Amount, extra: readonly string[]): Amount {
  const last = amount.verifications.at(-1);
  if (extra.length === 0 || last === undefined) return amount;
  const args = [...last.args, ...extra];
  const started = { program: last.program, args };
  const weaknesses = new Map([...last.weaknesses, ...weaknessesOf(started)]);
  const strictness = new Map([...last.strictness, ...strictnessOf(started)]);
  const dynamic = last.dynamic || extra.some((arg) => arg.includes("$"));
  return {
    ...amount,
    verifications: [...amount.verifications.slice(0, -1), { ...last, args, weaknesses, strictness, dynamic }],
  };
}

/** `limits`: what the tool around it asks for, which its own arguments may not say. */
function withCoverage(amount: Amount, limits: ReadonlyMap<string, number>): Amount {
  const verifications = amount.verifications.map((each): Verification =>
    Object.assign({}, each, {
      kinds: [...each.kinds, "coverage"],
      ownCoverage: null,
      strictness: new Map([...limits, ...each.strictness]),
    }),
  );
  return { verifications, strangers: amount.strangers };
}

function configuredToCheckTypes(place: Place): boolean {
  return [".oxlintrc.json", ".oxlintrc.jsonc"].some((name) =>
    /"typeCheck"\s*:\s*true/.test(readBelow(place, name) ?? ""),
  );
}

/** A file of the repository that Node runs may start tools: it is known to do nothing only if it names none. */
function strangerIn({ program, args }: { program: string; args: readonly string[] }, place: Place): Amount {
  if (program !== "node" && program !== "tsx" && program !== "bun" && program !== "deno") return nothing;
  const file = args.find(
    (arg) => /^[\w@./-]+$/u.test(arg) && /[\w-]$/u.test(arg) && !arg.startsWith("-") && arg !== "run",
  );
  const text = file === undefined ? undefined : readBelow(place, file);
  const isIdle = text !== undefined && (!startsSomething.test(text) || alwaysSucceeds(text));
  return file === undefined || isIdle ? nothing : strange(file);
}

/** It ends with 0 in so many words, and never with anything else. */
function alwaysSucceeds(text: string): boolean {
  return /exit\(0?\)|exitCode\s*=\s*0/.test(text) && !/exit\((?!0?\))|exitCode\s*=\s*(?!0\b)\S/.test(text);
}

const startsSomething = /spawn|exec|fork|import|require|assert|test/u;

function strange(program: string): Amount {
  return { verifications: [], strangers: [program] };
}

function readBelow({ side, dir }: Place, path: string): string | undefined {
  const inside = pathInside(dir, path);
  return inside === undefined ? undefined : side.read(inside);
}

function weakened(amount: Amount, { weakness }: ShellStep): Amount {
  if (weakness === undefined) return amount;
  const verifications = amount.verifications.map((each) => ({
    ...each,
    weaknesses: new Map([...each.weaknesses, [weakness.key, weakness.says]]),
  }));
  return { ...amount, verifications };
}

function manifestOf({ side, dir }: Place): Parameters<typeof readProgram>[0] {
  const none = { dependencies: {}, devDependencies: {}, peerDependencies: {}, optionalDependencies: {} };
  return { name: null, type: "module", scripts: side.scriptsIn(dir) ?? {}, ...none, raw: {} };
}
