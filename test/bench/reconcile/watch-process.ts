/** Memory and turns of this process while something was measured. */
export interface ProcessFigures {
  /** Largest resident memory above that at the beginning, in MB. */
  readonly growthMb: number;
  /** Longest turn of the event loop, in milliseconds of processor time: on a busy machine a turn takes longer. */
  readonly longestTurnMs: number;
}

const TICK_MS = 5;
/** Reading the memory takes longer than a tick should. */
const TICKS_OF_MEMORY = 4;

/** Watches the process until it is stopped. Between two ticks of a timer there is one turn, or some that are short. */
export function watchProcess(): { stop(): ProcessFigures } {
  const before = process.memoryUsage.rss();
  let [ticks, peak, longestMs, usedMs] = [0, before, 0, threadMs()];
  const timer = setInterval(() => {
    const nowMs = threadMs();
    longestMs = Math.max(longestMs, nowMs - usedMs);
    usedMs = nowMs;
    ticks += 1;
    if (ticks % TICKS_OF_MEMORY === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }, TICK_MS);
  return {
    stop() {
      clearInterval(timer);
      return { growthMb: Math.round((peak - before) / 1_048_576), longestTurnMs: Math.round(longestMs) };
    },
  };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
