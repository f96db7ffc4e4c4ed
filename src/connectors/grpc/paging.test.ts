import { status } from "@grpc/grpc-js";
import { describe, expect, test } from "@jest/globals";
import type { Message } from "../../../test/conformance/session.ts";
import { startProcessor, type Unary, type Wire } from "./fixtures/processor-contract.ts";
import { FIELDS, mistakesIn, openProcessor } from "./fixtures/processor-source.ts";

const LIST = "acme.v1.Processor/ListCharges";
const charges = Array.from({ length: 7 }, (_, index) => ({
  id: `ch_${index}`,
  state: "CHARGE_STATE_DONE",
  cents: String(100 + index),
  currency: "EUR",
  updated: { seconds: String(1_796_119_200 + index * 1_000), nanos: 0 },
}));
const idsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === "record" ? [message.record.externalId] : []));
const lastCursor = (messages: readonly Message[]) =>
  messages.findLast((message) => message.type === "checkpoint")?.cursor;
const all = charges.map(({ id }) => id);

/** A request of any of the lists, with the zero values of what was left out. */
interface Request {
  readonly limit: number;
  readonly starting_after: string;
  readonly offset: string;
  readonly page: number;
  readonly updated_since: { readonly seconds: string } | null;
  readonly updated_since_millis: string;
  readonly updated_since_text: string;
  readonly cursor: string;
}

/** A server that lists charges in pages of at most three by each of the contract's methods. */
function lister(requests: Request[] = [], page: (request: Request) => Wire): Readonly<Record<string, Unary>> {
  return {
    ListCharges(call, done) {
      const request = call.request as unknown as Request; // as the contract declares
      requests.push(request);
      done(null, page(request));
    },
  };
}

const from = (start: number): Wire => ({ data: charges.slice(start, start + 3), has_more: start + 3 < charges.length });

describe("a list by settings is read to its end", () => {
  test.each<[string, object, (request: Request) => Wire]>([
    [
      "a token in a nested message",
      { request: "cursor", response: "pagination.next" },
      ({ cursor }) => {
        const start = Number(cursor);
        return { ...from(start), pagination: { next: start + 3 < charges.length ? String(start + 3) : "" } };
      },
    ],
    [
      "the id of the last item, and a flag",
      { request: "starting_after", lastItem: "id", hasMore: "has_more" },
      ({ starting_after: after }) => from(charges.findIndex(({ id }) => id === after) + 1),
    ],
    [
      "the id of the last item, until a page is empty",
      { request: "starting_after", lastItem: "id" },
      ({ starting_after: after }) => from(charges.findIndex(({ id }) => id === after) + 1),
    ],
    ["the number of items so far", { request: "offset", counts: "items" }, ({ offset }) => from(Number(offset))],
    [
      "the number of items so far, and a flag",
      { request: "offset", counts: "items", hasMore: "has_more" },
      ({ offset }) => from(Number(offset)),
    ],
    [
      "the number of the page from 1",
      { request: "page", counts: "pages", hasMore: "has_more" },
      ({ page }) => from((page - 1) * 3),
    ],
    ["the number of the page from 0", { request: "page", counts: "pages", first: 0 }, ({ page }) => from(page * 3)],
  ])("by %s, from each of its pages too", async (_method, page, answer) => {
    await using server = await startProcessor(lister([], answer));
    const streams = {
      payments: { list: LIST, page: { items: "data", ...page, size: { path: "limit", value: 3 } }, fields: FIELDS },
    };
    await using session = await openProcessor(server.url, streams);
    const messages = await session.readAll("payments");
    expect(idsOf(messages)).toEqual(all);
    const cursors = messages.flatMap((message) => (message.type === "checkpoint" ? [message.cursor] : []));
    expect(cursors.at(-1)).toMatchObject({ phase: "done" });
    const read = await Promise.all(
      cursors.slice(0, -1).map((cursor) => session.readAll("payments", JSON.parse(JSON.stringify(cursor)))),
    );
    expect(read.map((one) => idsOf(one)[0])).toEqual(["ch_3", "ch_6", undefined].slice(0, read.length));
  });

  test("and not for ever by a server that returns one page for every number (F28)", async () => {
    await using server = await startProcessor(lister([], () => from(0)));
    const page = { items: "data", request: "offset", counts: "items" };
    await using session = await openProcessor(server.url, { payments: { list: LIST, page, fields: FIELDS } });
    await expect(session.readAll("payments")).rejects.toMatchObject({ code: "UPSTREAM_GARBLED" });
  });

  test("also when the last item of a page is malformed: the next page begins after the last one that can be read", async () => {
    const broken = { ...charges[2], id: "" };
    await using server = await startProcessor(
      lister([], ({ starting_after: after }) =>
        after === ""
          ? { data: [charges[0], charges[1], broken], has_more: true }
          : from(charges.findIndex(({ id }) => id === after) + 1),
      ),
    );
    const page = { items: "data", request: "starting_after", lastItem: "id", hasMore: "has_more" };
    await using session = await openProcessor(server.url, { payments: { list: LIST, page, fields: FIELDS } });
    const messages = await session.readAll("payments");
    expect(idsOf(messages)).toEqual(all);
    expect(messages.filter(({ type }) => type === "malformed")).toHaveLength(1);
  });
});

