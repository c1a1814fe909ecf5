// What tests of other packages may use: `@cotangent/core/testing`. It is not part of what is published.
export { TinyArray } from "./tiny-array.ts";
export { array, tinyBackend } from "./tiny-backend.ts";
export { tinyPrimitives } from "./tiny-kernels.ts";
