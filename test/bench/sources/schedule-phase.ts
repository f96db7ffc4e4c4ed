import { setTimeout as pause } from "node:timers/promises";
import type { SourcesOptions } from "./options.ts";
import { quantile } from "./processes.ts";
import { sourcesOf } from "./settings-file.ts";
import { measureTakeover, type TakeoverResult } from "./takeover-phase.ts";
import type { AccountReport } from "./upstream-client.ts";
import { startWorld } from "./world.ts";

export interface ScheduleResult {
  readonly sources: number;
  readonly schedule: string;
  /** Sources with a poll. */
  readonly polled: number;
  /**
   * Time between two polls of one source as a share of the schedule, from the seeded one before the first; a poll that has
   * not come yet counts until now.
   */
  readonly medianShare: number;
  readonly p99Share: number;
  readonly longestShare: number;
  readonly pollsPerSecond: number;
  /** Greatest number of polls that began in one second, what an even spread avoids. */
  readonly mostPollsInASecond: number;
  readonly callsPerSecond: number;
  readonly overLimit: number;
}

/**
 * Watches the polls of sources that were all polled before, for some schedules; then kills a process, if that is
 * requested. Their polls are due evenly over a schedule, as after some hours.
 */
export async function measureSchedule(
  options: SourcesOptions,
): Promise<{ readonly schedule: ScheduleResult | undefined; readonly takeover: TakeoverResult | undefined }> {
  const { sources: size, schedule, scheduleMs, connector, rounds } = options;
  const sources = sourcesOf(size, Math.max(1, Math.round(size / 10)), connector);
  await using world = await startWorld({ sources, schedule, watch: options, arePolled: "due" });
  if (!options.phases.includes("schedule"))
    return { schedule: undefined, takeover: await measureTakeover(world, options) };
  const startMs = Date.now();
  const before = await world.upstream.totals();
  await pause(scheduleMs * (rounds + 0.1));
  const [after, accounts] = [await world.upstream.totals(), await world.upstream.accounts()];
  const result: ScheduleResult = {
    sources: size,
    schedule,
    polled: after.begun,
    ...sharesOf(accounts, { dueMs: world.dueMs, sinceMs: startMs, scheduleMs }),
    callsPerSecond: Math.round(((after.calls - before.calls) / (Date.now() - startMs)) * 1_000),
    overLimit: after.overLimit,
  };
  console.log(JSON.stringify(result));
  if (!options.phases.includes("takeover")) return { schedule: result, takeover: undefined };
  return { schedule: result, takeover: await measureTakeover(world, options) };
}

interface Watched {
  /** When each source was due for the first time. */
  readonly dueMs: ReadonlyMap<string, number>;
  readonly sinceMs: number;
  readonly scheduleMs: number;
}

function sharesOf(accounts: readonly AccountReport[], { dueMs, sinceMs, scheduleMs }: Watched) {
  const nowMs = Date.now();
  const pollsOf = new Map(accounts.map(({ id, polls }) => [id, polls]));
  const shares = [...dueMs].flatMap(([id, firstDueMs]) => {
    const polls = [firstDueMs - scheduleMs, ...(pollsOf.get(id) ?? [])];
    const ends = [...polls, nowMs];
    return polls.flatMap((atMs, index) => {
      const isComplete = index + 1 < polls.length;
      const share = ((ends[index + 1] ?? nowMs) - atMs) / scheduleMs;
      return !isComplete && share < 1 ? [] : [share];
    });
  });
  const begun = accounts.flatMap(({ polls }) => polls.filter((atMs) => atMs >= sinceMs));
  const bySecond = Map.groupBy(begun, (atMs) => Math.floor(atMs / 1_000));
  return {
    medianShare: quantile100(shares, 0.5),
    p99Share: quantile100(shares, 0.99),
    longestShare: quantile100(shares, 1),
    pollsPerSecond: Number((begun.length / ((nowMs - sinceMs) / 1_000)).toFixed(1)),
    mostPollsInASecond: Math.max(0, ...[...bySecond.values()].map((polls) => polls.length)),
  };
}

/** Two digits, which `quantile` would round away. */
const quantile100 = (shares: readonly number[], share: number): number =>
  Number(
    (
      quantile(
        shares.map((value) => value * 1_000),
        share,
      ) / 1_000
    ).toFixed(3),
  );
