// The commands of a line of shell, and whether the line fails where one of them does.
import { readShellLine, type ShellCommand } from "../../tools/scripts/shell-line.ts";

export interface Weakness {
  readonly key: string;
  /** Ends a sentence that begins with the command. */
  readonly says: string;
}

export interface ShellStep {
  readonly words: readonly string[];
  readonly dynamic: boolean;
  /** Why its failure, or its absence, is not noticed. */
  readonly weakness: Weakness | undefined;
}

const ignored: Weakness = { key: "failure ignored", says: "can fail without anybody noticing" };
const conditional: Weakness = { key: "conditional", says: "runs only under a condition" };

/**
 * The commands that are reached. `stopsAtFailure`: the shell was started with `-e`.
 */
export function shellSteps(line: string, stopsAtFailure: boolean): readonly ShellStep[] {
  const text = withoutComments(withoutExpressions(line));
  const commands = readShellLine(text).commands.map(cleaned);
  let strict = stopsAtFailure;
  let trapped = false;
  let left = false;
  const steps: ShellStep[] = [];
  for (const [index, command] of commands.entries()) {
    const [first = "", second = ""] = command.words;
    if (first === "set") strict = stopsFrom(command.words) ?? strict;
    // Without an `exit` of its own it leaves the exit code as it is.
    if (first === "trap" && second.includes("exit 0")) trapped = true;
    if (isDead(commands, index)) continue;
    if (isFinalExit(commands, index)) break;
    if (command.words.length === 0) continue;
    if (isWayOut(commands, index)) left = true;
    const weakness = trapped ? ignored : (weaknessOf(commands, index, strict) ?? (left ? conditional : undefined));
    steps.push({ words: command.words, dynamic: command.dynamic, weakness });
  }
  return steps;
}

/** `set -euo pipefail`, `set +o errexit`: does the shell end at a failure from there on? Undefined where nothing is said. */
function stopsFrom(words: readonly string[]): boolean | undefined {
  const named = words.flatMap((word, index) => (words[index + 1] === "errexit" ? [word] : []));
  return [...words.filter((word) => /^[+-]\w*e/u.test(word)), ...named].at(-1)?.startsWith("-");
}

/** `${{ matrix.node }}` as one word that only a shell knows. */
function withoutExpressions(line: string): string {
  return line.replaceAll(/\$\{\{[^]*?\}\}/gu, "$EXPRESSION").replaceAll(/\\\r?\n/gu, " ");
}

function withoutComments(text: string): string {
  return text.replaceAll(/'[^'\n]*'|"(?:\\.|[^"\\\n])*"|\\.|(?<=^|[\s;&|])#[^\n]*/gu, (part) =>
    part.startsWith("#") ? "" : part,
  );
}

interface Command extends ShellCommand {
  readonly negated: boolean;
}

const keywords = new Set([
  "do",
  "then",
  "else",
  "elif",
  "if",
  "while",
  "until",
  "{",
  "}",
  "!",
  "done",
  "fi",
  "time",
  "exec",
  "command",
  "sudo",
  "nohup",
]);
const wrappers: Readonly<Record<string, number>> = { timeout: 1, nice: 0, "xvfb-run": 0, retry: 0, ionice: 0 };

/** Options of theirs. */
const withValue: ReadonlySet<string> = new Set(["-c", "-k", "-n", "-s"]);

/** Without the words of the shell's own in front of the program. */
function cleaned(command: ShellCommand): Command {
  let words = command.words;
  let negated = false;
  for (let [first] = words; first !== undefined; [first] = words) {
    const taken = wrappers[first];
    if (!keywords.has(first) && taken === undefined) break;
    negated ||= first === "!";
    words = words.slice(1);
    if (taken === undefined) continue;
    for (let [option = ""] = words; option.startsWith("-"); [option = ""] = words)
      words = words.slice(withValue.has(option) ? 2 : 1);
    words = words.slice(taken);
  }
  return { ...command, words, negated };
}

function weaknessOf(commands: readonly Command[], index: number, strict: boolean): Weakness | undefined {
  const command = commands[index];
  if (command === undefined) return undefined;
  if (command.negated) return { key: "negated", says: "fails where it should pass, and the other way round" };
  if (isConditional(commands, index)) return conditional;
  if (/^(?:if|while|until)\s/u.test(command.text))
    return commands.slice(index).some(isFailingExit) ? undefined : ignored;
  if (command.after === "|" || command.after === "|&") return swallows(commands[index + 1]) ? ignored : undefined;
  if (command.after === "&") return ignored;
  const end = endOfList(commands, index);
  const alternative = commands.slice(index, end).findIndex(({ after }) => after === "||");
  if (alternative >= 0) {
    const start = index + alternative + 1;
    const rest = commands.slice(start, endOfGroup(commands, start));
    if (rest.some(isFailure)) return undefined;
    if (!rest.some(canFail)) return ignored;
  }
  const last = commands[end];
  const [next, ...others] = commands.slice(end + 1);
  const isFollowed =
    last !== undefined &&
    [";", "\n"].includes(last.after) &&
    next !== undefined &&
    !handsOn(next) &&
    [next, ...others].some(isRun);
  return isFollowed && !strict && !commands.some(({ text }) => /^(?:for|while|if|case)\b/u.test(text))
    ? ignored
    : undefined;
}

