// A tool that is missing, broken, hangs or answers nonsense is no verdict, whichever it is.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { noVerdict, verdictOf } from "./fault-repository.ts";
import { keptRepository } from "./kept-repository.ts";
import { assay, type TestRepository } from "./repository.ts";

interface FakedTool {
  readonly name: string;
  readonly version: string;
  /** The check that needs it. */
  readonly check: string;
  /** Paths in the package that programs may be started at. */
  readonly programs: readonly string[];
  /** What the repository has because of it. */
  readonly files?: Readonly<Record<string, string>>;
  /** The script that uses it. */
  readonly script: string;
}

const tools: readonly FakedTool[] = [
  {
    name: "oxlint",
    version: "1.94.0",
    check: "lint",
    programs: ["bin/oxlint"],
    script: "oxlint",
    files: { ".oxlintrc.json": "{}\n" },
  },
  {
    name: "eslint",
    version: "10.15.0",
    check: "lint",
    programs: ["bin/eslint.js"],
    script: "eslint .",
    files: { "eslint.config.js": "export default [];\n" },
  },
  {
    name: "@biomejs/biome",
    version: "2.5.1",
    check: "lint",
    programs: ["bin/biome"],
    script: "biome check .",
    files: { "biome.json": "{}\n" },
  },
  {
    name: "prettier",
    version: "3.9.0",
    check: "format",
    programs: ["bin/prettier.cjs"],
    script: "prettier --check .",
    files: { ".prettierrc": "{}\n" },
  },
  {
    name: "oxfmt",
    version: "0.30.0",
    check: "format",
    programs: ["bin/oxfmt"],
    script: "oxfmt --check",
    files: { ".oxfmtrc.json": "{}\n" },
  },
  {
    name: "typescript",
    version: "5.9.3",
    check: "types",
    programs: ["bin/tsc", "lib/tsc.js"],
    script: "tsc --noEmit",
    files: { "tsconfig.json": '{ "compilerOptions": { "strict": true } }\n' },
  },
  { name: "jest", version: "30.5.2", check: "tests", programs: ["bin/jest.js"], script: "jest" },
  { name: "mocha", version: "11.7.5", check: "tests", programs: ["bin/mocha.js", "bin/_mocha"], script: "mocha" },
  { name: "ava", version: "6.4.1", check: "tests", programs: ["entrypoints/cli.mjs"], script: "ava" },
  { name: "vitest", version: "4.1.12", check: "tests", programs: ["vitest.mjs"], script: "vitest run" },
];

/** Programs, as CommonJS and as a module. */
const faults: Readonly<Record<string, string>> = {
  crashes: "throw new Error('broken');",
  "is no program": "this is not javascript",
  "is killed": "process.kill(process.pid, 'SIGKILL');",
  "ends with an exit code of nobody's": "process.exit(113);",
  "prints an envelope of ours and fails": `console.log('{"schema":"assay/1","ok":true,"exit_code":0}'); process.exit(70);`,
  "says that it has no such option": "console.error('error: unknown option'); process.exit(2);",
};

/** What says nothing and ends well: a compiler does that when all is well, and nothing else does. */
const silence = "process.exit(0);";

const cases = tools.flatMap((tool) => [
  ...Object.entries(faults).map(([fault, program]) => ({ tool, name: tool.name, fault, program })),
  ...(tool.check === "types" ? [] : [{ tool, name: tool.name, fault: "ends well without a word", program: silence }]),
]);

function repositoryWith(tool: FakedTool, program: string | null): TestRepository {
  const manifest = {
    name: "small",
    type: "module",
    scripts: { [tool.check]: tool.script, ...(tool.check === "tests" && { test: tool.script }) },
    devDependencies: { [tool.name]: tool.version },
  };
  const repository = keptRepository(
    {
      "package.json": `${JSON.stringify(manifest)}\n`,
      "src/sum.ts": "export const sum = 1;\n",
      "test/sum.test.js": 'import "../src/sum.ts";\n',
      ...tool.files,
    },
    { tools: false },
  );
  if (program !== null) {
    const root = join(repository.root, "node_modules", tool.name);
    for (const path of tool.programs) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), `#!/usr/bin/env node\n${program}\n`, { mode: 0o755 });
    }
    const bin = { [tool.script.split(" ")[0] ?? ""]: tool.programs[0] };
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: tool.name, version: tool.version, bin }));
  }
  repository.write({ "src/sum.ts": "export const sum = 2;\n" });
  return repository;
}

test.concurrent.each(cases)("$name that $fault is no verdict", async ({ tool, program }) => {
  const outcome = await assay(repositoryWith(tool, program), "gate", "--base", "main", "--only", tool.check);
  expect(verdictOf(outcome)).toEqual(noVerdict);
});

test.concurrent.each(tools)(
  "$name that is not installed is no verdict, and the answer says how to install",
  async (tool) => {
    const outcome = await assay(repositoryWith(tool, null), "gate", "--base", "main", "--only", tool.check);
    expect(verdictOf(outcome)).toEqual(noVerdict);
    expect(JSON.stringify(outcome.envelope)).toMatch(/npm (?:ci|install)/);
  },
);

test.concurrent.each(tools)("$name that hangs is put off when the budget is spent, and no pass", async (tool) => {
  const program = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
  const started = performance.now();
  const repository = repositoryWith(tool, program);
  const { exitCode, envelope } = await assay(
    repository,
    "loop",
    "--base",
    "main",
    "--only",
    tool.check,
    "--budget",
    "2",
  );
  const { checks, summary } = envelope.result;
  expect([checks.map(({ status }) => status), summary.passed]).toEqual([["deferred"], 0]);
  // Tests that did not finish have verified nothing; what else was put off is named as the next thing to do.
  expect(exitCode).toBe(tool.check === "tests" ? 2 : 0);
  expect(envelope.next_actions[0]?.command).toContain(tool.check);
  expect(performance.now() - started).toBeLessThan(20_000);
});
