import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import type { SessionEvent } from "./protocol.ts";
import type { PluginContainer, Project } from "./vitest-api.ts";
import { watchModules } from "./watch-modules.ts";

/** Resolves every name to itself but `missing`, and loads and transforms as plugins would. */
function container(name: string): PluginContainer {
  return {
    resolveId: (source) => Promise.resolve(source === "missing" ? null : { id: source }),
    load: (id) => Promise.resolve(`${name} loads ${id}`),
    transform: (code, id, ...rest) => Promise.resolve(`${name} transforms ${id}: ${code} ${rest.join(" ")}`),
  };
}

function projectWith(vite: Project["vite"]): Project {
  const config = {
    snapshotOptions: { updateSnapshot: "new" },
    isolate: true,
    globalSetup: [],
    setupFiles: [],
    snapshotSerializers: [],
  };
  const project: Project = {
    name: "",
    config,
    vite,
    provide: () => undefined,
    matchesTestGlob: () => true,
    getProvidedContext: () => ({}),
    createSpecification: () => ({ project }),
  };
  return project;
}

function watched(vite: Project["vite"]): { root: string; ownDir: string; heard: SessionEvent[] } {
  const root = temporaryFolder("assay-watch-");
  const ownDir = join(root, "own");
  mkdirSync(ownDir);
  writeFileSync(join(root, "package.json"), "{}");
  writeFileSync(join(ownDir, "part.js"), "our part");
  const heard: SessionEvent[] = [];
  const sources = { [join(root, "src/a.ts")]: "instrumented" };
  watchModules(
    projectWith(vite),
    { sources, insideFile: join(ownDir, "inside.js") },
    (event) => void heard.push(event),
  );
  return { root, ownDir, heard };
}

test("a changed file's instrumented text is served before plugins are asked, and that is told once", async () => {
  const plugins = container("vite");
  const { root, heard } = watched({ environments: { ssr: { pluginContainer: plugins } } });
  const file = join(root, "src/a.ts");
  const other = join(root, "src/b.ts");
  expect([await plugins.load(file), await plugins.load(`${file}?t=1`), await plugins.load(other)]).toEqual([
    { code: "instrumented", map: null },
    { code: "instrumented", map: null },
    `vite loads ${other}`,
  ]);
  expect(heard).toEqual([{ kind: "loaded", file }]);
});

test("a changed file that is imported as a text, an address or a worker, or a part of it, is left to plugins", async () => {
  const plugins = container("vite");
  const { root, heard } = watched({ environments: { ssr: { pluginContainer: plugins } } });
  const file = join(root, "src/a.ts");
  const ids = ["?raw", "?url", "?worker", "?sharedworker&x", "?t=1&raw", "?vue&type=style"].map(
    (query) => `${file}${query}`,
  );
  expect(await Promise.all(ids.map((id) => plugins.load(id)))).toEqual(ids.map((id) => `vite loads ${id}`));
  expect(heard).toEqual([]);
  expect(await plugins.load(`${file}?rawest`)).toEqual({ code: "instrumented", map: null });
});

test("what belongs to us is read from its folder, wherever that lies", async () => {
  const plugins = container("vite");
  const { ownDir, heard } = watched({ environments: { ssr: { pluginContainer: plugins } } });
  expect(await plugins.load(join(ownDir, "part.js"))).toEqual({ code: "our part", map: null });
  expect(await plugins.load(`${ownDir}-other/part.js`)).toBe(`vite loads ${ownDir}-other/part.js`);
  expect(heard).toEqual([]);
});

test("built output and code that starts processes are told of, and come from plugins as before", async () => {
  const plugins = container("vite");
  const { root, heard } = watched({ environments: { ssr: { pluginContainer: plugins } } });
  const built = join(root, "dist/a.js");
  const source = join(root, "src/b.ts");
  expect([
    await plugins.resolveId(built),
    await plugins.resolveId(source),
    await plugins.resolveId("missing"),
    await plugins.transform('import "node:child_process";', `${source}?v=1`, "given"),
    await plugins.transform("plain", built),
  ]).toEqual([
    { id: built },
    { id: source },
    null,
    `vite transforms ${source}?v=1: import "node:child_process"; given`,
    `vite transforms ${built}: plain `,
  ]);
  expect(heard).toEqual([
    { kind: "built", file: built },
    { kind: "starter", file: source },
  ]);
});

test("each environment is watched where there are any, and otherwise the only container", async () => {
  const [ssr, client, unused, only] = ["ssr", "client", "unused", "only"].map(container);
  if (!ssr || !client || !unused || !only) throw new Error("there are four");
  const environments = { ssr: { pluginContainer: ssr }, client: { pluginContainer: client } };
  const modern = watched({ environments, pluginContainer: unused });
  const file = join(modern.root, "src/a.ts");
  const served = { code: "instrumented", map: null };
  expect([await ssr.load(file), await client.load(file), await unused.load(file)]).toEqual([
    served,
    served,
    `unused loads ${file}`,
  ]);
  const old = watched({ pluginContainer: only });
  expect(await only.load(join(old.root, "src/a.ts"))).toEqual(served);
});
