import { expect, test } from "vitest";
import { rootDir } from "../../model/paths.ts";
import type { Manifest } from "../../model/workspace.ts";
import type { Invocation } from "./invocation.ts";
import { delegates, invocationsOf, readScript } from "./read-scripts.ts";

function manifestOf(scripts: Readonly<Record<string, string>>): Manifest {
  return {
    name: "x",
    type: "module",
    scripts,
    dependencies: {},
    devDependencies: {},
    peerDependencies: {},
    optionalDependencies: {},
    raw: {},
  };
}

function read(line: string, others: Readonly<Record<string, string>> = {}): readonly Invocation[] {
  return readScript(manifestOf({ script: line, ...others }), "script")?.invocations ?? [];
}

const shown = (line: string, others: Readonly<Record<string, string>> = {}): readonly string[] =>
  read(line, others).map(({ program, args }) => [program, ...args].join(" "));

const isPlain = (line: string, others: Readonly<Record<string, string>> = {}): boolean | undefined =>
  readScript(manifestOf({ script: line, ...others }), "script")?.plain;

test("every program of a line is read, whatever joins them", () => {
  expect(shown("eslint . && prettier --check 'src/**/*.ts' || exit 1; tsc | tee log")).toEqual([
    "eslint .",
    "prettier --check src/**/*.ts",
    "exit 1",
    "tsc",
    "tee log",
  ]);
  expect(read("tsc | tee log").map(({ piped }) => piped)).toEqual([true, false]);
});

test("words are read with their quotes and escapes", () => {
  expect(read(`mocha 'test/**/*.js' "a b" c\\ d --x="y z"`)[0]?.args).toEqual([
    "test/**/*.js",
    "a b",
    "c d",
    "--x=y z",
  ]);
});

test("a chain of && is plain, what needs a shell to be understood is not", () => {
  expect(isPlain("tsc -b && vitest run 'a b'")).toBe(true);
  const needShell = ["a | b", "a; b", "a || b", "(a)", "a > out", "a $ARGS", 'a "$X"', "`x`", "a &", "a 'b"];
  expect(needShell.filter((line) => isPlain(line))).toEqual([]);
  expect(isPlain("a '$x'")).toBe(true);
});

test("what stands in front of a program is looked through", () => {
  const direct = [
    "npx --no-install ava",
    "npx ava@6",
    "npx -p ava@6 ava",
    "pnpx ava",
    "pnpm exec ava",
    "npm exec -- ava",
    "bunx ava",
    "c8 --reporter text ava",
    "yarn ava",
    "yarn run ava",
    "pnpm ava",
    "./node_modules/.bin/ava",
    "node node_modules/ava/entrypoints/cli.mjs",
    "dotenv -e .env -- ava",
  ];
  expect(direct.filter((line) => shown(line).join() !== "ava")).toEqual([]);
  expect(read('cross-env TZ=UTC NODE_OPTIONS="--a --b" jest -i')).toMatchObject([
    { program: "jest", args: ["-i"], env: { TZ: "UTC", NODE_OPTIONS: "--a --b" } },
  ]);
  expect(shown("npm ava")).toEqual(["npm ava"]);
});

test("files with variables are read by what stands in front, in the script or in the one that calls it", () => {
  const files = (line: string, others: Readonly<Record<string, string>> = {}): unknown =>
    read(line, others).map(({ program, args, env, variables }) => [
      [program, ...args].join(" "),
      variables.flatMap((each) => each.files),
      env,
    ]);
  expect(files("A=0 dotenv -e a -v B=1 -- env-cmd -f b vitest run")).toEqual([
    ["vitest run", ["a", "b"], { A: "0", B: "1" }],
  ]);
  expect(files("dotenv -e a -- npm run unit", { unit: "dotenv -e b -- vitest run" })).toEqual([
    ["vitest run", ["a", "b"], {}],
  ]);
  expect(files("vitest run")).toEqual([["vitest run", [], {}]]);
  // What only the wrapper understands is left to it.
  expect(files("env-cmd -e test vitest run")).toEqual([["env-cmd -e test vitest run", [], {}]]);
});

test("a script that only leads to a program is followed by what stands behind its name", () => {
  const others = { "with-env": "dotenv -e ../../.env --", lead: "tsc && cross-env A=1", lint: "eslint ." };
  expect(shown("pnpm with-env vitest run --bail 1", others)).toEqual(["vitest run --bail 1"]);
  expect(shown("npm run lead -- jest -i", others)).toEqual(["tsc", "jest -i"]);
  expect(read("npm run lead -- jest -i", others)[1]?.env).toEqual({ A: "1" });
  expect(shown("npm run lint -- --quiet", others)).toEqual(["eslint . --quiet"]);
});

