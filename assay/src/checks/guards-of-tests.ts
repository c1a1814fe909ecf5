// The guards of tests, which are loaded together.
import { assertionFreeTest } from "./assertion-free-test.ts";
import { focusedTest } from "./focused-test.ts";
import { loosenedAssertion } from "./loosened-assertion.ts";
import { mockedSubject } from "./mocked-subject.ts";
import { patchedRunner } from "./patched-runner.ts";
import { relaxedTest } from "./relaxed-test.ts";
import { removedTest } from "./removed-test.ts";
import { rewrittenSnapshot } from "./rewritten-snapshot.ts";
import { skippedTest } from "./skipped-test.ts";
import { swallowedAssertion } from "./swallowed-assertion.ts";
import { unawaitedAssertion } from "./unawaited-assertion.ts";
import { unreachedTest } from "./unreached-test.ts";
import { vacuousAssertion } from "./vacuous-assertion.ts";

export const guardsOfTests = {
  assertionFreeTest,
  focusedTest,
  loosenedAssertion,
  mockedSubject,
  patchedRunner,
  relaxedTest,
  removedTest,
  rewrittenSnapshot,
  skippedTest,
  swallowedAssertion,
  unawaitedAssertion,
  unreachedTest,
  vacuousAssertion,
};
