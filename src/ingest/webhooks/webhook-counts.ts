import type { Database } from "../../store/database.ts";
import { RECORD_WEBHOOK_TIMES } from "../../sources/webhook-times.ts";
import { createLoop } from "../../runtime/loop.ts";
import type { WokenSource } from "../../runtime/wake-ups.ts";

/**
 * Counters of a source's webhooks. `received`: calls that were accepted and stored, including duplicates and conflicts.
 */
export type WebhookCount = "received" | "duplicates" | "conflicts" | "refused" | "parked";

/** Webhook calls by source and minute: counted in memory and added to the store every few seconds. */
export interface WebhookCounts {
  add(source: WokenSource, what: WebhookCount, count?: number): void;
  start(): void;
  /** Stores the remaining counts; resolves at the latest after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

export interface WebhookCountsOptions {
  readonly db: Database;
  readonly random: () => number;
  /** Called when the counts could not be stored; they are kept for the next time. */
  readonly onProblem: (reason: unknown) => void;
}

type Counts = Record<WebhookCount, number>;

/** Interval between writes. A crash loses the counts of this interval, and nothing else. */
const FLUSH_MS = 3_000;

export function createWebhookCounts({ db, random, onProblem }: WebhookCountsOptions): WebhookCounts {
  /** Counts by tenant and source. */
  let counted = new Map<string, Map<string, Counts>>();

  function countsOf(tenantId: string, sourceId: string): Counts {
    const own = counted.get(tenantId) ?? new Map<string, Counts>();
    const counts = own.get(sourceId) ?? { received: 0, duplicates: 0, conflicts: 0, refused: 0, parked: 0 };
    counted.set(tenantId, own.set(sourceId, counts));
    return counts;
  }

  async function flush(): Promise<void> {
    const taken = counted;
    counted = new Map();
    for (const [tenantId, own] of taken) {
      const rows = [...own].map(([id, counts]) => ({ id, ...counts }));
      try {
        await addToStore(db, tenantId, rows);
      } catch (reason) {
        for (const { id, ...counts } of rows) {
          const kept = countsOf(tenantId, id);
          for (const what of Object.keys(counts) as WebhookCount[]) kept[what] += counts[what]; // keys of a Counts
        }
        onProblem(reason);
      }
    }
  }

  const loop = createLoop({
    pollMs: FLUSH_MS,
    random,
    round: async () => {
      await flush();
      return false;
    },
    onError: onProblem,
  });
  return {
    add: ({ id, tenantId }, what, count = 1) => void (countsOf(tenantId, id)[what] += count),
    start: () => loop.start(),
    async close(deadlineMs) {
      await loop.close(deadlineMs);
      await flush();
    },
  };
}

/** Uses the database's clock, so that replicas and later readers of the counts agree on the minute. */
async function addToStore(
  db: Database,
  tenantId: string,
  rows: readonly (Counts & { readonly id: string })[],
): Promise<void> {
  const column = (what: WebhookCount) => rows.map((row) => row[what]);
  await db.transaction(tenantId, async (tx) => {
    await tx.query(
      `with incoming as (
         select * from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
           as incoming (source_id, received, duplicates, conflicts, refused, parked) order by source_id
       ), seen as (
         ${RECORD_WEBHOOK_TIMES}
       )
       insert into webhook_counts as existing (tenant_id, source_id, at, received, duplicates, conflicts, refused, parked)
       select $1, source_id, date_trunc('minute', now()), received, duplicates, conflicts, refused, parked from incoming
       on conflict (tenant_id, source_id, at) do update set received = existing.received + excluded.received,
         duplicates = existing.duplicates + excluded.duplicates, conflicts = existing.conflicts + excluded.conflicts,
         refused = existing.refused + excluded.refused, parked = existing.parked + excluded.parked`,
      [
        tx.tenantId,
        rows.map(({ id }) => id),
        column("received"),
        column("duplicates"),
        column("conflicts"),
        column("refused"),
        column("parked"),
      ],
    );
  });
}
