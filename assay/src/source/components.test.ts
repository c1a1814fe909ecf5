import { expect, test } from "vitest";
import { isMarkupWithScript, scriptOf } from "./components.ts";

test("of the files with a script inside, prose with lines of code is no program", () => {
  const paths = ["a.vue", "a.svelte", "a.astro", "a.mdx", "a.ts", "a.mdx.vue"];
  expect(paths.filter((path) => isMarkupWithScript(path))).toEqual(["a.vue", "a.svelte", "a.astro", "a.mdx.vue"]);
});

test("of a script that is data, or in a comment, nothing is left, and everything stays in its place", () => {
  const blank = (text: string): string => text.replaceAll(/\S/g, " ");
  const data = '<script type="application/ld+json">{ "a": 1 }</script>\n';
  const comment = "<!-- <script>b();</script> -->\n";
  const opening = '<script generics="T extends Map<string, number>" type="module">';
  // Behind it another comment, which the first one does not end in.
  expect(scriptOf("a.vue", `${data}${comment}${opening}c();</script>${comment}`).trimEnd()).toBe(
    `${blank(data)}${blank(comment)}${blank(opening)}c();`,
  );
});
