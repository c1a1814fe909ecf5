// How each primitive is computed.
import type { EvaluationTable } from "@cotangent/core";
import { binaryTable } from "./binary.ts";
import { fourierTable } from "./fourier.ts";
import { indexingTable } from "./indexing.ts";
import { linearAlgebraTable } from "./linear-algebra.ts";
import { productTable } from "./products.ts";
import { reductionTable } from "./reductions.ts";
import { scanTable } from "./scans.ts";
import { shapeTable } from "./shape.ts";
import { unaryTable } from "./unary.ts";

export const table: EvaluationTable = {
  ...unaryTable,
  ...binaryTable,
  ...shapeTable,
  ...indexingTable,
  ...reductionTable,
  ...scanTable,
  ...productTable,
  ...linearAlgebraTable,
  ...fourierTable,
};
