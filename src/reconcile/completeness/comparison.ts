import type { CompareStreamOptions } from "../../ingest/polling/compare-stream.ts";
import type { RunRange } from "../../ingest/runs/run.ts";
import type { ComparedStream } from "./compared-objects.ts";
import type { ComparisonPlan } from "./comparison-plan.ts";

/** A comparison of a stream that a worker has claimed. */
export interface Comparison extends CompareStreamOptions {
  readonly compared: ComparedStream;
  readonly plan: ComparisonPlan;
  readonly range: RunRange;
}

/** Returns the part of a comparison's range that had passed when its listing began: what is created later is not looked at. */
export function passedRange({ from, to }: RunRange, startedAt: string): RunRange {
  const [fromMs, toMs, startedMs] = [from, to, startedAt].map((time) => Date.parse(time)) as [number, number, number];
  if (toMs <= startedMs) return { from, to };
  return { from, to: startedMs > fromMs ? startedAt : from };
}
