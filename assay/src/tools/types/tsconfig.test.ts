import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { outputFolders, outputsOf, programFiles, tsConfigsOf, type TsConfig } from "./tsconfig.ts";

type Files = Readonly<Record<string, object | string>>;

interface Read {
  readonly config: TsConfig;
  /** A path as it is told: without the root. */
  readonly told: (absolute: string | null) => string | null;
  /** Which of the files are in the program. */
  contained(): Promise<readonly string[]>;
}

/** Reads a tsconfig among these files, where an object stands for its JSON. */
function read(files: Files, path = "tsconfig.json"): Read {
  const texts = Object.entries(files).map(([name, text]): [string, string] => [
    name,
    typeof text === "string" ? text : JSON.stringify(text),
  ]);
  const workspace = temporaryWorkspace(Object.fromEntries(texts));
  const config = tsConfigsOf(workspace).read(repoPath(path));
  if (config === undefined) throw new Error(`there is no ${path}`);
  const told = (absolute: string | null): string | null => absolute?.replace(`${workspace.root}/`, "") ?? null;
  const contained = async (): Promise<readonly string[]> => {
    const isIn = (await programFiles(workspace))(config);
    return workspace.tree.files.map((file) => file.path).filter(isIn);
  };
  return { config, told, contained };
}

test("a configuration that is not there is none, and one that is is read once", () => {
  const configs = tsConfigsOf(temporaryWorkspace({ "a/tsconfig.json": "{}" }));
  expect(configs.read(repoPath("tsconfig.json"))).toBeUndefined();
  expect(configs.read(repoPath("a/tsconfig.json"))).toMatchObject({ path: "a/tsconfig.json", dir: "a", missing: null });
  expect(configs.read(repoPath("a/tsconfig.json"))).toBe(configs.read(repoPath("a/tsconfig.json")));
});

test("comments, trailing commas and what is no object are read as the compiler reads them", () => {
  expect([...read({ "tsconfig.json": '{ // x\n "compilerOptions": { "noEmit": true, }, }' }).config.flags]).toEqual([
    "noEmit",
  ]);
  expect(
    read({ "tsconfig.json": '{ "references": [{ "path": "a" },], "extends": ["./b",] }', "b.json": "{}" }).config,
  ).toMatchObject({ references: ["a/tsconfig.json"], missing: "a/tsconfig.json" });
  for (const text of ["", "[]", '{ "compilerOptions": [], "references": {}, "extends": 1 }'])
    expect(read({ "tsconfig.json": text }).config).toMatchObject({ flags: new Set(), references: [], outDir: null });
});

test("options come from what is extended, the nearest last, and switched off they are off", () => {
  const { config, told } = read(
    {
      "p/tsconfig.json": {
        extends: ["../base", "./near.json"],
        compilerOptions: { incremental: false, outDir: "./out", rootDir: 1 },
      },
      "p/near.json": { compilerOptions: { allowJs: true, outDir: "near", declarationDir: "types" } },
      "base.json": {
        compilerOptions: { composite: true, incremental: true, allowJs: false, rootDir: "src", tsBuildInfoFile: "x" },
      },
    },
    "p/tsconfig.json",
  );
  expect([...config.flags]).toEqual(["composite", "allowJs"]);
  expect([config.outDir, config.declarationDir, config.rootDir, config.tsBuildInfoFile].map(told)).toEqual([
    "p/out",
    "p/types",
    "src",
    "x",
  ]);
});

test("${configDir} is the folder of the configuration that is read, not of the one that says it", () => {
  const { config, told } = read(
    {
      "p/q/tsconfig.json": { extends: "../../base.json" },
      "base.json": {
        compilerOptions: { outDir: "${configDir}/out", rootDir: "a/${configDir}" },
        include: ["${configDir}/x"],
      },
    },
    "p/q/tsconfig.json",
  );
  expect([config.outDir, config.rootDir, ...config.include].map(told)).toEqual(["p/q/out", "a/${configDir}", "p/q/x"]);
});

