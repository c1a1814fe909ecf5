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
    const [seen = ""] = json.slice(at, at + 30).split("\n");
    const where = seen === "" ? "it ends too early" : `unexpected \`${seen.trim()}\``;
    const hint = /^<{7} /m.test(json) ? `Resolve the merge conflict in ${path}.` : `Fix line ${line} of ${path}.`;
    throw new AssayError("config-invalid", `${path}:${line}: not valid JSON: ${where}`, { hint, cause: error });
  }
}

/** A plain object, as JSON and TOML know it. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const space = /[ \t\r\n]*/y;

const token =
  /(?<mark>[{}[\],:])|(?<text>"(?:[^"\\\t\r\n]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true|false|null/y;

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
  for (let start = skipSpace(json, 0); ; start = skipSpace(json, token.lastIndex)) {
    token.lastIndex = start;
    const match = token.exec(json)?.groups;
    if (match === undefined) return start;
    const { mark, text } = match;
    const isKey = text !== undefined && expected.includes("k");
    const opens = mark === "{" || mark === "[";
    if (!isKey && !expected.includes(mark === undefined || opens ? "v" : mark)) return start;
    if (opens) open.push(mark);
    else if (mark === "}" || mark === "]") open.pop();
    let last = `${mark === "," ? "," : "v"} in ${open.at(-1)}`;
    if (isKey) last = "k";
    else if (opens || mark === ":") last = mark;
    expected = expectedAfter.get(last) ?? "";
  }
}

function skipSpace(text: string, from: number): number {
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}
