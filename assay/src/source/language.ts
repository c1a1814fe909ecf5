// How the parser is to read a file.
import type { ParserOptions } from "oxc-parser";

/** Settings for one file, by its extension. JavaScript may hold JSX, and may be a module or a script. */
export function parserOptions(path: string): ParserOptions {
  if (/\.d\.(?:[\w-]+\.)?[cm]?ts$/.test(path)) return { lang: "dts", ...common };
  if (path.endsWith(".tsx")) return { lang: "tsx", ...common };
  if (path.endsWith(".cts")) return { lang: "ts", sourceType: "commonjs", ...common };
  if (path.endsWith("ts")) return { lang: "ts", ...common };
  return { lang: "jsx", sourceType: path.endsWith(".cjs") ? "commonjs" : "unambiguous", ...common };
}

/** Is it written in Flow, by its pragma? The parser can not read Flow, and that is no fault of the file. */
export function isFlow(text: string): boolean {
  const start = /(?:\uFEFF|#!.*|\s|\/\/.*|\/\*[^]*?\*\/|["']use \w+["'];?)*/.exec(text.slice(0, 4096))?.[0] ?? "";
  return /@(?:no)?flow\b/.test(start);
}

const common = { preserveParens: false } as const;
