import { type EntityType, typeOfId } from "../../domain/ids.ts";
import { type FreshnessResult, refusal } from "../../ingest/read-through/freshness-result.ts";
import type { Transaction } from "../../store/database.ts";
import { findAgedBalances, findAgedEntities } from "../../store/queries/find-aged.ts";
import type { BalanceRow, EntityRows } from "../../store/queries/rows.ts";
import { isStoreAway } from "../../store/store-error.ts";
import { CHILD_LISTS } from "../queries/child-lists.ts";
import { findChildren } from "../queries/find-children.ts";
import { findEntities } from "../queries/find-entities.ts";
import { type LoaderEnvironment, type LoaderSpec, inOrder } from "./define-loader.ts";

/** An account whose balances are requested, and the maximum age of the oldest of them. */
export interface FreshBalancesKey {
  readonly accountId: string;
  /** Seconds before the start of the operation, at least 0. */
  readonly maxAge: number;
  /** Maximum number of balances of one account. */
  readonly limit: number;
}

/**
 * Loads balances of accounts, newest first. No source lets a balance be fetched on its own: if one is older than
 * requested, its account is fetched, which returns all of them. Two statements for all accounts, and one more when some
 * were fetched.
 */
export const freshBalances: LoaderSpec<FreshBalancesKey, readonly Refreshed<BalanceRow>[]> = {
  key: ({ accountId, maxAge, limit }) => `${accountId} ${maxAge} ${limit}`,
  maxBatch: 1_000,
  isTemporary: (rows) => rows.some(({ freshness }) => freshness.kind === "refused"),
  load: async ({ database, tenantId, reads }, keys) => {
    const readAtMs = reads.nowMs();
    const accountIds = keys.map(({ accountId }) => accountId);
    const ages = inOrder(
      accountIds,
      await database.read(tenantId, (tx) => findAgedBalances(tx, [...new Set(accountIds)])),
      ({ id }) => id,
    );
    const requested = keys.flatMap(({ maxAge }, index) => {
      const account = ages[index];
      return account === undefined ? [] : [{ ...account, entity: "Account" as const, maxAgeMs: maxAge * 1_000 }];
    });
    const refreshed = await reads.refresh({ readAtMs, requested });
    const results = new Map(requested.map(({ id, maxAgeMs }, index) => [`${id} ${maxAgeMs}`, refreshed[index]]));
    const pages = keys.map(({ accountId, limit }) => ({ parentId: accountId, limit, after: undefined }));
    const fetched = requested.flatMap(({ id }, index) => (isFetched(refreshed[index]) ? [id] : []));
    const [balances, accounts] = await database.read(tenantId, async (tx) => [
      await findChildren(tx, CHILD_LISTS.balancesByAccount, pages),
      fetched.length === 0 ? [] : await findEntities(tx, "Account", [...new Set(fetched)]),
    ]);
    const observedAt = new Map(accounts.map((account) => [account.id, account.observedAt]));
    return keys.map(({ accountId, maxAge }, index) => {
      const freshness = results.get(`${accountId} ${maxAge * 1_000}`);
      if (freshness === undefined || freshness instanceof Error) return freshness ?? [];
      return (balances[index] ?? []).map((row) => ({
        ...row,
        freshness: ofOne(row, freshness, observedAt.get(accountId)),
      }));
    });
  },
};

/**
 * A balance that was not in the account's response was not observed with it: it may be deleted, which the next sync
 * finds out.
 */
function ofOne(
  { observedAt }: BalanceRow,
  freshness: FreshnessResult,
  accountObservedAt: string | undefined,
): FreshnessResult {
  const isMissing = isFetched(freshness) && accountObservedAt !== undefined && observedAt < accountObservedAt;
  return isMissing ? refusal("NOT_FETCHABLE") : freshness;
}

/** An object and its maximum age. */
export interface FreshKey {
  readonly type: EntityType;
  readonly id: string;
  /** Seconds before the start of the operation, at least 0. */
  readonly maxAge: number;
}

/** A row, and the outcome of the request for a fresh copy. */
export type Refreshed<Row> = Row & { readonly freshness: FreshnessResult };

/**
 * Loads synced objects by global id, first fetching from their source those that are older than requested; undefined
 * for an id without such an object. One statement for all objects of a kind, and one more only when some were fetched.
 */
export const freshEntity: LoaderSpec<FreshKey, Refreshed<EntityRows[EntityType]> | undefined> = {
  key: ({ type, id, maxAge }) => `${type} ${id} ${maxAge}`,
  maxBatch: 1_000,
  isTemporary: (row) => row?.freshness.kind === "refused",
  load: async (environment, keys) => {
    const { reads } = environment;
    const possible = keys.filter(({ type, id }) => typeOfId(id) === type);
    const readAtMs = reads.nowMs();
    const stored = await readEach(environment, possible, findAgedEntities);
    const candidates = possible.flatMap((key) => {
      const row = stored.get(key.id);
      return row === undefined ? [] : [{ key, row }];
    });
    const requested = candidates.map(({ key: { type, maxAge }, row }) => {
      const { id, sourceId, externalId, ageMs, sourceState } = row;
      return { id, sourceId, externalId, ageMs, sourceState, entity: type, maxAgeMs: maxAge * 1_000 };
    });
    const results = await reads.refresh({ readAtMs, requested });
    const checked = candidates.map(({ key, row }, index) => ({ key, row, freshness: results[index] }));
    const fetched = checked.flatMap(({ key, freshness }) => (isFetched(freshness) ? [key] : []));
    const newer = await readEach(environment, fetched, findEntities).catch(unlessAway);
    const values = new Map(
      checked.map(({ key, row, freshness }) => {
        const isLost = newer === undefined && isFetched(freshness);
        return [key, valueOf(newer?.get(key.id) ?? row, isLost ? refusal("OVERLOADED") : freshness)] as const;
      }),
    );
    return keys.map((key) => values.get(key));
  },
};

/** The fetched objects are stored but cannot be read now: the copy that was read before is better than none. */
function unlessAway(reason: unknown): undefined {
  if (!isStoreAway(reason)) throw reason;
}

/** Returns true if the stored state is newer than the one read before. */
export function isFetched(freshness: FreshnessResult | Error | undefined): boolean {
  return freshness !== undefined && "fetched" in freshness && freshness.fetched;
}

function valueOf<Row>(row: Row, freshness: FreshnessResult | Error | undefined): Refreshed<Row> | Error | undefined {
  return freshness === undefined || freshness instanceof Error ? freshness : { ...row, freshness };
}

/** Reads rows by id, each kind by a statement of its own; ids of two kinds are never equal. */
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
