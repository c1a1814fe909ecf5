import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import type { Memory } from "../model/process.ts";
import { mutate, project, typescript5, verdicts, type MutateOptions, type Project } from "./testing/project.ts";

/** A memory in which these files count as edited; what it holds has been through JSON. */
class Remembering implements Memory {
  outdated: ReadonlySet<string> = new Set();
  #kept: string | null = null;

  recall(): ReturnType<Memory["recall"]> {
    if (this.#kept === null) return undefined;
    return {
      value: JSON.parse(this.#kept) as unknown,
      isOutdated: (path) => this.outdated.has(path),
      seesOutdated: (path) => this.outdated.size > 0 && !this.outdated.has(path),
    };
  }

  keep(_name: string, value: unknown): void {
    this.#kept = JSON.stringify(value);
  }
}

const sources = {
  "src/a.ts": "export const isBig = (n: number) => n > 10;\nexport const isOdd = (n: number) => n % 2 === 1;\n",
  "src/near.test.ts": `import { expect, test } from "vitest";
import { isBig } from "./a.ts";
test("big", () => expect([isBig(10), isBig(11)]).toEqual([false, true]));
`,
  "src/other.test.ts": `import { expect, test } from "vitest";
import { isBig, isOdd } from "./a.ts";
test("odd", () => expect(isOdd(3)).toBeDefined());
test("any", () => void isBig(3));
`,
};

/** Cannot be started: whoever needs it has not remembered. */
const noWorkers: Pick<MutateOptions, "workers"> = {
  workers: {
    types: "",
    switchProgram: "",
    runners: {
      vitest: { main: "/nowhere.js", inside: "" },
      jest: { main: "", inside: "" },
      "node:test": { main: "", inside: "" },
    },
  },
};

interface Subject {
  readonly memory: Remembering;
  readonly built: Project;
  /** Writes a file; from now on it, and nothing else, counts as edited. */
  readonly edit: (path: string, text: string) => void;
}

function subject(files: Readonly<Record<string, string>> = sources): Subject {
  const memory = new Remembering();
  const built = project(files);
  return {
    memory,
    built,
    edit(path, text) {
      writeFileSync(join(built.root, path), text);
      memory.outdated = new Set([path]);
    },
  };
}

test("what was found out is said again, and no process is started for it", async () => {
  const { memory, built } = subject();
  const compilersOf = (): ReturnType<NonNullable<MutateOptions["compilersOf"]>> =>
    Promise.resolve([
      { path: repoPath("src/a.ts"), config: repoPath("tsconfig.json"), compilerDir: join(typescript5, "typescript") },
    ]);
  writeFileSync(
    join(built.root, "tsconfig.json"),
    '{ "compilerOptions": { "strict": true }, "include": ["src/a.ts"] }',
  );
  const first = await mutate(built, { memory, compilersOf });
  expect([first.errors, new Set(first.mutants.map(({ status }) => status))]).toEqual([
    [],
    new Set(["killed", "survived"]),
  ]);
  expect(await mutate(built, { memory, compilersOf, ...noWorkers })).toEqual(first);
});

test("a file that counts as edited is asked again", async () => {
  const { memory, built, edit } = subject();
  const first = await mutate(built, { memory });
  edit(
    "src/other.test.ts",
    `${sources["src/other.test.ts"]}test("even", () => expect([isOdd(2), isOdd(3)]).toEqual([false, true]));\n`,
  );
  const second = await mutate(built, { memory });
  const killedOf = (report: typeof first): number => report.mutants.filter(({ status }) => status === "killed").length;
  expect(killedOf(second)).toBeGreaterThan(killedOf(first));
});

test("what a file noticed before tests were added to it need not be tried again", async () => {
  const { memory, built, edit } = subject();
  await mutate(built, { memory });
  const tests = sources["src/near.test.ts"];
  const killersAfter = async (text: string): Promise<readonly (string | null | undefined)[]> => {
    edit("src/near.test.ts", text);
    const { mutants, errors } = await mutate(built, { memory });
    expect(errors).toEqual([]);
    return mutants.filter(({ mutant }) => mutant.line === 1).map(({ killedBy }) => killedBy?.test);
  };
  // It would be the first to notice, if it was asked.
  const bigger = 'test("bigger", () => expect([isBig(10), isBig(11)]).toEqual([false, true]));\n';
  expect(await killersAfter(tests.replace("test(", `${bigger}test(`))).toEqual(["big"]);
  expect(await killersAfter(`${bigger}${tests.replace("test(", "test.skip(")}`)).toEqual(["bigger"]);
});

test("a mutant that nobody kills any more is tried with files that were spared it", async () => {
  const { memory, built, edit } = subject();
  expect(verdicts(await mutate(built, { memory }))).toContain("n > 10 → n <= 10: killed");
  edit(
    "src/near.test.ts",
    'import { test } from "vitest";\nimport { isBig } from "./a.ts";\ntest("big", () => void isBig(3));\n',
  );
  const { mutants, errors } = await mutate(built, { memory });
  const survivor = mutants.find(({ mutant }) => mutant.replacement === "n <= 10");
  expect([errors, survivor?.status, survivor?.testsRun]).toEqual([[], "survived", 2]);
  expect(survivor?.nearest?.file).toBe("src/near.test.ts");
});

test("who was asked about fewer mutants is asked again, who was asked about more is not", async () => {
  const { memory, built } = subject();
  const second = { "src/a.ts": [{ start: 2, end: 2 }] };
  const only = await mutate(built, { memory, changed: second });
  expect((await mutate(built, { memory, ...noWorkers })).errors).not.toEqual([]);
  const all = await mutate(built, { memory });
  expect(await mutate(built, { memory, changed: second, ...noWorkers })).toEqual(only);
  expect(await mutate(built, { memory, ...noWorkers })).toEqual(all);
});

test("files that may not load a source need not have been asked about it", async () => {
  const { memory, built } = subject({
    ...sources,
    "src/b.ts": "export const isEmpty = (text: string) => text === '';\n",
  });
  const loads = new Map<RepoPath, ReadonlySet<RepoPath>>([
    [repoPath("src/near.test.ts"), new Set([repoPath("src/a.ts")])],
    [repoPath("src/other.test.ts"), new Set([repoPath("src/a.ts")])],
  ]);
  const line = [{ start: 1, end: 10 }];
  await mutate(built, { memory, loads, changed: { "src/a.ts": line } });
  const both = await mutate(built, { memory, loads, changed: { "src/a.ts": line, "src/b.ts": line }, ...noWorkers });
  expect([both.errors, verdicts(both)]).toEqual([
    [],
    expect.arrayContaining(["text === '' → text !== '': no-coverage"]),
  ]);
});

test("a failing file is asked again, and what others said of mutants stays", async () => {
  const { memory, built, edit } = subject();
  const good = await mutate(built, { memory });
  edit("src/near.test.ts", `${sources["src/near.test.ts"]}test("red", () => expect(1).toBe(2));\n`);
  expect((await mutate(built, { memory })).errors.map(({ code }) => code)).toEqual(["baseline-failed"]);
  edit("src/near.test.ts", sources["src/near.test.ts"]);
  expect(verdicts(await mutate(built, { memory }))).toEqual(verdicts(good));
});

test("tests as they were at the base are not remembered", async () => {
  const { memory, built } = subject();
  await mutate(built, { memory });
  const replay = { texts: { [join(built.root, "src/near.test.ts")]: "" }, only: null, isSample: false };
  expect((await mutate(built, { memory, replay, ...noWorkers })).errors).not.toEqual([]);
});

test("what is run in a browser as well is asked again", async () => {
  const provider = "{ name: 'preview', options: {}, serverFactory() {}, providerFactory() {} }";
  const inBrowser = `browser: { enabled: true, headless: true, provider: ${provider}, instances: [{ browser: "chromium" }] }`;
  const { built, memory } = subject({
    ...sources,
    "vitest.config.ts": `export default { test: { projects: [
  { test: { name: "unit", include: ["src/*.test.ts"] } },
  { test: { name: "page", include: ["src/near.test.ts"], ${inBrowser} } },
] } };
`,
  });
  const first = await mutate(built, { memory });
  const second = await mutate(built, { memory });
  const why =
    "No mutant can be tried in a browser or another runtime, which runs src/near.test.ts; what is noticed there of the change is not known: let a project of vitest that runs in Node have tests of it too";
  for (const { errors } of [first, second]) expect(errors.map(({ message }) => message)).toEqual([why]);
  expect(verdicts(second).length).toBeGreaterThan(0);
});

test("so is what a pool that is not vitest's own runs", async () => {
  const { built, memory } = subject({
    ...sources,
    "vitest.config.ts": `const poolRunner = { name: "workers", createPoolWorker() { throw new Error("not in Node"); } };
const configureVitest = ({ project }) => Object.assign(project.config, { pool: "workers", poolRunner });
export default { plugins: [{ name: "workers", configureVitest }] };
`,
  });
  const { errors } = await mutate(built, { memory });
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^No mutant can be tried in a browser or another runtime, which runs src\/\w+\.test\.ts and /,
    ),
  ]);
});

test("how often loops go round without a mutant is remembered", async () => {
  const testOf = (body: string): string =>
    `import { expect, test } from "vitest";\nimport { isMany } from "./a.ts";\ntest("many", () => ${body});\n`;
  const { memory, built, edit } = subject({
    "src/a.ts": `export function isMany(n: number) { let all = 0; for (let i = 0; i < n; i++) all += 1; return all > 1; }\n`,
    "src/long.test.ts": testOf("void isMany(150_000)"),
    "src/short.test.ts": testOf("expect([isMany(1), isMany(2)]).toEqual([false, true])"),
  });
  const statusOf = async (): Promise<string | undefined> =>
    (await mutate(built, { memory })).mutants.find(({ mutant }) => mutant.replacement === "all <= 1")?.status;
  expect(await statusOf()).toBe("killed");
  edit("src/short.test.ts", testOf("void isMany(1)"));
  expect(await statusOf()).toBe("survived");
});
