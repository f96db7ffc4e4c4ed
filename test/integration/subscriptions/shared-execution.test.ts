import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildSchema } from "graphql";
import type { EventFeed } from "../../../src/events/feed.ts";
import type { PullIterator } from "../../../src/events/pull-iterator.ts";
import type { ContextInput } from "../../../src/server/subscriptions/context-input.ts";
import type { EventResult } from "../../../src/server/subscriptions/event-result.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { eventually } from "../../helpers/eventually.ts";
import { SubscriptionWorld, type SubscriptionWorldOptions } from "../../helpers/subscription-world.ts";
import { take } from "../../helpers/take.ts";

let log: EventLog;
let feed: EventFeed;
beforeAll(async () => {
  log = await useEventLog();
  feed = log.openFeed();
});
afterAll(async () => {
  if (feed.open > 0) throw new Error(`${feed.open} subscriptions were not released`);
  await log[Symbol.asyncDispose]();
});

const openWorld = (tenantId: string, options: Partial<SubscriptionWorldOptions> = {}) =>
  new SubscriptionWorld(log, feed, { tenantId, ...options });

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const seqsOf = (results: readonly EventResult[]): number[] => results.map(({ item }) => Number(item.seq));
const textsOf = (results: readonly EventResult[]): string[] => results.map(({ json }) => json);

describe("equal subscriptions", () => {
  test("of several callers of a tenant execute each event once and receive the same text", async () => {
    await using world = openWorld("equal");
    const streams: PullIterator<EventResult>[] = [];
    for (let n = 0; n < 20; n += 1) streams.push(await world.subscribe({ subject: `caller-${n % 4}` }));
    for (const stream of streams) expect(await take(stream, 1)).toMatchObject([{ item: { type: "position" } }]);
    const before = world.executed.length;
    await world.append(1, 10);
    const received = await Promise.all(streams.map((stream) => take(stream, 10)));
    expect(world.executed.length - before).toBe(10);
    for (const results of received) {
      expect(seqsOf(results)).toEqual(range(1, 10));
      expect(textsOf(results)).toEqual(textsOf(received[0] ?? []));
      expect(results.map(({ bytes, json }) => bytes.toString() === json)).not.toContain(false);
    }
  });

  test("share their executions wherever they begin: `after` is not part of an event's content", async () => {
    await using world = openWorld("begin");
    await world.append(1, 30);
    const late = await world.subscribe({ variables: { after: "20" } });
    const early = await world.subscribe({ variables: { after: "0" } });
    const [some, all] = await Promise.all([take(late, 10), take(early, 30)]);
    expect([seqsOf(some), seqsOf(all)]).toEqual([range(21, 30), range(1, 30)]);
    expect(textsOf(all).slice(20)).toEqual(textsOf(some));
    expect(world.executed).toHaveLength(30);
  });

  test("with another variable in the content of an event have executions of their own", async () => {
    await using world = openWorld("content");
    const query = "subscription ($bytes: Int!) { items { padding(bytes: $bytes) } }";
    const streams = [await world.subscribe({ query, variables: { bytes: 1 } })];
    streams.push(await world.subscribe({ query, variables: { bytes: 2 } }));
    await Promise.all(streams.map((stream) => take(stream, 1)));
    await world.append(1, 1);
    const [one = [], two = []] = await Promise.all(streams.map((stream) => take(stream, 1)));
    expect([one[0]?.result, two[0]?.result]).toEqual([
      { data: { items: { padding: "x" } } },
      { data: { items: { padding: "xx" } } },
    ]);
  });

  test("of callers with different scopes never share an execution", async () => {
    await using world = openWorld("scopes");
    const streams = [
      await world.subscribe({ subject: "reader", scopes: ["read"] }),
      await world.subscribe({ subject: "admin", scopes: ["read", "admin"] }),
      await world.subscribe({ subject: "other-admin", scopes: ["admin", "read"] }),
    ];
    await Promise.all(streams.map((stream) => take(stream, 1)));
    const before = world.executed.length;
    await world.append(1, 5);
    await Promise.all(streams.map((stream) => take(stream, 5)));
    const scopes = world.executed.slice(before).map(({ principal }) => [...principal.scopes].sort().join());
    expect(scopes.sort()).toEqual([...Array<string>(5).fill("admin,read"), ...Array<string>(5).fill("read")]);
  });

  test("of two tenants receive the events of their own tenant alone, under the same numbers (F94)", async () => {
    await using world = openWorld("tenant-a");
    await world.append(1, 5);
    await log.append("tenant-b", ...range(1, 5).map((n) => runStarted(`b${n}`)));
    const streams = [
      await world.subscribe({ variables: { after: "0" } }),
      await world.subscribe({ tenantId: "tenant-b", variables: { after: "0" } }),
    ];
    const [ours = [], theirs = []] = await Promise.all(streams.map((stream) => take(stream, 5)));
    expect(new Set(ours.map(({ item }) => item.type === "event" && item.event.tenantId))).toEqual(
      new Set(["tenant-a"]),
    );
    expect(new Set(theirs.map(({ item }) => item.type === "event" && item.event.tenantId))).toEqual(
      new Set(["tenant-b"]),
    );
    expect(world.executed.map(({ principal }) => principal.tenantId).sort()).toEqual([
      ...Array<string>(5).fill("tenant-a"),
      ...Array<string>(5).fill("tenant-b"),
    ]);
  });
});

