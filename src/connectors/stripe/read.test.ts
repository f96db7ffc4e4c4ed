import { describe, expect, test } from "@jest/globals";
import { eventually } from "../../../test/helpers/eventually.ts";
import { pageOf, startScriptedStripe } from "./fixtures/list-server.ts";
import { fixture } from "./fixtures/load.ts";
import { NOW, DAY, customers, iso, eventOf, read, all, idsOf, cursorsOf } from "./fixtures/reading.ts";

describe("a first Stripe read", () => {
  test("lists everything, with a checkpoint after each page and one at the end", async () => {
    const list = customers(250);
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, list),
      () => NOW,
    );
    const messages = await all(read(stripe));
    expect(idsOf(messages)).toEqual(list.map(({ id }) => id));
    const [first, second, last, ...more] = cursorsOf(messages);
    expect(more).toEqual([]);
    const since = first?.phase === "backfill" ? first.since : 0;
    expect([NOW - 1, NOW]).toContain(since); // the first page may have a state from before its response
    expect(first).toEqual({ phase: "backfill", since, after: "cus_0151" });
    expect(second).toEqual({ phase: "backfill", since, after: "cus_0051" });
    expect(last).toEqual({ phase: "incremental", since });
    // The last object's second may continue on the next page, so the one after it is the earliest complete one.
    const reached = [list[98], list[198]].map((customer) => iso(((customer?.created ?? 0) + 1) * 1000));
    expect(messages.filter(({ type }) => type === "checkpoint")).toMatchObject([
      { reached: reached[0], next: last },
      { reached: reached[1], next: last },
      { progress: 1 },
    ]);
    expect(messages.at(-1)).toMatchObject({ type: "checkpoint", progress: 1 });
    expect(stripe.requests).toHaveLength(3);
    expect(stripe.lastHeaders()).toMatchObject({
      authorization: "Bearer sk_test_1",
      "stripe-version": "2026-10-28.endive",
    });
  });

  test("continues at a checkpoint, and keeps the time at which it began", async () => {
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, customers(150)),
      () => NOW,
    );
    const messages = await all(read(stripe, { cursor: { phase: "backfill", since: NOW - 500, after: "cus_0051" } }));
    expect(idsOf(messages)).toHaveLength(50);
    expect(cursorsOf(messages)).toEqual([{ phase: "incremental", since: NOW - 500 }]);
  });

  test("restarts when the object to continue after was deleted (F27)", async () => {
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, customers(120)),
      () => NOW,
    );
    const messages = await all(read(stripe, { cursor: { phase: "backfill", since: 5, after: "cus_deleted" } }));
    expect(idsOf(messages)).toHaveLength(120);
    expect(cursorsOf(messages).at(-1)).not.toEqual({ phase: "incremental", since: 5 });
  });

  test("loses nothing when the object to continue after is deleted during the read (F27)", async () => {
    let list = customers(250);
    await using stripe = await startScriptedStripe(
      (url) => {
        const page = pageOf(url, list);
        if (url.searchParams.get("starting_after") === null) list = list.filter(({ id }) => id !== "cus_0151");
        return page;
      },
      () => NOW,
    );
    const found = new Set(idsOf(await all(read(stripe))));
    expect(found).toEqual(new Set(customers(250).map(({ id }) => id)));
  });

  test("requests the next page while the current one is processed, and only one page ahead", async () => {
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, customers(450)),
      () => NOW,
    );
    const messages = read(stripe);
    await messages.next();
    await eventually("the second request", () => stripe.requests.length === 2);
    for (let handled = 1; handled < 100; handled++) await messages.next();
    expect(stripe.requests).toHaveLength(2);
    await messages.return();
  });

  test("reads an empty account", async () => {
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, []),
      () => NOW,
    );
    expect(await all(read(stripe))).toMatchObject([{ type: "checkpoint", cursor: { phase: "incremental" } }]);
  });
});

