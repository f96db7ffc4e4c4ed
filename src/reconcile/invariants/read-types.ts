import { ENTITY_TYPES, type EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";

/**
 * Returns, by source, the types of which every object is known, because each stream that yields them has been read to
 * its end at least once. A type that no stream yields counts as known: its objects arrive in another way.
 */
export async function findReadTypes(
  tx: Transaction,
  sources: ReadonlyMap<string, Source>,
): Promise<ReadonlyMap<string, ReadonlySet<EntityType>>> {
  const rows = await tx.query<{ source_id: string; stream: string }>(
    "select source_id, stream from stream_states where last_success_at is not null and source_id = any($1)",
    [[...sources.keys()]],
  );
  const bySource = Map.groupBy(rows, (row) => row.source_id);
  return new Map(
    [...sources].map(([sourceId, { connector }]) => {
      const read = new Set((bySource.get(sourceId) ?? []).map(({ stream }) => stream));
      const unread = connector.streams.filter(({ name }) => !read.has(name));
      return [
        sourceId,
        new Set(ENTITY_TYPES.filter((type) => !unread.some(({ entities }) => entities.includes(type)))),
      ];
    }),
  );
}
