import type { Sighting, SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction } from "../source/functions.ts";
import type { Node } from "../source/walk.ts";
import { assertionsOf, isCount } from "./assertions/assertions.ts";
import { bindingsOf } from "./syntax/bindings.ts";
import { certainFault, type CertainFault } from "./assertions/certain-claims.ts";
import { claimOf, type Claim } from "./assertions/claims.ts";
import { claimOwnCopies } from "./assertions/own-copies.ts";
import { claimMocksAlone } from "./assertions/mocks-alone.ts";
import { isSmokeTest } from "./assertions/smoke-tests.ts";
import { comesOfTold, mayReplace, toldIn } from "./assertions/told-answers.ts";
import { testsOf, type Test } from "./test-code/test-functions.ts";
import { isWeak } from "./assertions/weak-claims.ts";

const messages: { readonly [K in CertainFault]: string } = {
  literal: "this assertion compares literals and can't fail; assert what the code answers",
  constant: "this assertion compares constants of the test and can't fail; assert what the code answers",
  same: "this assertion compares a value with itself and can't fail; write down the value that is expected",
  "same call":
    "this assertion compares two answers of the same call, right or wrong; write down the value that is expected",
  "fits everything": "this assertion holds for every answer; assert which answer is expected",
  "no matcher": "`expect` without a matcher asserts nothing; say what is expected of the value",
  "not called": "a matcher that isn't called asserts nothing; call it",
};
/** What means nothing among other assertions: preconditions, and that an answer stays the same. */
const isHarmless: ReadonlySet<CertainFault> = new Set(["constant", "same call"]);
const weakMessage = "this test asserts only that there is an answer, which a wrong one is too; assert which one";
const answeredMessage =
  "this assertion is on what the test itself told the method to answer; let the code answer, or mock what it calls";
const copyMessage =
  "this test calls only what its own file declares, and the program never runs; import the code that is tested";
const mocksMessage =
  "this test calls its own mock and asserts what it told the mock to do; give the mock to the code that is tested";

/**
 * Flags assertions that can't fail: constants compared with each other, a value compared with itself, `expect` without a
 * matcher, patterns that fit everything, tests of nothing but the presence of an answer or of a mock of their own.
 *
 * They look like a test in every report and every review, and no fault of the code makes them red.
 *
 * Not seen: values that are the same for reasons outside of the file; expected values that were computed by a copy of the code.
 */
export const vacuousAssertion: SyntaxCheck = {
  id: "vacuous-assertion",
  kind: "syntax",
  summary: "An assertion can't fail",
  in: ["loop", "gate"],
  appliesTo: ({ role, path }) => role !== "declaration" && !/[.-](?:test|spec)-d\./.test(path),

  *inspect(file) {
    // Tests of matchers assert on constants.
    if (!/\b(?:it|test|specify)\b/.test(file.text) || /\bexpect\.extend\(/.test(file.text)) return;
    for (const test of testsOf(file)) yield* inTest(file, test);
  },
};

function* inTest(file: SourceFile, test: Test): Generator<Sighting> {
  if (!test.run) return;
  const assertions = assertionsOf(file).in(test.run);
  const claims = assertions.flatMap((assertion) => claimOf(assertion) ?? []);
  const certain = claims.map((claim) => ({ claim, fault: certainFault(file, test, claim) }));
  const others = assertions.some((assertion) => assertion.kind === "other");
  // What a test makes sure of before it begins may be constant, as long as it goes on.
  const isAlone = !others && certain.every(({ fault }) => fault !== undefined);
  for (const { claim, fault } of certain) {
    if (fault === undefined || (isHarmless.has(fault) && !isAlone)) continue;
    // Where assertions are counted, each of them says that the test has come by.
    if (fault === "literal" && (assertions.some(isCount) || isSmokeTest(file, test))) continue;
    const { node } = claim.assertion;
    const text = file.text.slice(node.start, node.end).replaceAll(/\s+/g, "");
    yield { at: node, message: messages[fault], fingerprint: `${fault}\n${text}` };
  }
  const told = mayReplace(file) ? toldIn(file, test.run) : [];
  for (const { claim, fault } of certain) {
    if (fault !== undefined || !claim.subject || !comesOfTold(file, claim.subject, told)) continue;
    const { node } = claim.assertion;
    yield {
      at: node,
      message: answeredMessage,
      fingerprint: `answered\n${file.text.slice(node.start, node.end).replaceAll(/\s+/g, "")}`,
    };
  }
  const uncertain = certain.filter(({ fault }) => fault === undefined).map(({ claim }) => claim);
  const whole = others || uncertain.length === 0 ? undefined : wholeFault(file, test, uncertain);
  if (whole !== undefined) yield { at: test.call.node, message: whole, fingerprint: `${whole}\n${test.title}` };
}

function wholeFault(file: SourceFile, test: Test, claims: readonly Claim[]): string | undefined {
  const { run } = test;
  if (!run) return undefined;
  const onlyPasses = claims.every(
    (claim) => claim.matcher === "pass" && functionAround(file, claim.assertion.node) === run,
  );
  // Where a test can't be made, one stands in for it.
  if (onlyPasses && !test.call.conditional && !isSmokeTest(file, test)) return messages["fits everything"];
  if (claimMocksAlone(file, run, claims)) return mocksMessage;
  if (claimOwnCopies(file, run, claims)) return copyMessage;
  return claims.every((claim) => isWeak(file, test, claim)) ? weakMessage : undefined;
}

function functionAround(file: SourceFile, node: Node): Node | undefined {
  const bindings = bindingsOf(file);
  for (let at = bindings.parentOf(node); at; at = bindings.parentOf(at)) if (isFunction(at)) return at;
  return undefined;
}
