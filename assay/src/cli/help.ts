import { commonOptions, flagOf, optionSpecs, type CommandSpec, type OptionName } from "./command.ts";
import { commands } from "./commands/index.ts";

/** What `--help` prints: of one command, or of the program. */
export function helpText(spec: CommandSpec | null): string {
  return spec === null ? programHelp() : commandHelp(spec);
}

function programHelp(): string {
  const rows = commands.map((command) => [usageOf(command), command.summary] as const);
  return `assay: one go / no-go verdict on a change

usage: assay COMMAND [OPTION ...]

${table(rows)}

every command takes
${optionTable(commonOptions)}
${table([["--help", "Say more about a command"]])}

exit code: 0 nothing failed, 1 a check failed, 2 could not verify
`;
}

function commandHelp(spec: CommandSpec): string {
  return `${spec.summary}

usage: assay ${usageOf(spec)} [OPTION ...]

${optionTable([...spec.options, ...commonOptions])}

exit code: 0 nothing failed, 1 a check failed, 2 could not verify
`;
}

function usageOf(spec: CommandSpec): string {
  return spec.operand === null ? spec.name : `${spec.name} ${spec.operand}`;
}

function optionTable(names: readonly OptionName[]): string {
  return table(
    names.map((name) => {
      const { value, about } = optionSpecs[name];
      return [value === null ? flagOf(name) : `${flagOf(name)} ${value}`, about] as const;
    }),
  );
}

function table(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([left, right]) => `  ${left.padEnd(18)} ${right}`).join("\n");
}
