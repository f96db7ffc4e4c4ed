import { ServiceError } from "../domain/error.ts";
import { type EntityType, typeOfId } from "../domain/ids.ts";
import { refusal, type Verdict } from "../read-through/verdict.ts";
import type { Transaction } from "../store/database.ts";
import { findAgedEntities } from "../store/read/find-aged.ts";
import { findEntities } from "../store/read/find-entities.ts";
import type { EntityRows } from "../store/read/rows.ts";
import type { LoaderEnvironment, LoaderSpec } from "./define-loader.ts";

/** An object, and how old it may be. */
export interface FreshKey {
  readonly type: EntityType;
  readonly id: string;
  /** Seconds before the start of the operation, at least 0. */
  readonly maxAge: number;
}

/** A row, and what became of the wish for a fresh one. */
export type Refreshed<Row> = Row & { readonly verdict: Verdict };

/**
 * Synced objects by global id, fetched from their source first where they are older than asked; undefined for an id that
 * no such object has. One statement for all objects of a kind, and one more only when some were fetched.
 */
export const freshEntity: LoaderSpec<FreshKey, Refreshed<EntityRows[EntityType]> | undefined> = {
  key: ({ type, id, maxAge }) => `${type} ${id} ${maxAge}`,
  maxBatch: 1_000,
  isPassing: (row) => row?.verdict.kind === "refused",
  load: async (environment, keys) => {
    const { reads } = environment;
    const possible = keys.filter(({ type, id }) => typeOfId(id) === type);
    const readAtMs = reads.nowMs();
    const stored = await readEach(environment, possible, findAgedEntities);
    const held = possible.flatMap((key) => {
      const row = stored.get(key.id);
      return row === undefined ? [] : [{ key, row }];
    });
    const wanted = held.map(({ key: { type, maxAge }, row }) => {
      const { id, sourceId, externalId, ageMs, sourceState } = row;
      return { id, sourceId, externalId, ageMs, sourceState, entity: type, maxAgeMs: maxAge * 1_000 };
    });
    const verdicts = await reads.refresh({ readAtMs, wanted });
    const judged = held.map(({ key, row }, index) => ({ key, row, verdict: verdicts[index] }));
    const fetched = judged.flatMap(({ key, verdict }) => (isFetched(verdict) ? [key] : []));
    const newer = await readEach(environment, fetched, findEntities).catch(unlessAway);
    const values = new Map(
      judged.map(({ key, row, verdict }) => {
        const isLost = newer === undefined && isFetched(verdict);
        return [key, valueOf(newer?.get(key.id) ?? row, isLost ? refusal("OVERLOADED") : verdict)] as const;
      }),
    );
    return keys.map((key) => values.get(key));
  },
};

/** What was fetched has been stored, and cannot be read: the copy that was read before it is better than none. */
function unlessAway(reason: unknown): undefined {
  if (ServiceError.from(reason).code !== "STORE_UNAVAILABLE") throw reason;
}

/** Whether what is stored is newer than what was read before. */
export function isFetched(verdict: Verdict | Error | undefined): boolean {
  return verdict !== undefined && "fetched" in verdict && verdict.fetched;
}

function valueOf<Row>(row: Row, verdict: Verdict | Error | undefined): Refreshed<Row> | Error | undefined {
  return verdict === undefined || verdict instanceof Error ? verdict : { ...row, verdict };
}

/** Rows by id, each kind by a statement of its own; ids of two kinds are never equal. */
async function readEach<Row extends { readonly id: string }>(
  { database, tenantId }: LoaderEnvironment,
  keys: readonly FreshKey[],
  find: (tx: Transaction, type: EntityType, ids: readonly string[]) => Promise<readonly Row[]>,
): Promise<ReadonlyMap<string, Row>> {
  const kinds = [...Map.groupBy(keys, ({ type }) => type)];
  const rows = await Promise.all(
    kinds.map(([type, some]) => {
      const ids = [...new Set(some.map(({ id }) => id))];
      return database.read(tenantId, (tx) => find(tx, type, ids));
    }),
  );
  return new Map(rows.flat().map((row) => [row.id, row]));
}
