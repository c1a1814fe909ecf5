// Hands the instrumented texts to whatever loads modules by reading files: Node's own loader for CommonJS, and the
// hooks that compile TypeScript on top of it.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * To be called before anything else has taken `readFileSync` for itself. `isLoader` is asked, while a changed file is
 * read, whether it is a loader that reads.
 */
export function serveTexts(
  sources: Readonly<Record<string, string>>,
  isLoader: () => boolean,
  onServed: (file: string) => void,
): void {
  const textFor = (path: unknown): string | undefined => {
    const file = fileOf(path);
    const text = file !== undefined && Object.hasOwn(sources, file) ? sources[file] : undefined;
    if (file === undefined || text === undefined || !isLoader()) return undefined;
    onServed(file);
    return text;
  };
  replace(fs, "readFileSync", (path, options) => {
    const text = textFor(path);
    return text === undefined ? undefined : { value: encoded(text, options) };
  });
  replace(fs.promises, "readFile", (path, options) => {
    const text = textFor(path);
    return text === undefined ? undefined : { value: Promise.resolve(encoded(text, options)) };
  });
  syncBuiltinESMExports();
}

type Answer = (path: unknown, options: unknown) => { readonly value: unknown } | undefined;

/** Asks `answer` first; everything else about the function stays as it is. */
function replace(holder: object, name: string, answer: Answer): void {
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== "function") return;
  const replacement = function (this: unknown, ...args: readonly unknown[]): unknown {
    const answered = answer(args[0], args[1]);
    return answered === undefined ? Reflect.apply(original, this, args) : answered.value;
  };
  const { name: ownName, length } = Object.getOwnPropertyDescriptors(original);
  Reflect.set(holder, name, Object.defineProperties(replacement, { name: ownName, length }));
}

function fileOf(path: unknown): string | undefined {
  if (typeof path === "string") return path;
  return path instanceof URL && path.protocol === "file:" ? fileURLToPath(path) : undefined;
}

function encoded(text: string, options: unknown): string | Buffer {
  const encoding: unknown =
    typeof options === "object" && options !== null && "encoding" in options ? options.encoding : options;
  return typeof encoding === "string" ? text : Buffer.from(text);
}

/**
 * Is it a loader that has called? The nearest of Node's frames for modules tells: one that evaluates a module means that
 * the module's own code is running, and no such frame that a test or a timer is.
 */
export function isCalledByLoader(): boolean {
  const frame = callSites().find((site) => site.getFileName()?.startsWith("node:internal/modules/") === true);
  const file = frame?.getFileName() ?? "";
  if (/\/(?:customization_hooks|esm\/load|esm\/translators)$/.test(file)) return true;
  return file.endsWith("/cjs/loader") && !/\b_compile$/.test(frame?.getFunctionName() ?? "");
}

function callSites(): readonly NodeJS.CallSite[] {
  const kept = Object.getOwnPropertyDescriptors(Error);
  let sites: readonly NodeJS.CallSite[] = [];
  try {
    Error.stackTraceLimit = 200;
    Error.prepareStackTrace = (_error, found) => {
      sites = found;
      return "";
    };
    // Reading the stack is what makes it.
    return new Error("where").stack === undefined ? [] : sites;
  } finally {
    putBack("stackTraceLimit", kept.stackTraceLimit);
    putBack("prepareStackTrace", Reflect.get(kept, "prepareStackTrace"));
  }
}

function putBack(name: string, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor === undefined) Reflect.deleteProperty(Error, name);
  else Object.defineProperty(Error, name, descriptor);
}
