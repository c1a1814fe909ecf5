import { createHash } from "node:crypto";

/** One digest of several strings; none can pass for the end of another. */
export function digest(parts: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest("hex");
}
