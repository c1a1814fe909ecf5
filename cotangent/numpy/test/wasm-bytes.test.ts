import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

interface Build {
  readonly compileKernels: () => Promise<Uint8Array>;
  readonly moduleText: (bytes: Uint8Array) => string;
  readonly output: URL;
}

test("the committed kernels are what their sources compile to", { timeout: 300_000 }, async () => {
  const { href } = new URL("../build-kernels.mjs", import.meta.url);
  const { compileKernels, moduleText, output } = (await import(href)) as Build;
  const text = moduleText(await compileKernels());
  const isSame = text === (await readFile(output, "utf8"));
  expect(isSame, "run node cotangent/numpy/build-kernels.mjs").toBe(true);
});

test("they are small enough to be loaded with the library", async () => {
  const { wasmBytes } = await import("../src/kernels/wasm-bytes.ts");
  expect(wasmBytes.length).toBeLessThan(150_000);
});
