// Reads shell text as the commands that it runs. Knows words, not what programs mean.

export interface ShellCommand {
  /** Quotes are taken off. Words that the shell would put something into (`$x`) are kept as written. */
  readonly words: readonly string[];
  /** 1-based, in the text. */
  readonly line: number;
  /** How many parentheses it stands in. */
  readonly depth: number;
}

/** The commands of a script, in their order. Comments, redirections and here-documents are left out. */
export function shellCommands(text: string): readonly ShellCommand[] {
  return new Reader(text).read();
}

const operator = /&&|\|\||;;|[;|&()\n]/y;
const redirection = /\d*(?:>>?|<)&?\s*[^\s;|&()]*/y;
const hereDocument = /<<-?\s*["']?(\w+)["']?/y;
const comment = /#[^\n]*/y;
const blank = /(?:[ \t\r]|\\\r?\n)+/y;
const word = /(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|\$\([^()]*\)|`[^`]*`|[^\s;|&()<>'"`\\])+|["'`\\]/y;

class Reader {
  readonly #text: string;
  readonly #commands: ShellCommand[] = [];
  #words: string[] = [];
  #start = 0;
  #depth = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly ShellCommand[] {
    let pending: string | undefined;
    while (this.#at < this.#text.length) {
      if (this.#take(blank) !== undefined) continue;
      if (this.#words.length === 0 && this.#take(comment) !== undefined) continue;
      if (this.#text[this.#at - 1]?.trim() === "" && this.#take(comment) !== undefined) continue;
      const here = this.#take(hereDocument);
      if (here !== undefined) pending = here[1];
      else if (this.#take(redirection) === undefined) {
        const sign = this.#take(operator)?.[0];
        if (sign === undefined) this.#addWord();
        else this.#end(sign);
        if (sign === "\n" && pending !== undefined) pending = this.#skipUntil(pending);
      }
    }
    this.#end("");
    return this.#commands;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #addWord(): void {
    const start = this.#at;
    const raw = this.#take(word)?.[0] ?? this.#text[this.#at++] ?? "";
    if (this.#words.length === 0) this.#start = start;
    this.#words.push(raw.replace(/^(["'])(.*)\1$/s, "$2").replaceAll(/\\(.)/gs, "$1"));
  }

  #end(sign: string): void {
    if (this.#words.length > 0) {
      const line = this.#text.slice(0, this.#start).split("\n").length;
      this.#commands.push({ words: this.#words, line, depth: this.#depth });
      this.#words = [];
    }
    if (sign === "(") this.#depth++;
    if (sign === ")") this.#depth = Math.max(0, this.#depth - 1);
  }

  #skipUntil(end: string): undefined {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf("\n", this.#at);
      const line = this.#text.slice(this.#at, next < 0 ? undefined : next);
      this.#at = next < 0 ? this.#text.length : next + 1;
      if (line.trim() === end) return;
    }
  }
}
