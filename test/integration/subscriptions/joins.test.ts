import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { EventFeed } from "../../../src/events/feed.ts";
import type { PullIterator } from "../../../src/events/pull-iterator.ts";
import type { EventResult } from "../../../src/server/subscriptions/event-result.ts";
import { type EventLog, useEventLog } from "../../helpers/event-log.ts";
import { SubscriptionWorld } from "../../helpers/subscription-world.ts";
import { take } from "../../helpers/take.ts";

let log: EventLog;
let feed: EventFeed;
beforeAll(async () => {
  log = await useEventLog();
  // So small that subscribers fall out of the ring and return to it all the time.
  feed = log.openFeed({ ringSize: 4, subscriberPageSize: 3 });
});
afterAll(async () => {
  if (feed.open > 0) throw new Error(`${feed.open} subscriptions were not released`);
  await log[Symbol.asyncDispose]();
});

/** What happens to a log and its subscribers, in order. */
const STEP = fc.oneof(
  fc.record({ type: fc.constant("append" as const), events: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ type: fc.constant("join" as const), back: fc.option(fc.nat({ max: 30 })) }),
  fc.record({ type: fc.constant("read" as const), who: fc.nat(), events: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ type: fc.constant("leave" as const), who: fc.nat() }),
);

interface Subscriber {
  readonly stream: PullIterator<EventResult>;
  /** Number of the last event before it began. */
  readonly from: number;
  readonly received: number[];
}

let runs = 0;

test("subscribers that join at any moment, with and without a cursor, receive every event after it once and in order (F100)", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 40 }), async (steps) => {
      await using world = new SubscriptionWorld(log, feed, { tenantId: `joins-${(runs += 1)}` });
      let head = 0;
      let subscribers: Subscriber[] = [];

      async function join(back: number | null): Promise<void> {
        const after = back === null ? undefined : Math.max(0, head - back);
        const stream = await world.subscribe(after === undefined ? {} : { variables: { after: `${after}` } });
        subscribers.push({ stream, from: after ?? (await positionOf(stream)), received: [] });
      }

      /** The position at which a subscriber without a cursor begins: as far as the tail has read the log. */
      async function positionOf(stream: PullIterator<EventResult>): Promise<number> {
        const [position] = await take(stream, 1);
        expect(position?.item.type).toBe("position");
        expect(Number(position?.item.seq)).toBeLessThanOrEqual(head);
        return Number(position?.item.seq);
      }

      async function read({ stream, from, received }: Subscriber, events: number): Promise<void> {
        const left = Math.min(events, head - from - received.length);
        received.push(...(await take(stream, left)).map(({ item }) => Number(item.seq)));
      }

      for (const step of steps) {
        const chosen = "who" in step ? subscribers[step.who % Math.max(1, subscribers.length)] : undefined;
        if (step.type === "append") await world.append(head + 1, (head += step.events));
        else if (step.type === "join") await join(step.back);
        else if (chosen !== undefined && step.type === "read") await read(chosen, step.events);
        else if (chosen !== undefined) {
          await chosen.stream.return();
          subscribers = subscribers.filter((one) => one !== chosen);
        }
      }
      await Promise.all(subscribers.map((subscriber) => read(subscriber, Infinity)));
      const plainList = Array.from({ length: head }, (_, index) => index + 1);
      for (const { from, received } of subscribers) expect(received).toEqual(plainList.slice(from));
    }),
    { numRuns: 25 },
  );
});