test("a tool's file that Node is given is that tool, with Node's own flags kept", () => {
  expect(read("node --experimental-vm-modules --import tsx node_modules/jest/bin/jest.js -i")).toMatchObject([
    { program: "jest", args: ["-i"], nodeArgs: ["--experimental-vm-modules", "--import", "tsx"] },
  ]);
  expect(shown("node --disable-warning DEP0040 node_modules/jest/bin/jest.js -i")).toEqual(["jest -i"]);
  expect(shown("node --max-old-space-size=1 ./node_modules/eslint/bin/eslint.js .")).toEqual(["eslint ."]);
  expect(shown("node --import tsx --test 'test/*.ts'")).toEqual(["node --import tsx --test test/*.ts"]);
  expect(shown("node scripts/test.js")).toEqual(["node scripts/test.js"]);
});

test("redirections are no arguments", () => {
  expect(shown("eslint . > report.json 2>&1 && tsc 2>/dev/null --noEmit")).toEqual(["eslint .", "tsc --noEmit"]);
});

test("what a line exports is set for all that follows, and what else it does to its shell is not told", () => {
  expect(read("tsc && export A=1 B='x y' C && B=2 jest && ava")).toMatchObject([
    { program: "tsc", env: {} },
    { program: "jest", env: { A: "1", B: "2" } },
    { program: "ava", env: { A: "1", B: "x y" } },
  ]);
  const [exported] = read("export LONG=x=y C -n D=1 && jest");
  expect(exported?.env).toEqual({ LONG: "x=y", D: "1" });
  expect(read("export A=1 && npm run unit", { unit: "B=1 ava" })).toMatchObject([{ env: { A: "1", B: "1" } }]);
  const others = [". ./.env && ava", "source .env && ava", "unset CI && ava", "eval 'A=1' && ava"];
  const moved = ["pushd a && ava && popd"];
  expect([...others, ...moved].filter((line) => isPlain(line))).toEqual([]);
  expect(isPlain("export A=1 && ava")).toBe(true);
});

test("a folder that the line changes to is kept, and what only a shell knows is marked", () => {
  expect(read("cd packages/a && eslint src")).toMatchObject([{ cd: "packages/a", program: "eslint", dynamic: false }]);
  expect(read("prettier --check $(git diff --name-only)")).toMatchObject([{ dynamic: true }]);
});

test("scripts that a script calls are written out, circles and all", () => {
  const others = {
    "lint:js": "eslint .",
    "lint:css": "stylelint .",
    unit: "vitest run",
    types: "pnpm script && tsc",
  };
  expect(shown("run-s lint:* && CI=1 pnpm unit", others)).toEqual(["eslint .", "stylelint .", "vitest run"]);
  expect(read("CI=1 npm run unit", others)[0]?.env).toEqual({ CI: "1" });
  expect(shown("npm run lint:js -- --max-warnings 0", others)).toEqual(["eslint . --max-warnings 0"]);
  expect([shown("npm run types", others), isPlain("npm run types", others)]).toEqual([["tsc"], false]);
  expect([shown("npm run missing"), isPlain("npm run missing")]).toEqual([["npm run missing"], false]);
  expect(readScript(manifestOf({}), "script")).toBeUndefined();
});

test("an expression that pnpm is given stands for the scripts that it fits", () => {
  const others = { "t:a": "eslint .", "t:b": "vitest run", other: "tsc" };
  expect(shown("pnpm run '/^t:/' --x", others)).toEqual(["eslint . --x", "vitest run --x"]);
  expect(shown("CI=1 pnpm /b$/", others)).toEqual(["vitest run"]);
  expect([isPlain("pnpm run /^t:/", others), isPlain("pnpm run /z/", others), isPlain("pnpm run '/(/'")]).toEqual([
    true,
    false,
    false,
  ]);
  expect(shown("npm run '/^t:/'", others)).toEqual(["npm run /^t:/"]);
  expect(shown("pnpm /z/", others)).toEqual(["pnpm /z/"]);
  expect(["pnpm run x/t:/", "pnpm run /t:/x"].map((line) => shown(line, others))).toEqual([
    ["pnpm run x/t:/"],
    ["pnpm run /t:/x"],
  ]);
});

test("a manager's command that has a script's name is the script, and bun's own test runner is none", () => {
  expect(shown("yarn jest", { jest: "jest --ci" })).toEqual(["jest --ci"]);
  expect(shown("bun test", { test: "vitest" })).toEqual(["bun test"]);
});

