import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, test } from "vitest";
import { configSchema } from "./config-schema.ts";
import { isRecord } from "./json.ts";

test("the schema prints as JSON Schema, with a description on every key of the top", () => {
  const printed: unknown = toJsonSchema(configSchema, { typeMode: "input", errorMode: "throw" });
  const properties: unknown = isRecord(printed) ? printed["properties"] : undefined;
  expect(isRecord(properties) && Object.keys(properties)).toEqual([
    "base",
    "project",
    "checks",
    "scope",
    "boundaries",
    "limits",
    "loop",
    "mutate",
    "check",
    "parity",
    "ratio",
  ]);
  for (const [key, property] of Object.entries(isRecord(properties) ? properties : {})) {
    expect([key, isRecord(property) && typeof property["description"]]).toEqual([key, "string"]);
  }
});

test("the printed schema knows no other keys and nothing that must be there", () => {
  const printed: unknown = toJsonSchema(configSchema, { typeMode: "input" });
  expect(isRecord(printed) && printed["additionalProperties"]).toBe(false);
  expect(isRecord(printed) && printed["required"]).toEqual([]);
});
