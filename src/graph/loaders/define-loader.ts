import DataLoader from "dataloader";
import { ServiceError } from "../../domain/error.ts";
import { abortReason } from "../../runtime/abort.ts";
import type { Pieces } from "../../runtime/loop-turns.ts";
import { inCurrentSpan, tracedPart } from "../../runtime/tracing.ts";
import type { OperationReads } from "../../ingest/read-through/operation.ts";
import type { Reads, Transaction } from "../../store/database.ts";
import type { ReadColumns } from "../../store/queries/read-columns.ts";

/** Data sources of the loaders: one store, and the sources behind it, as one tenant. */
export interface LoaderEnvironment {
  readonly database: Reads;
  readonly tenantId: string;
  /** Read-through state shared by this operation. */
  readonly reads: OperationReads;
  /** Aborted when the response is no longer needed: from then on nothing is read. */
  readonly signal: AbortSignal;
  /** Pieces of the operation on the event loop: each loaded value is passed on as one. */
  readonly pieces: Pieces;
  /** Fields of the rows of synced objects that the operation reads. Default: all. */
  readonly columns?: ReadColumns | undefined;
}

/**
 * Passes a loaded value on at the operation's turn, so that the resolvers of a wide list run in slices.
 * @throws what `loaded` throws | ServiceError CANCELED | OPERATION_TIMEOUT
 */
function atItsTurn<T>({ pieces, signal }: LoaderEnvironment, loaded: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const pass = (value: T): void => (signal.aborted ? reject(abortReason(signal)) : resolve(value));
    const fail = (reason: Error): void => reject(reason); // passed on as it is
    loaded.then(
      (value) => pieces.add(() => pass(value)),
      (reason: Error) => pieces.add(() => fail(reason)),
    );
  });
}

/** @throws ServiceError CANCELED */
export function throwIfAborted({ signal }: LoaderEnvironment): void {
  if (signal.aborted) throw new ServiceError("CANCELED", "the request was canceled");
}

/** Definition of how a value is loaded by its key. */
export interface LoaderSpec<Key, Value> {
  /** Returns text that is equal for equal keys. */
  readonly key: (key: Key) => string;
  /** Maximum number of keys in one statement; more are read by several statements. */
  readonly maxBatch: number;
  /** Returns one value or Error for each key, in the order of the keys. */
  readonly load: (environment: LoaderEnvironment, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>;
  /**
   * True for a value that a later load may improve, such as a stored copy of an object that could not be fetched.
   * Default: false.
   */
  readonly isTemporary?: (value: Value) => boolean;
}

/** Loads values by key, each once, and all keys that resolvers request while they run in one batch. */
export interface Loader<Key, Value> {
  /** @throws ServiceError OVERLOADED | STORE_UNAVAILABLE | CANCELED | INTERNAL */
  load(key: Key): Promise<Value>;
  /** Removes a value from the cache after its underlying data has changed. */
  clear(key: Key): void;
}

/**
 * Creates a loader for one operation, whose batches have its name in traces. Failures and temporary values are not cached, so that a later load in the
 * operation tries again.
 */
export function createLoader<Key, Value>(
  name: string,
  spec: LoaderSpec<Key, Value>,
  environment: LoaderEnvironment,
): Loader<Key, Value> {
  const loader = new DataLoader<Key, Value, string>(
    async (keys) => {
      throwIfAborted(environment);
      const values = await tracedPart(
        () => ({ name: `load ${name}`, attributes: { "sluice.loader.keys": keys.length } }),
        () => spec.load(environment, keys),
      );
      for (const [index, value] of values.entries()) {
        const key = keys[index];
        if (key !== undefined && isTransient(spec, value)) loader.clear(key);
      }
      return values;
    },
    {
      maxBatchSize: spec.maxBatch,
      cacheKeyFn: spec.key,
      // The resolvers of all results that were passed on have run then: one batch, whatever the number of slices.
      batchScheduleFn: (dispatch) => environment.pieces.whenIdle(inCurrentSpan(dispatch)),
    },
  );
  return {
    load: (key) => atItsTurn(environment, loader.load(key)),
    clear: (key) => void loader.clear(key),
  };
}

function isTransient<Value>({ isTemporary }: LoaderSpec<never, Value>, value: Value | Error): boolean {
  if (value instanceof Error) return value instanceof ServiceError && value.retryable;
  return isTemporary?.(value) ?? false;
}

/** Returns values in the order of their keys; undefined for a key without a value. */
export function inOrder<Value>(
  keys: readonly string[],
  values: readonly Value[],
  keyOf: (value: Value) => string,
): (Value | undefined)[] {
  const byKey = new Map(values.map((value) => [keyOf(value), value]));
  return keys.map((key) => byKey.get(key));
}

/** Returns all values of each key, in the order of the keys. */
export function grouped<Value>(
  keys: readonly string[],
  values: readonly Value[],
  keyOf: (value: Value) => string,
): Value[][] {
  const byKey = Map.groupBy(values, keyOf);
  return keys.map((key) => byKey.get(key) ?? []);
}

/** Runs a loader's statement in a transaction of its own. */
export function reading<Key, Value>(
  work: (tx: Transaction, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
): LoaderSpec<Key, Value>["load"] {
  return ({ database, tenantId }, keys) => database.read(tenantId, (tx) => work(tx, keys));
}
