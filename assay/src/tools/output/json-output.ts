// Reads what tools print as data. The one place where their output is anything but `unknown`.

export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON value in what a tool printed, banners in front of it skipped; undefined when there is none. */
export function jsonIn(text: string, opening: "{" | "["): unknown {
  const lines = Array.from(text.matchAll(new RegExp(`^\\${opening}`, "gmu")), ({ index }) => index);
  const first = text.indexOf(opening);
  for (const start of first < 0 ? [] : [first, ...lines]) {
    try {
      const value: unknown = JSON.parse(text.slice(start));
      return value;
    } catch {
      // A bracket in a banner: the next candidate starts a line.
    }
  }
  return undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectsIn(value: unknown): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.every(isObject) ? value : undefined;
}

export function stringOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