describe("the objects of an element", () => {
  test("are the message in an envelope: events about others are skipped, and a malformed one is quarantined alone", async () => {
    const events = [
      { sequence: "1", charge: charges[0] },
      { sequence: "2", payer: { id: "p" } },
      { sequence: "3", charge: { ...charges[1], currency: "EURO" } },
      { sequence: "4", charge: charges[2] },
    ];
    await using server = await startProcessor({
      ListEvents: (call, done) =>
        done(null, {
          events: events.filter(({ sequence }) => Number(sequence) > Number(call.request["after"])),
        }),
    });
    const page = { items: "events", item: "charge", request: "after", lastItem: "sequence" };
    await using session = await openProcessor(server.url, {
      payments: { list: "acme.v1.Processor/ListEvents", page, fields: FIELDS },
    });
    const messages = await session.readAll("payments");
    expect(messages).toMatchObject([
      { type: "record", record: { externalId: "ch_0" }, raw: { path: "/events/0/charge" } },
      { type: "malformed", externalId: "ch_1", path: "cents", raw: { path: "/events/2/charge" } },
      { type: "record", record: { externalId: "ch_2" } },
      { type: "checkpoint", cursor: { phase: "list", pageToken: "4" } },
      { type: "checkpoint", cursor: { phase: "done" } },
    ]);
  });

  test("are those of a list in it", async () => {
    const batches = [{ id: "b1", lines: charges.slice(0, 2) }, { id: "b2" }, { id: "b3", lines: charges.slice(2, 3) }];
    await using server = await startProcessor({ ListLines: (_call, done) => done(null, { batches }) });
    const page = { items: "batches", item: "lines" };
    await using session = await openProcessor(server.url, {
      payments: { list: "acme.v1.Processor/ListLines", page, fields: FIELDS },
    });
    const messages = await session.readAll("payments");
    expect(idsOf(messages)).toEqual(["ch_0", "ch_1", "ch_2"]);
    expect(messages[1]).toMatchObject({ raw: { path: "/batches/0/lines/1" } });
  });
});

