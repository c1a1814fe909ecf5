import { rewrittenSnapshot } from "../../src/checks/rewritten-snapshot.ts";
import { testCases } from "./test-cases.ts";

testCases("rewritten-snapshot", () => [rewrittenSnapshot]);
