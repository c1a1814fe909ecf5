import { skippedTest } from "../../src/checks/skipped-test.ts";
import { unreachedTest } from "../../src/checks/unreached-test.ts";
import { testCases } from "./test-cases.ts";

testCases("unreached-test", () => [skippedTest, unreachedTest]);
