// Reads lists of names, as files and programs give them.
import { AssayError } from "../../model/errors.ts";
import type { RepoPath } from "../../model/paths.ts";

export interface ListedName {
  readonly name: string;
  /** 1-based, where the list has one name a line; null elsewhere. */
  readonly line: number | null;
}

export interface ListText {
  readonly text: string;
  /** `goldens/names.json`, or the command: for messages. */
  readonly from: string;
  /** `json`, `yaml`, `toml`, or anything else for one name a line. Undefined: a program printed it, and it says itself. */
  readonly format: string | undefined;
  readonly pointer: string | null;
}

/** How a file writes its list. */
export function formatOf(path: RepoPath): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "text";
}

/**
 * The names of a list: a JSON, YAML or TOML list of texts, the keys of an object, or one name a line, where what stands
 * behind `#` is a comment.
 *
 * @throws AssayError `tool-failed` for what is no such list.
 */
export async function readNames(list: ListText): Promise<readonly ListedName[]> {
  const text = list.text.replace(/^\uFEFF/, "");
  const document = await readDocument({ ...list, text });
  if (document !== undefined) return namesOf(at(document.value, list), list);
  if (list.pointer !== null) throw notAList(list, "is no JSON, which a pointer needs");
  return text.split(/\r?\n/).flatMap((line, index) => {
    const name = line.replace(/(?:^|\s)#.*$/, "").trim();
    return name === "" ? [] : [{ name, line: index + 1 }];
  });
}

async function readDocument(list: ListText): Promise<{ readonly value: unknown } | undefined> {
  const { text, format } = list;
  try {
    if (format === "json") return { value: JSON.parse(text) };
    if (format === "yaml" || format === "yml") return { value: (await import("yaml")).parse(text) };
    if (format === "toml") return { value: (await import("smol-toml")).parse(text) };
  } catch (cause) {
    throw new AssayError("tool-failed", `${list.from} can't be read: ${firstLine(cause)}`, { cause });
  }
  return format === undefined && /^\s*[[{]/.test(text) ? printedJson(text) : undefined;
}

/** A name may begin with a bracket as well: what is no JSON has one name a line. */
function printedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
function at(document: unknown, list: ListText): unknown {
  let value = document;
  for (const written of list.pointer?.split("/").slice(1) ?? []) {
    const key = written.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) {
      throw notAList(list, `has nothing at ${list.pointer}`);
    }
    value = Reflect.get(value, key);
  }
  return value;
}

function namesOf(value: unknown, list: ListText): readonly ListedName[] {
  if (Array.isArray(value)) {
    return value.map((name: unknown) => {
      if (typeof name !== "string" || name.trim() === "")
        throw notAList(list, "has something else than names in its list");
      return { name: name.trim(), line: null };
    });
  }
  if (typeof value !== "object" || value === null) throw notAList(list, "is neither a list nor an object");
  return Object.keys(value).map((name) => ({ name, line: null }));
}

function notAList({ from }: ListText, why: string): AssayError {
  return new AssayError("tool-failed", `${from} ${why}`, {
    hint: 'Write it as a list of names, `["a", "b"]`, as an object with names as keys, or with one name a line.',
  });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
