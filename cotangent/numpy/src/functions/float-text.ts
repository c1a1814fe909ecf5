// Numbers as NumPy writes them.

/** Which trailing zeros are left out: none ("k"), all ("."), all but one ("0"), with the point as well ("-"). */
export type Trim = "k" | "." | "0" | "-";

export interface FloatFormat {
  /** Digits after the point at most; as many as it takes, unless given. */
  readonly precision?: number | null;
  /** As few digits as tell the number from its neighbours; else exactly as many as the precision says. */
  readonly unique?: boolean;
  /** Whether the precision counts digits after the point, or all digits. */
  readonly fractional?: boolean;
  readonly trim?: Trim;
  /** With a sign also if positive. */
  readonly sign?: boolean;
  /** Characters before the point at least, filled with spaces. */
  readonly pad_left?: number | null;
  readonly pad_right?: number | null;
  /** Digits after the point at least. */
  readonly min_digits?: number | null;
  /** Digits of the exponent at least. */
  readonly exp_digits?: number | null;
}

/** Decimal digits, of which the first has the value 10^exponent. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** The shortest digits that tell a number from its neighbours of the same precision. */
function shortest(size: number, isSingle: boolean): Decimal {
  if (!isSingle) return parsed(size.toExponential());
  for (let precision = 1; precision < 9; precision++) {
    const text = size.toExponential(precision - 1);
    if (Math.fround(Number(text)) === size) return parsed(text);
  }
  return parsed(size.toExponential(8));
}

function parsed(text: string): Decimal {
  const [mantissa = "0", exponent = "0"] = text.split("e");
  return { digits: mantissa.replace(".", ""), exponent: Number(exponent) };
}

/** The digits of a number, all of them: floats are finite decimal fractions. */
function exact(size: number): Decimal {
  let [numerator, scale] = [size, 0];
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    scale++;
  }
  // x = n / 2^s = n · 5^s / 10^s
  const digits = (BigInt(numerator) * 5n ** BigInt(scale)).toString();
  return { digits, exponent: digits.length - 1 - scale };
}

/** Rounded to as many digits, of which there may be none; halves to even. */
function rounded({ digits, exponent }: Decimal, length: number): Decimal {
  if (length >= digits.length) return { digits, exponent };
  if (length < 0) return { digits: "0", exponent: exponent - length + 1 };
  const rest = digits.slice(length);
  const head = BigInt(digits.slice(0, length) || "0");
  const isHalf = /^50*$/u.test(rest);
  const isUp = isHalf ? head % 2n === 1n : (rest[0] ?? "0") >= "5";
  const text = (isUp ? head + 1n : head).toString();
  // Nines that are carried over leave no zeros.
  const kept = isUp ? text.replace(/(?!^)0+$/u, "") : text;
  return { digits: kept, exponent: exponent + (text.length - length) };
}

/** The digits to write, at most and at least as many. Where more are wanted than it takes, those of the exact number. */
function chosen(size: number, isSingle: boolean, unique: boolean, most: number, least: number): Decimal {
  if (size === 0) return { digits: "0", exponent: 0 };
  const short = unique ? shortest(size, isSingle) : exact(size);
  const length = Math.max(Math.min(short.digits.length, most), unique ? least : -Infinity);
  return length === short.digits.length ? short : rounded(exact(size), length);
}

/** With a point, and no exponent. */
export function positional(x: number, isSingle: boolean, format: FloatFormat = {}): string {
  const { precision = null, unique = true, fractional = true, trim = "k", min_digits = null } = format;
  if (!Number.isFinite(x)) return notFinite(x, format);
  const size = Math.abs(x);
  // Digits before the point, which are none of those that are counted.
  const before = fractional && size !== 0 ? exact(size).exponent + 1 : 0;
  const most = before + (precision ?? Infinity);
  const { digits, exponent } = chosen(size, isSingle, unique, most, before + (min_digits ?? -Infinity));
  const whole = exponent >= 0 ? digits.slice(0, exponent + 1).padEnd(exponent + 1, "0") : "0";
  const after = exponent >= 0 ? digits.slice(exponent + 1) : "0".repeat(-exponent - 1) + digits;
  const wanted = ((unique ? min_digits : precision) ?? 0) - (fractional ? 0 : whole.length);
  return padded(signOf(x, format) + whole, trimmed(after, trim, wanted), format);
}

/** The point and the digits after it, with zeros for those that are wanted if none are left out. */
function trimmed(fraction: string, trim: Trim, wanted: number): string {
  if (trim === "k") return `.${fraction.padEnd(wanted, "0")}`;
  const all = fraction.replace(/0+$/u, "");
  if (all !== "") return `.${all}`;
  if (trim === "0") return ".0";
  return trim === "-" ? "" : ".";
}

/** With one digit before the point, and an exponent. */
export function scientific(x: number, isSingle: boolean, format: FloatFormat = {}): string {
  const { precision = null, unique = true, trim = "k", min_digits = null, exp_digits = null } = format;
  if (!Number.isFinite(x)) return notFinite(x, format);
  const most = 1 + (precision ?? Infinity);
  const { digits, exponent } = chosen(Math.abs(x), isSingle, unique, most, 1 + (min_digits ?? 0));
  const fraction = trimmed(digits.slice(1), trim, (unique ? min_digits : precision) ?? 0);
  const power = Math.abs(exponent)
    .toString()
    .padStart(Math.max(exp_digits ?? 2, 2), "0");
  const text = `${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
  return padded(signOf(x, format) + digits.slice(0, 1), text, { ...format, pad_right: null });
}

function signOf(x: number, { sign = false }: FloatFormat): string {
  return x < 0 || Object.is(x, -0) ? "-" : sign ? "+" : "";
}

function notFinite(x: number, format: FloatFormat): string {
  return Number.isNaN(x) ? "nan" : `${signOf(x, format)}inf`;
}

function padded(before: string, after: string, { pad_left = null, pad_right = null }: FloatFormat): string {
  return before.padStart(pad_left ?? before.length) + after.padEnd(pad_right === null ? 0 : pad_right + 1);
}
