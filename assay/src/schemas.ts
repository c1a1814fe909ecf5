// The published JSON Schemas. The build writes each to `schema/NAME.json`.
import { toJsonSchema } from "@valibot/to-json-schema";
import { configSchema } from "./project/config-schema.ts";
import { envelopeSchema } from "./report/envelope-schema.ts";

const settings = { typeMode: "input", target: "draft-2020-12", errorMode: "ignore" } as const;

/** By file name. */
export const schemas = {
  envelope: { title: "What assay prints", ...toJsonSchema(envelopeSchema, settings) },
  "assay-toml": { title: "assay.toml", ...toJsonSchema(configSchema, settings) },
};