describe("a subscriber that is behind", () => {
  test("and requests nothing delays no other, causes no execution, and receives everything later (F99)", async () => {
    await using world = openWorld("slow");
    const slow = await world.subscribe({ subject: "slow" });
    await take(slow, 1);
    const before = world.executed.length;
    await world.append(1, 5);
    const quick = await world.subscribe({ subject: "quick", variables: { after: "5" } });
    await world.append(6, 300);
    const received = await take(quick, 295);
    expect(seqsOf(received)).toEqual(range(6, 300));
    expect(world.executed.length - before).toBe(295);
    expect(seqsOf(await take(slow, 300))).toEqual(range(1, 300));
  });

  test("receives objects that were read no earlier than the last of the events that it is executed with", async () => {
    await using world = openWorld("batches");
    await world.append(1, 40);
    const stream = await world.subscribe({ variables: { after: "0" } });
    await take(stream, 40);
    const alone = world.executed.filter(({ loadersOf }) => loadersOf === undefined);
    expect(world.executed).toHaveLength(40);
    expect(alone.length).toBeLessThan(10); // one for each batch, whose other events share its loaders
  });
});

describe("the execution of an event", () => {
  const WAITS = `subscription { items(after: "0") { waits } }`;

  test("is aborted when the last subscription that waits for it has ended (F103)", async () => {
    await using world = openWorld("aborted");
    await world.append(1, 1);
    const [first, second] = [await world.subscribe({ query: WAITS }), await world.subscribe({ query: WAITS })];
    const waiting = [first.next(), second.next()];
    await eventually("the execution", () => world.executed.length === 1);
    await first.return();
    const third = await world.subscribe({ query: WAITS });
    waiting.push(third.next());
    await second.return();
    expect(world.graph.aborted).toBe(0);
    await third.return();
    await eventually("the abort", () => world.graph.aborted === 1);
    expect(await Promise.all(waiting)).toEqual(Array(3).fill({ done: true, value: undefined }));
    expect(world.executed).toHaveLength(1);
  });

  test("does not fail because of the events that it is executed with", async () => {
    const schema = buildSchema("type Query { a: Int } type Subscription { items: Item! } type Item { seq: String! }");
    schema.getSubscriptionType()!.getFields()["items"]!.subscribe = () =>
      feed.subscribe({ tenantId: "together", after: 0n, filter: {} });
    schema.getSubscriptionType()!.getFields()["items"]!.resolve = (item: unknown) => item;
    const item = schema.getType("Item");
    if (item === undefined || !("getFields" in item)) throw new Error("Item is an object type");
    const seq = item.getFields()["seq"];
    if (seq === undefined || !("resolve" in seq)) throw new Error("seq is a field");
    seq.resolve = ({ seq: number }: { seq: bigint }, _args: unknown, { loadersOf }: ContextInput) =>
      loadersOf === undefined ? number.toString() : new Promise(() => undefined); // slow with others, fast alone
    await using world = openWorld("together", { schema, operationTimeoutMs: 100 });
    await world.append(1, 4);
    const stream = await world.subscribe({ query: "subscription { items { seq } }" });
    expect(seqsOf(await take(stream, 4))).toEqual([1, 2, 3, 4]);
  });
});
