import { removedTest } from "../../src/checks/removed-test.ts";
import { testCases } from "./test-cases.ts";

testCases("removed-test", () => [removedTest]);
