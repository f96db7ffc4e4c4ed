import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { amountOf } from "../../helpers/length.ts";
import { type LiveGraph, openLiveGraph } from "../../helpers/live-graph.ts";
import { within } from "../../helpers/take.ts";

const ROUNDS = amountOf({ short: 2, long: 20 });
/** One for each round: after a failure there are more rounds, which look for a smaller example. */
const TENANTS = Array.from({ length: 2 * ROUNDS }, (_, round) => `storm-${round}`);

let log: EventLog;
let live: LiveGraph;
beforeAll(async () => {
  log = await useEventLog();
  live = await openLiveGraph(log, TENANTS);
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
});

const QUERY = /* GraphQL */ `
  subscription Follow($after: EventCursor) {
    syncEvents(after: $after) {
      __typename
      cursor
      at
      source {
        id
      }
      ... on RunStarted {
        run {
          id
        }
      }
    }
  }
`;

interface Received {
  readonly __typename: string;
  readonly cursor: string;
}

test("a client that resumes with its cursor, disconnected at random while 4 connections write: every event once, in order (F100)", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 2, maxLength: 8 }), async (cuts) => {
      const tenantId = `storm-${round}`;
      round += 1;
      const total = 4 * 20 * 2;
      const writing = Array.from({ length: 4 }, async (_, writer) => {
        for (let index = 0; index < 20; index += 1) {
          await log.append(tenantId, runStarted(`${writer}-${index}-a`), runStarted(`${writer}-${index}-b`));
        }
      });
      const cursors: string[] = [];
      for (const cut of [...cuts, total]) {
        const after = cursors.at(-1) ?? live.cursors.encodeEventCursor(tenantId, 0n);
        const count = Math.min(cut, total - cursors.length);
        cursors.push(...(await receiveThenCut(tenantId, after, count)));
      }
      await Promise.all(writing);
      const expected = Array.from({ length: total }, (_, index) =>
        live.cursors.encodeEventCursor(tenantId, BigInt(index + 1)),
      );
      expect(cursors).toEqual(expected);
    }),
    { numRuns: ROUNDS },
  );
});

/** Cursors of the next events; then the connection is closed abruptly, with data in transit. */
async function receiveThenCut(tenantId: string, after: string, count: number): Promise<string[]> {
  if (count === 0) return [];
  const client = live.connect(tenantId);
  const received: string[] = [];
  const allReceived = Promise.withResolvers<void>();
  const stop = client.subscribe<{ syncEvents: Received }>(
    { query: QUERY, variables: { after } },
    {
      next({ data }) {
        const event = data?.syncEvents;
        const isEvent = event !== undefined && event.__typename !== "StreamPosition"; // each connection begins with one
        if (isEvent && received.length < count) received.push(event.cursor);
        if (received.length === count) allReceived.resolve();
      },
      error: allReceived.reject,
      complete: () => undefined,
    },
  );
  await within(WAIT_LIMIT_MS, `${count} events`, allReceived.promise);
  client.terminate();
  stop();
  await client.dispose();
  return received;
}