describe("a list with since", () => {
  test.each([
    ["updated_since", "timestamp", (request: Request) => Number(request.updated_since?.seconds ?? 0) * 1_000],
    ["updated_since_millis", "epochMillis", (request: Request) => Number(request.updated_since_millis)],
    ["updated_since_text", "rfc3339", (request: Request) => Date.parse(request.updated_since_text) || 0],
  ])(
    "by %s as %s is read from the newest change that was read before, less an overlap",
    async (request, as, sinceOf) => {
      const requests: Request[] = [];
      let listed = charges.slice(0, 5);
      await using server = await startProcessor(
        lister(requests, (one) => {
          const changed = listed.filter(({ updated }) => Number(updated.seconds) * 1_000 >= sinceOf(one));
          const start = Number(one.offset);
          return { data: changed.slice(start, start + 3), has_more: start + 3 < changed.length };
        }),
      );
      const page = { items: "data", request: "offset", counts: "items", hasMore: "has_more" };
      const fields = { ...FIELDS, updatedAt: { path: "updated", as: "timestamp" } };
      const since = { request, as, overlapSeconds: 100 };
      await using session = await openProcessor(server.url, { payments: { list: LIST, page, since, fields } });
      const first = await session.readAll("payments");
      expect(idsOf(first)).toEqual(all.slice(0, 5));
      expect(lastCursor(first)).toEqual({ phase: "done", since: new Date(1_796_123_200_000).toISOString() });
      requests.length = 0;
      const unchanged = await session.readAll("payments", lastCursor(first));
      expect(idsOf(unchanged)).toEqual(["ch_4"]);
      expect(requests.map(sinceOf)).toEqual([1_796_123_100_000]);
      expect(lastCursor(unchanged)).toEqual(lastCursor(first));
      listed = charges;
      expect(idsOf(await session.readAll("payments", lastCursor(unchanged)))).toEqual(all.slice(4));
      expect(idsOf(await session.readAll("payments"))).toEqual(all); // a full read has no cursor
    },
  );

  test("that is stopped continues with the next page of the same request, and loses nothing", async () => {
    const requests: Request[] = [];
    await using server = await startProcessor(lister(requests, ({ offset }) => from(Number(offset))));
    const page = { items: "data", request: "offset", counts: "items", hasMore: "has_more" };
    const fields = { ...FIELDS, updatedAt: { path: "updated", as: "timestamp" } };
    const since = { request: "updated_since", as: "timestamp", overlapSeconds: 0 };
    await using session = await openProcessor(server.url, { payments: { list: LIST, page, since, fields } });
    const cursor = {
      phase: "list",
      pageToken: "3",
      since: "2026-12-01T10:00:00.000Z",
      newest: "2026-12-01T12:00:00.000Z",
    };
    const rest = await session.readAll("payments", cursor);
    expect(idsOf(rest)).toEqual(all.slice(3));
    expect(requests.map((one) => one.updated_since?.seconds)).toEqual(["1796119200", "1796119200"]);
    expect(lastCursor(rest)).toEqual({ phase: "done", since: "2026-12-01T12:00:00.000Z" });
  });
});

describe("a list that is called for each account", () => {
  const accounts = ["a2", "a1", "a3"].map((id) => ({ ...charges[0], id }));
  const ofAccount = (account: string) =>
    charges.slice(0, 5).map((charge) => ({ ...charge, id: `${account}-${charge.id}` }));
  const fields = { ...FIELDS, debtorExternalId: { each: true } };
  const page = { items: "data", request: "offset", counts: "items", hasMore: "has_more" };
  /** Accounts by ListEvents, and the charges of each in pages of two. */
  const handlers = (requests: Request[]): Readonly<Record<string, Unary>> => ({
    ...lister(requests, ({ cursor, offset }) => {
      const all = ofAccount(cursor);
      const start = Number(offset);
      return { data: all.slice(start, start + 2), has_more: start + 2 < all.length };
    }),
    ListLines: (_call, done) => done(null, { batches: [{ id: "b", lines: accounts }] }),
  });
  const expected = ["a1", "a2", "a3"].flatMap((id) => ofAccount(id).map((charge) => charge.id));

  test.each<[string, object, object]>([
    ["of the settings", { values: ["a1", "a2", "a3"] }, {}],
    [
      "of another stream",
      { from: "accounts" },
      {
        accounts: {
          list: "acme.v1.Processor/ListLines",
          page: { items: "batches", item: "lines" },
          fields: { externalId: "id", ownership: { value: "EXTERNAL" } },
        },
      },
    ],
  ])("%s is read to the end of the last one, also from each of its checkpoints", async (_where, from, more) => {
    const requests: Request[] = [];
    await using server = await startProcessor(handlers(requests));
    const each = { request: "cursor", ...from };
    await using session = await openProcessor(server.url, { payments: { list: LIST, page, each, fields }, ...more });
    const messages = await session.readAll("payments");
    expect(idsOf(messages)).toEqual(expected);
    expect(
      messages.flatMap((one) =>
        one.type === "record" && one.record.type === "Payment" ? [one.record.debtorExternalId] : [],
      ),
    ).toEqual(expected.map((id) => id.slice(0, 2)));
    const places = messages.flatMap((message, index) =>
      message.type === "checkpoint" ? [{ index, cursor: message.cursor }] : [],
    );
    for (const { index, cursor } of places.slice(0, -1)) {
      const rest = await session.readAll("payments", JSON.parse(JSON.stringify(cursor)));
      expect(idsOf(rest)).toEqual(idsOf(messages.slice(index)));
    }
    expect(places.at(-1)?.cursor).toMatchObject({ phase: "done" });
    await session.check();
  });

  test("is read from its beginning when the account at which it was stopped no longer exists", async () => {
    await using server = await startProcessor(handlers([]));
    const each = { request: "cursor", values: ["a1", "a2", "a3"] };
    await using session = await openProcessor(server.url, { payments: { list: LIST, page, each, fields } });
    expect(idsOf(await session.readAll("payments", { phase: "list", each: "a9", pageToken: "4" }))).toEqual(expected);
  });

  test("needs a stream that has a list of its own, and a field for the id", () => {
    const of = (each: object) => mistakesIn({ payments: { list: LIST, page, each, fields } });
    expect(of({ request: "cursor", from: "accounts" })).toEqual([
      "streams.payments.each.from: must be another stream with a list that is called once: accounts",
    ]);
    expect(of({ request: "cursr", values: ["a"] })).toEqual([expect.stringContaining('did you mean "cursor"?')]);
    expect(of({ request: "cursor" })).toEqual([
      "streams.payments.each.values: must be given, or else from, and not both",
    ]);
  });
});

