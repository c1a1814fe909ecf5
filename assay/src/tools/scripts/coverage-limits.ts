// Test commands that also fail where too little of the code is covered, or where a linter minds: without that.
import { coverageTools } from "./invocation.ts";

/** Flags of coverage tools that have a value behind them. */
const valued = new Set(
  "-r --reporter -o --reports-dir --report-dir --temp-dir --temp-directory -x --exclude -n --include --src -e --extension -c --config --nycrc-path --cwd --lines --branches --functions --statements --watermarks -i --require --resolve --merge-async".split(
    " ",
  ),
);
/** Those that have none. */
const switches =
  /^--?(?:100|a|all|cache|check-coverage|clean|per-file|silent|instrument|source-map|skip-full|exclude-after-remap|no-[\w-]+)$/u;

/** What only leads to the next program: it is found without, since the tests run as a manager would run them. */
const leader = /^(?:npx|bunx|npm|pnpm|yarn|exec|x|dlx|-y|--yes|--no-install|--)$/u;

/** Of lab, which measures and lints in the process that runs the tests. */
const labs = /^(?:\S+=\S*\s+)*(?:npx\s+)?lab(?=\s|$)/u;
const limitsOfLab = /\s(?:(?:-t|--threshold)[\s=]\d+|-L|--lint|-Y|--types|-c|--coverage)(?=\s|$)/gu;

/** Of borp, which measures as well. */
const borps = /^(?:\S+=\S*\s+)*(?:npx\s+)?borp(?=\s|$)/u;
const limitsOfBorp = /\s(?:-C|--coverage|--check-coverage|--(?:lines|functions|branches|statements)[\s=]\d+)(?=\s|$)/gu;

/** A line that starts one program. Where it can not be told what belongs to the limit it comes back as it is. */
export function withoutLimits(line: string): string {
  const bare = withoutWrapper(line);
  if (borps.test(bare)) return bare.replaceAll(limitsOfBorp, "");
  return labs.test(bare) ? bare.replaceAll(limitsOfLab, "") : bare;
}

/** May it fail for what is covered, though every test passes? Then its failure says nothing of a mutant. */
export function mayLimit(line: string): boolean {
  return line.split(/[\s"'`;&|()]+/u).some((word) => coverageTools.has(word));
}

/** There is nothing to report on where nothing was measured. */
export function reportsCoverage(line: string): boolean {
  const words = line.split(/\s+/u).filter((word) => !leader.test(word));
  return coverageTools.has(words[0] ?? "") && /^(?:report|check-coverage|merge)$/u.test(words[1] ?? "");
}

/** For runners that measure without being asked. */
export const uncovered: Readonly<Record<string, string>> = {
  TAP_ALLOW_INCOMPLETE_COVERAGE: "1",
  TAP_CHECK_COVERAGE: "0",
  TAP_DISABLE_COVERAGE: "1",
};

function withoutWrapper(line: string): string {
  const words = line.split(/(?<=\s)(?=\S)/u);
  const start = words.findIndex((word) => coverageTools.has(word.trim()));
  const leading = words.slice(0, Math.max(start, 0));
  if (start < 0 || !leading.every((word) => leader.test(word.trim()) || setsVariable.test(word))) return line;
  const program = programBehind(words.map((word) => word.trim()).slice(start + 1));
  if (program === undefined) return line;
  return [...leading.filter((word) => setsVariable.test(word)), ...words.slice(start + 1 + program)].join("");
}

/** `A=1`, and the program that takes it where the shell does not. */
const setsVariable = /^(?:\w+=[^"'\s]*|cross-env(?:-shell)?)\s*$/u;

/** The place of the program behind a tool's flags; undefined where one of them may have its value there. */
function programBehind(words: readonly string[]): number | undefined {
  let at = 0;
  for (let word = words[at]; word?.startsWith("-") === true; word = words[at]) {
    const isPlain = word.includes("=") || switches.test(word);
    if (!isPlain && !valued.has(word)) return undefined;
    at += isPlain ? 1 : 2;
  }
  return at < words.length ? at : undefined;
}
