import { forbiddenImport } from "../../src/checks/forbidden-import.ts";
import { scopeCycle } from "../../src/checks/scope-cycle.ts";
import { testCodeImport } from "../../src/checks/test-code-import.ts";
import { undeclaredDependency } from "../../src/checks/undeclared-dependency.ts";
import { testCases } from "./test-cases.ts";

testCases("boundaries", () => [forbiddenImport, scopeCycle, testCodeImport, undeclaredDependency]);
