// `np.lib`.
export * as stride_tricks from "./stride-tricks.ts";
