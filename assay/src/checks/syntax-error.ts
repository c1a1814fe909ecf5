import type { ChangeCheck } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import type { SourceFile } from "../model/source-file.ts";
import { handWritten } from "./change/hand-written.ts";

/**
 * Flags changed files that can not be parsed, where the base had none or could be parsed.
 *
 * Nothing else can be said about such a file: every other guard is blind to it.
 *
 * Not seen: errors that need more than the grammar (a name declared twice), files in Flow, fixtures.
 */
export const syntaxError: ChangeCheck = {
  id: "syntax-error",
  kind: "change",
  summary: "A changed file can not be parsed",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = await handWritten(context);
    return pairs.flatMap(({ base, head }) => (head && !isBroken(base) ? firstError(head) : []));
  },
};

function isBroken(file: SourceFile | undefined): boolean {
  return file !== undefined && file.syntaxErrors.length > 0;
}

/** One error is enough: those after it are mostly its echo. */
function firstError(file: SourceFile): readonly Finding[] {
  // What may stand in a declaration file is for the type checker to say.
  const error = file.syntaxErrors.find(({ message }) => !/\bambient\b/.test(message));
  if (error === undefined) return [];
  const message = `can not be parsed: ${error.message.replace(/\.$/, "")}; correct the syntax`;
  return [{ path: file.path, line: file.lineOf(error.start), message }];
}
