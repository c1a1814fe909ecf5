import { expect, test } from "vitest";
import { givesModule, importName, loadOf, memberName, moduleName, resultName } from "./loading-calls.ts";

test.each([
  ["require", "require createRequire() module.createRequire() process.mainModule.require module._load"],
  ["require", "module.Module._load rewire esmock jiti() jiti.createJiti() jiti().import import.meta.require"],
  ["resolve", "require.resolve module.createRequire().resolve import.meta.resolve"],
  ["mock", "mock.module test.mock.module vi.mock vitest.doMock jest.requireActual"],
  ["glob", "import.meta.glob require.context"],
  ["place", "Worker worker_threads.Worker readFile fs.readFileSync symlink fs.linkSync Bun.file"],
  ["place", "navigator.serviceWorker.register CSS.paintWorklet.addModule"],
  ["command", "spawn child_process.fork execa child_process.exec Deno.Command"],
  ["code", "eval Function runInThisContext vm.compileFunction vm.Script"],
])("%s: %s", (kind, names) => {
  for (const name of names.split(" ")) expect([name, loadOf(name)]).toEqual([name, { kind, skipped: 0 }]);
});

test.each([
  "a.require.main.require require.main.require.a xcreateRequire() createRequire().a",
  "a.module._load module._loads a.rewire rewire.a esmocks a.jiti() jiti().imports jiti",
  "a.require.resolve require.resolve.paths amock.module mock.modules",
  "workers Workers fs.cpus fs.links fs.addModules a.Bun.file Bun.files navigator.serviceWorker",
  "spawned a.forks a.child_process.exec child_process.execs child_process exec",
  "vm.runInContexts a.vm.Script vm.Scripts Script",
  "a.mock vi.mocks vi constructor toString",
])("nothing is loaded by %s", (names) => {
  for (const name of names.split(" ")) expect([name, loadOf(name)]).toEqual([name, undefined]);
});

test("what a function is called through takes an argument of its own", () => {
  expect(loadOf("require.call")).toEqual({ kind: "require", skipped: 1 });
  expect(loadOf("fs.readFile.apply")).toEqual({ kind: "place", skipped: 1 });
  expect(loadOf("a.call.readFile")).toEqual({ kind: "place", skipped: 0 });
});

test("names go back to a module or to a global, whichever way they are taken from it", () => {
  expect([memberName("fs", "readFile"), memberName("fs", "default")]).toEqual(["fs.readFile", "fs"]);
  expect(["globalThis", "global", "self", "window", "top"].map((object) => memberName(object, "eval"))).toEqual([
    "eval",
    "eval",
    "eval",
    "eval",
    "top.eval",
  ]);
  expect([moduleName("node:fs"), moduleName("a-node:fs")]).toEqual(["fs", "a-node:fs"]);
  expect(["*", "default", "cp"].map((imported) => importName("node:fs", imported))).toEqual(["fs", "fs", "fs.cp"]);
});

test("a call gives what its function makes, and a bound function is the function", () => {
  expect(["module.createRequire", "require.bind", "f.call", "f.apply", "f.caller"].map(resultName)).toEqual([
    "module.createRequire()",
    "require",
    "f()",
    "f()",
    "f.caller()",
  ]);
  expect(["require", "process.getBuiltinModule", "require.resolve"].map(givesModule)).toEqual([true, true, false]);
});
