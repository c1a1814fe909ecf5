// Configuration in JSON that people comment on. Apart from `json-texts.ts`, which does without a parser of its own.
import { parse, type ParseError } from "jsonc-parser";
import { isObject, type JsonObject } from "../../tools/output/json-output.ts";

/** An object in JSON with comments, and with a comma at the end of what it lists; undefined where it is anything else. */
export function objectWithComments(text: string | undefined): JsonObject | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text?.replace(/^\uFEFF/u, "") ?? "", errors, { allowTrailingComma: true });
  return errors.length === 0 && isObject(value) ? value : undefined;
}