/** `exit $?`, and a bare `exit`, end with the code of what stands before. */
function handsOn({ words: [first, code = "$?"] }: Command): boolean {
  return first === "exit" && code === "$?";
}

const joining: ReadonlySet<string> = new Set(["&&", "||", ")", "(", "|", "|&"]);

/** The last command of the list joined by `&&` and `||` that the command stands in. */
function endOfList(commands: readonly Command[], index: number): number {
  let end = index;
  while (joining.has(commands[end]?.after ?? "")) end += 1;
  return end;
}

/** Behind `||`, what stands up to the end of the command, or of the brackets around several, with an `exit` behind them. */
function endOfGroup(commands: readonly Command[], start: number): number {
  const line = commands.findIndex(({ after }, index) => index >= start && after === "\n");
  const inLine = commands.slice(0, line < 0 ? undefined : line + 1);
  const isOpen = commands[start]?.text.startsWith("{") === true;
  const isInBrackets = inLine.some(({ after }) => after === ")");
  const ends = ({ text, after }: Command): boolean =>
    isOpen ? text === "}" : after === ")" || (after === ";" && !isInBrackets);
  const end = inLine.findIndex((command, index) => index >= start && ends(command));
  if (end < 0) return inLine.length;
  const next = inLine[end + 1];
  return next !== undefined && isFailingExit(next) ? inLine.length : end + 1;
}

const harmless = /^(?::|true|echo|printf|cat|sleep|ls|pwd|set|export|rm|mkdir|test|\[|date|node)$/u;

/** Behind `||`: a bare `exit` hands on the failure where nothing stands before it, and else the code of that. */
function isFailure({ words: [first, code = "$?"] }: Command, at: number): boolean {
  return (first === "exit" || first === "return") && code !== "0" && (code !== "$?" || at === 0);
}

/** Can what stands there otherwise still make the line fail? */
function canFail({ words, text }: Command): boolean {
  const [first = "", second = ""] = words;
  if (first === "exit" || first === "return") return false;
  if (first === "node")
    return /exit\([^0)]|throw|exitCode\s*=\s*[^0]/u.test(text) || !/^-(?:e|p|v)|^--(?:eval|version)/u.test(second);
  return first !== "" && !harmless.test(first);
}

function isFailingExit({ words: [first, code] }: Command): boolean {
  return first === "exit" && code !== "0";
}

function isRun({ words: [first] }: Command): boolean {
  return first !== undefined && first !== "esac";
}

const swallowing: ReadonlySet<string> = new Set(`tee cat head tail grep true less more sed awk sort wc :`.split(" "));

function swallows(next: Command | undefined): boolean {
  return swallowing.has(next?.words[0] ?? "");
}

/** It runs only if a test holds, or something that is no verification fails. */
function isConditional(commands: readonly Command[], index: number): boolean {
  const before = commands[index - 1];
  if (before === undefined) return false;
  if (before.after === "&&" || before.after === "||")
    return isTest(before) || before.words[0] === "false" || (before.after === "||" && isGuard(before));
  return /^then\b/u.test(commands[index]?.text ?? "");
}

function isGuard({ words, text }: Command): boolean {
  const [first = ""] = words;
  return ["is-ci", "command", "which", "node", "git"].includes(first) && !text.includes("--test");
}

/** `[ -n "$AGENT" ] && exit 0`: who sets the variable sees nothing of what follows. In CI there are other verifications. */
function isWayOut(commands: readonly Command[], index: number): boolean {
  const [first, code = "0"] = commands[index]?.words ?? [];
  const before = commands[index - 1];
  if (first !== "exit" || code !== "0" || before === undefined) return false;
  const isJoined = before.after === "&&" || commands[index]?.text.startsWith("then") === true;
  return (
    isJoined &&
    /\[|\btest\b/u.test(before.text) &&
    /\$/u.test(before.text) &&
    !/\bCI\b|GITHUB_|VERCEL|NETLIFY/u.test(before.text)
  );
}

/** Behind `true ||`, or behind an `exit` that is always reached. */
function isDead(commands: readonly Command[], index: number): boolean {
  const before = commands[index - 1];
  if (before === undefined || before.after !== "||") return false;
  return ["true", ":", "echo", "printf"].includes(before.words[0] ?? "");
}

/** With another code than 0 the line fails, whatever follows. */
function isFinalExit(commands: readonly Command[], index: number): boolean {
  const [first, code = "0"] = commands[index]?.words ?? [];
  const before = commands[index - 1];
  return (
    first === "exit" &&
    code === "0" &&
    before?.after !== "||" &&
    before?.after !== "(" &&
    !isWithin(commands.slice(0, index)) &&
    !isTest(before)
  );
}

/** Is a block still open behind these? */
function isWithin(commands: readonly Command[]): boolean {
  const count = (pattern: RegExp): number => commands.filter(({ text }) => pattern.test(text)).length;
  return count(/^(?:if|case|while|until|for)\b/u) > count(/^(?:fi|esac|done)\b/u);
}

function isTest(command: Command | undefined): boolean {
  return ["[", "[[", "test"].includes(command?.words[0] ?? "");
}
