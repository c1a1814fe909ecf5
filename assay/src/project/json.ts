import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";

/**
 * Parses a JSON file of the repository that must hold an object. A byte order mark is allowed, comments are not.
 *
 * @throws AssayError `config-invalid`, naming the file and the line.
 */
export function parseJsonObject(path: RepoPath, text: string): Readonly<Record<string, unknown>> {
  const json = text.replace(/^\uFEFF/, "");
  const value = parseJson(path, json);
  if (isRecord(value)) return value;
  throw new AssayError("config-invalid", `${path}:1: must hold an object`, { hint: `Write { … } in ${path}.` });
}

function parseJson(path: RepoPath, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const at = firstJsonError(json);
    const line = json.slice(0, at).split("\n").length;
    const seen = json.slice(at).split("\n")[0]?.trim().slice(0, 30) ?? "";
    const where = seen === "" ? "it ends too early" : `unexpected \`${seen}\``;
    const hint = /^<{7} /m.test(json) ? `Resolve the merge conflict in ${path}.` : `Fix line ${line} of ${path}.`;
    throw new AssayError("config-invalid", `${path}:${line}: not valid JSON: ${where}`, { hint, cause: error });
  }
}

/** A plain object, as JSON and TOML know it. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const token =
  /[ \t\r\n]*(?:(?<mark>[{}[\],:])|(?<text>"(?:[^"\\\t\r\n]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<other>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true|false|null))/y;

/** What may come next, by what came last and what it stands in: `v` is any value, `k` a key, a mark itself. */
const expectedAfter = new Map([
  ["{", "k}"],
  ["[", "v]"],
  [":", "v"],
  ["k", ":"],
  ["v in {", ",}"],
  ["v in [", ",]"],
  [", in {", "k"],
  [", in [", "v"],
]);

/**
 * The offset of the first character at which a text stops being JSON; its length when it only ends too early.
 * The messages of the engine tell this in some versions of Node and not in others.
 */
export function firstJsonError(json: string): number {
  const open: ("{" | "[")[] = [];
  let expected = "v";
  token.lastIndex = 0;
  for (;;) {
    const start = skipSpace(json, token.lastIndex);
    const match = start < json.length ? token.exec(json)?.groups : undefined;
    if (match === undefined) return start;
    const { mark, text } = match;
    const isKey = text !== undefined && expected.includes("k");
    const opens = mark === "{" || mark === "[";
    const kind = isKey ? "k" : mark === undefined || opens ? "v" : mark;
    if (!expected.includes(kind)) return start;
    if (opens) open.push(mark);
    else if (mark === "}" || mark === "]") open.pop();
    let last = `${mark === "," ? "," : "v"} in ${open.at(-1)}`;
    if (isKey) last = "k";
    else if (opens || mark === ":") last = mark;
    expected = expectedAfter.get(last) ?? "";
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at] ?? "")) at++;
  return at;
}