test("a base is found beside it, with or without its ending, in a folder, or in a package above", () => {
  const on = { compilerOptions: { noEmit: true } };
  const flags = (base: string, files: Files): readonly string[] => [
    ...read({ "p/tsconfig.json": { extends: base }, ...files }, "p/tsconfig.json").config.flags,
  ];
  expect(flags("./base", { "p/base.json": on })).toEqual(["noEmit"]);
  expect(flags("../", { "tsconfig.json": on })).toEqual(["noEmit"]);
  expect(flags("..", { "tsconfig.json": on })).toEqual(["noEmit"]);
  expect(flags("./base.txt", { "p/base.txt": on })).toEqual([]);
  expect(flags("@x/y", { "node_modules/@x/y/tsconfig.json": on })).toEqual(["noEmit"]);
  expect(flags("y/strict", { "p/node_modules/y/strict.json": on })).toEqual(["noEmit"]);
  expect(flags("nobody/has", {})).toEqual([]);
});

test("configurations that extend each other in a circle are read to the end", () => {
  const { config } = read({
    "tsconfig.json": { extends: "./a.json", compilerOptions: { noEmit: true } },
    "a.json": { extends: "./tsconfig.json", compilerOptions: { allowJs: true } },
  });
  expect([[...config.flags], config.missing]).toEqual([["noEmit", "allowJs"], null]);
});

test("a file that is extended or referred to and is not there is missing, a package is the compiler's to miss", () => {
  const missing = (config: object, files: Files = {}): string | null =>
    read({ "p/tsconfig.json": config, ...files }, "p/tsconfig.json").config.missing;
  expect(missing({ extends: "./gone.json" })).toBe("./gone.json");
  expect(missing({ extends: "../.x/gone.json" })).toBe("../.x/gone.json");
  expect(missing({ extends: "/gone.json" })).toBe("/gone.json");
  expect(missing({ extends: ["./a.json", "./gone.json"] }, { "p/a.json": {} })).toBe("./gone.json");
  expect(missing({ extends: "./a.json" }, { "p/a.json": { extends: "./gone2.json" } })).toBe("./gone2.json");
  expect(missing({ extends: "pkg/gone.json" })).toBeNull();
  expect(missing({ references: [{ path: "../q" }] })).toBe("q/tsconfig.json");
  expect(missing({ references: [{ path: "../q" }] }, { "q/tsconfig.json": {} })).toBeNull();
});

test("references are projects: a folder's tsconfig.json or a file of any name, inside the repository", () => {
  const references = [{ path: "../q" }, { path: "./x.json" }, { path: "../../.." }, { path: 1 }, "r", { path: "." }];
  expect(read({ "p/tsconfig.json": { references } }, "p/tsconfig.json").config.references).toEqual([
    "q/tsconfig.json",
    "p/x.json",
    "p/tsconfig.json",
  ]);
  const base = { "tsconfig.json": { extends: "./base.json" }, "base.json": { references: [{ path: "q" }] } };
  expect(read(base).config.references).toEqual([]);
});

