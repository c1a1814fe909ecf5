import { hardCodedAnswer } from "../../src/checks/hard-coded-answer.ts";
import { testCases } from "./test-cases.ts";

testCases("hard-coded-answer", () => [hardCodedAnswer]);
