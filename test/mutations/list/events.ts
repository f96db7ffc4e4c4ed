import type { Mutation } from "../mutation.ts";

const FEED = ["test/integration/events/feed.test.ts"];
const LOG = ["test/integration/events/log.test.ts"];

const SHARED = ["test/integration/subscriptions/shared-execution.test.ts"];
const IDENTITY = ["src/server/subscriptions/operation-identity.test.ts"];

/** The log of events and its subscribers. */
export const EVENTS: readonly Mutation[] = [
  {
    breaks: "A filtered live subscriber receives each matching event: it does not skip to the head.",
    file: "src/events/subscriber.ts",
    find: "self.position = event?.seq ?? ring.to;",
    replace: "self.position = event !== undefined && self.matches(event) ? event.seq : ring.to;",
    tests: FEED,
  },
  {
    breaks: "A live subscriber receives only matching events.",
    file: "src/events/subscriber.ts",
    find: "if (event !== undefined && self.matches(event)) return",
    replace: "if (event !== undefined) return",
    tests: FEED,
  },
  {
    breaks: "A subscriber whose cursor is older than retention gets a reset.",
    file: "src/events/subscriber.ts",
    find: "if (floor > from || head < from) {",
    replace: "if (head < from) {",
    tests: FEED,
  },
  {
    breaks: "A subscriber whose cursor is beyond the head gets a reset.",
    file: "src/events/subscriber.ts",
    find: "if (floor > from || head < from) {",
    replace: "if (floor > from) {",
    tests: FEED,
  },
  {
    breaks: "A subscriber that falls out of the ring reads the log.",
    file: "src/events/subscriber.ts",
    find: "if (self.position < ring.from) return undefined;",
    replace: "",
    tests: FEED,
  },
  {
    breaks: "A subscriber whose filter matches nothing receives newer positions.",
    file: "src/events/subscriber.ts",
    find: "if (position === undefined || position <= reported) return undefined;",
    replace: "return undefined;",
    tests: FEED,
  },
  {
    breaks: "The filter by source has an effect on live events.",
    file: "src/events/filter.ts",
    find: "    sources(sourceId ?? undefined) &&\n",
    replace: "",
    tests: FEED,
  },
  {
    breaks: "The filter by run has an effect on stored events.",
    file: "src/events/filter.ts",
    find: "and ($8::text[] is null or data->>'runId' = any($8))",
    replace: "and ($8::text[] is null or true)",
    tests: FEED,
  },
  {
    breaks: "The feed receives every event without notifications.",
    file: "src/events/tail.ts",
    find: "for (const tail of tenants.values()) await catchUp(tail);",
    replace: "",
    tests: FEED,
  },
  {
    breaks: "Each number of the log is given once.",
    file: "src/events/append.ts",
    find: "set head = existing.head + excluded.head",
    replace: "set head = greatest(existing.head, excluded.head)",
    tests: LOG,
  },
  {
    breaks: "Retention raises the floor of the log.",
    file: "src/events/retention.ts",
    find: 'await tx.query("update event_heads set floor = greatest(floor, $1)", [end.through]);',
    replace: "",
    tests: LOG,
  },
  {
    breaks: "Retention ends before the first event that is kept.",
    file: "src/events/retention.ts",
    find: "filter (where at >= clock_timestamp() -",
    replace: "filter (where at < clock_timestamp() -",
    tests: LOG,
  },
  {
    breaks: "Subscriptions with different scopes share no execution.",
    file: "src/server/subscriptions/operation-identity.ts",
    find: "tenantId, [...scopes].sort(), values",
    replace: "tenantId, values",
    tests: [...IDENTITY, ...SHARED],
  },
  {
    breaks: "Subscriptions of different tenants share no execution.",
    file: "src/server/subscriptions/operation-identity.ts",
    find: "operationName, tenantId, [",
    replace: "operationName, [",
    tests: [...IDENTITY, ...SHARED],
  },
  {
    breaks: "Equal subscriptions execute an event once.",
    file: "src/server/subscriptions/shared-execution.ts",
    find: "known[index] === undefined && !running.has(key) ? [index] : []",
    replace: "known[index] === undefined ? [index] : []",
    tests: SHARED,
  },
  {
    breaks: "An execution that nobody waits for any more is aborted, and no other.",
    file: "src/server/subscriptions/shared-execution.ts",
    find: "if (batch.needed > 0 || batch.outcome !== undefined) return;",
    replace: "if (batch.outcome !== undefined) return;",
    tests: SHARED,
  },
  {
    breaks: "An event does not fail because of those that it is executed with.",
    file: "src/server/subscriptions/subscribe-per-event.ts",
    find: "if (batch.length === 1) throw reason;",
    replace: "throw reason;",
    tests: SHARED,
  },
];
