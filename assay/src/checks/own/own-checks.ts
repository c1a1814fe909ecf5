// The checks that a repository states for itself.
import type { Check } from "../../model/check.ts";
import type { Config } from "../../model/config.ts";
import { toParityCheck } from "./own-parity.ts";
import { toRatioCheck } from "./own-ratio.ts";
import { toCheck } from "./project-check.ts";

export function toOwnChecks({ checks, parities, ratios }: Config): readonly Check[] {
  return [...checks.map(toCheck), ...parities.map(toParityCheck), ...ratios.map(toRatioCheck)];
}
