// dotenv-cli and env-cmd: programs that read variables out of files, and start another with them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Files with variables, for the program behind a wrapper. */
export interface VariableFiles {
  /** Relative to the folder that the wrapper is started in; what stands in the first counts. */
  readonly files: readonly string[];
  /** Does it count more than what is set already? */
  readonly overrides: boolean;
  /** Is `$NAME` in a value followed by what it stands for? */
  readonly expands: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** What a wrapper was told, and the words of the program behind it. */
export interface WrapperReading {
  readonly variables: VariableFiles;
  readonly rest: readonly string[];
}

/** Undefined where the first word is no such wrapper, or it is told what only itself understands. */
export function readWrapper([first, ...words]: readonly string[]): WrapperReading | undefined {
  if (first === "dotenv" || first === "dotenv-cli") return readDotenv(words);
  return first === "env-cmd" ? readEnvCmd(words) : undefined;
}

/** What the files say, in a folder on disk, of variables that may be set. A file that is not there says nothing. */
export function variablesIn(
  dir: string,
  { files, overrides, expands }: VariableFiles,
  around: Variables,
): Readonly<Record<string, string>> {
  const written = new Map<string, string>();
  for (const file of files) {
    for (const [name, value = ""] of Object.entries(parsed(join(dir, file))))
      if (!written.has(name) && (overrides || around[name] === undefined)) written.set(name, value);
  }
  const known = { ...around, ...Object.fromEntries(written) };
  return Object.fromEntries(Array.from(written, ([name, value]) => [name, expands ? expanded(value, known) : value]));
}

// https://github.com/entropitor/dotenv-cli#readme
function readDotenv(words: readonly string[]): WrapperReading | undefined {
  const files: string[] = [];
  const assigned: string[] = [];
  let cascade: string | null = null;
  let [overrides, expands] = [false, true];
  let at = 0;
  for (; words[at]?.startsWith("-") === true; at += 1) {
    const [word = "", next = "--"] = words.slice(at);
    if (word === "--") break;
    if (word === "-o" || word === "--override") overrides = true;
    else if (word === "--no-expand") expands = false;
    else if (word === "-c") {
      cascade = next.startsWith("-") ? "" : `.${next}`;
      at += next.startsWith("-") ? 0 : 1;
    } else if (word === "-e" || word === "-v") {
      (word === "-e" ? files : assigned).push(next);
      at += 1;
    } else if (!/^(?:-q|--quiet)(?:=|$)/.test(word)) return undefined;
  }
  const named = files.length === 0 ? [".env"] : files;
  const all = cascade === null ? named : named.flatMap((file) => cascaded(file, cascade));
  // With overrides the last file is read over the others.
  const variables = { files: overrides ? all.toReversed() : all, overrides, expands };
  return { variables, rest: [...assigned, ...words.slice(words[at] === "--" ? at + 1 : at)] };
}

function cascaded(file: string, environment: string): readonly string[] {
  if (environment === "") return [`${file}.local`, file];
  return [`${file}${environment}.local`, `${file}.local`, `${file}${environment}`, file];
}

// https://github.com/toddbluhm/env-cmd#readme
function readEnvCmd(words: readonly string[]): WrapperReading | undefined {
  let file = ".env";
  let [overrides, expands] = [true, false];
  let at = 0;
  for (; words[at]?.startsWith("-") === true; at += 1) {
    const [word = "", next = ""] = words.slice(at);
    if (word === "--") break;
    if (word === "--no-override") overrides = false;
    else if (word === "-x" || word === "--expand-envs") expands = true;
    else if (word === "-f" || word === "--file") {
      file = next;
      at += 1;
    } else if (word !== "--silent" && word !== "--verbose") return undefined;
  }
  // A module, or JSON.
  if (/\.(?:[cm]?[jt]s|json)$/.test(file)) return undefined;
  const variables = { files: [file], overrides, expands };
  return { variables, rest: words.slice(words[at] === "--" ? at + 1 : at) };
}

function parsed(file: string): Variables {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  return parseEnv(text);
}

/** `$NAME`, `${NAME}`, `${NAME:-otherwise}`. */
function expanded(value: string, known: Variables): string {
  return value.replaceAll(
    /(\\?)\$(?:\{(\w+)(?::?-([^}]*))?\}|([A-Za-z_]\w*))/g,
    (whole, escape: string, braced: string | undefined, otherwise: string | undefined, plain: string | undefined) => {
      if (escape !== "") return whole.slice(1);
      return known[braced ?? plain ?? ""] ?? otherwise ?? "";
    },
  );
}
