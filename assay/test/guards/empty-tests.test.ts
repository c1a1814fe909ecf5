import { assertionFreeTest } from "../../src/checks/assertion-free-test.ts";
import { mockedSubject } from "../../src/checks/mocked-subject.ts";
import { skippedTest } from "../../src/checks/skipped-test.ts";
import { swallowedAssertion } from "../../src/checks/swallowed-assertion.ts";
import { unawaitedAssertion } from "../../src/checks/unawaited-assertion.ts";
import { vacuousAssertion } from "../../src/checks/vacuous-assertion.ts";
import { testCases } from "./test-cases.ts";

testCases("empty-tests", () => [
  assertionFreeTest,
  mockedSubject,
  skippedTest,
  swallowedAssertion,
  unawaitedAssertion,
  vacuousAssertion,
]);
