import { expect, test } from "vitest";
import { shellSteps } from "./shell-steps.ts";

/** Each command with why nobody would notice its failure. */
function check(line: string, expected: readonly string[], stopsAtFailure = false): void {
  test(`${JSON.stringify(line)}${stopsAtFailure ? " with -e" : ""}`, () => {
    const steps = shellSteps(line, stopsAtFailure);
    expect(
      steps.map(({ words, weakness }) => [words.join(" "), ...(weakness ? [weakness.key] : [])].join(": ")),
    ).toEqual(expected);
  });
}

check("tsc && vitest run", ["tsc", "vitest run"]);
check("vitest run || true", ["vitest run: failure ignored", "true"]);
check("(vitest run) || :", ["vitest run: failure ignored", ":"]);
check("vitest run || exit 1", ["vitest run", "exit 1"]);
check("vitest run; exit 0", ["vitest run: failure ignored"]);
check("vitest run; exit 0", ["vitest run"], true);
check("set +e\nvitest run\necho done", ["set +e: failure ignored", "vitest run: failure ignored", "echo done"], true);
check("true || vitest run", ["true"]);
check("vitest run | tee log", ["vitest run: failure ignored", "tee log"]);
check("! vitest run", ["vitest run: negated"]);
check("timeout 60 vitest run", ["vitest run"]);
check("true # vitest run", ["true"]);
check("vitest run -t '# 1'", ["vitest run -t # 1"]);
check("vitest run & wait", ["vitest run: failure ignored", "wait"]);
check("npm test -- ${{ matrix.args }}", ["npm test -- $EXPRESSION"]);

check("vitest run || true; tsc", ["vitest run: failure ignored", "true", "tsc"], true);
check("vitest run || echo failed; exit 1", ["vitest run", "echo failed", "exit 1"], true);
check("vitest run || { echo failed; exit 1; }", ["vitest run", "echo failed: failure ignored", "exit 1"]);
check("vitest run || { echo failed; exit 1; }\ntsc", ["vitest run", "echo failed", "exit 1", "tsc"], true);
check("vitest run || (echo failed; exit 1)", ["vitest run", "echo failed: failure ignored", "exit 1"]);
check("vitest run || (echo failed; exit 1); tsc", ["vitest run", "echo failed", "exit 1", "tsc"], true);
check("vitest run || { echo failed; }; tsc", ["vitest run: failure ignored", "echo failed", "tsc"], true);
check("vitest run || exit 1; tsc", ["vitest run", "exit 1: failure ignored", "tsc"]);
check("vitest run || true\ntsc", ["vitest run: failure ignored", "true", "tsc"], true);
check("vitest run || node -e 'process.exit(1)'", ["vitest run", "node -e process.exit(1)"]);
check("vitest run || node -e '0'", ["vitest run: failure ignored", "node -e 0"]);
check("vitest run || node --version", ["vitest run: failure ignored", "node --version"]);
check("vitest run || node report.mjs", ["vitest run", "node report.mjs"]);
check("vitest run || exit 0", ["vitest run: failure ignored", "exit 0"]);
check("vitest run || exit", ["vitest run", "exit"]);
check("vitest run || return 1", ["vitest run", "return 1"]);
check("vitest run || npm run report", ["vitest run", "npm run report"]);
check("tsc && vitest run || true", ["tsc: failure ignored", "vitest run: failure ignored", "true"]);

check("vitest run |& tee log", ["vitest run: failure ignored", "tee log"]);
check("vitest run | tap-spec", ["vitest run", "tap-spec"]);
check("cat list | xargs eslint", ["cat list", "xargs eslint"]);
check("vitest run; tsc", ["vitest run: failure ignored", "tsc"]);
check("vitest run; tsc", ["vitest run", "tsc"], true);
check("vitest run\ntsc", ["vitest run: failure ignored", "tsc"]);
check("vitest run;", ["vitest run"]);
check("tsc && vitest run; echo done", ["tsc: failure ignored", "vitest run: failure ignored", "echo done"]);
check("for f in a b; do vitest run $f; done", ["for f in a b", "vitest run $f"]);
check("set -e; vitest run; tsc", ["set -e", "vitest run", "tsc"]);
check("set -euo pipefail\nvitest run\ntsc", ["set -euo pipefail", "vitest run", "tsc"]);
check("set -x\nvitest run\ntsc", ["set -x: failure ignored", "vitest run: failure ignored", "tsc"]);
check("trap 'exit 0' EXIT\nvitest run", ["trap exit 0 EXIT: failure ignored", "vitest run: failure ignored"], true);
check("trap cleanup EXIT\nvitest run", ["trap cleanup EXIT", "vitest run"], true);

check("if vitest run; then echo fine; fi", ["vitest run: failure ignored", "echo fine: conditional"], true);
check("if ! vitest run; then exit 1; fi", ["vitest run: negated", "exit 1: conditional"], true);
check("if vitest run; then echo fine; else exit 1; fi", ["vitest run", "echo fine: conditional", "exit 1"], true);
check(
  "if vitest run; then echo fine; else exit 0; fi",
  ["vitest run: failure ignored", "echo fine: conditional", "exit 0"],
  true,
);
check("while vitest run; do sleep 1; done", ["vitest run: failure ignored", "sleep 1"], true);
check("until vitest run; do sleep 1; done", ["vitest run: failure ignored", "sleep 1"], true);

