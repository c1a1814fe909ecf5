// What a test script does, in parts: what it makes first, and what runs the tests. Its linters are left out.
import { repoPath } from "../../model/paths.ts";
import type { Manifest, Workspace } from "../../model/workspace.ts";
import { reportsCoverage, withoutLimits } from "./coverage-limits.ts";
import { checkers, isOtherRunner, isRunner, isStrange, judgesFiles, runsFile } from "./known-programs.ts";
import { managers, readProgram, type Invocation } from "./invocation.ts";
import { ownTasks } from "./own-tasks.ts";
import { readScript, scriptsNamed } from "./read-scripts.ts";
import { readShellLine } from "./shell-line.ts";

/** Lines for a shell, in order. */
export interface TestSteps {
  readonly prepare: readonly Preparation[];
  readonly run: readonly string[];
}

export interface Preparation {
  readonly line: string;
  /** Nobody knows what its programs are for: they may judge files. */
  readonly mayFail: boolean;
}

type StepKind = "check" | "prepare" | "run";

interface Step {
  readonly text: string;
  readonly kind: StepKind;
}

/** A line that only a shell understands is one step that runs the tests. */
export function testSteps(manifest: Manifest, script: string): TestSteps {
  const { before, own } = stepsOf(manifest, script, new Set());
  const left = own.filter(isLeft);
  const start = left.findIndex(({ kind }) => kind === "run");
  const made = [...before.filter(isLeft), ...left.slice(0, Math.max(start, 0))];
  return {
    prepare: made.map(({ text, kind }) => ({ line: text, mayFail: kind === "run" })),
    run: left.slice(Math.max(start, 0)).map(({ text }) => withoutLimits(text)),
  };
}

/**
 * What a script does before it starts a known runner, apart from what only judges files, tests as well, or installs
 * what other checks are using. Empty where it starts none, or only a shell understands it.
 */
export function stepsBeforeRunner({ tree }: Workspace, manifest: Manifest, script: string): readonly Preparation[] {
  const { before, own } = stepsOf(manifest, script, new Set());
  const start = own.findIndex(({ text }) => callsIn(manifest, text).some((call) => isRunner(call)));
  if (start < 0) return [];
  // Yarn runs no script in front of another from version 2 on.
  const first = tree.has(repoPath(".yarnrc.yml")) ? [] : before;
  const isOther = ({ text }: Step): boolean =>
    callsIn(manifest, text).some((call) => isOtherRunner(call) || isInstallation(call));
  const steps = [...first, ...own.slice(0, start)].filter((step) => isLeft(step) && !isOther(step));
  return steps.map(({ text, kind }) => ({ line: text, mayFail: kind === "run" }));
}

/** Those steps that start test programs which no other file here runs, beside what does; undefined where there are none. */
export function otherSteps(manifest: Manifest, script: string): (TestSteps & { readonly program: string }) | undefined {
  const { prepare, run } = testSteps(manifest, script);
  const steps = run.map((line) => ({ line, calls: callsIn(manifest, line) }));
  const programs = steps.flatMap(({ calls }) => calls.filter(isOtherRunner).map(({ program }) => program));
  const [program] = programs;
  if (program === undefined) return undefined;
  const start = steps.findIndex(({ calls }) => calls.some(isOtherRunner));
  const before = steps.slice(0, start).filter(({ calls }) => !calls.some((call) => isRunner(call)));
  return {
    program,
    prepare: [...prepare, ...before.map(({ line }) => ({ line, mayFail: true }))],
    run: steps.filter(({ calls }) => calls.some(isOtherRunner)).map(({ line }) => line),
  };
}

const namedLikeTest = /(?:^|[/._-])(?:tests?|specs?|smoke|check|verify)(?=[/._-]|$)/u;

/**
 * Those steps that run files beside a known runner: behind it, or named like tests. Whether they test is not known;
 * undefined where there are none.
 */
export function fileSteps(manifest: Manifest, script: string): (TestSteps & { readonly program: string }) | undefined {
  const { before, own } = stepsOf(manifest, script, new Set());
  const steps = own.filter(isLeft).map(({ text, kind }) => ({ text, kind, calls: callsIn(manifest, text) }));
  const runner = steps.findIndex(({ calls }) => calls.some((call) => isRunner(call)));
  if (runner < 0) return undefined;
  const isFile = ({ calls }: (typeof steps)[number], index: number): boolean =>
    calls.length > 0 &&
    calls.every((call) => runsFile(call) && (index > runner || call.args.some((arg) => namedLikeTest.test(arg))));
  const files = steps.filter(isFile);
  const [first] = files;
  if (first === undefined) return undefined;
  const made = steps
    .slice(0, steps.indexOf(first))
    .filter(({ calls }) => !calls.some((call) => isRunner(call) || isOtherRunner(call)));
  return {
    program: first.calls[0]?.program ?? "",
    prepare: [...before.filter(isLeft), ...made].map(({ text, kind }) => ({ line: text, mayFail: kind === "run" })),
    run: files.map(({ text }) => withoutLimits(text)),
  };
}

