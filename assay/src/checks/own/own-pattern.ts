// A project's own `[[check]]` with a pattern as a check.
import type { ChangeCheck, ChangeContext, FilePair } from "../../model/check.ts";
import type { PatternCheck } from "../../model/own-check.ts";
import type { RepoPath } from "../../model/paths.ts";
import { isSourcePath } from "../../source/role.ts";
import { handWritten } from "../change/hand-written.ts";
import { newFindings } from "../change/new-findings.ts";
import { ownBase, withRemedy } from "./own-check.ts";

/** Flags code that matches and that the base did not have. */
export function toPatternCheck(config: PatternCheck): ChangeCheck {
  const patterns = config.patterns.map((pattern) => `\`${pattern}\``).join(" or ");
  const files = config.files === null ? "any file" : config.files.join(", ");
  const except = config.except.length === 0 ? "" : `, except ${config.except.join(", ")}`;
  return {
    ...ownBase(config, `Flags new code that matches ${patterns} in ${files}${except}.`),
    kind: "change",
    inspect: async (context) => {
      const { loadMatcher } = await import("./pattern-matcher.ts");
      // Also where no file concerns it: a pattern that is none would go unnoticed.
      const matcher = await loadMatcher(config);
      const pairs = await concerned(config, context);
      return newFindings(pairs, function* (file) {
        for (const { start, text } of matcher(file)) {
          const fingerprint = `${config.id}\n${text.replaceAll(/\s+/g, " ")}`;
          yield { at: { start }, message: withRemedy(config.message, config), fingerprint };
        }
      });
    },
  };
}

/** A file that was moved into the check's reach is judged as a new one. */
async function concerned(config: PatternCheck, context: ChangeContext): Promise<readonly FilePair[]> {
  const isMeant = await selection(config, context);
  const pairs = (await handWritten(context)).filter(({ change: { path } }) => isSourcePath(path) && isMeant(path));
  return pairs.map((pair) => {
    const { previousPath } = pair.change;
    if (previousPath === null || isMeant(previousPath)) return pair;
    return { change: pair.change, head: pair.head, headText: pair.headText, base: undefined, baseText: undefined };
  });
}

async function selection(config: PatternCheck, { scope }: ChangeContext): Promise<(path: RepoPath) => boolean> {
  const { default: picomatch } = await import("picomatch");
  const isIn = config.files === null ? () => true : picomatch([...config.files], { dot: true });
  const isOut = picomatch([...config.except], { dot: true });
  return (path) => isIn(path) && !isOut(path) && isInScope(config, scope.scopeOf(path));
}

function isInScope({ scopes }: PatternCheck, name: string | undefined): boolean {
  return scopes === null || (name !== undefined && scopes.includes(name));
}
