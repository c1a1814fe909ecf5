import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cacheVersion } from "./graph-cache.ts";

test("the cache's version names the parser and the resolver that the manifest pins", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const [, parser, resolver] = /oxc-parser (\S+), oxc-resolver (\S+)$/.exec(cacheVersion) ?? [];
  expect(manifest).toMatchObject({ dependencies: { "oxc-parser": parser, "oxc-resolver": resolver } });
});
