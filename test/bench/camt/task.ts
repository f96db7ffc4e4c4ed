import { z } from "zod";

/** The output of a reader of the benchmark at the end. */
export const resultSchema = z.object({
  bytes: z.number(),
  ms: z.number(),
  entries: z.number(),
  /** Largest resident set while it read, above that before it. */
  rssAboveIdleMb: z.number(),
  /** 99th percentile and maximum of the main thread's event-loop delay. */
  delayP99Ms: z.number(),
  delayMaxMs: z.number(),
});
export type Result = z.infer<typeof resultSchema>;

/** Largest observed resident set, in bytes. */
export interface RssWatch {
  readonly peak: () => number;
  readonly stop: () => void;
}

/** Samples every few milliseconds: the maximum since the process began would include its start-up. */
export function watchRss(): RssWatch {
  let peak = process.memoryUsage.rss();
  const look = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, 10);
  return {
    peak: () => {
      look();
      return peak;
    },
    stop: () => clearInterval(timer),
  };
}
