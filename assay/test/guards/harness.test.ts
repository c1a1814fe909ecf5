import { loosenedHarness } from "../../src/checks/loosened-harness.ts";
import { testCases } from "./test-cases.ts";

testCases("harness", () => [loosenedHarness]);
