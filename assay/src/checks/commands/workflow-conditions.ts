// Whether a condition of a workflow can hold, as far as that is known without running it.

export interface Event {
  readonly name: string;
  readonly ref: string;
  readonly matrix: Readonly<Record<string, unknown>>;
}

type Value = string | number | boolean | null | undefined;

const token =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<word>[\w.*-]+(?:\[[^\]]+\][\w.*-]*)*)|(?<mark>&&|\|\||==|!=|<=|>=|[!<>(),]))/gy;

/** Undefined where it depends on what is not known. */
export function canHold(condition: string | undefined, event: Event): boolean | undefined {
  if (condition === undefined) return true;
  const text = condition.replace(/^\s*\$\{\{([^]*)\}\}\s*$/, "$1");
  const words = [...text.matchAll(token)].map(({ 0: word }) => word.trim());
  const parser = new Parser(words, event);
  const value = parser.either();
  return parser.isDone && value !== undefined ? isTrue(value) : undefined;
}

function isTrue(value: Value): boolean {
  return value !== "" && Boolean(value);
}

class Parser {
  #at = 0;
  readonly #words: readonly string[];
  readonly #event: Event;

  constructor(words: readonly string[], event: Event) {
    this.#words = words;
    this.#event = event;
  }

  get isDone(): boolean {
    return this.#at >= this.#words.length;
  }

  either(): Value {
    let left = this.#both();
    while (this.#takes("||")) {
      const right = this.#both();
      if (left === undefined || right === undefined)
        left = [left, right].find((each) => each !== undefined && isTrue(each));
      else left = isTrue(left) ? left : right;
    }
    return left;
  }

  #both(): Value {
    let left = this.#equality();
    while (this.#takes("&&")) {
      const right = this.#equality();
      if (left === undefined || right === undefined)
        left = [left, right].some((each) => each !== undefined && !isTrue(each)) ? false : undefined;
      else left = isTrue(left) ? right : left;
    }
    return left;
  }

  #equality(): Value {
    const from = this.#at;
    const left = this.#unary();
    const operator = ["==", "!="].find((each) => this.#takes(each));
    if (operator === undefined)
      return ["<", ">", "<=", ">="].some((each) => this.#takes(each)) ? void this.#unary() : left;
    const right = this.#unary();
    const values = this.#matrixValues(this.#words[from] ?? "");
    if (values !== undefined && right !== undefined && operator === "==")
      return values.some((each) => String(each) === String(right)) ? undefined : false;
    if (left === undefined || right === undefined) return undefined;
    const same = String(left ?? "").toLowerCase() === String(right ?? "").toLowerCase();
    return operator === "==" ? same : !same;
  }

  #unary(): Value {
    if (this.#takes("!")) {
      const value = this.#unary();
      return value === undefined ? undefined : !isTrue(value);
    }
    if (this.#takes("(")) {
      const value = this.either();
      this.#takes(")");
      return value;
    }
    const word = this.#words[this.#at] ?? "";
    this.#at += 1;
    if (this.#takes("(")) return this.#call(word);
    return this.#valueOf(word);
  }

  #call(name: string): Value {
    const args: Value[] = [];
    const asked = this.#words[this.#at] ?? "";
    while (!this.isDone && !this.#takes(")")) {
      args.push(this.either());
      this.#takes(",");
    }
    if (["always", "success"].includes(name)) return true;
    if (name === "failure" || name === "cancelled") return false;
    // Nobody has put the label on, or written the words, that a change begins to ask for.
    if (name === "contains" && /\blabels\b|\bmessage$|\b(?:title|body)$/.test(asked)) return false;
    const [text, part] = args.map((arg) => (typeof arg === "string" ? arg.toLowerCase() : undefined));
    if (name === "fromJSON" && (text === "true" || text === "false")) return text === "true";
    if (text === undefined || part === undefined) return undefined;
    if (name === "startsWith") return text.startsWith(part);
    if (name === "endsWith") return text.endsWith(part);
    return name === "contains" ? text.includes(part) : undefined;
  }

  #valueOf(word: string): Value {
    if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(word)) return Number(word);
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (word === "github.event_name") return this.#event.name;
    if (word === "github.ref") return this.#event.ref;
    if (word === "github.ref_name") return this.#event.ref.replace(/^refs\/(?:heads|pull)\//, "");
    // A change comes from a branch of its own, and what starts a workflow by hand is given to no other start.
    const { name } = this.#event;
    if (word === "github.head_ref") return name === "pull_request" ? "some-change" : "";
    if (word.startsWith("github.event.inputs.") && (name === "pull_request" || name === "push")) return "";
    // Nobody has set a variable that a change begins to ask for.
    return word.startsWith("vars.") ? "" : undefined;
  }

  #matrixValues(word: string): readonly unknown[] | undefined {
    const axis = /^matrix\.([\w-]+)$/.exec(word)?.[1];
    const values = axis === undefined ? undefined : this.#event.matrix[axis];
    return Array.isArray(values) && !("include" in this.#event.matrix) ? values : undefined;
  }

  #takes(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at += 1;
    return true;
  }
}
