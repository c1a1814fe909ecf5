// Whether a test runner measures coverage because its configuration says so, and not its command line.

/** A runner as it is started. */
interface Started {
  readonly program: string;
  readonly args: readonly string[];
}

const settings: Readonly<Record<string, RegExp>> = {
  jest: /collectCoverage["']?\s*:\s*true/,
  // Objects in it, such as the thresholds, may stand before.
  vitest: /coverage["']?\s*:\s*\{(?:[^{}]|\{[^{}]*\})*enabled["']?\s*:\s*true/,
};

const endings = ["js", "ts", "mjs", "cjs", "mts", "cts", "json"];

/** `limited`: it may fail where too little is covered. */
export type OwnCoverage = "limited" | "reported";

/** Limits stand in it, or may stand in what it is made of. */
const mayLimit = /threshold|preset|\.\//i;

/**
 * Does it measure, and may it fail where too little is covered, or is that only a report? `read` gives a file below the
 * folder where it is started.
 */
export function coverageByConfig(
  { program, args }: Started,
  read: (path: string) => string | undefined,
): OwnCoverage | null {
  const setting = settings[program];
  if (setting === undefined || args.some((arg) => /^--(?:no-coverage|(?:coverage|collectCoverage)(?:=|$))/.test(arg)))
    return null;
  const texts = configPaths(program, args).map((path) => withoutComments(read(path) ?? ""));
  const measuring = texts.filter((text) => setting.test(text));
  if (measuring.length === 0) return null;
  return measuring.some((text) => mayLimit.test(text)) || args.some((arg) => /threshold/i.test(arg))
    ? "limited"
    : "reported";
}

function configPaths(program: string, args: readonly string[]): readonly string[] {
  const at = args.findIndex((arg) => /^(?:-c|--config)(?:=|$)/.test(arg));
  if (at < 0) return endings.map((ending) => `${program}.config.${ending}`);
  const [, own] = args[at]?.split("=") ?? [];
  return [own ?? args[at + 1] ?? ""];
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|(?<![:"'])\/\/.*$/gm, "");
}