describe("a later Stripe read", () => {
  const SINCE = NOW - 300;
  const changed = { ...fixture("customer"), id: "cus_2", name: "New" };
  const removed = { ...fixture("customer"), id: "cus_1" };

  test("takes changes from the event list, with some seconds of overlap", async () => {
    const events = [
      eventOf("evt_3", NOW - 5, "customer.deleted", removed),
      eventOf("evt_2", NOW - 9, "customer.updated", changed),
    ];
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, events),
      () => NOW,
    );
    const messages = await all(read(stripe, { cursor: { phase: "incremental", since: SINCE } }));
    const listed = { type: "listedEvent", at: iso((NOW - 5) * 1_000) };
    expect(messages).toMatchObject([
      { ...listed, deliveryId: "evt_3", eventType: "customer.deleted" },
      { type: "tombstone", entity: "Party", externalId: "cus_1", raw: { path: "/data/0/data/object" } },
      { type: "listedEvent", deliveryId: "evt_2", eventType: "customer.updated" },
      { type: "record", record: { externalId: "cus_2", name: "New" }, version: { from: BigInt(NOW - 9) * 1000n } },
      { type: "checkpoint", progress: 1 },
    ]);
    const [request] = stripe.requests;
    expect(request?.pathname).toBe("/v1/events");
    expect(request?.searchParams.getAll("types[]")).toEqual([
      "customer.created",
      "customer.updated",
      "customer.deleted",
    ]);
    expect(request?.searchParams.get("created[gte]")).toBe(String(SINCE - 30));
    const cursor = cursorsOf(messages).at(-1);
    expect([NOW - 1, NOW]).toContain(cursor?.phase === "incremental" ? cursor.since : 0);
  });

  test("can be resumed in the middle, and the read after it starts at the beginning of this one", async () => {
    const events = Array.from({ length: 150 }, (_, index) =>
      eventOf(`evt_${150 - index}`, NOW - index, "customer.updated", { ...changed, id: `cus_${150 - index}` }),
    );
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, events),
      () => NOW,
    );
    const [middle] = cursorsOf(await all(read(stripe, { cursor: { phase: "incremental", since: SINCE } })));
    if (middle?.phase !== "incremental" || middle.pass === undefined) throw new TypeError("expected a pass");
    expect(middle).toMatchObject({ since: SINCE, pass: { after: "evt_51" } });
    const rest = await all(read(stripe, { cursor: middle }));
    expect(idsOf(rest)).toHaveLength(50);
    expect(cursorsOf(rest)).toEqual([{ phase: "incremental", since: middle.pass.since }]);
  });

  test("becomes a first read when the events since then are no longer kept, by Stripe's clock", async () => {
    const events = [eventOf("evt_1", NOW - 5, "customer.updated", changed)];
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, url.pathname === "/v1/events" ? events : customers(120)),
      () => NOW,
    );
    const messages = await all(read(stripe, { cursor: { phase: "incremental", since: NOW - 30 * DAY } }));
    expect(idsOf(messages)).toHaveLength(120);
    expect(cursorsOf(messages)[0]).toMatchObject({ phase: "backfill" });
    const recent = await all(read(stripe, { cursor: { phase: "incremental", since: NOW - 29 * DAY } }));
    expect(idsOf(recent)).toEqual(["cus_2"]);
  });

  test("of charges alone fetches the charge of a failed refund or a new dispute: the charge has no event of its own", async () => {
    const refund = { ...fixture("refund"), id: "re_1", charge: "ch_1", status: "failed" };
    const dispute = { ...fixture("dispute"), id: "dp_1", charge: "ch_2" };
    const events = [
      eventOf("evt_2", NOW - 5, "charge.dispute.created", dispute),
      eventOf("evt_1", NOW - 9, "refund.failed", refund),
    ];
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, events),
      () => NOW,
    );
    const messages = await all(read(stripe, { stream: "charges", cursor: { phase: "incremental", since: SINCE } }));
    expect(messages).toMatchObject([
      { type: "hint", entity: "PaymentAttempt", externalId: "ch_2" },
      { type: "hint", entity: "PaymentAttempt", externalId: "ch_1" },
      { type: "checkpoint", progress: 1 },
    ]);
    const types = stripe.requests[0]?.searchParams.getAll("types[]");
    expect(types).toEqual(expect.arrayContaining(["charge.refunded", "refund.failed", "charge.dispute.closed"]));
  });

  test("lists the last week of ledger entries again, because they have no events", async () => {
    const entries = [
      { id: "txn_1", created: NOW - DAY, ...fixture("balance-transaction", { id: undefined, created: undefined }) },
    ];
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, entries),
      () => NOW,
    );
    const cursor = { phase: "incremental", since: SINCE } as const;
    expect(idsOf(await all(read(stripe, { cursor, stream: "balance_transactions" })))).toEqual(["txn_1"]);
    const [request] = stripe.requests;
    expect(request?.pathname).toBe("/v1/balance_transactions");
    expect(request?.searchParams.get("created[gte]")).toBe(String(SINCE - 7 * DAY));
  });

  test("reports an item of the event list that is not an event, and continues (F26)", async () => {
    const events = [{ id: "evt_2", created: NOW }, eventOf("evt_1", NOW - 5, "customer.updated", changed)];
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, events),
      () => NOW,
    );
    expect(await all(read(stripe, { cursor: { phase: "incremental", since: SINCE } }))).toMatchObject([
      { type: "malformed", entity: "Party", problem: "must be an event" },
      { type: "listedEvent" },
      { type: "record" },
      { type: "checkpoint" },
    ]);
  });
});

