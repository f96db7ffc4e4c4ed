import { measureFairness } from "./sources/fairness-phase.ts";
import { type IdleRow, measureIdle } from "./sources/idle-phase.ts";
import { readOptions } from "./sources/options.ts";
import { measureSchedule } from "./sources/schedule-phase.ts";
import { measureStart, type StartRow } from "./sources/start-phase.ts";
import { measureWebhooks } from "./sources/webhooks-phase.ts";

/** Goals of issue "thousands of sources", at every number of them. */
const GOALS = {
  readyMs: 5_000,
  transactionsPerSecond: 20,
  cpuPercent: 5,
  memoryMb: (sources: number) => 300 + (sources * 2) / 1_024,
  firstPollsPerSecond: 50,
  scheduleShare: 1.1,
  webhookRatio: 1.5,
  dueMs: 2_000,
  takeoverMs: 15_000,
} as const;

interface Goal {
  readonly goal: string;
  readonly limit: number;
  readonly measured: number;
  readonly met: boolean;
}

const atMost = (goal: string, limit: number, measured: number): Goal => ({
  goal,
  limit: Number(limit.toFixed(2)),
  measured,
  met: measured <= limit,
});
const atLeast = (goal: string, limit: number, measured: number): Goal => ({
  goal,
  limit,
  measured,
  met: measured >= limit,
});

/**
 * Two whole processes on one PostgreSQL with ten to ten thousand sources, each with its own credential, against one
 * small upstream: their start, their cost while nothing is due, the schedule, webhooks, one tenant beside a large one,
 * and the death of one process. Only the start begins with sources that were never read; everything else with sources
 * that were, so that it is measured without their first reads. `--sources=1000 --schedule=30s` is the quick form, of
 * about five minutes.
 */
export async function run(): Promise<Record<string, unknown>> {
  const options = readOptions(process.argv.slice(3));
  const goals: Goal[] = [];
  const result: Record<string, unknown> = {};
  if (options.phases.includes("idle")) {
    const rows: IdleRow[] = [];
    for (const size of options.sizes) {
      rows.push(await measureIdle(size, options));
      console.log(JSON.stringify(rows.at(-1)));
    }
    printTable(rows);
    result["idle"] = rows;
    goals.push(...rows.flatMap(idleGoals));
  }
  if (options.phases.includes("start")) {
    const rows: StartRow[] = [];
    for (const size of options.sizes) {
      rows.push(await measureStart(size, options));
      console.log(JSON.stringify(rows.at(-1)));
    }
    printTable(rows);
    result["start"] = rows;
    goals.push(...rows.flatMap(startGoals));
  }
  if (options.phases.includes("schedule") || options.phases.includes("takeover")) {
    const { schedule, takeover } = await measureSchedule(options);
    Object.assign(result, { schedule, takeover });
    goals.push(atMost("calls above a limit", 0, (schedule?.overLimit ?? 0) + (takeover?.overLimit ?? 0)));
    if (schedule !== undefined)
      goals.push(
        atMost("time between two polls of a source, of its schedule", GOALS.scheduleShare, schedule.longestShare),
        atLeast("sources that were polled", schedule.sources, schedule.polled),
      );
    if (takeover !== undefined)
      goals.push(
        atMost("ms until the last stream of the killed process is read on", GOALS.takeoverMs, takeover.takeoverMs),
        atMost("sources that were not read again after the death of a process", 0, takeover.unread),
        atMost("objects lost or wrong after the death of a process", 0, takeover.lost),
        atMost("objects created twice after the death of a process", 0, takeover.twice),
      );
  }
  if (options.phases.includes("webhooks")) {
    const webhooks = await measureWebhooks(options);
    result["webhooks"] = webhooks;
    goals.push(
      atMost("p99 from webhook to subscriber, idle, of that with 3 sources", GOALS.webhookRatio, webhooks.idleRatio),
      atMost("the same while all sources are polled", GOALS.webhookRatio, webhooks.polledRatio),
      atMost("webhooks without an event", 0, webhooks.idle.missing + webhooks.polled.missing + webhooks.few.missing),
    );
  }
  if (options.phases.includes("fairness")) {
    const fairness = await measureFairness(options);
    result["fairness"] = fairness;
    goals.push(
      atMost("ms until the only source of a small tenant is read", GOALS.dueMs, fairness.smallTenantMs),
      atLeast("sources of the large tenant that waited at every try", 1, fairness.waiting),
    );
  }
  console.table(goals.map(({ met, ...goal }) => ({ ...goal, met: met ? "met" : "not met" })));
  return { name: "sources", met: goals.every(({ met }) => met), goals, ...result };
}

function idleGoals(row: IdleRow): readonly Goal[] {
  const of = `with ${row.sources} sources`;
  return [
    atMost(`ms until ready again, ${of}`, GOALS.readyMs, row.readyMs),
    atMost(`transactions/s of an idle process, ${of}`, GOALS.transactionsPerSecond, row.transactionsPerSecond),
    atMost(`% of a core of an idle process, ${of}`, GOALS.cpuPercent, row.cpuPercent),
    atMost(`MB of memory of an idle process, ${of}`, GOALS.memoryMb(row.sources), row.rssMb),
  ];
}

/** First polls per second are judged where they last for some seconds. */
const MIN_POLLED = 500;

function startGoals(row: StartRow): readonly Goal[] {
  const of = `with ${row.sources} sources`;
  const rate = atLeast(`first polls begun per second, ${of}`, GOALS.firstPollsPerSecond, row.firstPollsPerSecond);
  return [
    atMost(`ms until ready, ${of}`, GOALS.readyMs, row.readyMs),
    atMost(`MB of memory at the start, ${of}`, GOALS.memoryMb(row.sources), row.rssMbAtStart),
    atMost(`MB of memory after the first polls, ${of}`, GOALS.memoryMb(row.sources), row.rssMbAfterPolls),
    ...(row.sources < MIN_POLLED ? [] : [rate]),
    atLeast(`sources with a first poll, ${of}`, row.sources, row.begun),
  ];
}

function printTable<Row extends { readonly sources: number }>(rows: readonly Row[]): void {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row & string)[]; // every row has the same keys
  console.table(
    Object.fromEntries(
      names.map((name) => [name, Object.fromEntries(rows.map((row) => [`${row.sources} sources`, row[name]]))]),
    ),
  );
}
