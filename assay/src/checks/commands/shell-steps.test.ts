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
