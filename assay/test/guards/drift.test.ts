import { repeatedCommand } from "../../src/checks/repeated-command.ts";
import { staleInstruction } from "../../src/checks/stale-instruction.ts";
import { testCases } from "./test-cases.ts";

testCases("drift", () => [repeatedCommand, staleInstruction]);
