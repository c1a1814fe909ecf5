import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ProjectConfig, ScriptTransformer, Transformed } from "./jest-api.ts";
import { jestOf, plainConfig } from "../testing/scripted-jest.ts";
import { openTransforms } from "./jest-transforms.ts";
import type { SessionEvent } from "./protocol.ts";

const repository = mkdtempSync(join(tmpdir(), "assay-jest-"));
writeFileSync(join(repository, "package.json"), "{}");
afterAll(() => rmSync(repository, { recursive: true, force: true }));
const changed = join(repository, "src/a.ts");
const built = join(repository, "dist/a.js");
/** Says what it has made of a text, and in which transformer. */
function transformer(name: string, make: (text: string) => string = (text) => text): ScriptTransformer {
  const transform = (file: string, text = `disk ${file}`): Transformed => ({
    code: `${name}: ${make(text)}`,
    originalCode: text,
  });
  return {
    transform: (file, _options, text) => transform(file, text),
    transformAsync: (file, _options, text) => Promise.resolve(transform(file, text)),
    requireAndTranspileModule: () => Promise.resolve(undefined),
  };
}

interface Opened {
  readonly served: ScriptTransformer;
  readonly heard: readonly SessionEvent[];
  /** Of the transformer for instrumented texts. */
  readonly own: ProjectConfig | undefined;
}

async function open(more: Partial<ProjectConfig> = {}, make?: (text: string) => string): Promise<Opened> {
  const heard: SessionEvent[] = [];
  let own: ProjectConfig | undefined;
  const jest = jestOf({
    createScriptTransformer: (given) => {
      own = given;
      return Promise.resolve(transformer("own", make));
    },
  });
  const request = { sources: { [changed]: "on.is(0)" }, scratch: "/scratch", switchName: "on" };
  const serve = await openTransforms(jest, { ...plainConfig, ...more }, request, (event) => void heard.push(event));
  const served = transformer("theirs");
  serve(served);
  return { served, heard, own };
}

test("a changed file's instrumented text goes through transforms of its own, and others through theirs", async () => {
  const { served, heard } = await open();
  expect([
    served.transform(changed, {}).code,
    (await served.transformAsync(changed, {})).code,
    served.transform("/repo/src/b.ts", {}).code,
    served.transform("/repo/src/b.ts", {}, "given").code,
    (await served.transformAsync("/repo/src/b.ts", {})).code,
  ]).toEqual([
    "own: on.is(0)",
    "own: on.is(0)",
    "theirs: disk /repo/src/b.ts",
    "theirs: given",
    "theirs: disk /repo/src/b.ts",
  ]);
  expect(heard).toEqual([{ kind: "loaded", file: changed }]);
});

test("a transform that uses another text than the one that it is given is an error", async () => {
  const { served, heard } = await open({}, () => "disk");
  const why = `the transform of ${changed} does not use the text that it is given`;
  expect(() => served.transform(changed, {})).toThrow(why);
  await expect(served.transformAsync(changed, {})).rejects.toThrow(why);
  expect(heard).toEqual([]);
});

test("built output, and own code that starts processes, is told of once", async () => {
  const { served, heard } = await open();
  const starting = 'require("child_process")';
  for (let count = 0; count < 2; count++) {
    served.transform("/repo/src/start.ts", {}, starting);
    served.transform("/repo/node_modules/tool/index.js", {}, starting);
    await served.transformAsync(built, {});
  }
  expect(heard).toEqual([
    { kind: "starter", file: "/repo/src/start.ts" },
    { kind: "built", file: built },
  ]);
});

test("what is made of instrumented texts is kept with the run, apart from all else", async () => {
  expect((await open()).own).toMatchObject({ rootDir: "/repo", cacheDirectory: "/scratch/jest-instrumented" });
});

test("transforms that check types are told not to, and others keep their options", async () => {
  const options = { tsconfig: "tsconfig.json", diagnostics: true };
  const { own } = await open({
    transform: [
      ["ts$", "/repo/node_modules/ts-jest/dist/index.js", options],
      ["tsx$", "/repo/node_modules/jest-preset-angular/index.js", undefined],
      ["js$", "/repo/node_modules/babel-jest/index.js", options],
      ["x$", "/repo/my-ts-jest/index.js", options],
    ],
    globals: { "ts-jest": { isolatedModules: true }, own: 1 },
  });
  expect(own?.transform.map(([, , each]) => each)).toEqual([
    { tsconfig: "tsconfig.json", diagnostics: false },
    { diagnostics: false },
    options,
    options,
  ]);
  expect(own?.globals).toEqual({ "ts-jest": { isolatedModules: true, diagnostics: false }, own: 1 });
  expect((await open({ globals: { own: 1 } })).own?.globals).toEqual({ own: 1 });
});