test("what a manager hands on to a script stands behind its line", () => {
  const others = { unit: "tsc && vitest run", run: "node run.js" };
  const last = (line: string): string | undefined => shown(line, others).at(-1);
  expect(["npm", "pnpm", "yarn", "bun"].map((manager) => last(`${manager} run unit a --x b -- --y`))).toEqual([
    "vitest run a --y",
    "vitest run a --x b --y",
    "vitest run a --x b --y",
    "vitest run a --x b --y",
  ]);
  expect(shown("yarn --silent unit --retry 2", others)).toEqual(["tsc", "vitest run --retry 2"]);
  expect(shown("pnpm run --silent unit --retry 2", others)).toEqual(["tsc", "vitest run --retry 2"]);
  expect(shown("npm run -s run c", others)).toEqual(["node run.js c"]);
  expect(shown("npm test a b", { test: "jest" })).toEqual(["jest a b"]);
  expect(shown("npm t -s a", { test: "jest" })).toEqual(["jest"]);
});

test("all scripts of a package are read one by one", () => {
  const manifest = manifestOf({ lint: "eslint .", all: "npm run lint" });
  expect(invocationsOf({ name: "x", dir: rootDir, manifest }).map(({ evidence }) => evidence)).toEqual([
    '"lint": "eslint ."',
    '"all": "npm run lint"',
  ]);
});

test("scripts of other packages and task runners are known for what they are", () => {
  const lines = [
    "pnpm -r test",
    "npm test --workspaces",
    "yarn workspaces foreach run test",
    "yarn workspace a test",
    "turbo run test",
    "pnpm --filter=a test",
  ];
  expect(lines.filter((line) => !read(line, { test: "vitest" }).some(delegates))).toEqual([]);
  expect(["vitest -w", "npm run build -- -w"].filter((line) => read(line, { build: "tsc" }).some(delegates))).toEqual(
    [],
  );
});

test("a script that needs a shell is not plain where it is called either", () => {
  const others = { a: "tsc; vitest", b: "vitest", c: "tsc" };
  expect([isPlain("npm run a", others), isPlain("run-s b a", others), isPlain("run-s c b", others)]).toEqual([
    false,
    false,
    true,
  ]);
});

test("scripts are called by pattern: one star stays inside a part of the name, two do not", () => {
  const others = { "t:a": "ava", "t:b:c": "mocha", "t.x": "jest", tox: "vitest" };
  expect(shown("run-p t:*", others)).toEqual(["ava"]);
  expect(shown("npm-run-all t:**", others)).toEqual(["ava", "mocha"]);
  expect(shown("run-s t.x t.*", others)).toEqual(["jest", "jest"]);
  expect(shown("run-s x:* -- tox", others)).toEqual(["run-s x:* -- tox"]);
  expect(shown("run-s t.x -- t:a -- tox", others)).toEqual(["jest"]);
  expect(shown("npm run b -- c -- d", { b: "ava" })).toEqual(["ava c -- d"]);
});

test("a folder is changed to by its name, and without one to none that is known", () => {
  expect(read("cd a && cd b && ava").map(({ cd }) => cd)).toEqual(["a/b"]);
  expect(read("cd && ava").map(({ cd }) => cd)).toEqual([""]);
  expect(read("cd a/ && ava && cd ../b && mocha").map(({ cd }) => cd)).toEqual(["a", "b"]);
  expect(read("cd a/b && ava && cd - && mocha && cd - && jest").map(({ cd }) => cd)).toEqual(["a/b", "", "a/b"]);
  expect(read("cd a && cd .. && npm run unit", { unit: "ava" })).toMatchObject([{ program: "ava", cd: "" }]);
  expect(read("cd .. && ava && cd /b && mocha").map(({ cd }) => cd)).toEqual(["..", "/b"]);
});

test("what is a manager's own flag or command tells that it is about other packages, in front of what is handed on", () => {
  const delegating = ["npm test --workspace a", "pnpm -C a test", "yarn --cwd=a test", "npm -ws test -- -- x"];
  expect(delegating.filter((line) => !read(line).some(delegates))).toEqual([]);
  const own = ["npm run a--filter", "npm test -- --filter -- x", "pnpm run -w1", "node -r x", "npm test --filters"];
  expect(own.filter((line) => read(line).some(delegates))).toEqual([]);
});

test("tools that fail below a coverage are known by their flags", () => {
  const limited = (line: string): readonly boolean[] => read(line).map(({ coverageLimit }) => coverageLimit);
  expect(["c8 --100 ava", "nyc --reporter x --check-coverage ava", "c8 --per-file npx ava"].flatMap(limited)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["c8 ava", "c8 --1000 ava", "c8 x--100 ava", "c8 ava --100", "npx --100 ava", "ava"].flatMap(limited)).toEqual(
    Array(6).fill(false),
  );
  expect(limited("c8 --100 npx ava")).toEqual([true]);
});

