import * as v from "valibot";
import type { Envelope } from "./envelope.ts";
import { envelopeSchema } from "./envelope-schema.ts";

/**
 * Reads an envelope from outside.
 *
 * @throws ValiError when it is not one.
 */
export function readEnvelope(value: unknown): Envelope {
  return v.parse(envelopeSchema, value);
}
