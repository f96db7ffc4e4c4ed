import type { Logger } from "pino";
import { startSync } from "../../ingest/runs/start-sync.ts";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import {
  claimDueComparisons,
  type DueComparison,
  endComparisonClaim,
  saveComparedUntil,
} from "../../sources/reconcile-schedule.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { Source } from "../../sources/source.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { comparisonPlan } from "./comparison-plan.ts";

export interface ScheduledComparisonsOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly wakeUps: Pick<WakeUps, "runRequested">;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** Interval between two comparisons of a source that states none. */
  readonly everyMs: number | "off";
  /** Number of days that are compared each time, with today, of a source that states none. */
  readonly days: number;
  /** Interval between searches for due sources. Default: 10 s. */
  readonly pollMs?: number;
}

const POLL_MS = 10_000;
/** Time after which it is looked again whether a source that is not compared by the schedule is compared now. */
const OFF_MS = 86_400_000;
const MAX_BATCH = 64;
const DAY_MS = 86_400_000;
/** Older days that are compared each time. */
const WALK_DAYS = 7;
/** Days after which the walk over older days begins again, if the connector does not say when its upstream began. */
const MAX_WALK_DAYS = 3 * 365;
/** Days of the streams that are listed as a whole, however few days are compared. */
const WHOLE_DAYS = 366;

/** Starts the comparisons of due sources: found over all tenants by one statement, however many sources there are. */
export function startScheduledComparisons(options: ScheduledComparisonsOptions): Loop {
  const { db, sources, log, random, wakeUps } = options;
  const claimMs = options.everyMs === "off" ? OFF_MS : options.everyMs;
  const loop = createLoop({
    pollMs: options.pollMs ?? POLL_MS,
    random,
    async round(signal) {
      const due = await claimDueComparisons(db, MAX_BATCH, claimMs);
      for (const one of due) {
        if (signal.aborted) break;
        const source = await sources.find(one.sourceId);
        const everyMs = source?.reconcile?.everyMs ?? options.everyMs;
        if (source?.tenantId === one.tenantId && everyMs !== "off")
          await start(options, source, one).then(
            () => wakeUps.runRequested(source),
            (err: unknown) => log.warn({ err, sourceId: source.id }, "a scheduled comparison could not be started"),
          );
        await endComparisonClaim(db, one.sourceId, everyMs === "off" ? OFF_MS : everyMs);
      }
      return due.length === MAX_BATCH;
    },
    onError(err, failures) {
      if (failures === 1) log.warn({ err }, "the search for due comparisons failed, trying again");
    },
  });
  loop.start();
  return loop;
}

/** A source whose last comparison is not done is left until the next time. */
async function start(options: ScheduledComparisonsOptions, source: Source, due: DueComparison): Promise<void> {
  const { db, nowMs } = options;
  const parts = partsOf(options, source, due);
  const isStarted = await db.transaction(source.tenantId, async (tx) => {
    if (!(await mayStart(tx, source.id))) return false;
    for (const { streams, fromMs, toMs } of parts.runs) {
      const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
      await startSync(
        tx,
        source,
        { streams, mode: "RECONCILE", range, idempotencyKey: undefined, trigger: "SCHEDULE" },
        nowMs(),
      );
    }
    return true;
  });
  if (isStarted) await saveComparedUntil(db, source.id, parts.comparedUntil);
}

async function mayStart(tx: Transaction, sourceId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 as may from sources where id = $1 and not paused and disconnected_at is null and status <> 'NEEDS_CREDENTIALS'
       and not exists (select from sync_runs where source_id = $1 and finished_at is null and mode = 'RECONCILE')`,
    [sourceId],
  );
  return rows.length > 0;
}

interface ScheduledRun {
  readonly streams: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** The last days, and a few older ones, of streams that are read by range. The others are listed as a whole anyway. */
function partsOf(
  { nowMs, days: usualDays }: ScheduledComparisonsOptions,
  { connector, reconcile }: Source,
  { comparedUntil }: DueComparison,
): { readonly runs: readonly ScheduledRun[]; readonly comparedUntil: string | undefined } {
  const days = reconcile?.days ?? usualDays;
  const endMs = (Math.floor(nowMs() / DAY_MS) + 1) * DAY_MS;
  const recentMs = endMs - days * DAY_MS;
  const plans = connector.streams.map(({ name }) => ({ name, plan: comparisonPlan(connector, name) }));
  const named = (isRanged: boolean) =>
    plans.filter(({ plan }) => plan.notComparable === undefined && plan.isRanged === isRanged).map(({ name }) => name);
  const [ranged, whole] = [named(true), named(false)];
  const walkToMs = Math.min(recentMs, comparedUntil === undefined ? recentMs : Date.parse(comparedUntil));
  const oldestMs = Math.max(
    endMs - MAX_WALK_DAYS * DAY_MS,
    connector.oldest === undefined ? 0 : Date.parse(connector.oldest),
  );
  const walkFromMs = walkToMs - WALK_DAYS * DAY_MS;
  const runs: readonly ScheduledRun[] = [
    { streams: ranged, fromMs: recentMs, toMs: endMs },
    { streams: ranged, fromMs: walkFromMs, toMs: walkToMs },
    { streams: whole, fromMs: endMs - Math.max(days, WHOLE_DAYS) * DAY_MS, toMs: endMs },
  ];
  return {
    runs: runs.filter(({ streams }) => streams.length > 0),
    comparedUntil: walkFromMs <= oldestMs ? undefined : new Date(walkFromMs).toISOString().slice(0, 10),
  };
}
