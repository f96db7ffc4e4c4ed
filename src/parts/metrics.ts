import { createMetrics, type Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";

/** The counters of the process. */
export const part: Part<object, { readonly metrics: Metrics }> = {
  name: "metrics",
  start: () => ({ metrics: createMetrics() }),
};
