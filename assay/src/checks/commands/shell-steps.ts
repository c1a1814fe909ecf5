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
    if (first === "set" && /^[+-]\w*e/u.test(second)) strict = second.startsWith("-");
    if (first === "trap" && /exit 0|true|:/u.test(second)) trapped = true;
    if (isDead(commands, index)) continue;
    if (isFinalExit(commands, index)) break;
    if (command.words.length === 0) continue;
    if (isWayOut(commands, index)) left = true;
    const weakness = trapped ? ignored : (weaknessOf(commands, index, strict) ?? (left ? conditional : undefined));
    steps.push({ words: command.words, dynamic: command.dynamic, weakness });
  }
  return steps;
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
    while (words[0]?.startsWith("-") === true) words = words.slice(/^-[nks]$/u.test(words[0] ?? "") ? 2 : 1);
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
    return commands.slice(index + 1).some(isFailingExit) ? undefined : ignored;
  if (command.after === "|" || command.after === "|&") return swallows(commands[index + 1]) ? ignored : undefined;
  if (command.after === "&") return ignored;
  const end = endOfList(commands, index);
  const alternative = commands.slice(index, end).findIndex(({ after }) => after === "||");
  if (alternative >= 0) {
    const start = index + alternative + 1;
    const rest = commands.slice(start, endOfGroup(commands, start));
    if (rest.some(isFailingExit)) return undefined;
    if (!rest.some(canFail)) return ignored;
  }
  const last = commands[end];
  const isFollowed = last !== undefined && /^[;\n]$/u.test(last.after) && commands.slice(end + 1).some(isRun);
  return isFollowed && !strict && !commands.some(({ text }) => /^(?:for|while|if|case)\b/u.test(text))
    ? ignored
    : undefined;
}

/** The last command of the list joined by `&&` and `||` that the command stands in. */
function endOfList(commands: readonly Command[], index: number): number {
  let end = index;
  while (end < commands.length - 1 && /^(?:&&|\|\||\)|\(|\|&?)$/u.test(commands[end]?.after ?? "")) end += 1;
  return end;
}

/** Behind `||`, what stands up to the end of the command, or of the brackets around several, with an `exit` behind them. */
function endOfGroup(commands: readonly Command[], start: number): number {
  const line = commands.findIndex(({ after }, index) => index >= start && after === "\n");
  const inLine = commands.slice(0, line < 0 ? undefined : line + 1);
  const isOpen = commands[start]?.text.startsWith("{") === true;
  const isInBrackets = inLine.slice(start).some(({ after }) => after === ")");
  const ends = ({ text, after }: Command): boolean =>
    isOpen ? text === "}" : after === ")" || (after === ";" && !isInBrackets);
  const end = inLine.findIndex((command, index) => index >= start && ends(command));
  if (end < 0) return inLine.length;
  const next = inLine[end + 1];
  return next !== undefined && isFailingExit(next) ? end + 2 : end + 1;
}

const harmless = /^(?::|true|echo|printf|cat|sleep|ls|pwd|set|export|rm|mkdir|test|\[|date|node)$/u;

/** Can what stands behind `||` still make the line fail? */
function canFail({ words, text }: Command): boolean {
  const [first = "", second = ""] = words;
  if (first === "exit" || first === "return") return second !== "0";
  if (first === "node")
    return /exit\([^0)]|throw|exitCode\s*=\s*[^0]/u.test(text) || !/^-(?:e|p|v)|^--(?:eval|version)/u.test(second);
  return first !== "" && !harmless.test(first);
}

function isFailingExit({ words: [first, code] }: Command): boolean {
  return first === "exit" && code !== "0";
}

function isRun({ words }: Command): boolean {
  return words.length > 0 && !/^(?:\}|done|fi|esac)$/u.test(words[0] ?? "");
}

function swallows(next: Command | undefined): boolean {
  return /^(?:tee|cat|head|tail|grep|true|less|more|sed|awk|sort|wc|:)$/u.test(next?.words[0] ?? "");
}

/** It runs only if a test holds, or something that is no verification fails. */
function isConditional(commands: readonly Command[], index: number): boolean {
  const before = commands[index - 1];
  if (before === undefined) return false;
  const [first = ""] = before.words;
  if (before.after === "&&" || before.after === "||")
    return /^(?:\[|\[\[|test|false)$/u.test(first) || (before.after === "||" && isGuard(before));
  return /^then\b/u.test(commands[index]?.text ?? "");
}

function isGuard({ words, text }: Command): boolean {
  const [first = ""] = words;
  return /^(?:is-ci|command|which|node|git)$/u.test(first) && !text.includes("--test");
}

/** `[ -n "$AGENT" ] && exit 0`: who sets the variable sees nothing of what follows. In CI there are other verifications. */
function isWayOut(commands: readonly Command[], index: number): boolean {
  const [first, code = "0"] = commands[index]?.words ?? [];
  const before = commands[index - 1];
  if (first !== "exit" || code !== "0" || before === undefined) return false;
  const isJoined = before.after === "&&" || /^then\b/u.test(commands[index]?.text ?? "");
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
  return /^(?:true|:|echo|printf)$/u.test(before.words[0] ?? "");
}

function isFinalExit(commands: readonly Command[], index: number): boolean {
  const [first, code] = commands[index]?.words ?? [];
  const before = commands[index - 1]?.after ?? "";
  const isAlways = !commands.slice(0, index).some(({ text }) => /^(?:if|case|while|for)\b/u.test(text));
  return (
    first === "exit" &&
    code === "0" &&
    before !== "||" &&
    before !== "(" &&
    isAlways &&
    !/^(?:\[|\[\[|test)$/u.test(commands[index - 1]?.words[0] ?? "")
  );
}
