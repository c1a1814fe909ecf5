// Test commands that also fail where too little of the code is covered, or where a linter minds: without that.

const wrappers = new Set(["c8", "nyc"]);
/** Flags of theirs without a value. */
const switches = /^--(?:100|all|cache|check-coverage|clean|per-file|silent|no-.*)$/u;

/** Of lab, which measures and lints in the process that runs the tests. */
const labs = /^(?:\S+=\S*\s+)*(?:npx\s+)?lab(?=\s|$)/u;
const limitsOfLab = /\s(?:(?:-t|--threshold)[\s=]\d+|-L|--lint|-Y|--types|-c|--coverage)(?=\s|$)/gu;

/** A line that starts one program; it comes back as it is where it can not be told what belongs to the limit. */
export function withoutLimits(line: string): string {
  const bare = withoutWrapper(line);
  return labs.test(bare) ? bare.replaceAll(limitsOfLab, "") : bare;
}

/** For runners that measure without being asked. */
export const uncovered: Readonly<Record<string, string>> = {
  TAP_ALLOW_INCOMPLETE_COVERAGE: "1",
  TAP_CHECK_COVERAGE: "0",
  TAP_DISABLE_COVERAGE: "1",
};

function withoutWrapper(line: string): string {
  const words = line.split(/(?<=\s)(?=\S)/u);
  const start = words.findIndex((word) => !/^\w+=/u.test(word) && word.trim() !== "npx");
  if (!wrappers.has(words[start]?.trim() ?? "")) return line;
  const program = programBehind(words.map((word) => word.trim()).slice(start + 1));
  if (program === undefined) return line;
  const variables = words.slice(0, start).filter((word) => word.trim() !== "npx");
  return [...variables, ...words.slice(start + 1 + program)].join("");
}

/** The place of the program behind a wrapper's flags; undefined where one of them may have its value there. */
function programBehind(words: readonly string[]): number | undefined {
  let at = 0;
  for (let word = words[at]; word?.startsWith("-") === true; word = words[at]) {
    const next = words[at + 1] ?? "";
    const isPlain = word.includes("=") || switches.test(word) || next.startsWith("-");
    if (!isPlain && !/^\d+$/u.test(next)) return undefined;
    at += isPlain ? 1 : 2;
  }
  return at < words.length ? at : undefined;
}
