// What tells, without reading it, that a text may drop an error.

/** Is there anything in a text that could drop one? */
export function maySwallow(text: string): boolean {
  return /\bcatch\b|\b(?:unhandledRejection|uncaughtException)\b/.test(text);
}
