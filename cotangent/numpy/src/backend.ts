// What core knows of this library.
import { kernelsOf, type Aval, type Backend, type DType, type Scalar, type Shape } from "@cotangent/core";
import { toArray } from "./as-array.ts";
import { elementsOf, writeElement } from "./elements.ts";
import { addDotTo, addEmbeddedTo, addTo } from "./evaluation/in-place.ts";
import { table } from "./evaluation/table.ts";
import { array_repr } from "./functions/printing.ts";
import { asNDArray } from "./as-ndarray.ts";
import { allocate, scalar, type NDArray } from "./ndarray.ts";
import { broadcastTo } from "./views.ts";

export const backend: Backend = {
  name: "numpy",
  kernels: /* @__PURE__ */ kernelsOf(table),
  scalar,
  full,
  addTo: (sum, addend) => addTo(asNDArray(sum), asNDArray(addend)),
  addDotTo: (sum, x, y, contract, batch) => addDotTo(asNDArray(sum), asNDArray(x), asNDArray(y), contract, batch),
  addEmbeddedTo: (sum, addend, start, step) => addEmbeddedTo(asNDArray(sum), asNDArray(addend), start, step),
  fromElements,
  elements: (value) => elementsOf(asNDArray(value)),
  show: (array) => array_repr(array),
  asValue: (raw) => toArray(raw),
};

/** An array whose elements are all one place in memory. */
function full(shape: Shape, value: Scalar, dtype: DType): NDArray {
  return broadcastTo(scalar(value, dtype), shape);
}

function fromElements(elements: readonly Scalar[], { shape, dtype }: Aval): NDArray {
  const array = allocate(shape, dtype);
  if (elements.length !== array.size)
    throw new RangeError(`${elements.length} elements are no ${dtype}[${shape.join(",")}]`);
  for (const [place, element] of elements.entries()) writeElement(array.data, dtype, place, element);
  return array;
}
