// File names as git prints them and as the disk wants them: bytes, which need not be UTF-8.
import { isUtf8 } from "node:buffer";
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";

const escapedByte = /(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]/;

/**
 * Splits the output of a git command run with `-z`.
 *
 * A byte that is not UTF-8 becomes a lone surrogate, U+DC00 plus the byte: different names stay different,
 * and `onDisk` finds the file again. Whoever prints such a path prints a replacement character.
 *
 * @throws AssayError `git-failed` when the last field is cut short.
 */
export function splitFields(output: Buffer): string[] {
  if (output.length === 0) return [];
  if (output.at(-1) !== 0) {
    throw new AssayError("git-failed", "git's output ends in the middle of a field", { hint: "git --version" });
  }
  if (isUtf8(output)) return output.toString("utf8", 0, output.length - 1).split("\0");
  const fields: string[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0, start);
    fields.push(decode(output.subarray(start, end)));
    start = end + 1;
  }
  return fields;
}

/** The name of a file for `node:fs`. */
export function onDisk(root: string, path: RepoPath): string | Buffer {
  const name = `${root}/${path}`;
  return escapedByte.test(name) ? encode(name) : name;
}

/** Paths as git reads them from its standard input with `-z`. */
export function joinFields(paths: readonly string[]): Buffer {
  const fields = paths.map((path) => `${path}\0`).join("");
  return escapedByte.test(fields) ? encode(fields) : Buffer.from(fields);
}

function decode(bytes: Buffer): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((length) => isUtf8(bytes.subarray(at, at + length)));
    if (length === undefined) text += String.fromCharCode(0xdc00 + bytes.readUInt8(at));
    else text += bytes.toString("utf8", at, at + length);
    at += length ?? 1;
  }
  return text;
}

function encode(text: string): Buffer {
  // A buffer made of a number keeps its lowest byte.
  return Buffer.concat(
    Array.from(text, (character) => Buffer.from(escapedByte.test(character) ? [character.charCodeAt(0)] : character)),
  );
}
