import DataLoader from "dataloader";
import { ServiceError } from "../domain/error.ts";
import type { OperationReads } from "../read-through/operation.ts";
import type { Database, Transaction } from "../store/database.ts";

/** What loaders read from: one store, and the sources behind it, as one tenant. */
export interface LoaderEnvironment {
  readonly database: Database;
  readonly tenantId: string;
  /** Of the same operation. */
  readonly reads: OperationReads;
  /** Aborted when nobody wants the answer any more: from then on nothing is read. */
  readonly signal: AbortSignal;
}

/** @throws ServiceError CANCELED */
export function requireWanted({ signal }: LoaderEnvironment): void {
  if (signal.aborted) throw new ServiceError("CANCELED", "the request was canceled");
}

/** How a value is loaded by its key. */
export interface LoaderSpec<Key, Value> {
  /** Text that is equal for equal keys. */
  readonly key: (key: Key) => string;
  /** Keys of one statement at most; more are read by several. */
  readonly maxBatch: number;
  /** One value or Error for each key, in the order of the keys. */
  readonly load: (environment: LoaderEnvironment, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>;
  /** True for a value that a later load may better, such as a stored copy of what could not be fetched. Default: none is. */
  readonly isPassing?: (value: Value) => boolean;
}

/** Loads values by key, each once, all keys of one tick in one batch. */
export interface Loader<Key, Value> {
  /** @throws ServiceError STORE_UNAVAILABLE | CANCELED | INTERNAL */
  load(key: Key): Promise<Value>;
  /** Forgets a value, after what it was read from has changed. */
  clear(key: Key): void;
}

/** A loader for one operation. Failures and values that may pass are forgotten, so that a later load in the operation tries again. */
export function createLoader<Key, Value>(
  spec: LoaderSpec<Key, Value>,
  environment: LoaderEnvironment,
): Loader<Key, Value> {
  const loader = new DataLoader<Key, Value, string>(
    async (keys) => {
      requireWanted(environment);
      const values = await spec.load(environment, keys);
      for (const [index, value] of values.entries()) {
        const key = keys[index];
        if (key !== undefined && isTransient(spec, value)) loader.clear(key);
      }
      return values;
    },
    { maxBatchSize: spec.maxBatch, cacheKeyFn: spec.key },
  );
  return { load: (key) => loader.load(key), clear: (key) => void loader.clear(key) };
}

function isTransient<Value>({ isPassing }: LoaderSpec<never, Value>, value: Value | Error): boolean {
  if (value instanceof Error) return value instanceof ServiceError && value.retryable;
  return isPassing?.(value) ?? false;
}

/** Values in the order of their keys; undefined for a key that has none. */
export function inOrder<Value>(
  keys: readonly string[],
  values: readonly Value[],
  keyOf: (value: Value) => string,
): (Value | undefined)[] {
  const byKey = new Map(values.map((value) => [keyOf(value), value]));
  return keys.map((key) => byKey.get(key));
}

/** All values of each key, in the order of the keys. */
export function grouped<Value>(
  keys: readonly string[],
  values: readonly Value[],
  keyOf: (value: Value) => string,
): Value[][] {
  const byKey = Map.groupBy(values, keyOf);
  return keys.map((key) => byKey.get(key) ?? []);
}

/** A loader's statement in a transaction of its own. */
export function reading<Key, Value>(
  work: (tx: Transaction, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
): LoaderSpec<Key, Value>["load"] {
  return ({ database, tenantId }, keys) => database.read(tenantId, (tx) => work(tx, keys));
}
