import { expect, test } from "vitest";
import { isMarkupWithScript } from "./components.ts";

test("of the files with a script inside, prose with lines of code is no program", () => {
  const paths = ["a.vue", "a.svelte", "a.astro", "a.mdx", "a.ts", "a.mdx.vue"];
  expect(paths.filter((path) => isMarkupWithScript(path))).toEqual(["a.vue", "a.svelte", "a.astro", "a.mdx.vue"]);
});
