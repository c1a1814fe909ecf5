// Whether a test runner measures coverage because its configuration says so, and not its command line.

/** A runner as it is started. */
interface Started {
  readonly program: string;
  readonly args: readonly string[];
}

const settings: Readonly<Record<string, RegExp>> = {
  jest: /collectCoverage["']?\s*:\s*true/,
  vitest: /coverage["']?\s*:\s*\{[^}]*enabled["']?\s*:\s*true/,
};

const endings = ["js", "ts", "mjs", "cjs", "mts", "cts", "json"];

/** `read` gives a file below the folder where it is started. */
export function measuresByConfig({ program, args }: Started, read: (path: string) => string | undefined): boolean {
  const setting = settings[program];
  if (setting === undefined || args.some((arg) => /^--(?:no-coverage|(?:coverage|collectCoverage)(?:=|$))/.test(arg)))
    return false;
  return configPaths(program, args).some((path) => setting.test(withoutComments(read(path) ?? "")));
}

function configPaths(program: string, args: readonly string[]): readonly string[] {
  const at = args.findIndex((arg) => /^(?:-c|--config)(?:=|$)/.test(arg));
  if (at < 0) return endings.map((ending) => `${program}.config.${ending}`);
  const [, own] = args[at]?.split("=", 2) ?? [];
  return [own ?? args[at + 1] ?? ""];
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|(?<![:"'])\/\/.*$/gm, "");
}
