import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { commandMentions, type CommandPlace } from "./command-mentions.ts";

const place: CommandPlace = {
  dir: repoPath("pkg"),
  line: 10,
  firm: true,
  firmNames: true,
  dirs: [],
  isDir: (path) => path === "pkg/sub" || path === "other",
};

/** What a command line names, with `!` where it can mean nothing but this repository. */
function named(text: string, at: Partial<CommandPlace> = {}): readonly string[] {
  return commandMentions(text, { ...place, ...at }).map(({ named: thing, firm }) => {
    const where = thing.kind === "path" ? thing.dirs.join() : "dir" in thing ? thing.dir : "";
    const of = thing.kind === "script" && thing.of !== undefined ? ` of ${thing.of}` : "";
    const name = thing.kind === "path" ? thing.path : thing.name;
    return `${thing.kind} ${name}${of}${where === "pkg" || where === "" ? "" : ` in ${where}`}${firm ? " !" : ""}`;
  });
}

test.each([
  ["npm run lint", ["script lint !"]],
  ["npm run-script lint", ["script lint !"]],
  ["npm test", ["script test !"]],
  ["npm t", ["script test !"]],
  ["npm tst", ["script test !"]],
  ["npm stop", ["script stop !"]],
  ["npm start", []],
  ["npm lint", []],
  ["npm install", []],
  ["npm --silent run lint", ["script lint !"]],
  ["npm run lint -- src/a.ts", ["script lint !", "path src/a.ts"]],
  ["npm run lint --if-present", []],
  ["npm run lint --help", []],
  ["npm run $NAME", []],
  ["npm run", []],
  ["npm run ./lint.sh", []],
  ["npm -w core run lint", ["package core !", "script lint of core !"]],
  ["npm run lint --workspace=core", ["package core !", "script lint of core !"]],
  ["npm run lint --workspace core", ["package core !", "script lint of core !"]],
  ["npm run lint --workspaces", []],
  ["npm run lint -ws", []],
  ["npm run lint --loglevel silent", ["script lint !"]],
  ["npm --prefix sub run lint", ["script lint in pkg/sub !"]],
  ["npm --prefix=sub run lint", ["script lint in pkg/sub !"]],
  ["npm -C sub run lint", ["script lint in pkg/sub !"]],
  ["npm --prefix $DIR run lint", []],
  ["npm exec vitest", ["tool vitest", "command vitest"]],
  ["npm -w core exec vitest", ["package core !", "tool vitest", "command vitest"]],
  ["pnpm lint", ["script lint !"]],
  ["pnpm lint:all", ["script lint:all !"]],
  ["pnpm deploy-it", ["script deploy-it"]],
  ["pnpm deploy-it src/a.ts", ["script deploy-it", "path src/a.ts"]],
  ["pnpm install", []],
  ["pnpm", []],
  ["pnpm --version", []],
  ["pnpm -r lint", []],
  ["pnpm --recursive lint", []],
  ["pnpm -w lint", ["script lint !"]],
  ["pnpm --dir sub lint", ["script lint in pkg/sub !"]],
  ["pnpm --filter core lint", ["package core !", "script lint of core !"]],
  ["pnpm -F @acme/core lint", ["package @acme/core !", "script lint of @acme/core !"]],
  ["pnpm --filter core... lint", []],
  ["pnpm --filter '@acme/*' lint", []],
  ["pnpm --filter '[main]' lint", []],
  ["pnpm dlx run-it a/b", ["tool run-it", "path a/b"]],
  ["yarn lint", ["script lint !"]],
  ["yarn workspace core lint", ["package core !", "script lint of core !"]],
  ["yarn workspace core run lint", ["package core !", "script lint of core !"]],
  ["yarn workspace core", ["package core !"]],
  ["yarn workspace", []],
  ["yarn workspaces run lint", []],
  ["yarn --cwd sub lint", ["script lint in pkg/sub !"]],
  ["bun run lint", ["script lint !"]],
  ["bun run build.ts", ["path build.ts !"]],
  ["bun build.ts", ["path build.ts !"]],
  ["bun test src/a.test.ts", ["path src/a.test.ts !"]],
  ["bun build src/a.ts", ["path src/a.ts !"]],
  ["bun lint", ["script lint !"]],
  ["bun x vitest", ["tool vitest", "command vitest"]],
])("the package manager's %j", (text, expected) => {
  expect(named(text)).toEqual(expected);
});

