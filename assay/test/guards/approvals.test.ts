import { approvalInChange } from "../../src/checks/approval-in-change.ts";
import { loosenedCompiler } from "../../src/checks/loosened-compiler.ts";
import { testCases } from "./test-cases.ts";

testCases("approvals", () => [approvalInChange, loosenedCompiler]);
