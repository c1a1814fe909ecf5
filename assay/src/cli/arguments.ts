// From `process.argv` to a command and an invocation, or to a usage error that says what would be right.
import { resolve } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { AssayError } from "../model/errors.ts";
import { commonOptions, flagOf, optionSpecs, type CommandSpec, type Invocation, type OptionName } from "./command.ts";
import { commands } from "./commands/index.ts";

export type Request =
  | { readonly kind: "run"; readonly spec: CommandSpec; readonly invocation: Invocation }
  | { readonly kind: "help"; readonly spec: CommandSpec | null }
  | { readonly kind: "version" };

/** What stays the same however it is called. */
export interface Surroundings {
  readonly cwd: string;
  readonly stdoutIsTerminal: boolean;
}

/**
 * Reads an argument list (without the program's own name).
 *
 * @throws AssayError `usage`.
 */
export function readArguments(argv: readonly string[], surroundings: Surroundings): Request {
  const at = argv.findIndex((argument, index) => !argument.startsWith("-") && !takesValue(argv[index - 1]));
  const name = argv[at];
  const spec = commands.find((command) => command.name === name) ?? null;
  if (argv.includes("--help") || argv.includes("-h")) return { kind: "help", spec };
  if (name === undefined && (argv.includes("--version") || argv.includes("-v"))) return { kind: "version" };
  if (name === undefined) throw usage(`no command; there are ${commandNames().join(", ")}`);
  if (spec === null) throw usage(`"${name}" is not a command; there are ${commandNames().join(", ")}`);
  return { kind: "run", spec, invocation: readInvocation(spec, spreadLists(argv, at), surroundings) };
}

/** Which form the answer takes, also where the rest of the arguments is wrong. */
export function formatOf(argv: readonly string[], surroundings: Surroundings): Invocation["format"] {
  if (argv.includes("--json")) return "json";
  if (argv.includes("--pretty")) return "pretty";
  return surroundings.stdoutIsTerminal ? "pretty" : "json";
}

function readInvocation(spec: CommandSpec, argv: readonly string[], surroundings: Surroundings): Invocation {
  const { values, positionals } = parse(spec, argv);
  if (values["json"] && values["pretty"]) throw usage("--json and --pretty contradict each other", spec);
  const operands = positionals.slice(1);
  if (spec.operand === null && operands.length > 0) throw usage(`"${operands[0]}" is one word too many`, spec);
  if (spec.operand !== null && operands.length !== 1) throw usage(`${spec.name} takes one ${spec.operand}`, spec);
  const base = lastOf(values["base"]);
  const dir = lastOf(values["dir"]);
  const budget = lastOf(values["budget"]);
  const files = values["all"] === true ? ["**"] : textsOf(values["files"]);
  const only = listOf(values["only"]);
  if (values["all"] === true && textsOf(values["files"]).length > 0)
    throw usage("--all and --files contradict each other", spec);
  const mutants = lastOf(values["mutants"]);
  if (mutants !== null && files.length > 0) throw usage("--mutants says which files, and --files and --all do", spec);
  // These are no change that another check could judge.
  if ((files.length > 0 || mutants !== null) && only.some((id) => id !== "mutation"))
    throw usage("--only mutation is all that whole files and listed mutants are looked at for", spec);
  return {
    dir: resolve(surroundings.cwd, dir ?? "."),
    operands,
    base,
    only,
    except: listOf(values["except"]),
    budgetSeconds: budget === null ? null : readSeconds(budget, spec),
    files,
    mutants: mutants === null ? null : resolve(surroundings.cwd, mutants),
    report: values["report"] === true,
    ownRepeated: [
      ...(values["all"] === true ? ["--all"] : files.flatMap((glob) => ["--files", quoted(glob)])),
      ...(mutants === null ? [] : ["--mutants", quoted(mutants)]),
    ],
    repeated: [...(dir === null ? [] : ["-C", quoted(dir)]), ...(base === null ? [] : ["--base", quoted(base)])],
    format: formatOf(argv, surroundings),
  };
}

type Values = Readonly<Record<string, readonly (string | boolean)[] | string | boolean | undefined>>;

function parse(spec: CommandSpec, argv: readonly string[]): { values: Values; positionals: readonly string[] } {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const name of [...spec.options, ...commonOptions]) {
    const flag = flagOf(name);
    options[name] = {
      type: optionSpecs[name].value === null ? "boolean" : "string",
      multiple: optionSpecs[name].value !== null,
      ...(flag.startsWith("--") ? {} : { short: flag.slice(1) }),
    };
  }
  try {
    return parseArgs({ args: argv, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(error instanceof Error ? firstSentence(error.message) : String(error), spec);
  }
}

/** `--only a b` means both, up to the next option. The command, at its place, is none of them. */
function spreadLists(argv: readonly string[], commandAt: number): string[] {
  const spread: string[] = [];
  let list: string | undefined;
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith("-")) list = argument === "--only" || argument === "--except" ? argument : undefined;
    else if (list !== undefined && index !== commandAt && argv[index - 1] !== list) spread.push(list);
    spread.push(argument);
  }
  return spread;
}

function takesValue(flag: string | undefined): boolean {
  return (Object.keys(optionSpecs) as OptionName[]).some(
    (name) => flagOf(name) === flag && optionSpecs[name].value !== null,
  );
}

function readSeconds(text: string, spec: CommandSpec): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) {
    throw usage(`--budget takes seconds, a number above 0, not "${text}"`, spec);
  }
  return seconds;
}

function listOf(value: Values[string]): readonly string[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.flatMap((item) => String(item).split(",")).filter((item) => item !== ""))];
}

function textsOf(value: Values[string]): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The last one wins, as everywhere. */
function lastOf(value: Values[string]): string | null {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : null;
}

/** As a POSIX shell would have to be given it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./~^-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function firstSentence(message: string): string {
  return message.split(/\.\s/, 1)[0] ?? message;
}

function commandNames(): readonly string[] {
  return commands.map((command) => command.name);
}

function usage(message: string, spec: CommandSpec | null = null): AssayError {
  return new AssayError("usage", message, { hint: spec === null ? "assay --help" : `assay ${spec.name} --help` });
}