check('[ -n "$CI" ] && vitest run', ["[ -n $CI ]", "vitest run: conditional"]);
check("[[ -d src ]] && vitest run", ["[[ -d src ]]", "vitest run: conditional"]);
check("test -d src && vitest run", ["test -d src", "vitest run: conditional"]);
check("false && vitest run", ["false", "vitest run: conditional"]);
check("is-ci || vitest run", ["is-ci", "vitest run: conditional"]);
check("command -v vitest || vitest run", ["-v vitest", "vitest run"]);
check("git diff --quiet || vitest run", ["git diff --quiet", "vitest run: conditional"]);
check("node --test || vitest run", ["node --test", "vitest run"]);
check("node is-ci.mjs || vitest run", ["node is-ci.mjs", "vitest run: conditional"]);
check("echo start && vitest run", ["echo start", "vitest run"]);

check(
  '[ -n "$AGENT" ] && exit 0\nvitest run',
  ["[ -n $AGENT ]", "exit 0: conditional", "vitest run: conditional"],
  true,
);
check(
  'if [ -n "$AGENT" ]; then exit 0; fi\nvitest run',
  ["[ -n $AGENT ]: failure ignored", "exit 0: conditional", "vitest run: conditional"],
  true,
);
check('[ -n "$CI" ] && exit 0\nvitest run', ["[ -n $CI ]", "exit 0: conditional", "vitest run"], true);
check("[ -d src ] && exit 0\nvitest run", ["[ -d src ]", "exit 0: conditional", "vitest run"], true);
check('[ -n "$AGENT" ] && exit 1\nvitest run', ["[ -n $AGENT ]", "exit 1: conditional", "vitest run"], true);

check("exit 0\nvitest run", []);
check("exit 1\nvitest run", ["exit 1", "vitest run"], true);
check("echo skipped; exit 0; vitest run", ["echo skipped: failure ignored"]);
check("(exit 0); vitest run", []);
check("tsc || exit 0; vitest run", ["tsc: failure ignored", "exit 0: failure ignored", "vitest run"]);
check("if true; then exit 0; fi; vitest run", ["true: failure ignored", "exit 0: conditional", "vitest run"]);
check("echo skipped || vitest run", ["echo skipped"]);
check(": || vitest run", [":"]);

check("timeout -s 9 60 vitest run", ["vitest run"]);
check("timeout --foreground 60 vitest run", ["vitest run"]);
check("nice -n 10 vitest run", ["vitest run"]);
check("xvfb-run -a vitest run", ["vitest run"]);
check("sudo nohup vitest run", ["vitest run"]);
check("time ! vitest run", ["vitest run: negated"]);

check('echo "a # b" # vitest run\ntsc', ["echo a # b", "tsc"], true);
check('vitest run # "first"\n# tsc\neslint .', ["vitest run", "eslint ."], true);
check("vitest run &# in the back", ["vitest run: failure ignored"]);
check("vitest run --shard=${{ matrix.a }}/${{ matrix.b }} \\\n  --reporter dot", [
  "vitest run --shard=$EXPRESSION/$EXPRESSION --reporter dot",
]);
check("echo '' # vitest run\ntsc #\nava", ["echo ", "tsc", "ava"], true);
check('echo "" # vitest run', ["echo "]);
check("# tsc\nava", ["ava"]);
check("vitest run || true; tsc || exit 1", ["vitest run: failure ignored", "true", "tsc", "exit 1"], true);
check("vitest run || true; tsc; exit 1", ["vitest run: failure ignored", "true", "tsc", "exit 1"], true);
check("vitest run || echo a && exit 1", ["vitest run", "echo a", "exit 1"]);
check("vitest run || trueish", ["vitest run", "trueish"]);
check("vitest run | catch", ["vitest run", "catch"]);
check("nodemon || vitest run", ["nodemon", "vitest run"]);
check("echoes || vitest run", ["echoes", "vitest run"]);
check("testing && vitest run", ["testing", "vitest run"]);
check("iffy; vitest run; tsc", ["iffy: failure ignored", "vitest run: failure ignored", "tsc"]);
check("npm run done-it; tsc", ["npm run done-it: failure ignored", "tsc"]);
check("tsc; npm run while", ["tsc: failure ignored", "npm run while"]);
check("retry vitest run", ["vitest run"]);
check(
  'if [ -n "$CIRCLE" ]; then exit 0; fi\nvitest run',
  ["[ -n $CIRCLE ]: failure ignored", "exit 0: conditional", "vitest run: conditional"],
  true,
);

