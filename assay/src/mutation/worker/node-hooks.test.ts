import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import { decodeInside, type HooksTask, type InsideEvent } from "./node-channel.ts";
import { initialize, load } from "./node-hooks.ts";

interface Hooked {
  readonly folder: string;
  readonly heard: () => readonly InsideEvent[];
}

/** The hooks with a changed file `a.js` in a folder. Functions of Node's are theirs again when the test is over. */
function hook(more: Partial<HooksTask> = {}): Hooked {
  const { readFileSync } = fs;
  const { readFile } = fs.promises;
  const folder = temporaryFolder("assay-hooks-");
  const channel = join(folder, "channel");
  const descriptor = fs.openSync(channel, "w");
  onTestFinished(() => {
    fs.closeSync(descriptor);
    Object.assign(fs, { readFileSync });
    Object.assign(fs.promises, { readFile });
    syncBuiltinESMExports();
  });
  initialize({
    token: "token",
    sources: { [join(folder, "a.js")]: "instrumented" },
    watchModules: true,
    descriptor,
    ...more,
  });
  const heard = (): readonly InsideEvent[] =>
    readFileSync(channel, "utf8")
      .split("\n")
      .flatMap((line) => decodeInside("token", line) ?? []);
  return { folder, heard };
}

const onDisk = (): Promise<{ format: string; source?: unknown }> =>
  Promise.resolve({ format: "module", source: "on disk" });

test("a changed module is loaded with its instrumented text, in the form that the other hooks give it", async () => {
  const { folder, heard } = hook();
  const file = join(folder, "a.js");
  expect(await load(`${pathToFileURL(file).href}?again#part`, {}, onDisk)).toEqual({
    format: "module",
    source: "instrumented",
  });
  expect(heard()).toEqual([
    { kind: "modules", files: [file] },
    { kind: "loaded", file },
  ]);
});

test("other modules are what the other hooks make of them, and told of unless they are installed or built in", async () => {
  const { folder, heard } = hook();
  const urls = [join(folder, "b.js"), join(folder, "node_modules/left/index.js")].map(
    (file) => pathToFileURL(file).href,
  );
  for (const url of [...urls, "node:fs", "data:text/javascript,1"])
    expect(await load(url, {}, onDisk)).toEqual({ format: "module", source: "on disk" });
  expect(heard()).toEqual([{ kind: "modules", files: [join(folder, "b.js")] }]);
});

test("what is left to the loader for CommonJS has no source here", async () => {
  const { folder, heard } = hook({ watchModules: false });
  const url = pathToFileURL(join(folder, "a.js")).href;
  const left: { format: string; source?: unknown } = { format: "commonjs" };
  const empty = { format: "commonjs", source: null };
  expect([await load(url, {}, () => Promise.resolve(left)), await load(url, {}, () => Promise.resolve(empty))]).toEqual(
    [left, empty],
  );
  expect(heard()).toEqual([]);
});

test("hooks that read the file themselves read the instrumented text", () => {
  const { folder, heard } = hook();
  const file = join(folder, "a.js");
  expect([fs.readFileSync(file, "utf8"), heard()]).toEqual(["instrumented", [{ kind: "loaded", file }]]);
});
