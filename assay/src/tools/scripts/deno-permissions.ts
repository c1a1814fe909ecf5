// Deno's tests may read and write only what their command says.
import { quoted } from "./quoted.ts";

interface Access {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

const denoTest = /^((?:\S+=\S+ |npx (?:-\S+ )*)*deno test)(?=$|\s)(.*)$/su;

/**
 * The command, if it runs Deno's tests, such that these may also do what runs beside them has to. Types are not checked:
 * that takes longer than most tests, and of code with mutants in it they say nothing.
 */
export function permitting(command: string, { reads, writes }: Access): string {
  const [, start, rest = ""] = denoTest.exec(command) ?? [];
  if (start === undefined) return command;
  const own = ownFlags(rest);
  const isOpen = allowsAll.test(own);
  const flags = [
    ...(checks.test(own) ? [] : ["--no-check"]),
    ...(isOpen || allowsReads.test(own) ? [] : [`--allow-read=${reads.join(",")}`]),
    ...(isOpen || allowsWrites.test(own) ? [] : [`--allow-write=${writes.join(",")}`]),
  ];
  return [start, ...flags.map(quoted)].join(" ") + rest;
}

/** Behind two dashes stands what the tests are told. */
function ownFlags(rest: string): string {
  return rest.split(/\s--(?=\s|$)/u)[0] ?? "";
}

// A flag without a list allows everything; with one beside it, it would not.
const allowsAll = /\s(?:--allow-all|-[a-zA-Z]*A[a-zA-Z]*)(?=\s|$)/u;
const allowsReads = /\s(?:--allow-read|-[a-zA-Z]*R[a-zA-Z]*)(?=\s|$)/u;
const allowsWrites = /\s(?:--allow-write|-[a-zA-Z]*W[a-zA-Z]*)(?=\s|$)/u;
const checks = /\s--(?:no-)?check(?=[=\s]|$)/u;
