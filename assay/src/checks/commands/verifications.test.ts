import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { rootDir } from "../../model/paths.ts";
import { manifestSides } from "./manifest-sides.ts";
import { amountOfLine } from "./verifications.ts";

const files = {
  "package.json": JSON.stringify({
    name: "root",
    scripts: {
      lint: "eslint .",
      test: "vitest run",
      check: "run-p lint test",
      pretest: "tsc --noEmit",
      all: "pnpm -r unit",
    },
  }),
  "packages/a/package.json": JSON.stringify({ name: "a", scripts: { unit: "ava" } }),
  "scripts/check.sh": "#!/bin/sh -e\nnpm run lint\n",
  "scripts/idle.mjs": "process.exit(0);\n",
};

async function programsOf(line: string, written: Readonly<Record<string, string>> = files): Promise<readonly string[]> {
  const { head } = manifestSides(await contextOf({ base: written, head: written }));
  const { verifications, strangers } = amountOfLine(line, { side: head, dir: rootDir, stopsAtFailure: false });
  return [
    ...verifications.map(({ program, args }) => [program, ...args].join(" ")),
    ...strangers.map((name) => `? ${name}`),
  ];
}

test.each([
  ["npm run lint", ["eslint ."]],
  ["npm test", ["tsc --noEmit", "vitest run"]],
  ["npm test -- --reporter dot", ["tsc --noEmit", "vitest run --reporter dot"]],
  ["yarn test --coverage", ["tsc --noEmit", "vitest run --coverage"]],
  ["npm run check", ["eslint .", "tsc --noEmit", "vitest run"]],
  ["pnpm all", ["ava"]],
  ["npm run unit -w a", ["ava"]],
  ["turbo run unit", ["ava"]],
  ["nyc npm run lint", ["eslint ."]],
  ["cross-env CI=1 npm run lint", ["eslint ."]],
  ["sh scripts/check.sh", ["eslint ."]],
  ["sh -c 'npm run lint && ava'", ["eslint .", "ava"]],
  ["concurrently npm:lint 'ava'", ["eslint .", "ava"]],
  ["pnpm bnt", ["bnt"]],
  ["npx nx e2e shop", ["nx e2e shop"]],
  ["pnpm install", []],
  ["echo vitest run", []],
  ["vitest --version", []],
  ["prettier --write .", []],
  ["node scripts/idle.mjs", []],
  ["make check", ["? make"]],
])("%s", async (line, expected) => {
  expect(await programsOf(line)).toEqual(expected);
});

test("a task of the workspace that a package starts again is written out once", async () => {
  const written = {
    "package.json": JSON.stringify({ name: "root", scripts: { lint: "nx run-many -t lint" } }),
    "packages/a/package.json": JSON.stringify({ name: "a", scripts: { lint: "eslint .", types: "nx lint" } }),
    "packages/b/package.json": JSON.stringify({ name: "b", scripts: { lint: "pnpm exec nx lint && knip" } }),
    "packages/c/package.json": JSON.stringify({ name: "c", scripts: { lint: "nx lint" } }),
  };
  expect(await programsOf("nx run-many -t lint", written)).toEqual(["eslint .", "knip"]);
  // Beside each other it is another call each time.
  expect(await programsOf("npm run lint && npm run types -w a", written)).toEqual([
    "eslint .",
    "knip",
    "eslint .",
    "knip",
  ]);
});

test("tasks that start each other in turn come to an end", async () => {
  const written = {
    "package.json": JSON.stringify({ name: "root" }),
    "packages/a/package.json": JSON.stringify({ name: "a", scripts: { lint: "nx types && eslint ." } }),
    "packages/b/package.json": JSON.stringify({ name: "b", scripts: { types: "nx lint && tsc" } }),
  };
  expect(await programsOf("nx lint", written)).toEqual(["tsc", "eslint ."]);
});

test.each([
  [8, ["eslint ."]],
  [9, []],
])("the last of %i scripts that call each other", async (count, expected) => {
  const scripts: Record<string, string> = { [`s${count}`]: "eslint ." };
  for (let index = 1; index < count; index += 1) scripts[`s${index}`] = `npm run s${index + 1}`;
  expect(await programsOf("npm run s1", { "package.json": JSON.stringify({ name: "root", scripts }) })).toEqual(
    expected,
  );
});
