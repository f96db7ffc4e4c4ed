import type { FollowSlotOptions } from "../../src/protocols/postgres-cdc/follow-options.ts";
import { followSlot, type FollowedSlot } from "../../src/protocols/postgres-cdc/follow-slot.ts";
import type { SlotEvent } from "../../src/protocols/postgres-cdc/events.ts";
import { parseLsn } from "../../src/protocols/postgres-cdc/database/lsn.ts";
import type { SlotPosition } from "../../src/protocols/postgres-cdc/database/position.ts";
import type { CdcServer } from "./cdc-server.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";

/** A follower of a slot that remembers the last position that it passed. */
export interface Follower extends AsyncDisposable {
  readonly slot: FollowedSlot;
  /** Position of the last event that had one. */
  readonly position: SlotPosition | undefined;
  /** Resolves with the next event of the type. */
  until<T extends SlotEvent["type"]>(type: T): Promise<Extract<SlotEvent, { type: T }>>;
  /** Resolves with all events up to one for which `isLast` is true. @param isKept false: with none of them */
  take(isLast: (event: SlotEvent) => boolean, isKept?: boolean): Promise<readonly SlotEvent[]>;
  /** Resolves with all events up to a position at or after the end of what the server has committed. */
  takeAll(): Promise<readonly SlotEvent[]>;
}

export function follow(
  server: CdcServer,
  options: Partial<FollowSlotOptions> & Pick<FollowSlotOptions, "slot">,
): Follower {
  const late = new AbortController();
  const slot = followSlot({
    address: server.address,
    publications: ["changes"],
    position: undefined,
    nowMs: Date.now,
    idlePositionIntervalMs: 0,
    walSenderTimeoutMs: 8_000,
    ...options,
    signal: options.signal === undefined ? late.signal : AbortSignal.any([options.signal, late.signal]),
  });
  const events = slot.events[Symbol.asyncIterator]();
  let position = options.position;
  async function take(isLast: (event: SlotEvent) => boolean, isKept = true): Promise<readonly SlotEvent[]> {
    const taken: SlotEvent[] = [];
    const timer = setTimeout(() => late.abort(new Error(`not within ${WAIT_LIMIT_MS} ms: the event`)), WAIT_LIMIT_MS);
    try {
      for (;;) {
        const { value } = (await events.next()) as IteratorYieldResult<SlotEvent>; // it never ends
        if (isKept) taken.push(value);
        if (value.type === "commit" || value.type === "position") position = value.position;
        if (isLast(value)) return taken;
      }
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    slot,
    get position() {
      return position;
    },
    take,
    async until<T extends SlotEvent["type"]>(type: T) {
      const taken = await take((event) => event.type === type);
      return taken.at(-1) as Extract<SlotEvent, { type: T }>; // `take` ends with it
    },
    async takeAll() {
      const [row] = await server.sql("select pg_current_wal_flush_lsn() as lsn");
      const end = parseLsn(row?.["lsn"] ?? "");
      if (position !== undefined && parseLsn(position.lsn) >= end) return []; // nothing more would be sent
      return await take(
        (event) => (event.type === "commit" || event.type === "position") && parseLsn(event.position.lsn) >= end,
      );
    },
    [Symbol.asyncDispose]: () => slot.close(),
  };
}
