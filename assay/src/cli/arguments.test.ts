import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import { formatOf, readArguments } from "./arguments.ts";
import type { Invocation } from "./command.ts";

const terminal = { cwd: "/work", stdoutIsTerminal: true };
const pipe = { cwd: "/work", stdoutIsTerminal: false };

function invocation(...argv: readonly string[]): Invocation {
  const request = readArguments(argv, pipe);
  if (request.kind !== "run") throw new Error(`asks for ${request.kind}`);
  return request.invocation;
}

function refusal(...argv: readonly string[]): string {
  try {
    readArguments(argv, pipe);
  } catch (error) {
    if (error instanceof AssayError) return `${error.code}: ${error.message}; ${error.hint}`;
  }
  throw new Error("it is not refused");
}

test("nothing but the command is needed", () => {
  expect(invocation("loop")).toEqual({
    dir: "/work",
    operands: [],
    base: null,
    only: [],
    except: [],
    budgetSeconds: null,
    files: [],
    mutants: null,
    report: false,
    ownRepeated: [],
    repeated: [],
    format: "json",
  });
});

test.each<[string, Partial<Invocation>]>([
  ["loop --base main", { base: "main", repeated: ["--base", "main"] }],
  ["--base main loop", { base: "main" }],
  ["loop --base main --base next", { base: "next", repeated: ["--base", "next"] }],
  ["loop -C packages/a", { dir: "/work/packages/a", repeated: ["-C", "packages/a"] }],
  ["-C /else loop --base main", { dir: "/else", repeated: ["-C", "/else", "--base", "main"] }],
  ["loop --only types", { only: ["types"] }],
  ["loop --only types,lint --only types", { only: ["types", "lint"] }],
  ["loop --only types lint --base main", { only: ["types", "lint"], base: "main" }],
  ["--only types loop", { only: ["types"] }],
  ["--only types loop lint", { only: ["types", "lint"] }],
  ["loop --only=types,,lint", { only: ["types", "lint"] }],
  ["loop --except types lint --only format", { except: ["types", "lint"], only: ["format"] }],
  ["loop --budget 0.5", { budgetSeconds: 0.5 }],
  ["mutate --budget 60", { budgetSeconds: 60 }],
  ["mutate --all", { files: ["**"], ownRepeated: ["--all"] }],
  [
    "mutate --files a.ts --files b.ts",
    { files: ["a.ts", "b.ts"], ownRepeated: ["--files", "a.ts", "--files", "b.ts"] },
  ],
  ["mutate --files src/**", { ownRepeated: ["--files", "'src/**'"] }],
  ["mutate --files it's", { ownRepeated: ["--files", `'it'\\''s'`] }],
  ["mutate --files [\\w@%+=:,./~^-]", { ownRepeated: ["--files", "'[\\w@%+=:,./~^-]'"] }],
  ["mutate --mutants list.json", { mutants: "/work/list.json", ownRepeated: ["--mutants", "list.json"] }],
  ["mutate --only mutation --all", { only: ["mutation"], files: ["**"] }],
  ["mutate --report", { report: true }],
  ["explain types", { operands: ["types"] }],
  ["loop --pretty", { format: "pretty" }],
])("%s", (line, expected) => expect(invocation(...line.split(" "))).toMatchObject(expected));

test("a word in which the shell would see more is quoted when it is repeated", () => {
  expect(invocation("loop", "-C", "a b", "--base", "a$b").repeated).toEqual(["-C", "'a b'", "--base", "'a$b'"]);
  expect(invocation("loop", "--base", "").repeated).toEqual(["--base", "''"]);
});

const names = "loop, mutate, gate, scope, plan, doctor, explain, demo";

test.each([
  ["", `no command; there are ${names}; assay --help`],
  ["--json", `no command; there are ${names}; assay --help`],
  ["lop", `"lop" is not a command; there are ${names}; assay --help`],
  ["loop more", '"more" is one word too many; assay loop --help'],
  ["loop --base main more words", '"more" is one word too many; assay loop --help'],
  ["explain", "explain takes one CHECK; assay explain --help"],
  ["explain a b", "explain takes one CHECK; assay explain --help"],
  ["loop --json --pretty", "--json and --pretty contradict each other; assay loop --help"],
  ["loop --files a", "Unknown option '--files'; assay loop --help"],
  ["loop --base", "Option '--base <value>' argument missing; assay loop --help"],
  ["mutate --all --files a", "--all and --files contradict each other; assay mutate --help"],
  ["mutate --all --mutants a", "--mutants says which files, and --files and --all do; assay mutate --help"],
  ["mutate --files a --mutants a", "--mutants says which files, and --files and --all do; assay mutate --help"],
  [
    "mutate --all --only types",
    "--only mutation is all that whole files and listed mutants are looked at for; assay mutate --help",
  ],
  [
    "mutate --mutants a --only mutation,types",
    "--only mutation is all that whole files and listed mutants are looked at for; assay mutate --help",
  ],
  ...["0", "-1", "many", "Infinity"].map((word) => [
    `loop --budget=${word}`,
    `--budget takes seconds, a number above 0, not "${word}"; assay loop --help`,
  ]),
  ["loop --budget=", '--budget takes seconds, a number above 0, not ""; assay loop --help'],
])("%s is refused", (line, expected) => {
  expect(refusal(...line.split(" ").filter((word) => word !== ""))).toBe(`usage: ${expected}`);
});

test("help is of the command that is named, and of the program where none is", () => {
  const helpOf = (...argv: readonly string[]): unknown => {
    const request = readArguments(argv, pipe);
    return request.kind === "help" ? (request.spec?.name ?? null) : request;
  };
  expect([helpOf("--help"), helpOf("-h"), helpOf("lop", "-h")]).toEqual([null, null, null]);
  expect([helpOf("gate", "--help"), helpOf("--base", "scope", "plan", "-h")]).toEqual(["gate", "plan"]);
});

test("the version is that of the program, no command's", () => {
  expect([readArguments(["--version"], pipe), readArguments(["-v"], pipe)]).toEqual([
    { kind: "version" },
    { kind: "version" },
  ]);
  expect(refusal("loop", "--version")).toBe("usage: Unknown option '--version'; assay loop --help");
});

test("the answer is JSON in a pipe and text on a terminal, unless one is asked for", () => {
  expect([formatOf([], pipe), formatOf([], terminal)]).toEqual(["json", "pretty"]);
  expect([formatOf(["--json"], terminal), formatOf(["--pretty"], pipe)]).toEqual(["json", "pretty"]);
  expect(readArguments(["loop"], terminal)).toMatchObject({ invocation: { format: "pretty" }, spec: { name: "loop" } });
});
