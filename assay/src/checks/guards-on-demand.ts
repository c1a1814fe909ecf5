// Guards that most changes have nothing for: their code is loaded for a change that has. A test holds each row against its
// guard.
import type { ChangeCheck, ChangeContext } from "../model/check.ts";
import { maySwallow } from "./errors/error-signs.ts";
import { overChange, type Guard } from "./run-guards.ts";
import { mayConcernTests } from "./test-code/test-signs.ts";

interface Row extends Pick<ChangeCheck, "id" | "summary"> {
  /** May the guard have something to say of the change? */
  readonly isFor: (context: ChangeContext) => boolean;
  readonly load: () => Promise<Guard>;
}

const hasTests = ({ pairs }: ChangeContext): boolean => pairs.some(mayConcernTests);
const isGreenfield = ({ workspace }: ChangeContext): boolean => workspace.config.greenfield;

const table: readonly Row[] = [
  {
    id: "assertion-free-test",
    summary: "A test asserts nothing",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.assertionFreeTest,
  },
  {
    id: "compatibility-shim",
    summary: "Something old is kept beside what replaces it, and there are no users yet",
    isFor: isGreenfield,
    load: async () => (await import("./compatibility-shim.ts")).compatibilityShim,
  },
  {
    id: "dead-export",
    summary: "The change took the last import of an export away and left the export",
    isFor: isGreenfield,
    load: async () => (await import("./dead-export.ts")).deadExport,
  },
  {
    id: "focused-test",
    summary: "A focused test hides the rest of its file",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.focusedTest,
  },
  {
    id: "loosened-assertion",
    summary: "An assertion accepts more than it did",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.loosenedAssertion,
  },
  {
    id: "mocked-subject",
    summary: "A test mocks what it is to test",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.mockedSubject,
  },
  {
    id: "patched-runner",
    summary: "The test runner or its assertions are patched",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.patchedRunner,
  },
  {
    id: "relaxed-test",
    summary: "A test may be tried again, or take longer, than before",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.relaxedTest,
  },
  {
    id: "removed-test",
    summary: "A test or an assertion was deleted, and what it verified is still there",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.removedTest,
  },
  {
    id: "rewritten-snapshot",
    summary: "A snapshot pins nothing any more, and its test stays",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.rewrittenSnapshot,
  },
  {
    id: "skipped-test",
    summary: "A test is left out, or passes when it fails",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.skippedTest,
  },
  {
    id: "swallowed-assertion",
    summary: "An assertion is swallowed or never reached",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.swallowedAssertion,
  },
  {
    id: "swallowed-error",
    summary: "An error that came through is dropped now",
    isFor: ({ pairs }) => pairs.some(({ headText = "" }) => maySwallow(headText)),
    load: async () => (await import("./swallowed-error.ts")).swallowedError,
  },
  {
    id: "unawaited-assertion",
    summary: "A test ends before its assertion is made",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.unawaitedAssertion,
  },
  {
    id: "unreached-test",
    summary: "A test is still there, and the runner does not come to it any more",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.unreachedTest,
  },
  {
    id: "vacuous-assertion",
    summary: "An assertion can't fail",
    isFor: hasTests,
    load: async () => (await import("./guards-of-tests.ts")).guardsOfTests.vacuousAssertion,
  },
];

export const guardsOnDemand: readonly (ChangeCheck & Pick<Row, "isFor">)[] = table.map(
  ({ id, summary, isFor, load }) => ({
    id,
    kind: "change",
    summary,
    in: ["loop", "gate"],
    isFor,
    inspect: async (context) => (isFor(context) ? overChange(await load()).inspect(context) : []),
  }),
);
