// Truth values packed into bytes.
import { DTypeError, showAval, type OptionNames, type Value } from "@cotangent/core";
import { asContiguous } from "../copies.ts";
import { kindOf } from "../dtype.ts";
import { allocate, numbersOf } from "../ndarray.ts";
import { asValue, concreteArray, type ArrayLike } from "./arguments.ts";
import { normalizeAxis, optionsOf } from "./axes.ts";
import { reshaped } from "./moving.ts";
import { moveaxis } from "./shaping.ts";

interface PackOptions {
  readonly axis?: number | null;
  /** Whether the first bit is the highest ("big") or the lowest. */
  readonly bitorder?: "big" | "little";
}

const packOptions: OptionNames<PackOptions> = { axis: true, bitorder: ["big", "little"] };

/** Elements along an axis (all, unless given), eight to a byte. */
export function packbits(x: ArrayLike, options: PackOptions = {}): Value {
  const { axis = null, bitorder = "big" } = optionsOf<PackOptions>("packbits", options, packOptions);
  const value = asValue(x);
  if (kindOf(value.dtype) === "float" || kindOf(value.dtype) === "complex") {
    throw new DTypeError(`packbits(${showAval(value)}): takes integers and truth values`);
  }
  return alongLast(
    asValue(value, "bool"),
    axis,
    "packbits",
    (from, to, length, width) => {
      for (let place = 0; place < length; place++) {
        const bit = bitorder === "big" ? 7 - (place % 8) : place % 8;
        const byte = Math.floor(place / 8);
        if (byte < width && from[place] !== 0) to[byte] = (to[byte] ?? 0) | (1 << bit);
      }
    },
    (length) => Math.ceil(length / 8),
  );
}

interface UnpackOptions extends PackOptions {
  /** How many bits: that many of all if positive, all but that many if negative. */
  readonly count?: number | null;
}

/** The bits of bytes along an axis (of all, unless given) as 0 and 1. */
export function unpackbits(x: ArrayLike, options: UnpackOptions = {}): Value {
  const own = optionsOf<UnpackOptions>("unpackbits", options, { ...packOptions, count: "integer" });
  const { axis = null, bitorder = "big", count = null } = own;
  const value = asValue(x);
  if (value.dtype !== "uint8") throw new DTypeError(`unpackbits(${showAval(value)}): takes bytes (uint8)`);
  const widthOf = (length: number) => (count === null ? 8 * length : count < 0 ? 8 * length + count : count);
  return alongLast(
    value,
    axis,
    "unpackbits",
    (from, to, length, width) => {
      for (let place = 0; place < Math.min(8 * length, width); place++) {
        const bit = bitorder === "big" ? 7 - (place % 8) : place % 8;
        to[place] = ((from[Math.floor(place / 8)] ?? 0) >> bit) & 1;
      }
    },
    widthOf,
  );
}

type RowFunction = (from: Uint8Array, to: Uint8Array, length: number, width: number) => void;

/** Rows of bytes made of rows of bytes. */
function alongLast(
  value: Value,
  axis: number | null,
  name: string,
  run: RowFunction,
  widthOf: (length: number) => number,
): Value {
  const flat = axis === null || value.ndim === 0 ? reshaped(value, [value.size]) : value;
  const own = normalizeAxis(name, axis ?? 0, flat.ndim);
  const rows = asContiguous(concreteArray(moveaxis(flat, own, -1)));
  const length = rows.shape.at(-1) ?? 0;
  const width = widthOf(length);
  if (width < 0) throw new RangeError(`${name}(${showAval(value)}): there are no ${-width} bits more to leave out`);
  const result = allocate([...rows.shape.slice(0, -1), width], "uint8");
  const [from, to] = [numbersOf(rows) as Uint8Array, numbersOf(result) as Uint8Array];
  for (let row = 0; row < (length === 0 ? 0 : rows.size / length); row++) {
    const start = rows.offset + row * length;
    run(from.subarray(start, start + length), to.subarray(row * width, (row + 1) * width), length, width);
  }
  return moveaxis(result, -1, own);
}
