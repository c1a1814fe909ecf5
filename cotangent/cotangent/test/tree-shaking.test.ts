// What a bundler keeps of the library, read from the sources that the packages are built of.
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";

const packages = fileURLToPath(new URL("../..", import.meta.url));
const entry = "\0program";

/** The modules of which a bundle of the program has code, from the folder of the packages: `numpy/src/views.ts`. */
async function keptModules(program: string): Promise<readonly string[]> {
  const bundle = await rolldown({
    input: entry,
    platform: "neutral",
    resolve: { conditionNames: ["source"] },
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? program : null),
      },
    ],
    cwd: packages,
  });
  try {
    const { output } = await bundle.generate();
    return output.flatMap((part) =>
      part.type === "chunk"
        ? Object.entries(part.modules).flatMap(([id, { renderedLength }]) =>
            renderedLength > 0 && id.startsWith(packages) ? [id.slice(packages.length)] : [],
          )
        : [],
    );
  } finally {
    await bundle.close();
  }
}

/** The folders of the packages that they are in. */
function packagesOf(modules: readonly string[]): readonly string[] {
  return [...new Set(modules.map((path) => path.split("/")[0] ?? ""))].toSorted();
}

test("nothing is left of an import that uses nothing", async () => {
  expect(await keptModules(`import "cotangent";`)).toEqual([]);
  expect(await keptModules(`import { grad, np } from "cotangent";`)).toEqual([]);
});

test("a program of arrays keeps neither derivatives, nor pictures, nor functions that it does not call", async () => {
  const kept = await keptModules(`import { np } from "cotangent"; console.log(np.add(np.array([1, 2]), 1).item(0));`);
  expect(packagesOf(kept)).toEqual(["core", "numpy"]);
  expect(kept.filter((path) => /\/random\/|histogram|polynomials|quantiles/.test(path))).toEqual([]);
});

test("a function that is called is kept", async () => {
  const kept = await keptModules(`import { np } from "cotangent"; console.log(np.histogram(np.array([1, 2])));`);
  expect(kept.filter((path) => path.includes("histogram"))).not.toEqual([]);
});

test("a program of derivatives keeps no pictures of graphs", async () => {
  const kept = await keptModules(`import { grad, np } from "cotangent"; console.log(grad(np.sin)(1).item());`);
  expect(packagesOf(kept)).toEqual(["core", "cotangent", "grad", "grad-numpy", "numpy"]);
});