describe("a range read", () => {
  test("reads the objects created in it, including those in the bounding seconds", async () => {
    const list = customers(200);
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, list),
      () => NOW,
    );
    const range = { from: iso((NOW - 6000) * 1000 - 1), to: iso((NOW - 60) * 1000) };
    const messages = await all(read(stripe, { range }));
    expect(idsOf(messages)).toEqual(
      list.filter(({ created }) => created >= NOW - 6000 && created < NOW - 60).map(({ id }) => id),
    );
    expect(messages.at(-1)).toMatchObject({ type: "checkpoint", progress: 1 });
  });

  test("reports its progress, and can be resumed", async () => {
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, customers(200)),
      () => NOW,
    );
    const range = { from: iso((NOW - 200 * 60) * 1000), to: iso(NOW * 1000) };
    const messages = await all(read(stripe, { range }));
    const half = messages.find((message) => message.type === "checkpoint");
    expect(half?.progress).toBeCloseTo(0.5, 1);
    expect(idsOf(await all(read(stripe, { range, cursor: half?.cursor })))).toHaveLength(100);
  });

  test("must have times", async () => {
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, []),
      () => NOW,
    );
    await expect(all(read(stripe, { range: { from: "yesterday", to: "today" } }))).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  test.each([
    ["before a time", { from: undefined, to: iso((NOW - 6000) * 1000) }],
    ["since a time", { from: iso((NOW - 6000) * 1000), to: undefined }],
  ])("may have an open end: %s", async (_what, range) => {
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, customers(200)),
      () => NOW,
    );
    expect(idsOf(await all(read(stripe, { range })))).toHaveLength(100);
  });

  test("reports its position by the items that have a date (F26)", async () => {
    const list = customers(201).map((customer, index) =>
      index >= 99 && index < 200 ? { ...customer, created: Number.MAX_SAFE_INTEGER } : customer,
    );
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, list),
      () => NOW,
    );
    const reached = (await all(read(stripe))).flatMap((one) => (one.type === "checkpoint" ? [one.reached] : []));
    const newest = iso((NOW - 60 * 98 + 1) * 1000);
    expect(reached).toEqual([newest, newest, undefined]);
  });

  test("does not report 1970 as its position because of one item with that date, at any place (F26)", async () => {
    for (const place of [97, 98, 99]) {
      const list = customers(150).map((customer, index) => (index === place ? { ...customer, created: 0 } : customer));
      await using stripe = await startScriptedStripe(
        (url) => pageOf(url, list),
        () => NOW,
      );
      const reached = (await all(read(stripe))).flatMap((one) => (one.type === "checkpoint" ? [one.reached] : []));
      expect(reached[0]?.slice(0, 4)).toBe("2025");
    }
  });
});
