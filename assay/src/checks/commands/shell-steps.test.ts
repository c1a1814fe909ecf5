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