describe("an object that is fetched", () => {
  const fetch = { method: "acme.v1.Processor/GetCharge", id: "id" };
  const missing: Readonly<Record<string, Unary>> = {
    GetCharge: (call, done) => {
      const found = charges.find(({ id }) => id === call.request["id"]);
      if (found === undefined) done({ code: status.NOT_FOUND, details: "no such charge" });
      else done(null, found);
    },
  };

  test.each([
    ["no version", {}],
    ["times as versions", { version: "updated" }],
  ])("and that does not exist is deleted, with %s", async (_what, more) => {
    await using server = await startProcessor(missing);
    await using session = await openProcessor(server.url, { payments: { fetch, fields: { ...FIELDS, ...more } } });
    expect(await session.fetchMany("Payment", ["ch_1", "ch_none"])).toMatchObject([
      { type: "record", record: { externalId: "ch_1" } },
      { type: "tombstone", entity: "Payment", externalId: "ch_none" },
    ]);
  });

  test("and that does not exist is quarantined if versions are numbers, among which its deletion has no place", async () => {
    await using server = await startProcessor(missing);
    await using session = await openProcessor(server.url, {
      payments: { fetch, fields: { ...FIELDS, version: "sequence" } },
    });
    expect(await session.fetchMany("Payment", ["ch_none"])).toMatchObject([
      { type: "malformed", externalId: "ch_none" },
    ]);
  });
});

test.each<[object, string]>([
  [
    { page: { items: "data", request: "cursor" } },
    "payments.page.response: must be given with request, or else lastItem or counts",
  ],
  [
    { page: { items: "data", response: "pagination.next" } },
    "payments.page.request: must be given with response, lastItem or counts",
  ],
  [
    { page: { items: "data", request: "cursor", response: "pagination.next", lastItem: "id" } },
    "payments.page.lastItem: must not be given with another method",
  ],
  [
    { page: { items: "data", request: "cursor", counts: "items" } },
    'payments.page.request: path "cursor": must be an integer, to count',
  ],
  [{ page: { items: "data", request: "cursor", lastItem: "idd" } }, 'did you mean "id"?'],
  [{ page: { items: "data", request: "offset", counts: "items", hasMore: "data" } }, "payments.page.hasMore: "],
  [
    { page: { items: "data", hasMore: "has_more" } },
    "payments.page.hasMore: must be given with response, lastItem or counts",
  ],
  [{ page: { items: "data", item: "id" } }, 'payments.page.item: path "id": must be a message'],
  [{ page: { items: "data", request: "offset", counts: "items", first: -1 } }, "payments.page.first"],
  [{ page: { items: "data" }, since: { request: "limit", as: "timestamp" } }, "payments.since.request: "],
  [
    { page: { items: "data" }, since: { request: "updated_since", as: "timestamp" } },
    "payments.fields.updatedAt: must be given with since",
  ],
  [
    { page: { items: "data" }, since: { request: "updated_since" } },
    "payments.since.as: must be given: timestamp, rfc3339",
  ],
])("%j is refused with the path of the setting", (settings, problem) => {
  expect(mistakesIn({ payments: { list: LIST, fields: FIELDS, ...settings } })).toContainEqual(
    expect.stringContaining(problem),
  );
});

test("a list by a server stream, and a stream without a list, are refused with the reason", () => {
  expect(
    mistakesIn({ payments: { list: "acme.v1.Processor/Changes", page: { items: "charge" }, fields: FIELDS } }),
  ).toContainEqual("streams.payments.list: must be a method with one response, and is server_streaming");
});
