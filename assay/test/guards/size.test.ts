import { oversizedFile } from "../../src/checks/oversized-file.ts";
import { testCases } from "./test-cases.ts";

testCases("size", () => [oversizedFile]);
