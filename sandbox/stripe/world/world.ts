import { createRandom, mixedToken, type Random } from "../../shared/random.ts";
import { hasEvents, objectInVersion } from "./api-version.ts";
import { createChangeLog, type ChangeLog } from "./change-log.ts";
import type { Clock } from "./clock.ts";
import { eventText, NO_REQUEST, previousAttributes, type RequestReference } from "./event-text.ts";
import type { Fields } from "./fields.ts";
import type { Entry, ObjectStore } from "./object-store.ts";
import { API_VERSION, type EventType, type ObjectType, type ObjectTypes } from "./wire.ts";

/**
 * The simulated account: objects, time, random numbers and the log of changes. Operations change it synchronously and
 * then `commit()`, so that neither a client nor the journal sees half an operation.
 */
export interface World extends ChangeLog {
  readonly store: ObjectStore;
  readonly random: Random;
  readonly clock: Clock;
  /** Unix seconds of the current change. */
  now(): number;
  /** A new id, e.g. `newId("ch_3")`. Never repeats, even after a restart. */
  newId(prefix: string): string;
  create<T extends ObjectType>(
    type: T,
    object: ObjectTypes[T],
    events: readonly EventType[],
    hidden?: Partial<Fields>,
  ): void;
  /**
   * Applies a patch and returns the changed object. @throws RangeError when the object does not exist: a bug of the
   * sandbox.
   */
  update<T extends ObjectType>(
    type: T,
    id: string,
    patch: Partial<ObjectTypes[T]>,
    events?: readonly EventType[],
    hidden?: Partial<Fields>,
  ): ObjectTypes[T];
  /** Replaces a customer by its tombstone. */
  removeCustomer(id: string): void;
  /** Changes hidden fields. */
  annotate(entry: Entry, hidden: Partial<Fields>): void;
  /** Records an event about a text that is not a stored object, or not only that. */
  emit(type: EventType, objectText: string, previous?: string): void;
  /** Sets the request that events contain until the next call. */
  setRequest(request: RequestReference): void;
  /** Number of ids assigned; stored in the journal. */
  serial(): number;
}

export interface WorldOptions {
  readonly seed: number;
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Version in which events are written. Default: the sandbox's. */
  readonly apiVersion?: () => string;
  /** Number at which the ids of an earlier run continue; 0 for a new world. */
  readonly serial: number;
  /** Unix seconds; earlier events are not stored: Stripe drops them after 30 days. */
  readonly eventsSince: number;
  /** Number of endpoints that an event made now will be sent to. */
  readonly pendingWebhooks: () => number;
  /** Id of a connected account; undefined for the platform's own world. */
  readonly account?: string;
}

/** Creates an account over a store. Uses no resources that need closing. */
export function createWorld(options: WorldOptions): World {
  const { store, clock, seed } = options;
  let serial = options.serial;
  let request: RequestReference = NO_REQUEST;
  const log = createChangeLog();

  const newId = (prefix: string): string => `${prefix}${mixedToken(seed, serial++)}`;
  const textOf = (type: ObjectType, id: string): string | undefined => {
    const entry = store.find(type, id);
    return entry === undefined ? undefined : store.text(entry);
  };
  const emit = (type: EventType, objectText: string, previous?: string): void => {
    const created = clock.seconds();
    const apiVersion = options.apiVersion?.() ?? API_VERSION;
    if (created < options.eventsSince || !hasEvents(type, apiVersion)) return;
    const id = newId("evt_1");
    const object = objectInVersion(objectText, apiVersion, (charge) => textOf("charge", charge));
    const text = eventText({
      id,
      created,
      type,
      apiVersion,
      objectText: object,
      previous,
      request,
      pending: options.pendingWebhooks(),
      account: options.account,
    });
    log.noteEvent(store.putText({ type: "event", id, created, text, fields: { type } }));
  };

  return {
    store,
    clock,
    random: createRandom(seed + serial),
    now: () => clock.seconds(),
    newId,
    ...log,
    emit,
    create(type, object, types, hidden) {
      const entry = store.put(type, object, hidden);
      log.note(entry, "created");
      if (clock.seconds() >= options.eventsSince) for (const name of types) emit(name, store.text(entry));
    },
    update(type, id, patch, types = [], hidden = {}) {
      const before = store.get(type, id);
      if (before === undefined) throw new RangeError(`${type} ${id} does not exist`);
      const after = { ...before, ...patch };
      const entry = store.put(type, after, hidden);
      log.note(entry, "updated");
      if (types.length > 0 && clock.seconds() >= options.eventsSince) {
        const previous = JSON.stringify(previousAttributes(before, after));
        const text = store.text(entry);
        for (const name of types) emit(name, text, name.endsWith(".updated") ? previous : undefined);
      }
      return after;
    },
    removeCustomer(id) {
      const entry = store.find("customer", id);
      if (entry === undefined || entry.deleted) throw new RangeError(`customer ${id} does not exist`);
      const last = store.text(entry);
      const text = JSON.stringify({ id, object: "customer", deleted: true });
      store.putText({ type: "customer", id, created: entry.created, text, fields: {}, deleted: true });
      log.note(entry, "deleted");
      emit("customer.deleted", last);
    },
    annotate(entry, hidden) {
      store.annotate(entry, hidden);
      log.note(entry, "annotated");
    },
    setRequest(reference) {
      request = reference;
    },
    serial: () => serial,
  };
}
