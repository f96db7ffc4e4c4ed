import { createSeries, type Series } from "../statistics/series.ts";
import type { Part } from "../runtime/parts.ts";
import { type ClockOffsets, createClockOffsets } from "../upstream/clock-offsets.ts";
import type { Base } from "./base.ts";

export interface CollectedMetrics {
  readonly series: Series;
  readonly clockOffsets: ClockOffsets;
}

/** The metrics of sources that are collected in memory. */
export const part: Part<Base, CollectedMetrics> = {
  name: "metrics of sources",
  start: () => ({ series: createSeries(Date.now), clockOffsets: createClockOffsets(Date.now) }),
};
