import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everything, listFiles, testHost } from "../testing/test-host.ts";
import { changedFiles, changeOf, labelsOf, reportOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { tsc } from "./tsc.ts";

const typescript = ["typescript", "@typescript"];
const devDependencies = { typescript: "7" };
const manifest = (scripts: Record<string, string> = {}, name = "x"): string =>
  JSON.stringify({ name, type: "module", scripts, devDependencies });
const config = (options: object = {}, rest: object = { include: ["src"] }): string =>
  JSON.stringify({
    compilerOptions: { strict: true, module: "nodenext", target: "es2022", types: [], ...options },
    ...rest,
  });

const project = (...references: readonly string[]): string =>
  config(
    { composite: true, rootDir: "src", outDir: "dist" },
    { include: ["src"], references: references.map((path) => ({ path })) },
  );

/** `c` uses `b` uses `a`; `c` has an error that is only seen through `b`'s declarations. */
function threeProjects(ignored: string): Record<string, string> {
  return {
    ".gitignore": ignored,
    "package.json": manifest({ typecheck: "tsc -b" }),
    "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "a" }, { path: "b" }, { path: "c" }] }),
    "a/tsconfig.json": project(),
    "a/src/index.ts": "export const size = (text: string) => text.length;\n",
    "b/tsconfig.json": project("../a"),
    "b/src/index.ts": 'import { size } from "../../a/src/index.js";\nexport const b = size("x");\n',
    "c/tsconfig.json": project("../b"),
    "c/src/index.ts": 'import { b } from "../../b/src/index.js";\n\nexport const c: string = b;\n',
  };
}

const inC = "c/src/index.ts:3 Type 'number' is not assignable to type 'string'. (TS2322)";

test("a project is checked without a byte written, even one that remembers its last build", async () => {
  const files = {
    "package.json": manifest(),
    "tsconfig.json": config({ composite: true, outDir: "dist" }),
    "src/a.ts": "export const a: string = 1;\n",
  };
  const workspace = temporaryWorkspace(files, typescript);
  expect(await reportOf(tsc, workspace)).toEqual([
    "src/a.ts:1 Type 'number' is not assignable to type 'string'. (TS2322)",
  ]);
  expect(listFiles(workspace.root)).toEqual(["package.json", "src", "src/a.ts", "tsconfig.json"]);
});

test("projects that refer to each other are built where git ignores the outputs", async () => {
  const workspace = temporaryWorkspace(threeProjects("dist\n*.tsbuildinfo\n"), typescript);
  expect(await labelsOf(tsc, workspace)).toEqual(["tsc of 3 projects"]);
  expect(await reportOf(tsc, workspace)).toEqual([inC]);
  expect(await reportOf(tsc, workspace)).toEqual([inC]);
});

test("a change selects its own project and those that refer to it", async () => {
  const workspace = temporaryWorkspace(threeProjects("dist\n*.tsbuildinfo\n"), typescript);
  expect(await labelsOf(tsc, workspace, changedFiles(["a/src/index.ts"]))).toEqual(["tsc of 3 projects"]);
  expect(await labelsOf(tsc, workspace, changedFiles(["c/src/index.ts"]))).toEqual(["tsc c/tsconfig.json"]);
  expect(await labelsOf(tsc, workspace, changedFiles(["README.md"]))).toEqual([]);
});

test("where git does not ignore the outputs nothing is written, and nothing is passed that could not be known", async () => {
  const workspace = temporaryWorkspace(threeProjects("dist\n"), typescript);
  const before = listFiles(workspace.root);
  const report = await reportOf(tsc, workspace);
  expect(report.map((line) => line.slice(0, 60))).toEqual([
    "passed",
    "errored config-invalid: types can't be checked: `tsc -b` wou",
    "errored config-invalid: types can't be checked: `tsc -b` wou",
  ]);
  expect(listFiles(workspace.root)).toEqual(before);
});

test("declarations of an earlier build that may be stale are not trusted", async () => {
  const workspace = temporaryWorkspace(threeProjects("*.tsbuildinfo\n"), typescript);
  mkdirSync(join(workspace.root, "a/dist/deep"), { recursive: true });
  writeFileSync(join(workspace.root, "a/dist/deep/old.d.ts"), "export declare const size: () => number;\n");
  expect(await reportOf(tsc, workspace)).toEqual([
    "errored config-invalid: types can't be checked: `tsc -b` would write a/dist/, which git does not ignore",
  ]);
});

test("a solution of projects that emit nothing is checked project by project", async () => {
  const workspace = temporaryWorkspace(
    {
      "package.json": manifest({ build: "tsc -b && vite build" }),
      "tsconfig.json": JSON.stringify({
        files: [],
        references: [{ path: "./tsconfig.app.json" }, { path: "./tsconfig.node.json" }],
      }),
      "tsconfig.app.json": `{\n  // the app\n  "compilerOptions": { "noEmit": true, "strict": true, "types": [], "tsBuildInfoFile": "./node_modules/.tmp/app" },\n  "include": ["src"],\n}`,
      "tsconfig.node.json": config({ noEmit: true }, { include: ["vite.config.ts"] }),
      "src/a.ts": "export const a: string = 1;\n",
      "vite.config.ts": "export default {};\n",
    },
    typescript,
  );
  expect(await labelsOf(tsc, workspace)).toEqual(["tsc tsconfig.app.json", "tsc tsconfig.node.json"]);
  expect(await reportOf(tsc, workspace)).toEqual([
    "src/a.ts:1 Type 'number' is not assignable to type 'string'. (TS2322)",
    "passed",
  ]);
  expect(await labelsOf(tsc, workspace, changedFiles(["vite.config.ts"]))).toEqual(["tsc tsconfig.node.json"]);
});

test("a tsconfig that extends what a framework has not written yet is an error with the command that writes it", async () => {
  const workspace = temporaryWorkspace(
    {
      "package.json": manifest({ check: "tsc --noEmit" }),
      "tsconfig.json": '{ "extends": "./.svelte-kit/tsconfig.json" }',
      "src/a.ts": "",
    },
    typescript,
  );
  const [detection] = await tsc.detect(workspace);
  const [task] = detection?.plan(everything) ?? [];
  using host = testHost();
  expect(await task?.run(host)).toMatchObject({
    status: "errored",
    error: { code: "config-invalid", hint: "npx svelte-kit sync" },
  });
});

test("a package that has to be built first is no fault of the one that imports it", async () => {
  const workspace = temporaryWorkspace(
    {
      "package.json": manifest(),
      "lib/package.json": JSON.stringify({
        name: "lib",
        type: "module",
        exports: { ".": { types: "./dist/index.d.ts" } },
        scripts: { build: "tsc" },
      }),
      "app/package.json": manifest({ typecheck: "tsc --noEmit" }, "app"),
      "app/tsconfig.json": config(),
      "app/src/a.ts": 'import { x } from "lib";\nexport const a: string = x;\n',
    },
    typescript,
  );
  expect(await reportOf(tsc, workspace)).toEqual([
    "errored tool-failed: types can't be checked before lib is built: what its package.json points to is not there",
  ]);
});

async function programs(files: Record<string, string>): Promise<readonly string[]> {
  return labelsOf(tsc, temporaryWorkspace(files, typescript));
}

test("a script that checks types is preferred to one that builds, and both to a guess", async () => {
  const configs = { "tsconfig.json": config(), "tsconfig.build.json": config(), "src/a.ts": "" };
  expect(
    await programs({ ...configs, "package.json": manifest({ build: "tsc -p tsconfig.build.json", typecheck: "tsc" }) }),
  ).toEqual(["tsc tsconfig.json"]);
  expect(await programs({ ...configs, "package.json": manifest({ build: "tsc -p tsconfig.build.json" }) })).toEqual([
    "tsc tsconfig.build.json",
  ]);
  expect(await programs({ ...configs, "package.json": manifest({ dev: "tsc --watch" }) })).toEqual([
    "tsc tsconfig.json",
  ]);
});

test("a tsconfig that the packages only extend is not a program, one that contains them is the only one", async () => {
  const packages = {
    "package.json": manifest({}, "root"),
    "a/package.json": manifest({}, "a"),
    "a/tsconfig.json": '{ "extends": "../tsconfig.json" }',
    "a/x.ts": "",
    "b/package.json": manifest({}, "b"),
    "b/tsconfig.json": '{ "extends": "../tsconfig.json" }',
    "b/x.ts": "",
  };
  expect(await programs({ ...packages, "tsconfig.json": config({}, {}) })).toEqual([
    "tsc a/tsconfig.json",
    "tsc b/tsconfig.json",
  ]);
  expect(await programs({ ...packages, "tsconfig.json": config({}, { include: ["a/**/*", "b/**/*"] }) })).toEqual([
    "tsc tsconfig.json",
  ]);
});

test("javascript is checked only where a jsconfig asks for it", async () => {
  expect(
    await programs({ "package.json": manifest(), "jsconfig.json": '{ "compilerOptions": {} }', "a.js": "" }),
  ).toEqual([]);
  const files = {
    "package.json": manifest(),
    "jsconfig.json": '{ "compilerOptions": { "checkJs": true, "strict": true }, "files": ["a.js"] }',
    "a.js": "export const a = 1;\na = 2;\n",
  };
  expect(await reportOf(tsc, temporaryWorkspace(files, typescript))).toEqual([
    "a.js:2 Cannot assign to 'a' because it is a constant. (TS2588)",
  ]);
});

test("a compiler that is called and not installed comes with the command that installs it", async () => {
  const workspace = temporaryWorkspace({ "package.json": manifest({ typecheck: "tsc" }), "tsconfig.json": config() });
  expect(existsSync(join(workspace.root, "node_modules"))).toBe(false);
  expect(await tsc.detect(workspace)).toMatchObject([{ version: null, install: "npm install" }]);
});

/** An old error in `old.ts`, another in `new.ts`, and a tsconfig that no script speaks of. */
const guessed = {
  "package.json": manifest({ dev: "vite" }),
  "tsconfig.json": config({}, { include: ["*.ts"] }),
  "old.ts": "export const a: string = 1;\n",
  "new.ts": "export const b: string = 1;\n",
  "fine.ts": "export const c = 1;\n",
};

test("a tsconfig that no script speaks of is held against the change alone", async () => {
  const workspace = temporaryWorkspace(guessed, typescript);
  const inNew = "new.ts:1 Type 'number' is not assignable to type 'string'. (TS2322)";
  expect(await reportOf(tsc, workspace, changedFiles(["new.ts"]))).toEqual([inNew]);
  expect(await reportOf(tsc, workspace, { kind: "all", change: changeOf(["new.ts"]) })).toEqual([inNew]);
  expect(await reportOf(tsc, workspace, changedFiles(["fine.ts"]))).toEqual(["passed"]);
  expect(await reportOf(tsc, workspace, changedFiles(["tsconfig.json"]))).toHaveLength(2);
  const [task] = (await tsc.detect(workspace))[0]?.plan(changedFiles(["fine.ts"])) ?? [];
  using host = testHost();
  expect(await task?.run(host)).toEqual({
    status: "passed",
    note: "2 type errors in files that the change does not reach; no script checks tsconfig.json",
  });
});

test("what a guess said is replayed for the same change alone", async () => {
  const workspace = temporaryWorkspace(guessed, typescript);
  const [detected] = await tsc.detect(workspace);
  const factsOf = (...paths: readonly string[]): unknown =>
    detected?.plan({ kind: "all", change: changeOf(paths) })[0]?.replay?.facts;
  const fine = factsOf("fine.ts", "new.ts");
  expect(fine).toEqual(factsOf("new.ts", "fine.ts"));
  expect(fine).not.toEqual(factsOf("fine.ts"));
  const reached = { ...changeOf(["fine.ts"]), reached: changeOf(["fine.ts", "new.ts"]).paths };
  const [task] = detected?.plan({ kind: "all", change: reached }) ?? [];
  expect([fine, factsOf("fine.ts"), factsOf()]).not.toContainEqual(task?.replay?.facts);
  expect(detected?.plan(everything)[0]?.replay?.facts.at(-1)).toBe("everything");
});

test("once a script checks it, every error counts", async () => {
  const workspace = temporaryWorkspace({ ...guessed, "package.json": manifest({ typecheck: "tsc" }) }, typescript);
  expect(await reportOf(tsc, workspace, changedFiles(["fine.ts"]))).toHaveLength(2);
});

test("a tsconfig in a package that declares no compiler is for an editor", async () => {
  expect(await programs({ ...guessed, "package.json": JSON.stringify({ name: "x" }) })).toEqual([]);
});

test("beside components nothing is guessed, and vue-tsc is called where a script does", async () => {
  const components = { ...guessed, "App.vue": "<template>hi</template>\n" };
  expect(await programs(components)).toEqual([]);
  const workspace = temporaryWorkspace({
    ...components,
    "package.json": JSON.stringify({ scripts: { build: "vue-tsc -b && vite build" } }),
    "node_modules/vue-tsc/package.json": '{ "name": "vue-tsc", "version": "3.0.0", "bin": "./bin/vue-tsc.js" }',
  });
  expect(await labelsOf(tsc, workspace, changedFiles(["App.vue"]))).toEqual([]);
  expect(await labelsOf(tsc, workspace, changedFiles(["new.ts"]))).toEqual(["vue-tsc tsconfig.json"]);
});

test("a guess that can't be checked is no error", async () => {
  const workspace = temporaryWorkspace(
    { "package.json": manifest(), "tsconfig.json": '{ "extends": "./.nuxt/tsconfig.json" }', "a.ts": "" },
    typescript,
  );
  const [task] = (await tsc.detect(workspace))[0]?.plan(everything) ?? [];
  using host = testHost();
  expect(await task?.run(host)).toEqual({
    status: "skipped",
    reason: "tsconfig.json needs ./.nuxt/tsconfig.json, which is not there; no script checks types",
  });
});
