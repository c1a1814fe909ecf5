import { testLogicInProduction } from "../../src/checks/test-logic-in-production.ts";
import { testCases } from "./test-cases.ts";

testCases("test-logic", () => [testLogicInProduction]);
