// The text of every source and test file of the planned packages.
import { makeFunction } from "./functions.mjs";
import { seeded } from "./random.mjs";

/**
 * @typedef {import("./layout.mjs").PackageLayout} PackageLayout
 * @typedef {import("./layout.mjs").ModuleLayout} ModuleLayout
 * @typedef {import("./functions.mjs").Fn} Fn
 * @typedef {{ readonly path: string, readonly text: string }} TextFile
 */

/**
 * @param {readonly PackageLayout[]} packages
 * @param {{ functions: number, bytes: number, testFiles: number, testsPerFile: number, seed: number }} options
 *   `functions` a module, more of them until a module has `bytes`.
 * @returns {readonly TextFile[]}
 */
export function writeSources(packages, options) {
  /** Every package's functions by module. @type {Map<string, Map<string, readonly Fn[]>>} */
  const written = new Map();
  return packages.flatMap((pkg, index) => {
    const random = seeded(options.seed * 1000 + index);
    /** @type {Map<string, readonly Fn[]>} */
    const modules = new Map();
    const files = pkg.modules.map((module) => writeModule(pkg, module, { random, modules, written, options }));
    written.set(pkg.name, modules);
    return [...files, indexOf(pkg), ...writeTests(pkg, modules, options)];
  });
}

/**
 * @param {PackageLayout} pkg
 * @param {ModuleLayout} module
 * @param {{
 *   random: import("./random.mjs").Random,
 *   modules: Map<string, readonly Fn[]>,
 *   written: ReadonlyMap<string, ReadonlyMap<string, readonly Fn[]>>,
 *   options: { functions: number, bytes: number },
 * }} world
 * @returns {TextFile}
 */
function writeModule(pkg, module, { random, modules, written, options }) {
  const own = module.imports.map((name) => ({ from: `./${name}.ts`, fn: numeric(modules.get(name)) }));
  const foreign =
    module.importsPackage === null
      ? []
      : [
          {
            from: module.importsPackage,
            fn: numeric([...(written.get(module.importsPackage)?.values() ?? [])].flat()),
          },
        ];
  const imports = [...foreign, ...own];
  /** @type {Fn[]} */
  const functions = [];
  let size = 0;
  for (let index = 0; index < options.functions || size < options.bytes; index += 1) {
    const fn = makeFunction(camel(pkg.dir, module.name, index), index, random, imports[index]?.fn);
    functions.push(fn);
    size += fn.code.length + 2;
  }
  modules.set(module.name, functions);
  const header = imports.map(({ from, fn }) => `import { ${fn.name} } from "${from}";\n`).join("");
  const text = `${header}${header === "" ? "" : "\n"}${functions.map((fn) => fn.code).join("\n\n")}\n`;
  return { path: `${pkg.dir}/src/${module.name}.ts`, text };
}

/** The first function of a module or package that gives a plain number. @param {readonly Fn[] | undefined} functions @returns {Fn} */
function numeric(functions) {
  const found = functions?.find((fn) => fn.gives === "number");
  if (found === undefined) throw new Error("a module without a function that gives a number can not be built upon");
  return found;
}

/** @param {PackageLayout} pkg @returns {TextFile} */
function indexOf(pkg) {
  return {
    path: `${pkg.dir}/src/index.ts`,
    text: pkg.modules.map(({ name }) => `export * from "./${name}.ts";\n`).join(""),
  };
}

/**
 * @param {PackageLayout} pkg
 * @param {ReadonlyMap<string, readonly Fn[]>} modules
 * @param {{ testFiles: number, testsPerFile: number }} options
 * @returns {readonly TextFile[]}
 */
function writeTests(pkg, modules, { testFiles, testsPerFile }) {
  const names = [...modules.keys()];
  return Array.from({ length: testFiles }, (_, file) => {
    const covered = names.filter((_name, index) => index % testFiles === file);
    // Breadth first: the first function of every module, then the second of every module, …
    const depth = Math.max(0, ...covered.map((name) => modules.get(name)?.length ?? 0));
    const chosen = Array.from({ length: depth }, (_row, row) =>
      covered.flatMap((name) => pickAt(modules.get(name), row, name)),
    ).flat();
    return testFile(`${pkg.dir}/src/${covered[0]}.test.ts`, chosen.slice(0, testsPerFile));
  });
}

/** @param {readonly Fn[] | undefined} functions @param {number} row @param {string} module */
function pickAt(functions, row, module) {
  const fn = functions?.[row];
  return fn === undefined ? [] : [{ fn, module }];
}

/** @param {string} path @param {readonly { fn: Fn, module: string }[]} chosen @returns {TextFile} */
function testFile(path, chosen) {
  const byModule = groups(chosen);
  const imports = [...byModule].map(([module, entries]) => {
    const line = `import { ${entries.map(({ fn }) => fn.name).join(", ")} } from "./${module}.ts";\n`;
    return line.length <= 101
      ? line
      : `import {\n${entries.map(({ fn }) => `  ${fn.name},\n`).join("")}} from "./${module}.ts";\n`;
  });
  const text = `import { expect, test } from "vitest";\n${imports.join("")}\n${chosen.map(({ fn }) => testOf(fn)).join("\n")}`;
  return { path, text };
}

/** @param {readonly { fn: Fn, module: string }[]} chosen */
function groups(chosen) {
  /** @type {Map<string, { fn: Fn, module: string }[]>} */
  const found = new Map();
  for (const entry of chosen) found.set(entry.module, [...(found.get(entry.module) ?? []), entry]);
  return found;
}

/** @param {Fn} fn */
function testOf(fn) {
  const lines = fn.samples.map((value) => {
    const call = fn.gives === "promise" ? `await ${fn.name}(${value})` : `${fn.name}(${value})`;
    return `  expect(${call}).toBe(${JSON.stringify(fn.meaning(value))});\n`;
  });
  return `test("${fn.name} gives what it says", ${fn.gives === "promise" ? "async " : ""}() => {\n${lines.join("")}});\n`;
}

/** @param {string} dir @param {string} module @param {number} index */
function camel(dir, module, index) {
  const words = `${dir.replace("packages/", "")} ${module}`.split(/[^a-z0-9]+/);
  const verb = ["rate", "clamp", "classify", "sum", "label", "load", "step"][index % 7];
  const tail = index < 7 ? "" : `${Math.floor(index / 7) + 1}`;
  return `${verb}${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}${tail}`;
}
