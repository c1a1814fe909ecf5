import { anyType } from "../../src/checks/any-type.ts";
import { nonNullAssertion } from "../../src/checks/non-null-assertion.ts";
import { unsafeCast } from "../../src/checks/unsafe-cast.ts";
import { testCases } from "./test-cases.ts";

testCases("types", () => [anyType, nonNullAssertion, unsafeCast]);
