import { expect, test } from "vitest";
import { parserOptions } from "./language.ts";

test.each([
  ["a.ts", "ts", undefined],
  ["a.mts", "ts", undefined],
  ["a.cts", "ts", "commonjs"],
  ["a.tsx", "tsx", undefined],
  ["a.d.ts", "dts", undefined],
  ["a.d.mts", "dts", undefined],
  ["a.d.css.ts", "dts", undefined],
  ["a.d.tsx", "tsx", undefined],
  ["a.js", "jsx", "unambiguous"],
  ["a.jsx", "jsx", "unambiguous"],
  ["a.mjs", "jsx", "unambiguous"],
  ["a.cjs", "jsx", "commonjs"],
])("%s is read as %s, %s", (path, lang, sourceType) => {
  expect(parserOptions(path)).toEqual({ lang, ...(sourceType && { sourceType }), preserveParens: false });
});
