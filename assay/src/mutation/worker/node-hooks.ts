// Runs in the thread in which Node keeps the hooks that load ECMAScript modules. It is registered before any other hook,
// so that every other one gets the instrumented text from it and makes of it what it makes of a file.
import { writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodeInside, type HooksTask, type InsideEvent } from "./node-channel.ts";
import { serveTexts } from "./node-texts.ts";

interface Loaded {
  readonly source?: unknown;
}

let task: HooksTask | undefined;

export function initialize(given: HooksTask): void {
  task = given;
  // Nothing but hooks runs in this thread, and some read the file themselves.
  serveTexts(given.sources, () => true, tellLoaded);
}

export async function load(
  url: string,
  context: object,
  nextLoad: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  const result = await nextLoad(url, context);
  if (task === undefined || !url.startsWith("file:")) return result;
  const file = fileURLToPath(url.replace(/[?#].*$/, ""));
  if (task.watchModules && !file.includes("/node_modules/")) tell(task, { kind: "modules", files: [file] });
  const text = task.sources[file];
  // Without a source the file is left to the loader for CommonJS.
  if (text === undefined || result.source === undefined || result.source === null) return result;
  tellLoaded(file);
  return { ...result, source: text };
}

function tellLoaded(file: string): void {
  if (task) tell(task, { kind: "loaded", file });
}

function tell({ token, descriptor }: HooksTask, event: InsideEvent): void {
  writeSync(descriptor, encodeInside(token, event));
}
