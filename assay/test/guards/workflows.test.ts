import { loosenedWorkflow } from "../../src/checks/loosened-workflow.ts";
import { testCases } from "./test-cases.ts";

testCases("workflows", () => [loosenedWorkflow]);
