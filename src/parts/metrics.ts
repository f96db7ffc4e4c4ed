import { createMetrics, type Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";
import type { Base } from "./base.ts";

/** The counters of the process. */
export const part: Part<Base, { readonly metrics: Metrics }> = {
  name: "metrics",
  start: ({ config }) => ({ metrics: createMetrics({ sources: config.metrics.sources }) }),
};
