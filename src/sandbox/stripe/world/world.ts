import { createRandom, mixedToken, type Random } from "../../shared/random.ts";
import { createChangeLog, type ChangeLog } from "./change-log.ts";
import type { Clock } from "./clock.ts";
import { eventText, NO_REQUEST, previousAttributes, type RequestReference } from "./event-text.ts";
import type { Fields } from "./fields.ts";
import type { Entry, ObjectStore } from "./object-store.ts";
import type { EventType, ObjectType, ObjectTypes } from "./wire.ts";

/**
 * The simulated account: objects, time, chance and the log of changes. Operations change it synchronously and then
 * `commit()`, so that nobody sees half an operation, neither a client nor the journal.
 */
export interface World extends ChangeLog {
  readonly store: ObjectStore;
  readonly random: Random;
  readonly clock: Clock;
  /** Unix seconds of the change under way. */
  now(): number;
  /** A new id, e.g. `newId("ch_3")`. Never repeats, also after a restart. */
  newId(prefix: string): string;
  create<T extends ObjectType>(
    type: T,
    object: ObjectTypes[T],
    events: readonly EventType[],
    hidden?: Partial<Fields>,
  ): void;
  /** Applies a patch and returns the changed object. @throws RangeError when the object is not there: a bug of ours. */
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
  /** Records an event about a text that is not a stored object, or not only. */
  emit(type: EventType, objectText: string, previous?: string): void;
  /** The request that stands in the events until the next call. */
  setRequest(request: RequestReference): void;
  /** Count of ids given; goes into the journal. */
  serial(): number;
}

export interface WorldOptions {
  readonly seed: number;
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Continues the ids of an earlier run; 0 for a new world. */
  readonly serial: number;
  /** Events before this time (Unix seconds) are not kept: Stripe drops them after 30 days. */
  readonly eventsSince: number;
  /** Endpoints that an event made now will be sent to. */
  readonly pendingWebhooks: () => number;
}

/** An account over a store. Holds no resources. */
export function createWorld(options: WorldOptions): World {
  const { store, clock, seed } = options;
  let serial = options.serial;
  let request: RequestReference = NO_REQUEST;
  const log = createChangeLog();

  const newId = (prefix: string): string => `${prefix}${mixedToken(seed, serial++)}`;
  const emit = (type: EventType, objectText: string, previous?: string): void => {
    const created = clock.seconds();
    if (created < options.eventsSince) return;
    const id = newId("evt_1");
    const text = eventText({ id, created, type, objectText, previous, request, pending: options.pendingWebhooks() });
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
      if (before === undefined) throw new RangeError(`${type} ${id} is not there`);
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
      if (entry === undefined || entry.deleted) throw new RangeError(`customer ${id} is not there`);
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
