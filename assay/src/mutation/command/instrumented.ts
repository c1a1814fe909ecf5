// Instrumented code for any process: it brings along what it calls, without an import, for every kind of module.
import { isMarkupWithScript } from "../../source/components.ts";

export interface SwitchFiles {
  /** Absolute path of the built `switch-process.ts`. */
  readonly program: string;
  /** The function that the instrumented text calls. */
  readonly switchName: string;
  /** Absolute path of the file that says which mutant is on. */
  readonly control: string;
}

/**
 * The text of `source`, with the switch behind it: a function is there before anything of its module runs, in a cycle of
 * modules too. It is written for the oldest parsers. Compilers that check types are told not to; for that a TypeScript
 * file starts one line later, unless its first line is a comment or empty.
 */
export function standingAlone(path: string, source: string, number: number, files: SwitchFiles): string {
  const { switchName } = files;
  // The compiler of a component moves parts of the script to where others can not be seen from.
  if (isMarkupWithScript(path)) return source.replaceAll(`${switchName}.`, `${opening(number, files)}.`);
  const code = source.replaceAll(`${switchName}.`, `${switchName}().`);
  const text = /\.[cm]?tsx?$/.test(path) ? unchecked(code) : code;
  return `${text}\n${switchCode(number, files)}\n`;
}

function switchCode(number: number, files: SwitchFiles): string {
  const { switchName } = files;
  return `function ${switchName}(){return ${switchName}.calls||(${switchName}.calls=${opening(number, files)})}${switchName}();`;
}

/** What to call, as an expression that needs nothing around it. */
function opening(number: number, { program, control, switchName }: SwitchFiles): string {
  // Bundlers look for what `require` is called with, and those that build for browsers have no such module.
  const load = `(process.getBuiltinModule?process.getBuiltinModule("module"):["module"].map(require)[0]).createRequire(${JSON.stringify(program)})(${JSON.stringify(program)})`;
  // Not among the globals, which tests may look through.
  const shared = `process[Symbol.for("${switchName}")]`;
  return `(${shared}||(${shared}=${load}.open(${JSON.stringify(control)})))(${number})`;
}

const mark = "// @ts-nocheck";
/** A comment that says nothing to a program, or nothing at all. */
const idleLine = /^(?:\/\/(?![/\s]*[@#<]).*)?$/;

function unchecked(text: string): string {
  const start = text.startsWith("#!") ? text.indexOf("\n") + 1 : 0;
  const end = text.indexOf("\n", start);
  const first = text.slice(start, end < 0 ? undefined : end).trimEnd();
  const rest = idleLine.test(first) ? text.slice(end < 0 ? text.length : end) : `\n${text.slice(start)}`;
  return text.slice(0, start) + mark + rest;
}
