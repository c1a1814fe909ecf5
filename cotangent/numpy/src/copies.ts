// Elements from one array into another, converted on the way.
import type { DType, Scalar, Shape } from "@cotangent/core";
import { dtypeInfo, isBig, kindOf, type BigArray, type NumberArray } from "./dtype.ts";
import { moveKernel } from "./kernels/moves.ts";
import { run } from "./kernels/run.ts";
import { broadcastStrides, eachRow, loopOver } from "./layout.ts";
import { tinyBytes } from "./memory/pool.ts";
import { scalar, uninitialized, type NDArray } from "./ndarray.ts";

/** The array itself, or a copy of it in row-major order. */
export function asContiguous(array: NDArray): NDArray {
  return array.isContiguous ? array : copy(array);
}

/** A new array with the same elements, in row-major order. */
export function copy(array: NDArray): NDArray {
  return converted(array, array.dtype);
}

/** A new array with these elements in another dtype, as NumPy's `astype` with unsafe casting. */
export function converted(array: NDArray, dtype: DType): NDArray {
  const result = uninitialized(array.shape, dtype);
  assign(result, array);
  return result;
}

/** A new array of this shape, to which `array` is broadcast. */
export function filled(shape: Shape, array: NDArray): NDArray {
  const result = uninitialized(shape, array.dtype);
  assign(result, array);
  return result;
}

/** Writes the value over all elements. */
export function fill(target: NDArray, value: Scalar): void {
  assign(target, scalar(value, target.dtype));
}

/** Writes the elements of `source`, broadcast and converted, over those of `target`. Their memory must not overlap. */
export function assign(target: NDArray, source: NDArray): void {
  if (target.size * dtypeInfo[target.dtype].bytes > tinyBytes) {
    const kernel = moveKernel(source.dtype, target.dtype);
    if (kernel !== null && run(kernel, target, source, null, null)) return;
  }
  const convert = converterOf(source, target);
  const loop = loopOver(target.shape, [target.strides, broadcastStrides(source, target.shape)]);
  const length = loop.lengths.at(-1) ?? 0;
  const to = loop.strides[0]?.at(-1) ?? 0;
  const from = loop.strides[1]?.at(-1) ?? 0;
  eachRow(loop, [target.offset, source.offset], ([start = 0, first = 0]) => {
    for (let index = 0; index < length; index++) convert(start + index * to, first + index * from);
  });
}

type Converter = (to: number, from: number) => void;

function converterOf(source: NDArray, target: NDArray): Converter {
  const big = isBig(source.dtype);
  if (isBig(target.dtype)) {
    const to = target.data as BigArray;
    if (big) return bigToBig(source.data as BigArray, to);
    return numberToBig(source, to);
  }
  const to = target.data as NumberArray;
  if (big) return bigToNumber(source.data as BigArray, to, target.dtype);
  return numberToNumber(source, to, target.dtype);
}

function bigToBig(from: BigArray, to: BigArray): Converter {
  return (place, origin) => {
    to[place] = from[origin] ?? 0n;
  };
}

function numberToBig(source: NDArray, to: BigArray): Converter {
  const from = source.data as NumberArray;
  const lanes = kindOf(source.dtype) === "complex" ? 2 : 1;
  return (place, origin) => {
    to[place] = integerPart(from[origin * lanes] ?? 0);
  };
}

const smallest = -(2n ** 63n);

/** What a processor makes of a float that becomes an int64. */
function integerPart(value: number): bigint {
  return Math.abs(value) < 2 ** 64 ? BigInt(Math.trunc(value)) : smallest;
}

function bigToNumber(from: BigArray, to: NumberArray, dtype: DType): Converter {
  const kind = kindOf(dtype);
  if (kind === "bool") {
    return (place, origin) => {
      to[place] = from[origin] === 0n ? 0 : 1;
    };
  }
  if (kind === "complex") {
    return (place, origin) => {
      to[2 * place] = Number(from[origin] ?? 0n);
      to[2 * place + 1] = 0;
    };
  }
  if (kind === "float") {
    return (place, origin) => {
      to[place] = Number(from[origin] ?? 0n);
    };
  }
  return (place, origin) => {
    to[place] = Number(BigInt.asIntN(32, from[origin] ?? 0n));
  };
}

function numberToNumber(source: NDArray, to: NumberArray, dtype: DType): Converter {
  const from = source.data as NumberArray;
  const isComplex = kindOf(source.dtype) === "complex";
  if (kindOf(dtype) === "complex") {
    return isComplex ? complexToComplex(from, to) : realToComplex(from, to);
  }
  if (kindOf(dtype) === "bool") return toBool(from, to, isComplex);
  const lanes = isComplex ? 2 : 1;
  return (place, origin) => {
    to[place] = from[origin * lanes] ?? 0;
  };
}

function complexToComplex(from: NumberArray, to: NumberArray): Converter {
  return (place, origin) => {
    to[2 * place] = from[2 * origin] ?? 0;
    to[2 * place + 1] = from[2 * origin + 1] ?? 0;
  };
}

function realToComplex(from: NumberArray, to: NumberArray): Converter {
  return (place, origin) => {
    to[2 * place] = from[origin] ?? 0;
    to[2 * place + 1] = 0;
  };
}

function toBool(from: NumberArray, to: NumberArray, isComplex: boolean): Converter {
  if (isComplex) {
    return (place, origin) => {
      to[place] = from[2 * origin] === 0 && from[2 * origin + 1] === 0 ? 0 : 1;
    };
  }
  return (place, origin) => {
    to[place] = from[origin] === 0 ? 0 : 1;
  };
}
