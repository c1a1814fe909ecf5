import { loosenedAssertion } from "../../src/checks/loosened-assertion.ts";
import { testCases } from "./test-cases.ts";

testCases("loosened-assertion", () => [loosenedAssertion]);
