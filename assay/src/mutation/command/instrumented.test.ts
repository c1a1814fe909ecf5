import { expect, test } from "vitest";
import { standingAlone } from "./instrumented.ts";

const files = { program: "/p/switch.cjs", control: "/c.json", switchName: "__assay$" };
const ahead = (path: string, source: string): string =>
  standingAlone(path, source, 0, files).split("\nfunction ")[0] ?? "";

test("the switch stands behind the code and is called as a function", () => {
  expect(ahead("a.js", "x = __assay$.is(1)?(0):(1);")).toBe("x = __assay$().is(1)?(0):(1);");
  expect(standingAlone("a.js", "// end", 3, files)).toMatch(
    /^\/\/ end\nfunction __assay\$\(\)\{.*\(3\)\)\}__assay\$\(\);\n$/,
  );
});

test("in a component each place opens the switch by itself, and nothing stands behind it", () => {
  const component =
    "<script setup>\nconst a = withDefaults(defineProps(), { b: __assay$.is(1)?(0):(1) });\n</script>\n";
  for (const path of ["a.vue", "a.svelte", "a.astro"]) {
    const text = standingAlone(path, component, 3, files);
    expect(text).toMatch(
      /^<script setup>\nconst a = withDefaults\(defineProps\(\), \{ b: \(process\[.*\)\(3\)\.is\(1\)\?/,
    );
    expect(text.endsWith("\n</script>\n")).toBe(true);
  }
});

test("TypeScript is not checked, on a line of its own where the first one says something", () => {
  const marked = (source: string): string => ahead("a.ts", source);
  expect(marked("let a;")).toBe("// @ts-nocheck\nlet a;");
  expect(marked("// A file.\nlet a;")).toBe("// @ts-nocheck\nlet a;");
  expect(marked("\nlet a;")).toBe("// @ts-nocheck\nlet a;");
  expect(marked("#!/usr/bin/env node\nlet a;")).toBe("#!/usr/bin/env node\n// @ts-nocheck\nlet a;");
  for (const kept of ["/// <reference types='x' />", "// @jsx h", "//# sourceMappingURL=a"])
    expect(marked(`${kept}\nlet a;`)).toBe(`// @ts-nocheck\n${kept}\nlet a;`);
});

test("what else is compiled as TypeScript is not checked either, and no other kind of file is marked", () => {
  const isMarked = (path: string): boolean => ahead(path, "a").startsWith("// @ts-nocheck");
  expect(["a.tsx", "a.mts", "a.cts"].map(isMarked)).toEqual([true, true, true]);
  expect(["a.mjs", "a.jsx", "a.ts.js", "a.xts", "ats"].map(isMarked)).toEqual([false, false, false, false, false]);
});

test("a comment that ends in spaces, or the whole file, says no more than another", () => {
  expect(ahead("a.ts", "// A file.\r\nlet a;")).toBe("// @ts-nocheck\nlet a;");
  expect(ahead("a.ts", "  \nlet a;")).toBe("// @ts-nocheck\nlet a;");
  expect(ahead("a.ts", "// A file.")).toBe("// @ts-nocheck");
});

test("a bundler that builds for browsers finds no module of Node's in it", () => {
  const text = standingAlone("a.js", "x;", 0, files);
  // The one that is there is asked for with what `createRequire` gives.
  expect(text.match(/require\(\s*["'`]\w+/g)).toBe(null);
  expect(text).toContain('["module"].map(require)[0]).createRequire("/p/switch.cjs")("/p/switch.cjs")');
});