test.each([
  ["npx vitest run src/a.test.ts", ["tool vitest", "command vitest run src/a.test.ts", "path src/a.test.ts !"]],
  ["npx tsc -p tsconfig.json", ["tool typescript", "command tsc -p tsconfig.json"]],
  ["npx --yes vitest", ["tool vitest", "command vitest"]],
  ["npx", []],
  ["npx $TOOL", []],
  ["eslint src/", ["command eslint src/"]],
  ["eslint ./src", ["command eslint ./src", "path ./src"]],
  ["eslint --config=lint/rules.js", ["command eslint --config=lint/rules.js", "path lint/rules.js !"]],
  ["eslint -o out/report.json src/a.ts", ["command eslint -o out/report.json src/a.ts", "path src/a.ts !"]],
  ["eslint --output-file=out/a.json", ["command eslint --output-file=out/a.json"]],
  ["make all", ["target all !"]],
  ["gmake all", ["target all !"]],
  ["make -C sub all", ["target all in pkg/sub !"]],
  ["make -j4 all docs", ["target all !", "target docs !"]],
  ["make -f other.mk all", []],
  ["make CC=gcc all", ["target all !"]],
  ["just build now", ["target build"]],
  ["task build", ["target build"]],
  ["just --list", []],
  ["just", []],
  ["run-s lint test", ["script lint !", "script test !"]],
  ["run-p lint", ["script lint !"]],
  ["npm-run-all2 lint", ["script lint !"]],
  ["concurrently 'npm:lint' 'make all'", ["script lint !", "target all !"]],
  ["mkdir -p src/new", []],
  ["rm src/a.ts", []],
  ["git add src/a.ts", []],
  ["cp src/a.ts src/b.ts", ["path src/a.ts"]],
  ["mv src/a.ts src/b.ts lib", ["path src/a.ts", "path src/b.ts"]],
  ["./run.sh --since 3 src/a.ts", ["path ./run.sh !", "path src/a.ts"]],
  ["tools/run.mjs", ["path tools/run.mjs !"]],
  ["../run", ["path ../run !"]],
  ["report --since=3 src/a.ts", ["option report --since", "path src/a.ts"]],
  ["report --s -x ---y --a_b", ["option report --a_b"]],
  ["cat https://x.dev/a.ts /etc/a.ts ~/a.ts node_modules/x/a.js", []],
  ["cat src/*.ts <path>/a.ts src/$A.ts", []],
])("a program's %j", (text, expected) => {
  expect(named(text)).toEqual(expected);
});

test.each([
  ["node build.mjs", ["path build.mjs !"]],
  ["node build", []],
  ["node -e 'x.js'", []],
  ["node -p 1 a.js", []],
  ["node --eval 1 a.js", []],
  ["node --import ./hooks.js build.mjs", ["path ./hooks.js !", "path build.mjs !"]],
  ["node -r ./hooks.js build.mjs", ["path ./hooks.js !", "path build.mjs !"]],
  ["node --env-file .env build.mjs", ["path build.mjs !"]],
  ["node --watch build.mjs src/a.ts", ["path build.mjs !", "path src/a.ts"]],
  ["node build.mjs --since 3", ["path build.mjs !", "option build.mjs --since"]],
  ["node --run lint", ["script lint !"]],
  ["node --test src/a.test.ts", ["path src/a.test.ts !"]],
  ["node --test", []],
  ["tsx build.ts", ["path build.ts !"]],
  ["deno run build.ts", ["path build.ts !"]],
  ["deno test a.test.ts", ["path a.test.ts !"]],
  ["deno task build", []],
  ["bash scripts/run.sh", ["path scripts/run.sh !"]],
  ["sh -c 'run.sh'", []],
  ["source env.sh", []],
  ["python3 -m http.server", []],
  ["python tools/run.py", ["path tools/run.py !"]],
])("an interpreter's %j", (text, expected) => {
  expect(named(text)).toEqual(expected);
});

test("what stands before a program is no part of it", () => {
  for (const before of [
    "$ ",
    "% ",
    "sudo ",
    "time ",
    "CI=1 ",
    "env A=b ",
    "nice -n 5 ",
    "nice ",
    "if ! ",
    "then ",
    "exec ",
  ])
    expect([before, named(`${before}make all`)]).toEqual([before, ["target all !"]]);
});

test("a folder that is entered is where the next command runs", () => {
  expect(named("cd sub && npm run lint")).toEqual(["script lint in pkg/sub !"]);
  expect(named("cd .. && npm run lint")).toEqual(["script lint !"]);
  expect(named("pushd sub\nnpm run lint")).toEqual(["script lint in pkg/sub !"]);
  expect(named("cd ../other\ncd ../pkg/sub\nnpm run lint")).toEqual(["script lint in pkg/sub !"]);
  expect(named("(cd sub && npm run lint); npm test")).toEqual(["script lint in pkg/sub !", "script test !"]);
  expect(named("cd $DIR && npm run lint")).toEqual([]);
  expect(named("cd\nnpm run lint")).toEqual([]);
});

test("a folder that is not there is named, and what runs in it is unknown", () => {
  expect(named("cd gone && npm run lint")).toEqual(["path gone"]);
  expect(commandMentions("cd gone", place).map(({ text, line }) => [text, line])).toEqual([["cd gone", 10]]);
});

test("a block about a project of the reader's says nothing of this one", () => {
  for (const text of [
    "git clone x",
    "npm create vite",
    "pnpm init",
    "npx create-app",
    "bunx create-app",
    "degit a/b",
    "mkdir app",
    "ssh host",
  ])
    expect([text, named(`${text}\nnpm run lint`)]).toEqual([text, []]);
});

test("where a line stands, and how certain a place is, goes with what is named", () => {
  const mentions = commandMentions("npm run lint\n\nmake all", place);
  expect(mentions.map(({ text, line }) => [text, line])).toEqual([
    ["npm run lint", 10],
    ["make all", 12],
  ]);
  expect(named("npm run lint\nmake all\n./run.sh", { firm: false })).toEqual([
    "script lint",
    "target all",
    "path ./run.sh",
  ]);
  expect(named("node build.mjs\nnode tools/build.mjs", { firmNames: false })).toEqual([
    "path build.mjs",
    "path tools/build.mjs !",
  ]);
  expect(named("node build.mjs", { dirs: [repoPath("docs")] })).toEqual(["path build.mjs in pkg,docs !"]);
});
