import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { MalformedMessage, ObjectMessage, UnknownValue } from "../../../src/connector-api/messages.ts";
import { apply } from "../../../src/ingest/apply/apply.ts";
import { closeUnseenDrift } from "../../../src/ingest/apply/close-unseen-drift.ts";
import { MAX_OPEN } from "../../../src/ingest/apply/record-drift.ts";
import { encodePayloads } from "../../../src/ingest/apply/encode-payloads.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";

let store: TestStore;
let sourceId = "";
let sources = 0;
beforeAll(async () => {
  store = await useStore();
});
beforeEach(() => {
  sourceId = `source-${sources++}`;
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

async function poll(...messages: readonly ObjectMessage[]) {
  const items = messages.map((message) => ({ message, deliveryId: undefined }));
  const payloads = await encodePayloads(items);
  const input = {
    sourceId,
    via: "POLL",
    items,
    runId: undefined,
    renames: [],
    requestedAt: undefined,
    payloads,
  } as const;
  return store.db.transaction(TENANT, (tx) => apply(tx, input));
}

let changes = 0n;
const seen = (id: string, ...unknowns: readonly UnknownValue[]): ObjectMessage => ({
  ...partyMessage(id, "name", at(++changes)),
  unknowns,
});

interface Row extends Record<string, unknown> {
  readonly kind: string;
  readonly summary: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly open: boolean;
}

const findings = (): Promise<readonly Row[]> =>
  store.db.read(TENANT, (tx) =>
    tx.query<Row>(
      "select kind, summary, evidence, closed_at is null as open from findings where source_id = $1 order by evidence ->> 'path'",
      [sourceId],
    ),
  );

const age = (days: number) =>
  store.db.transaction(TENANT, (tx) =>
    tx.query(
      `update findings set evidence = evidence || jsonb_build_object('lastSeen', now() - make_interval(days => $2))
       where source_id = $1`,
      [sourceId, days],
    ),
  );

const closeUnseen = () => store.db.transaction(TENANT, closeUnseenDrift);

describe("an upstream that differs from its contract (F26)", () => {
  test("has one finding for each path, with its count, samples, and when it was first seen", async () => {
    const status = (value: string): UnknownValue => ({ path: "fees[3].status", value });
    const { events } = await poll(seen("p1", status("on_hold")), seen("p2", status("on_hold")));
    expect(events.filter(({ body }) => body.kind === "FindingOpened")).toHaveLength(1);
    await poll(
      seen(
        "p3",
        { path: "fees[0].status", value: "frozen" },
        { path: "tier", value: "text of 4 characters", of: "field" },
      ),
    );
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown;
    expect(await findings()).toEqual([
      {
        kind: "UNKNOWN_VALUE",
        summary: "Party.fees[].status has a value that this version does not know: on_hold",
        evidence: {
          entity: "Party",
          path: "fees[].status",
          samplePath: "fees[3].status",
          samples: ["on_hold", "frozen"],
          count: 3,
          externalId: "p1",
          firstSeen: time,
          lastSeen: time,
        },
        open: true,
      },
      expect.objectContaining({
        kind: "UNKNOWN_FIELD",
        evidence: expect.objectContaining({ path: "tier", count: 1 }) as unknown,
      }),
    ]);
  });

  test("has a finding for each field for which objects are quarantined, which says nothing that was received", async () => {
    const { raw } = partyMessage("p1", "", at(1n));
    const malformed = (index: number): MalformedMessage => ({
      type: "malformed",
      entity: "Party",
      externalId: `p${index}`,
      path: `Ntry[${index}]/Amt`,
      problem: 'must be a decimal number, got "1,000.00"',
      raw,
    });
    await poll(malformed(1), malformed(2), { ...malformed(3), path: "" });
    expect(await findings()).toMatchObject([
      {
        kind: "MALFORMED_FIELD",
        evidence: { path: "Ntry[]/Amt", count: 2, samples: ['must be a decimal number, got "…"'] },
      },
    ]);
  });

  test("has that finding until none of its kind is quarantined any more", async () => {
    const { raw } = partyMessage("p1", "", at(1n));
    const malformed: MalformedMessage = {
      type: "malformed",
      entity: "Party",
      externalId: "p1",
      path: "name",
      problem: "must be text",
      raw,
    };
    await poll(malformed);
    await closeUnseen();
    expect(await findings()).toMatchObject([{ kind: "MALFORMED_FIELD", open: true }]);
    await poll(seen("p1"));
    await closeUnseen();
    expect(await findings()).toMatchObject([{ kind: "MALFORMED_FIELD", open: false }]);
  });

  test("has no data of persons and no amounts in its findings, whatever is sent as a name or value", async () => {
    await poll(
      seen(
        "p1",
        { path: "ann@example.com.x", value: "text of 3 characters", of: "field" },
        { path: "accounts.DE89370400440532013000", value: "object", of: "field" },
        { path: 'labels["Ann Smith"].items[2].x', value: "Ann Smith" },
        { path: "type", value: "1234567" },
        { path: "total", value: "1050.00" },
      ),
    );
    const text = JSON.stringify(await findings());
    for (const secret of ["ann", "Ann", "DE89", "1234567", "1050"]) expect(text).not.toContain(secret);
    expect((await findings()).map(({ evidence }) => evidence["path"])).toEqual(
      expect.arrayContaining(["accounts.*", "labels[].items[].x", "type", "total"]),
    );
  });

  test(`has at most ${MAX_OPEN} of them, and one that counts the others, however many fields it sends`, async () => {
    const field = (index: number): UnknownValue => ({ path: `f${index}`, value: "integer", of: "field" });
    const fields = (from: number, count: number) => Array.from({ length: count }, (_, index) => field(from + index));
    await poll(seen("p1", ...fields(0, 60)));
    await poll(seen("p2", ...fields(60, 300)), seen("p3", field(0)));
    await poll(seen("p4", ...fields(360, 50)));
    const rows = await findings();
    expect(rows).toHaveLength(MAX_OPEN + 1);
    expect(rows.find(({ kind }) => kind === "DRIFT_LIMIT_REACHED")).toMatchObject({
      evidence: { path: "*", count: 60 + 300 + 50 - MAX_OPEN },
    });
    expect(rows.find(({ evidence }) => evidence["path"] === "f0")).toMatchObject({ evidence: { count: 2 } });
  });

  test("has a bounded number of closed findings too, when the fields change from week to week", async () => {
    for (let week = 0; week < 4; week++) {
      await age(9);
      await closeUnseen();
      const unknowns = Array.from({ length: 80 }, (_, index): UnknownValue => ({
        path: `w${week}_${index}`,
        value: "integer",
        of: "field",
      }));
      await poll(seen(`week${week}`, ...unknowns));
    }
    const rows = await findings();
    expect(rows.filter(({ open }) => open)).toHaveLength(80);
    expect(rows.length).toBeLessThanOrEqual(80 + 100 + 80);
  });

  test("closes its finding when it was not seen for eight days, and opens it again with a new count", async () => {
    const unknown: UnknownValue = { path: "tier", value: "integer", of: "field" };
    await poll(seen("p1", unknown), seen("p2", unknown));
    await age(7);
    await closeUnseen();
    expect(await findings()).toMatchObject([{ open: true }]);
    await age(9);
    await closeUnseen();
    expect(await findings()).toMatchObject([{ open: false }]);
    await poll(seen("p3", unknown));
    expect(await findings()).toMatchObject([{ open: true, evidence: { count: 1 } }]);
  });

  test("does not make transactions wait for each other that see the same difference", async () => {
    const unknown: UnknownValue = { path: "tier", value: "integer", of: "field" };
    await poll(seen("p1", unknown));
    const release = Promise.withResolvers<void>();
    const counted = Promise.withResolvers<void>();
    const first = store.db.transaction(TENANT, async (tx) => {
      await tx.query("update findings set remedy = remedy where source_id = $1", [sourceId]);
      counted.resolve();
      await release.promise;
    });
    await counted.promise;
    await poll(seen("p2", unknown)); // would not end
    release.resolve();
    await first;
    expect(await findings()).toMatchObject([{ open: true, evidence: { count: 1 } }]);
  });
});
