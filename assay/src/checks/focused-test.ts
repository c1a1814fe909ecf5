import type { SyntaxCheck } from "../model/check.ts";
import { titleOf, optionOf } from "./test-code/test-arguments.ts";
import { testCalls, type TestCall } from "./test-code/test-calls.ts";

/**
 * Flags `test.only(…)` and its siblings: `it.only`, `describe.only`, `fit`, `fdescribe`, `{ only: true }`.
 *
 * A focused test silences every other test in its file, so the run stays green while checking almost nothing.
 *
 * Not seen: focus that is worked out when the tests run (`{ only: isLocal }`), and filters given to the runner.
 */
export const focusedTest: SyntaxCheck = {
  id: "focused-test",
  kind: "syntax",
  summary: "A focused test hides the rest of its file",
  in: ["loop", "gate"],
  appliesTo: (file) =>
    file.role !== "declaration" && /only|\bf(?:it|test|describe|context|specify|suite)\b/.test(file.text),

  *inspect(file) {
    for (const call of testCalls(file)) {
      const focus = focusOf(call);
      if (focus === undefined) continue;
      const message = `\`${focus}\` runs alone and hides the other tests; take the focus off`;
      yield { at: call.node, message, fingerprint: `${focus}\n${titleOf(file, call)}` };
    }
  },
};

function focusOf(call: TestCall): string | undefined {
  if (call.name.startsWith("f")) return call.name;
  if (call.modifiers.some(({ name }) => name === "only")) return `${call.name}.only`;
  return optionOf(call, "only") ? "{ only: true }" : undefined;
}
