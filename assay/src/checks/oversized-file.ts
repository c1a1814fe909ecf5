import type { ChangeCheck, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { isSourcePath, roleOf } from "../source/role.ts";
import { handWritten } from "./hand-written.ts";

/**
 * Flags files over the limit of lines (`max_file_lines`, 500 unless set) that are new or longer than they were.
 *
 * A file that nobody can hold in mind at once is changed by guesswork, and grows because it is easier to add than to
 * find a place.
 *
 * Tests may be long: they are read one at a time.
 *
 * Not seen: long lines, long functions, files that are not TypeScript or JavaScript, generated files, fixtures.
 */
export const oversizedFile: ChangeCheck = {
  id: "oversized-file",
  kind: "change",
  summary: "A file over the limit of lines is new or has grown",
  in: ["loop", "gate"],

  async inspect(context) {
    const limit = context.workspace.config.maxFileLines;
    const pairs = await handWritten(context);
    return pairs
      .filter(({ change: { path } }) => isSourcePath(path) && roleOf(path) !== "test")
      .flatMap((pair) => faultOf(pair, limit));
  },
};

function faultOf({ change, baseText, headText }: FilePair, limit: number): readonly Finding[] {
  const before = lineCount(baseText);
  const after = lineCount(headText);
  if (after <= limit || after <= before) return [];
  const growth = before > limit ? `, ${after - before} more than before` : "";
  const message = `${after} lines${growth}, and ${limit} is the limit; move a subject of its own to another file`;
  return [{ path: change.path, line: null, message }];
}

function lineCount(text = ""): number {
  return text === "" ? 0 : text.replace(/\r?\n$/, "").split("\n").length;
}
