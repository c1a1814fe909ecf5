// What a program that reads assay's answers can import.
export type {
  Envelope,
  EnvelopeCheck,
  EnvelopeError,
  EnvelopeResult,
  EnvelopeScope,
  EnvelopeSummary,
  NextAction,
} from "./report/envelope.ts";
export { readEnvelope } from "./report/read-envelope.ts";