test("variables in front of a program are told from its words", () => {
  expect(read("A= B_1=x=y ava c=d")).toMatchObject([{ program: "ava", args: ["c=d"], env: { A: "", B_1: "x=y" } }]);
  expect(read("A='x\ny' ava")).toMatchObject([{ env: { A: "x\ny" } }]);
  expect(shown("1a=b ava")).toEqual(["1a=b ava"]);
});

test("a program is known by its name, whatever folder, version and ending it is written with", () => {
  const names = (line: string): readonly string[] => read(line).map(({ program }) => program);
  expect(
    ["npx ava@", "jest.cmd", "a/eslint.exe", "@x/y", "npx @x/y@1", "node_modules/@scope/tool/dist/cli.js"].map(names),
  ).toEqual([["ava"], ["jest"], ["eslint"], ["y"], ["y"], ["tool"]]);
  expect(names("node node_modules/tool/mainly.js")).toEqual(["mainly"]);
  expect(names("node node_modules/tool/xcli.js")).toEqual(["xcli"]);
  expect(shown("node --test node_modules/tool/cli.js")).toEqual(["node --test node_modules/tool/cli.js"]);
  expect(shown("yarn run ava run a")).toEqual(["ava run a"]);
});

const sideBySide = {
  "test:unit": "node --test",
  "test:types": "tsc --noEmit",
  "test:types:strict": "tsc --strict",
  lint: "eslint .",
};

test("what concurrently runs side by side is read line by line", () => {
  const scripts = ["tsc --noEmit", "tsc --strict"];
  expect(shown('concurrently "npm:test:types*" "npm run lint -- --fix" \'mocha -R dot && ava\'', sideBySide)).toEqual([
    ...scripts,
    "eslint . --fix",
    "mocha -R dot",
    "ava",
  ]);
  expect(shown('conc "pnpm:test:types" "yarn:lint" bun:test:unit', sideBySide)).toEqual([
    "tsc --noEmit",
    "eslint .",
    "node --test",
  ]);
  expect(isPlain('concurrently "npm:test:*"', sideBySide)).toBe(true);
  expect(isPlain('concurrently "npm:test:*" "a | b"', sideBySide)).toBe(false);
  expect(read('A=1 B=1 concurrently "B=2 npm:lint" "B=2 ava"').map(({ env }) => env)).toMatchObject([
    { A: "1", B: "2" },
    { A: "1", B: "2" },
  ]);
});

test("what concurrently shows of its lines, and how, is none of them", () => {
  const lines = [
    "concurrently -r -g --timings --no-color --kill-others-on-fail npm:lint",
    "concurrently -n a,b -c red --prefix name npm:lint -l 3",
    "concurrently --names=a,b --prefix-colors=red npm:lint",
  ];
  expect(lines.filter((line) => shown(line, sideBySide).join() !== "eslint .")).toEqual([]);
});

test("concurrently that ends some of its lines, heeds only some or has none is a program like any other", () => {
  for (const line of [
    "concurrently -k npm:lint",
    "concurrently --success first npm:lint",
    "concurrently npm:none*",
    "concurrently",
  ]) {
    expect([shown(line, sideBySide), isPlain(line, sideBySide)]).toEqual([[line], true]);
  }
});

test("a script that concurrently calls from within itself is not known", () => {
  expect(isPlain('concurrently "npm:scr*"')).toBe(false);
});

test("a script that concurrently calls and that is not there is not known", () => {
  expect(isPlain('concurrently "npm:none"', sideBySide)).toBe(false);
});

test("what a task runner does in a package that is alone is what the scripts of that name do", () => {
  const readAlone = (line: string, others: Readonly<Record<string, string>>): ReturnType<typeof readScript> =>
    readScript({ ...manifestOf({ script: line, ...others }), isAlone: true }, "script");
  const shownAlone = (line: string, others: Readonly<Record<string, string>>): readonly string[] | undefined =>
    readAlone(line, others)?.invocations.map(({ program, args }) => [program, ...args].join(" "));
  const others = { unit: "A=1 vitest run", it: "mocha it" };
  expect(shownAlone("turbo run unit it", others)).toEqual(["vitest run", "mocha it"]);
  expect(shownAlone("turbo run unit -- --bail", others)).toEqual(["vitest run --bail"]);
  expect(readAlone("B=2 nx unit", others)).toMatchObject({ plain: true, invocations: [{ env: { A: "1", B: "2" } }] });
  expect(shownAlone("cd web && turbo run unit", others)).toEqual(["turbo run unit"]);
  expect(shown("turbo run unit it", others)).toEqual(["turbo run unit it"]);
  // Whose task that is says the task runner's configuration.
  expect(readAlone("turbo run script", {})).toMatchObject({ plain: true, invocations: [{ program: "turbo" }] });
  expect(shownAlone("npm run unit", { unit: "turbo run it unit", it: "mocha" })).toEqual(["turbo run it unit"]);
});
