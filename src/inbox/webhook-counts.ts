import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { createLoop } from "../worker/loop.ts";

/** What is counted of a source's webhooks. `received`: calls that were let in and stored, duplicates and conflicts among them. */
export type WebhookCount = "received" | "duplicates" | "conflicts" | "refused" | "parked";

/** What came by webhook, by source and minute: counted in memory and added to the store every few seconds. */
export interface WebhookCounts {
  add(sourceId: string, what: WebhookCount, count?: number): void;
  start(): void;
  /** Adds what is left; resolves at the latest after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

export interface WebhookCountsOptions {
  readonly db: Database;
  readonly sources: readonly Source[];
  readonly random: () => number;
  /** The counts could not be added; they are kept for the next time. */
  readonly onProblem: (reason: unknown) => void;
}

type Counts = Record<WebhookCount, number>;

/** A crash loses the counts of so long, and of nothing else. */
const FLUSH_MS = 3_000;

export function createWebhookCounts({ db, sources, random, onProblem }: WebhookCountsOptions): WebhookCounts {
  const tenants = Map.groupBy(sources, ({ tenantId }) => tenantId);
  let counted = new Map<string, Counts>();

  function countsOf(sourceId: string): Counts {
    const held = counted.get(sourceId);
    if (held !== undefined) return held;
    const counts = { received: 0, duplicates: 0, conflicts: 0, refused: 0, parked: 0 };
    counted.set(sourceId, counts);
    return counts;
  }

  async function flush(): Promise<void> {
    const taken = counted;
    counted = new Map();
    for (const [tenantId, own] of tenants) {
      const rows = own.flatMap(({ id }) => {
        const counts = taken.get(id);
        return counts === undefined ? [] : [{ id, ...counts }];
      });
      if (rows.length === 0) continue;
      try {
        await addToStore(db, tenantId, rows);
      } catch (reason) {
        for (const { id, ...counts } of rows) {
          const kept = countsOf(id);
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
    add: (sourceId, what, count = 1) => void (countsOf(sourceId)[what] += count),
    start: () => loop.start(),
    async close(deadlineMs) {
      await loop.close(deadlineMs);
      await flush();
    },
  };
}

/** By the database's clock: replicas and what looks at the counts later agree on the minute. */
async function addToStore(
  db: Database,
  tenantId: string,
  rows: readonly (Counts & { readonly id: string })[],
): Promise<void> {
  const column = (what: WebhookCount) => rows.map((row) => row[what]);
  await db.transaction(tenantId, async (tx) => {
    await tx.query(
      `with offered as (
         select * from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
           as offered (source_id, received, duplicates, conflicts, refused, parked) order by source_id
       ), seen as (
         update sources set
           webhook_received_at = case when offered.received > 0 then now() else sources.webhook_received_at end,
           webhook_refused_at = case when offered.refused > 0 then now() else sources.webhook_refused_at end
         from offered where sources.id = offered.source_id and offered.received + offered.refused > 0
       )
       insert into webhook_counts as held (tenant_id, source_id, at, received, duplicates, conflicts, refused, parked)
       select $1, source_id, date_trunc('minute', now()), received, duplicates, conflicts, refused, parked from offered
       on conflict (tenant_id, source_id, at) do update set received = held.received + excluded.received,
         duplicates = held.duplicates + excluded.duplicates, conflicts = held.conflicts + excluded.conflicts,
         refused = held.refused + excluded.refused, parked = held.parked + excluded.parked`,
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
