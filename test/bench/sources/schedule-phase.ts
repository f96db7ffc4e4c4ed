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
  /** Time between two polls of one source as a share of the schedule; a poll that has not come yet counts until now. */
  readonly medianShare: number;
  readonly p99Share: number;
  readonly longestShare: number;
  readonly pollsPerSecond: number;
  /** Greatest number of polls that began in one second, once every source was polled: what an even spread avoids. */
  readonly mostPollsInASecond: number;
  readonly callsPerSecond: number;
  readonly overLimit: number;
}

/** Schedules that are watched after the first polls. */
const ROUNDS = 2;

/** Watches two rounds of polls of all sources; then kills a process, if that is requested. */
export async function measureSchedule(
  options: SourcesOptions,
): Promise<{ readonly schedule: ScheduleResult; readonly takeover: TakeoverResult | undefined }> {
  const { sources: size, schedule, scheduleMs, connector, giveUpMs } = options;
  const sources = sourcesOf(size, Math.max(1, Math.round(size / 10)), connector);
  await using world = await startWorld({ sources, schedule, watch: options });
  await untilBegun(world.upstream.totals, size, giveUpMs);
  const startMs = Date.now();
  const before = await world.upstream.totals();
  await pause(options.phases.includes("schedule") ? scheduleMs * (ROUNDS + 0.1) : 0);
  const [after, accounts] = [await world.upstream.totals(), await world.upstream.accounts()];
  const result: ScheduleResult = {
    sources: size,
    schedule,
    ...sharesOf(accounts, startMs, scheduleMs),
    callsPerSecond: Math.round(((after.calls - before.calls) / (Date.now() - startMs)) * 1_000),
    overLimit: after.overLimit,
  };
  console.log(JSON.stringify(result));
  if (!options.phases.includes("takeover")) return { schedule: result, takeover: undefined };
  return { schedule: result, takeover: await measureTakeover(world, options) };
}

async function untilBegun(
  totals: () => Promise<{ readonly begun: number }>,
  size: number,
  limitMs: number,
): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (Date.now() < endMs && (await totals()).begun < size) await pause(500);
}

function sharesOf(accounts: readonly AccountReport[], sinceMs: number, scheduleMs: number) {
  const nowMs = Date.now();
  const shares = accounts.flatMap(({ polls }) => {
    const ends = [...polls, nowMs];
    return polls.flatMap((atMs, index) => {
      const nextMs = ends[index + 1] ?? nowMs;
      const isComplete = index + 1 < polls.length;
      const share = (nextMs - atMs) / scheduleMs;
      return nextMs < sinceMs || (!isComplete && share < 1) ? [] : [share];
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