check("set -ue\nvitest run\ntsc", ["set -ue", "vitest run", "tsc"]);
check("set -o errexit\nvitest run\ntsc", ["set -o errexit", "vitest run", "tsc"]);
check("set -o pipefail -e\nvitest run\ntsc", ["set -o pipefail -e", "vitest run", "tsc"]);
check(
  "set +o errexit\nvitest run\ntsc",
  ["set +o errexit: failure ignored", "vitest run: failure ignored", "tsc"],
  true,
);
check("set pre-e\nvitest run\ntsc", ["set pre-e", "vitest run", "tsc"], true);
check(
  "trap 'echo \"done: see log\"; true' EXIT\nvitest run",
  ['trap echo "done: see log"; true EXIT', "vitest run"],
  true,
);
check("echo 'a # b'", ["echo a # b"]);
check("echo '' # don't run tsc", ["echo "]);
check('echo "" # "tsc"', ["echo "]);
check("ionice -c 3 vitest run", ["vitest run"]);
check("xvfb-run -n 99 -s '-screen 0' vitest run", ["vitest run"]);
check("timeout --kill-after=5 -v 60 vitest run", ["vitest run"]);
check("vitest run gif test", ["vitest run gif test"]);
check(
  "test -d src || exit 1\nif vitest run; then echo fine; fi",
  ["test -d src", "exit 1: conditional", "vitest run: failure ignored", "echo fine: conditional"],
  true,
);

// What stands behind `||`, up to its end.
check("vitest run || { echo a; npm run report; }", ["vitest run", "echo a", "npm run report"], true);
check("vitest run || echo a && exit 1\ntsc", ["vitest run", "echo a", "exit 1", "tsc"], true);
check("vitest run || { echo a; echo b; exit 1; }", ["vitest run", "echo a", "echo b", "exit 1"], true);
check("vitest run || (echo a; echo b; exit 1)", ["vitest run", "echo a", "echo b", "exit 1"], true);
check("(tsc); vitest run || true; npm run x", ["tsc", "vitest run: failure ignored", "true", "npm run x"], true);
check("vitest run || echo a && echo b && exit 1", ["vitest run", "echo a", "echo b", "exit 1"]);
check("vitest run || node -e 'process.exitCode=1'", ["vitest run", "node -e process.exitCode=1"]);
check("vitest run || node -e 'process.exitCode = 1'", ["vitest run", "node -e process.exitCode = 1"]);
check("vitest run || node report-v.mjs", ["vitest run", "node report-v.mjs"]);
check("vitest run || node bump--version.mjs", ["vitest run", "node bump--version.mjs"]);
check("vitest run || echo failed; exit", ["vitest run: failure ignored", "echo failed"], true);
check("vitest run || { echo failed; exit $?; }", ["vitest run: failure ignored", "echo failed", "exit $?"], true);
check("vitest run || { exit; }", ["vitest run", "exit"]);
check(
  "vitest run || { code=$?; echo failed; exit $code; }",
  ["vitest run", "code=$?", "echo failed", "exit $code"],
  true,
);

// What is named like the shell's own.
check("tsc; wifi", ["tsc: failure ignored", "wifi"]);
check("tsc; fiddle", ["tsc: failure ignored", "fiddle"]);
check("vitest run | netcat", ["vitest run", "netcat"]);
check("vitest run | concat", ["vitest run", "concat"]);
check("echo a; npm run then", ["echo a: failure ignored", "npm run then"]);
check("tsc; thenify", ["tsc: failure ignored", "thenify"]);
check("legit || vitest run", ["legit", "vitest run"]);
check("untrue || vitest run", ["untrue", "vitest run"]);
check("echo wait for it; exit 0; vitest run", ["echo wait for it: failure ignored"]);
check("format; exit 0; vitest run", ["format: failure ignored"]);
check("testify && exit 0; vitest run", ["testify"], true);
check(
  '[ -n "$AGENT_CI" ] && exit 0\nvitest run',
  ["[ -n $AGENT_CI ]", "exit 0: conditional", "vitest run: conditional"],
  true,
);

// Where the shell ends.
check("exit\nvitest run", []);
check("vitest run\nexit\ntsc", ["vitest run"]);
check("vitest run\nexit $?", ["vitest run", "exit $?"]);
check("vitest run\nexit $code", ["vitest run: failure ignored", "exit $code"]);
check("exit 0\nif true; then vitest run; fi", []);
check("if true; then echo a; fi; exit 0; vitest run", ["true: failure ignored", "echo a: conditional"]);
check("for f in a; do echo $f; done; exit 0; vitest run", ["for f in a", "echo $f"]);
check("until false; do exit 0; done; vitest run", ["false: failure ignored", "exit 0", "vitest run"], true);
check("case $1 in a) exit 0;; esac; vitest run", ["case $1 in a", "exit 0", "esac", "vitest run"], true);

check("set -e +o errexit\nvitest run\ntsc", [
  "set -e +o errexit: failure ignored",
  "vitest run: failure ignored",
  "tsc",
]);
check("if true; then echo done; exit 0; fi; vitest run", [
  "true: failure ignored",
  "echo done: conditional",
  "exit 0",
  "vitest run",
]);
check("if true; then fiddle; exit 0; fi; vitest run", [
  "true: failure ignored",
  "fiddle: conditional",
  "exit 0",
  "vitest run",
]);
