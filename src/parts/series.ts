import { createSeries, type Series } from "../statistics/series.ts";
import type { Part } from "../runtime/parts.ts";
import type { Base } from "./base.ts";

/** The metrics of sources that are collected in memory. */
export const part: Part<Base, { readonly series: Series }> = {
  name: "metrics of sources",
  start: () => ({ series: createSeries(Date.now) }),
};
