import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as np from "../src/index.ts";

interface Names {
  readonly autograd: Readonly<Record<"numpy" | "linalg" | "fft", readonly { readonly name: string }[]>>;
  readonly numpy: Readonly<Record<"main" | "linalg" | "fft", readonly string[]>>;
}

const names = JSON.parse(
  readFileSync(new URL("goldens/autograd-names.json", import.meta.url), "utf8"),
) as unknown as Names;

function missing(namespace: Readonly<Record<string, unknown>>, wanted: readonly string[]): readonly string[] {
  return wanted.filter((name) => typeof namespace[name] !== "function");
}

test("every name that autograd differentiates is here", () => {
  const wanted = (part: keyof Names["autograd"]) => names.autograd[part].map(({ name }) => name);
  expect(missing(np, wanted("numpy"))).toEqual([]);
  expect(missing(np.linalg, wanted("linalg"))).toEqual([]);
  expect(missing(np.fft, wanted("fft"))).toEqual([]);
});

// Files, settings of the interpreter, dates, the classes that NumPy itself discourages, and what is Python's own.
const leftOut = [
  "fromfile",
  "fromregex",
  "genfromtxt",
  "load",
  "loadtxt",
  "save",
  "savetxt",
  "savez",
  "savez_compressed",
  "getbufsize",
  "geterr",
  "geterrcall",
  "setbufsize",
  "seterr",
  "seterrcall",
  "show_config",
  "show_runtime",
  "get_include",
  "get_printoptions",
  "set_printoptions",
  "printoptions",
  "info",
  "busday_offset",
  "datetime_as_string",
  "datetime_data",
  "isnat",
  "asmatrix",
  "bmat",
  "from_dlpack",
  "frombuffer",
  "frompyfunc",
  "nested_iters",
  "einsum_path",
];

test("of NumPy's names only these are left out", () => {
  expect([...missing(np, names.numpy.main)].toSorted()).toEqual(leftOut.toSorted());
  expect(missing(np.linalg, names.numpy.linalg)).toEqual([]);
  expect(missing(np.fft, names.numpy.fft)).toEqual([]);
});
