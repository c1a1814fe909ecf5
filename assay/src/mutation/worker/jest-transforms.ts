// Stands where jest transforms modules: serves the instrumented texts, and tells what else is loaded.
import { join, sep } from "node:path";
import type { Jest, ProjectConfig, ScriptTransformer, Transformed } from "./jest-api.ts";
import { builtOutput, once, startsProcesses } from "./module-signs.ts";
import type { SessionRequest } from "./protocol.ts";
import type { Say } from "./serve.ts";

/**
 * Answers what makes a transformer serve the instrumented texts. They go through the repository's own transforms, but
 * in a transformer of their own, whose cache holds nothing else and goes with the run: whatever a transform's keys are
 * made of, its cache can not mix up a text that is on disk with one that is not.
 */
export async function openTransforms(
  jest: Jest,
  config: ProjectConfig,
  { sources, scratch, switchName }: Pick<SessionRequest, "sources" | "scratch" | "switchName">,
  say: Say,
): Promise<(transformer: ScriptTransformer) => void> {
  const own = await jest.createScriptTransformer(instrumentedConfig(config, scratch), new Map());
  const isBuilt = builtOutput(Object.keys(sources));
  const tell = once(say);
  const notice = (file: string, transformed: Transformed): Transformed => {
    const isOurs = !file.includes(`${sep}node_modules${sep}`);
    if (isBuilt(file)) tell({ kind: "built", file });
    if (isOurs && startsProcesses(transformed.originalCode)) tell({ kind: "starter", file });
    return transformed;
  };
  const noticeOwn = (file: string, transformed: Transformed): Transformed => {
    if (sources[file]?.includes(switchName) && !transformed.code.includes(switchName)) {
      throw new Error(`the transform of ${file} does not use the text that it is given`);
    }
    tell({ kind: "loaded", file });
    return transformed;
  };
  return (transformer) => {
    const transform = transformer.transform.bind(transformer);
    const transformAsync = transformer.transformAsync.bind(transformer);
    transformer.transform = (file, options, text) => {
      const instrumented = sources[file];
      if (instrumented === undefined) return notice(file, transform(file, options, text));
      return noticeOwn(file, own.transform(file, options, instrumented));
    };
    transformer.transformAsync = async (file, options, text) => {
      const instrumented = sources[file];
      if (instrumented === undefined) return notice(file, await transformAsync(file, options, text));
      return noticeOwn(file, await own.transformAsync(file, options, instrumented));
    };
  };
}

function instrumentedConfig(config: ProjectConfig, scratch: string): ProjectConfig {
  return {
    ...config,
    cacheDirectory: join(scratch, "jest-instrumented"),
    transform: config.transform.map(([pattern, file, options]) =>
      checksTypes.test(file) ? [pattern, file, unchecked(options)] : [pattern, file, options],
    ),
    globals:
      "ts-jest" in config.globals
        ? { ...config.globals, "ts-jest": unchecked(config.globals["ts-jest"]) }
        : config.globals,
  };
}

/** Transforms that refuse what does not type-check, as mutants need not. */
const checksTypes = /[\\/](?:ts-jest|jest-preset-angular)[\\/]/;

function unchecked(options: unknown): object {
  return Object.assign({}, options, { diagnostics: false });
}
