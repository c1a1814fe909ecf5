// What only reads runs nothing of the repository, whatever the repository would like to be run.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptFolder, keptRepository } from "./kept-repository.ts";
import { assay } from "./repository.ts";

/** A repository with a trap in every place that some tool would run. Each leaves this file. */
function trappedRepository(trace: string): ReturnType<typeof keptRepository> {
  const module = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(trace)}, "");\nexport default {};\n`;
  const common = `require("node:fs").writeFileSync(${JSON.stringify(trace)}, "");\nmodule.exports = {};\n`;
  const touch = `touch ${trace}`;
  const modules = [
    "eslint.config.js",
    "vitest.config.ts",
    "vite.config.ts",
    "prettier.config.js",
    "oxlint.config.ts",
    "ava.config.js",
    "commitlint.config.js",
    "playwright.config.ts",
  ];
  const scripts = ["preinstall", "prepare", "test", "lint", "types", "build", "format", "pretest"];
  const repository = keptRepository(
    {
      ...Object.fromEntries(modules.map((path) => [path, module])),
      ...Object.fromEntries(
        ["jest.config.cjs", ".mocharc.cjs", ".eslintrc.cjs", "babel.config.cjs"].map((path) => [path, common]),
      ),
      "package.json": JSON.stringify({
        name: "trapped",
        type: "module",
        scripts: Object.fromEntries(scripts.map((name) => [name, touch])),
        devDependencies: { vitest: "4", eslint: "10", prettier: "3", jest: "30", mocha: "11", ava: "6", oxlint: "1" },
      }),
      "assay.toml": `[[check]]\nid = "own"\ncommand = ["sh", "-c", "${touch}"]\n`,
      "src/a.ts": "export const a = 1;\n",
      "src/a.test.ts": module,
    },
    { tools: false },
  );
  for (const name of ["vitest", "eslint", "prettier", "jest", "mocha", "ava", "oxlint", "typescript"]) {
    const root = join(repository.root, "node_modules", name);
    mkdirSync(root, { recursive: true });
    writeFileSync(
      join(root, "package.json"),
      JSON.stringify({ name, version: "4.1.12", main: "index.cjs", bin: "index.cjs" }),
    );
    writeFileSync(join(root, "index.cjs"), common, { mode: 0o755 });
  }
  const hooks = join(repository.root, ".git/hooks");
  mkdirSync(hooks, { recursive: true });
  for (const name of [
    "pre-commit",
    "post-index-change",
    "post-checkout",
    "fsmonitor-watchman",
    "reference-transaction",
  ])
    writeFileSync(join(hooks, name), `#!/bin/sh\n${touch}\n`, { mode: 0o755 });
  repository.write({ "src/a.ts": "export const a = 2;\n", ".gitattributes": "*.ts filter=trap diff=trap\n" });
  const settings = [
    ["core.fsmonitor", join(hooks, "fsmonitor-watchman")],
    ["core.pager", touch],
    ["core.editor", touch],
    ["core.sshCommand", touch],
    ["credential.helper", `!${touch}`],
    ["diff.external", touch],
    ["diff.trap.textconv", touch],
    ["filter.trap.clean", touch],
    ["filter.trap.smudge", touch],
    ["filter.trap.process", touch],
    ["alias.status", `!${touch}`],
  ];
  for (const [key = "", value = ""] of settings) repository.git("config", key, value);
  return repository;
}

const readers = [
  ["scope"],
  ["plan"],
  ["doctor"],
  ["explain", "suppression"],
  ["explain", "own"],
  ["loop", "--only", "guards"],
  ["gate", "--only", "guards"],
];

test.concurrent.each(readers)("assay %s %s %s runs nothing of the repository", async (...words) => {
  const trace = join(keptFolder(), "trace");
  const repository = trappedRepository(trace);
  const [command = ""] = words;
  const base = command === "explain" || command === "doctor" ? [] : ["--base", "main"];
  const { exitCode, envelope } = await assay(repository, ...words.filter((word) => word !== undefined), ...base);
  expect([envelope.error, existsSync(trace)]).toEqual([null, false]);
  expect(exitCode).not.toBe(2);
});

test.concurrent("the traps work: a command that runs the repository's tools springs one", async () => {
  const trace = join(keptFolder(), "trace");
  await assay(trappedRepository(trace), "loop", "--base", "main");
  expect(existsSync(trace)).toBe(true);
});
