import { loosenedTestRunner } from "../../src/checks/loosened-test-runner.ts";
import { testCases } from "./test-cases.ts";

testCases("test-runner", () => [loosenedTestRunner]);
