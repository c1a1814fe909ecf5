import { unconventionalCommit } from "../../src/checks/unconventional-commit.ts";
import { testCases } from "./test-cases.ts";

testCases("commits", () => [unconventionalCommit]);
