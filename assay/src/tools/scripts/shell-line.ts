// Splits a line of shell into commands and words. Nothing is run and nothing is filled in.

export interface ShellLine {
  readonly commands: readonly ShellCommand[];
  /** Nothing but programs joined by `&&`: what such a line does can be told without a shell. */
  readonly plain: boolean;
}

export interface ShellCommand {
  readonly words: readonly string[];
  /** As it is written. */
  readonly text: string;
  /** A word is only known to a shell: `$(git diff --name-only)`. */
  readonly dynamic: boolean;
  /** Another program reads its output, and decides on the exit code. */
  readonly piped: boolean;
  /** What stands behind it: `&&`, `||`, `;`, a bracket; empty at the end. */
  readonly after: string;
}

/** A redirection, a word with its quotes and escapes, or what stands between commands. */
const token =
  /\d*[<>]+&?\d*|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\$\([^)]*\)|`[^`]*`|[^\s;&|()<>'"\\`])+|&&|\|\||\|&|[;&|()]|\n/gu;

interface Draft {
  readonly words: string[];
  readonly start: number;
  text: string;
  dynamic: boolean;
  piped: boolean;
  after: string;
}

export function readShellLine(line: string): ShellLine {
  const commands: Draft[] = [emptyDraft(0)];
  // What is left over is a quote without an end.
  let plain = line.replaceAll(token, "").trim() === "";
  let afterRedirection = false;
  for (const { 0: raw, index } of line.matchAll(token)) {
    const current = commands.at(-1);
    if (current === undefined) break;
    if (/^[;&|()\n]/u.test(raw)) {
      // What stands behind brackets counts for what is in them.
      const inBrackets = current.words.length === 0 ? commands.findLast(({ words }) => words.length > 0) : undefined;
      if (inBrackets?.after === ")") inBrackets.after = raw;
      current.after = raw;
      current.piped = raw === "|" || raw === "|&";
      plain &&= raw === "&&";
      commands.push(emptyDraft(index + raw.length));
      continue;
    }
    current.text = line.slice(current.start, index + raw.length).trim();
    if (/^\d*[<>]/u.test(raw)) {
      plain = false;
      afterRedirection = !/&\d/u.test(raw);
    } else if (afterRedirection) afterRedirection = false;
    else {
      current.words.push(unquoted(raw));
      current.dynamic ||= /[$`]/u.test(raw.replaceAll(/'[^']*'|\\[$`]/gu, ""));
    }
  }
  const kept = commands.filter(({ words }) => words.length > 0);
  return { commands: kept, plain: plain && !kept.some(({ dynamic }) => dynamic) };
}

/** The words of a command that a shell takes for patterns of paths: what stands in quotes is left to the program. */
export function shellPatterns({ text }: Pick<ShellCommand, "text">): readonly string[] {
  const words = Array.from(text.matchAll(token), ([raw]) => raw);
  return words.filter((raw) => /[*?[{]/u.test(raw.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"|\\./gu, ""))).map(unquoted);
}

function emptyDraft(start: number): Draft {
  return { words: [], start, text: "", dynamic: false, piped: false, after: "" };
}

function unquoted(raw: string): string {
  return raw.replaceAll(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gu,
    (_whole, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\(["\\$`])/gu, "$1") ?? escaped ?? "",
  );
}