test("only what lists no file at all is a solution", () => {
  const solution = (config: object): boolean => read({ "tsconfig.json": config }).config.isSolution;
  expect([solution({ files: [] }), solution({ files: [], include: [] })]).toEqual([true, true]);
  expect([
    solution({}),
    solution({ include: [] }),
    solution({ files: ["a"] }),
    solution({ files: [], include: ["a"] }),
  ]).toEqual([false, false, false, false]);
  const names = (config: object): boolean => read({ "tsconfig.json": config }).config.namesFiles;
  expect([names({}), names({ files: ["a.ts"] }), names({ include: ["a"] }), names({ exclude: ["a"] })]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

const sources = {
  "a.ts": "",
  "b.js": "",
  "src/c.tsx": "",
  "src/d.vue": "",
  "src/e.css": "",
  "src/x/f.mts": "",
  "out/g.ts": "",
  "h.ts.map": "",
  "i.mjs": "",
};

test("without a word all TypeScript of the folder is in the program, but for what is emitted", async () => {
  const all = ["a.ts", "out/g.ts", "src/c.tsx", "src/d.vue", "src/x/f.mts"];
  expect(await read({ ...sources, "tsconfig.json": {} }).contained()).toEqual(all);
  const emitted = { compilerOptions: { outDir: "out", declarationDir: "src/x" } };
  expect(await read({ ...sources, "tsconfig.json": emitted }).contained()).toEqual(["a.ts", "src/c.tsx", "src/d.vue"]);
  const excluded = { compilerOptions: { outDir: "out" }, exclude: ["src", "a.*"] };
  expect(await read({ ...sources, "tsconfig.json": excluded }).contained()).toEqual(["out/g.ts"]);
  for (const flag of ["allowJs", "checkJs"])
    expect(await read({ ...sources, "tsconfig.json": { compilerOptions: { [flag]: true } } }).contained()).toEqual([
      "a.ts",
      "b.js",
      "i.mjs",
      "out/g.ts",
      "src/c.tsx",
      "src/d.vue",
      "src/x/f.mts",
    ]);
  const nested = { ...sources, "src/tsconfig.json": {} };
  expect(await read(nested, "src/tsconfig.json").contained()).toEqual(["src/c.tsx", "src/d.vue", "src/x/f.mts"]);
});

test("a program has the files that it lists, the folders and the patterns, from the nearest that says so", async () => {
  const contained = (config: object, more: Files = {}): Promise<readonly string[]> =>
    read({ ...sources, "tsconfig.json": config, ...more }).contained();
  expect(await contained({ files: ["b.js", "a.ts"] })).toEqual(["a.ts", "b.js"]);
  expect(await contained({ include: ["src"] })).toEqual(["src/c.tsx", "src/d.vue", "src/x/f.mts"]);
  expect(await contained({ include: ["./src/*", "out/g.ts"] })).toEqual(["out/g.ts", "src/c.tsx", "src/d.vue"]);
  expect(await contained({ include: ["src/?.tsx"] })).toEqual(["src/c.tsx"]);
  expect(await contained({ include: ["."], exclude: ["src/x", "a.ts"] })).toEqual([
    "out/g.ts",
    "src/c.tsx",
    "src/d.vue",
  ]);
  expect(await contained({ files: ["a.ts"], include: ["out"], exclude: ["**/*.ts"] })).toEqual(["a.ts"]);
  expect(await contained({ include: ["v.two/x"] }, { "v.two/x/y.ts": "" })).toEqual(["v.two/x/y.ts"]);
  const base = { "base.json": { files: ["b.js"], include: ["src/x"], exclude: ["src/c.tsx"] } };
  expect(await contained({ extends: "./base.json" }, base)).toEqual(["b.js", "src/x/f.mts"]);
  expect(await contained({ extends: "./base.json", include: ["src"], files: [] }, base)).toEqual([
    "src/d.vue",
    "src/x/f.mts",
  ]);
  const two = { ...base, "near.json": { include: ["out"] } };
  expect(await contained({ extends: ["./base.json", "./near.json"] }, two)).toEqual(["b.js", "out/g.ts"]);
});

test("where building writes is told from its options", () => {
  const outputs = (compilerOptions: object, rest: object = {}): readonly (string | null)[] => {
    const { config, told } = read({ "p/tsconfig.dev.json": { compilerOptions, ...rest } }, "p/tsconfig.dev.json");
    return outputsOf(config).map(told);
  };
  expect(outputs({})).toEqual(["p/index.d.ts", "p/tsconfig.dev.tsbuildinfo"]);
  expect(outputs({ outDir: "out" })).toEqual(["p/out/index.d.ts", "p/out/tsconfig.dev.tsbuildinfo"]);
  expect(outputs({ outDir: "out", declarationDir: "types", rootDir: ".." })).toEqual([
    "p/out/index.d.ts",
    "p/types/index.d.ts",
    "p/out/p/tsconfig.dev.tsbuildinfo",
  ]);
  expect(outputs({ declarationDir: "types" })).toEqual([
    "p/index.d.ts",
    "p/types/index.d.ts",
    "p/tsconfig.dev.tsbuildinfo",
  ]);
  expect(outputs({ noEmit: true, tsBuildInfoFile: "../memory" })).toEqual(["memory"]);
  expect(outputs({}, { files: [] })).toEqual([]);
  expect(outputFolders(read({ "tsconfig.json": { compilerOptions: { noEmit: true } } }).config)).toEqual([]);
});