/** `npm ci`, `yarn`, `playwright install`. */
function isInstallation({ program, args }: Invocation): boolean {
  if (program === "yarn" && args.length === 0) return true;
  const installs = program === "playwright" || managers.has(program);
  return installs && ["add", "ci", "i", "install"].includes(args[0] ?? "");
}

function isLeft({ kind }: Step): boolean {
  return kind !== "check";
}

interface ScriptSteps {
  /** Of the script that managers run in front of it. */
  readonly before: readonly Step[];
  readonly own: readonly Step[];
}

function stepsOf(manifest: Manifest, script: string, above: ReadonlySet<string>): ScriptSteps {
  const inside = new Set([...above, script]);
  const first = manifest.scripts[`pre${script}`];
  return {
    before: first === undefined ? [] : stepsIn(manifest, first, inside),
    own: stepsIn(manifest, manifest.scripts[script] ?? "", inside),
  };
}

function stepsIn(manifest: Manifest, line: string, above: ReadonlySet<string>): readonly Step[] {
  const { commands, plain } = readShellLine(line);
  if (!plain || commands.some(({ text }) => changesShell.test(text))) return [{ text: line, kind: "run" }];
  return commands.flatMap(({ text }) => writtenOut(manifest, { text, kind: kindOf(manifest, text) }, above));
}

/** The commands behind it depend on it. */
const changesShell = /^(?:cd|pushd|popd|set|export|unset|source|alias|ulimit|umask|\.)(?=\s|$)/u;

/** A call of other scripts as the steps of these. One that makes something is best known by its name. */
function writtenOut(manifest: Manifest, step: Step, above: ReadonlySet<string>): readonly Step[] {
  const tasks = calledTasks(manifest, step.text, above);
  if (tasks !== undefined)
    return tasks.flatMap((task) => writtenOut(manifest, { ...step, text: `npm run ${task}` }, above));
  const { variables, names } = calledScripts(manifest, step.text);
  if (names.length === 0 || names.some((name) => above.has(name)) || step.kind !== "run") return [step];
  // What only a shell understands means something else between other commands.
  if (!names.every((name) => readShellLine(manifest.scripts[name] ?? "").plain)) return [step];
  const steps = names.map((name) => stepsOf(manifest, name, above)).flatMap(({ before, own }) => before.concat(own));
  if (variables === "") return steps;
  // In front of several commands variables are set for the first alone.
  if (!steps.every(({ text }) => isOneCommand(text))) return [step];
  return steps.map(({ text, kind }) => ({ text: `${variables}${text}`, kind }));
}

function isOneCommand(text: string): boolean {
  const { commands, plain } = readShellLine(text);
  return plain && commands.length === 1;
}

/** The scripts that a task runner would run, or take from what it remembers of them: it knows of no mutant. */
function calledTasks(manifest: Manifest, text: string, above: ReadonlySet<string>): readonly string[] | undefined {
  const [command, ...others] = readShellLine(text).commands;
  const call = command === undefined || others.length > 0 ? undefined : readProgram(manifest, command);
  if (call === undefined || call.args.includes("--") || Object.keys(call.env).length > 0) return undefined;
  const tasks = ownTasks(manifest, call);
  return tasks?.some((task) => above.has(task)) === true ? undefined : tasks;
}

/** The script that a line calls with nothing added to it. */
export function calledScript(manifest: Manifest, text: string): string | undefined {
  const { variables, names } = calledScripts(manifest, text);
  return variables === "" && names.length === 1 ? names[0] : undefined;
}

interface ScriptCalls {
  /** `A=1 `, for each of them. */
  readonly variables: string;
  readonly names: readonly string[];
}

const callOfScripts =
  /^(?<variables>(?:(?:cross-env|\w+=[\w./:=-]*) +)*)(?<manager>npm|pnpm|yarn) (?:run|run-script) (?:(?:-s|--silent|--sequential) )?(?<quote>["']?)(?<word>\S+)\k<quote>$/u;

/** The scripts that a line calls with nothing added to them. */
function calledScripts(manifest: Manifest, text: string): ScriptCalls {
  const { variables = "", manager = "", word = "" } = callOfScripts.exec(text)?.groups ?? {};
  return { variables, names: scriptsNamed(manifest, manager, word).filter((name) => name in manifest.scripts) };
}

/** The name under which a part of a script is read as if it were one. */
const partName = "the test script";

function kindOf(manifest: Manifest, text: string): StepKind {
  if (reportsCoverage(text)) return "check";
  const calls = callsIn(manifest, text);
  if (calls.some((call) => runsTests(call))) return "run";
  return calls.length > 0 && calls.every((call) => judgesFiles(call)) ? "check" : "prepare";
}

function callsIn(manifest: Manifest, text: string): readonly Invocation[] {
  return readScript({ ...manifest, scripts: { ...manifest.scripts, [partName]: text } }, partName)?.invocations ?? [];
}

function runsTests(call: Invocation): boolean {
  return isRunner(call) || (isStrange(call) && !checkers.has(call.program));
}

/** How a package is built, as a line for a shell: null where no script of it is there for that. */
export function buildLine({ manager }: Workspace, { scripts }: Manifest): string | null {
  const name = ["build", "compile"].find((candidate) => scripts[candidate] !== undefined);
  return name === undefined ? null : `${manager} run ${name}`;
}
