import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import { contextOf } from "../change/change-of-texts.ts";
import { manifestSides } from "./manifest-sides.ts";
import { calledScripts, innerLines, isModule, isOnlyShown } from "./script-calls.ts";

const scripts = { test: "", "test:unit": "", "test:e2e": "", lint: "", start: "" };
const written = {
  "package.json": JSON.stringify({ name: "root", scripts }),
  "packages/a/package.json": JSON.stringify({ name: "@acme/a", scripts: { test: "", lint: "", "test:unit": "" } }),
  "packages/b/package.json": JSON.stringify({ name: "b", scripts: { test: "", run: "" } }),
};

/** `FOLDER SCRIPT ARGUMENTS`; a word in quotes may have blanks. */
async function calls(line: string, from = ""): Promise<readonly string[] | undefined> {
  const { head } = manifestSides(await contextOf({ base: written, head: written }));
  const words = [...line.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
  return calledScripts(words, head, from === "" ? rootDir : repoPath(from))?.map(({ dir, script, extra }) =>
    [dir === "" ? "." : dir, script, ...extra].join(" "),
  );
}

test.each<[string, readonly string[]]>([
  ["npm test", [". test"]],
  ["npm t", [". test"]],
  ["npm tst", [". test"]],
  ["npm start", [". start"]],
  ["npm run lint", [". lint"]],
  ["npm run-script lint", [". lint"]],
  ["npm rum lint", [". lint"]],
  ["npm run nothing", []],
  ["npm run lint --fix", [". lint"]],
  ["npm run lint -- --fix", [". lint --fix"]],
  ["npm run lint -- -w b -- c", [". lint -w b -- c"]],
  ["npm run lint-w", []],
  ["pnpm --silent lint", [". lint"]],
  ["pnpm lint --fix", [". lint --fix"]],
  ["pnpm lint -- --fix", [". lint --fix"]],
  ["yarn run lint --if-present --fix", [". lint --fix"]],
  ["bun run test --bail", [". test --bail"]],
  ["node --run lint", [". lint"]],
  ["npx run-s lint test", [". lint", ". test"]],
  ["bunx run-p lint", [". lint"]],
  ["npm-run-all lint test:*", [". lint", ". test:unit", ". test:e2e"]],
  ["run-s -c test:**", [". test:unit", ". test:e2e"]],
  ["run-s '{lint}'", [". lint"]],
  ["run-s 'test:{unit,e2e}' lint", [". test:unit", ". test:e2e", ". lint"]],
  ["run-p '{test,lint}{,:unit}'", [". test", ". lint", ". test:unit"]],
  ["run-s '*:unit'", [". test:unit"]],
  ["run-s '*'", [". test", ". lint", ". start"]],
  ["run-s '**'", [". test", ". test:unit", ". test:e2e", ". lint", ". start"]],
  ["run-s 't*.t'", []],
  ["run-s 'lin'", []],
  ["run-s 'lint --fix'", [". lint"]],
  ["yarn run /^test:/", [". test:unit", ". test:e2e"]],
  ["pnpm run /^test:.*/", [". test:unit", ". test:e2e"]],
  ["pnpm run '/^(lint|start)$/'", [". lint", ". start"]],
  ["pnpm run /int/", [". lint"]],
  ["pnpm run '/(lint/'", []],
  ["pnpm run a/lint/", []],
  ["npm test --workspace b", ["packages/b test"]],
  ["npm test --workspace=@acme/a", ["packages/a test"]],
  ["npm test -w packages/b", ["packages/b test"]],
  ["npm test -w ./packages/b/", ["packages/b test"]],
  ["npm test --workspaces", ["packages/a test", "packages/b test"]],
  ["npm test -ws", ["packages/a test", "packages/b test"]],
  ["npm --prefix packages/a run lint", ["packages/a lint"]],
  ["pnpm -r lint", ["packages/a lint"]],
  ["pnpm -r test", ["packages/a test", "packages/b test"]],
  ["pnpm recursive run test", ["packages/a test", "packages/b test"]],
  ["pnpm multi test", ["packages/a test", "packages/b test"]],
  ["pnpm --filter b test", ["packages/b test"]],
  ["pnpm -F @acme/a lint", ["packages/a lint"]],
  ["pnpm --filter-prod b test", ["packages/b test"]],
  ["pnpm --workspace-root lint", [". lint"]],
  ["pnpm --workspace-concurrency=1 -r lint", ["packages/a lint"]],
  ["pnpm --filter b... test", ["packages/b test"]],
  ["pnpm --filter ...b test", ["packages/b test"]],
  ["pnpm --filter './packages/*' test", ["packages/a test", "packages/b test"]],
  ["pnpm --filter !b test", ["packages/a test"]],
  ["pnpm --filter elsewhere test", ["packages/a test", "packages/b test"]],
  ["pnpm -C packages/b test", ["packages/b test"]],
  ["yarn workspace b test", ["packages/b test"]],
  ["yarn workspace b run test --bail", ["packages/b test --bail"]],
  ["yarn workspaces run test", ["packages/a test", "packages/b test"]],
  ["yarn workspaces foreach -A run test", ["packages/a test", "packages/b test"]],
  ["yarn workspaces foreach --all test", ["packages/a test", "packages/b test"]],
  ["bun --filter b test:unit", []],
  ["turbo run test", ["packages/a test", "packages/b test"]],
  ["turbo test lint", ["packages/a test", "packages/a lint", "packages/b test"]],
  ["turbo run test --filter=b", ["packages/b test"]],
  ["turbo run test --filter b", ["packages/b test"]],
  ["turbo run test --filter=b[HEAD^1]", ["packages/b test"]],
  ["turbo run test --filter=!b", ["packages/a test"]],
  ["turbo run b#test", ["packages/a test", "packages/b test"]],
  ["nx run-many -t test,lint", ["packages/a test", "packages/a lint", "packages/b test"]],
  ["nx run-many --target=test --projects=b", ["packages/b test"]],
  ["nx run-many --targets test -p b", ["packages/b test"]],
  ["nx run-many -t test --project b", ["packages/b test"]],
  ["nx run-many -t test --project=b --parallel=2", ["packages/b test"]],
  ["nx affected -t test --exclude=b", ["packages/a test"]],
  ["nx affected -t test --exclude b,@acme/a", []],
  ["lerna run test --scope @acme/a", ["packages/a test"]],
  ["lerna run test --ignore @acme/a", ["packages/b test"]],
  ["pnpm turbo run test", ["packages/a test", "packages/b test"]],
  ["pnpm exec turbo run lint", ["packages/a lint"]],
])("%s calls %s", async (line, expected) => {
  expect(await calls(line)).toEqual(expected);
});

test.each([
  "vitest run",
  "npm install",
  "npm exec eslint",
  "bun test",
  "bun install",
  "yarn eslint",
  "pnpm -r exec eslint",
  "pnpm --filter b dlx eslint",
  "pnpm -r install",
  "node build.mjs",
  "make test",
])("%s calls no script", async (line) => {
  expect(await calls(line)).toBeUndefined();
});

test("a place is found from the folder of the call", async () => {
  expect(await calls("npm --prefix ../b test", "packages/a")).toEqual(["packages/b test"]);
  expect(await calls("pnpm --filter '../*' test", "packages/a")).toEqual(["packages/a test", "packages/b test"]);
  expect(await calls("npm run lint", "packages/a")).toEqual(["packages/a lint"]);
});

test.each([
  ["turbo run test --dry", true],
  ["turbo run test --dry-run=json", true],
  ["nx run-many -t test --graph", true],
  ["nx test --drying", false],
  ["npm publish --dry-run", false],
])("%s only shows: %s", (line, expected) => {
  expect(isOnlyShown(line.split(" "))).toBe(expected);
});

test.each([
  ["check.ts", true],
  ["check.mts", true],
  ["view.tsx", true],
  ["check.tsbuildinfo", false],
  ["lint", false],
])("%s is a file that bun runs by itself: %s", (word, expected) => {
  expect(isModule(word)).toBe(expected);
});

const files: Readonly<Record<string, string>> = {
  "ci.sh": "tsc\n",
  "strict.sh": "#!/usr/bin/env sh -e\ntsc\n",
  "./ci": "#!/bin/bash\ntsc\n",
  "scripts/ci": "#!/bin/sh\ntsc\n",
  "./strict": "#!/bin/bash -ue\ntsc\n",
  "./lenient": "#!/bin/bash\n# no longer #!/bin/sh -e\ntsc\n",
  "./ci.fish": "#!/usr/bin/fish\ntsc\n",
  "./ci.shjs": "#!/usr/bin/env shjs\ntsc\n",
  "./ci.js": "#!/usr/bin/env node\n// not #!/bin/sh\ntsc\n",
  "ci-c": "tsc\n",
  "a-o": "tsc\n",
  vitest: "#!/bin/sh\ntsc\n",
  "./ci.mjs": "#!/usr/bin/env node\ntsc\n",
};

/** Each line, with a mark where it ends at the first failure. */
function lines(words: readonly string[]): readonly string[] | undefined {
  const found = innerLines(words, (path) => files[path]);
  return found?.map(({ line, stopsAtFailure }) => `${stopsAtFailure ? "-e " : ""}${line}`);
}

test.each<[readonly string[], readonly string[]]>([
  [["sh", "-c", "tsc; ava"], ["tsc; ava"]],
  [["bash", "-ec", "tsc"], ["-e tsc"]],
  [["zsh", "-e", "-c", "tsc"], ["-e tsc"]],
  [["npx", "sh", "-c", "tsc"], ["tsc"]],
  [["bunx", "sh", "-c", "tsc"], ["tsc"]],
  [["sh", "-ce", "tsc"], ["-e tsc"]],
  [["sh", "-c", "vitest; tsc"], ["vitest; tsc"]],
  [["bash", "-eo", "pipefail", "ci.sh"], ["-e tsc\n"]],
  [["bash", "--noprofile", "ci.sh"], ["tsc\n"]],
  [["sh", "-x", "a-o", "ci.sh"], ["tsc\n"]],
  [["sh", "-ox", "ci.sh"], ["tsc\n"]],
  [["sh", "ci-c"], ["tsc\n"]],
  [["scripts/ci"], ["#!/bin/sh\ntsc\n"]],
  [["./strict"], ["-e #!/bin/bash -ue\ntsc\n"]],
  [["./lenient"], ["#!/bin/bash\n# no longer #!/bin/sh -e\ntsc\n"]],
  [["sh", "ci.sh"], ["tsc\n"]],
  [["sh", "-e", "ci.sh"], ["-e tsc\n"]],
  [["bash", "strict.sh"], ["-e #!/usr/bin/env sh -e\ntsc\n"]],
  [["ci.sh"], ["tsc\n"]],
  [["./ci"], ["#!/bin/bash\ntsc\n"]],
  [["eval", "tsc", "&&", "ava"], ["tsc && ava"]],
  [["cross-env-shell", "A=1", "tsc"], ["A=1 tsc"]],
  [
    ["concurrently", "tsc", "npm:lint", "node:test", "-n", "a,b", "--kill-others"],
    ["tsc", "npm run lint", "node --run test"],
  ],
  [
    ["concurrently", "npm:test:*", "eslint src/*.ts", "-c", "blue,red"],
    ["npm run test:**", "eslint src/*.ts"],
  ],
  [["conc", "-s", "first", "pnpm:lint"], ["pnpm run lint || true"]],
  [["concurrently", "--success=last", "tsc"], ["tsc || true"]],
  [["concurrently", "--success", "all", "tsc"], ["tsc"]],
  [["concurrently", "--success=all", "tsc"], ["tsc"]],
])("%j runs %j", (words, expected) => {
  expect(lines(words)).toEqual(expected);
});

test.each([
  ["./ci.mjs"],
  ["./ci.fish"],
  ["./ci.shjs"],
  ["./ci.js"],
  ["shellcheck", "ci.sh"],
  ["./missing"],
  ["sh", "missing.sh"],
  ["vitest"],
  ["sh"],
])("%s %s runs no shell", (...words) => {
  expect(lines(words.filter((word) => typeof word === "string"))).toBeUndefined();
});
