// What tells, without reading it, that a text may drop an error.

const signs = ["catch", "unhandledRejection", "uncaughtException", "allSettled", "finally", "then("];

/** Is there anything in a text that could drop one? */
export function maySwallow(text: string): boolean {
  return signs.some((sign) => text.includes(sign));
}
