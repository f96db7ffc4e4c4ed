import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { apply } from "../../../src/ingest/apply/apply.ts";
import { encodePayloads } from "../../../src/ingest/apply/encode-payloads.ts";
import type { HintMessage, MalformedMessage, ObjectMessage } from "../../../src/connector-api/messages.ts";
import type { DomainRecord } from "../../../src/domain/entities.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { accountRecord, balanceRecord } from "../../helpers/ledger-world.ts";
import { at, party, partyMessage, partyTombstone } from "../../helpers/messages.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
const SOURCE = "main";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

type Message = ObjectMessage | HintMessage;

/** Applies a batch of messages as a poll does. */
async function poll(...messages: Message[]) {
  const items = messages.map((message) => ({ message, deliveryId: undefined }));
  const payloads = await encodePayloads(items);
  return store.db.transaction(TENANT, (tx) =>
    apply(tx, {
      sourceId: SOURCE,
      via: "POLL",
      items,
      runId: undefined,
      renames: [],
      requestedAt: undefined,
      payloads,
    }),
  );
}

/** The message with bytes of its own. */
function from<M extends ObjectMessage>(text: string, message: M): M {
  const payload = { bytes: new TextEncoder().encode(text), mediaType: "application/json" };
  return { ...message, raw: { payload, path: "" } };
}

function malformed(externalId: string, more: Partial<MalformedMessage> = {}): MalformedMessage {
  const raw = partyMessage(externalId, "", at(0n)).raw;
  return { type: "malformed", entity: "Party", externalId, path: "name", problem: "must be text", raw, ...more };
}

function rows<Row extends Record<string, unknown>>(text: string, values: readonly unknown[]): Promise<Row[]> {
  return store.db.read(TENANT, (tx) => tx.query<Row>(text, values));
}

/** The bytes that a party's row refers to; undefined when they are not stored. */
async function rawOf(externalId: string): Promise<string | undefined> {
  const found = await rows<{ bytes: Buffer }>(
    `select raw.bytes from parties join raw_payloads raw
       on raw.source_id = parties.source_id and raw.content_hash = parties.raw_hash where parties.external_id = $1`,
    [externalId],
  );
  return found[0]?.bytes.toString();
}

async function quarantineOf(externalId: string): Promise<string[]> {
  const found = await rows<{ status: string }>("select status from quarantined_records where entity_id = $1", [
    entityId(TENANT, SOURCE, "Party", externalId),
  ]);
  return found.map((row) => row.status);
}

describe("the raw bytes of a row are stored", () => {
  test("for an object of which only the deletion was observed", async () => {
    await poll(from("gone", partyTombstone("raw1", at(1n))));
    expect(await rawOf("raw1")).toBe("gone");
  });

  test("for a deletion that is confirmed later with other bytes", async () => {
    await poll(from("alive", partyMessage("raw2", "a", at(1n))));
    await poll(from("deleted", partyTombstone("raw2", at(2n))));
    await poll(from("still deleted", partyTombstone("raw2", at(3n))));
    expect(await rawOf("raw2")).toBe("deleted");
  });

  test("for an object that is restored with the state before its deletion", async () => {
    await poll(from("alive", partyMessage("raw3", "a", at(1n))));
    await poll(from("deleted", partyTombstone("raw3", at(2n))));
    await poll(from("alive again", partyMessage("raw3", "a", at(3n))));
    expect(await rawOf("raw3")).toBe("alive again");
  });

  test("of the content, not of a later confirmation", async () => {
    await poll(from("first", partyMessage("raw4", "a", at(1n))));
    const { events } = await poll(from("second", partyMessage("raw4", "a", at(2n))));
    expect(events).toEqual([]);
    expect(await rawOf("raw4")).toBe("first");
  });
});

describe("the quarantine", () => {
  test("opens, closes when the object is applied, and opens again, each with an event", async () => {
    const opened: number[] = [];
    const pollMalformed = async () => {
      const { events } = await poll(malformed("q1"));
      opened.push(events.filter(({ body }) => body.kind === "RecordQuarantined").length);
    };
    await pollMalformed();
    await pollMalformed();
    expect(await quarantineOf("q1")).toEqual(["OPEN"]);
    await poll(partyMessage("q1", "fine", at(1n)));
    expect(await quarantineOf("q1")).toEqual(["RESOLVED"]);
    await pollMalformed();
    expect(await quarantineOf("q1")).toEqual(["OPEN"]);
    expect(opened).toEqual([1, 0, 1]);
  });

  test("keeps a record that arrived in one batch with an older state of its object", async () => {
    await poll(partyMessage("q2", "v1", at(1n)), malformed("q2"));
    expect(await quarantineOf("q2")).toEqual(["OPEN"]);
  });
});

test("a deleted part is a change of its parent", async () => {
  const record = (one: DomainRecord): ObjectMessage => ({ ...partyMessage("", "", at(1n)), record: one });
  await poll(record(accountRecord(1)), record(balanceRecord(1)));
  const { externalId } = balanceRecord(1);
  const tombstoned = await poll({ ...partyTombstone(externalId, at(2n)), entity: "Balance" });
  const account = entityId(TENANT, SOURCE, "Account", accountRecord(1).externalId);
  expect(tombstoned.events.map(({ body }) => body)).toEqual([
    { kind: "EntityChanged", entityType: "Account", entityId: account, change: "UPDATED" },
  ]);
  expect((await poll({ ...partyTombstone("unheard-of", at(2n)), entity: "Balance" })).events).toEqual([]);
});

describe("text that PostgreSQL refuses stops only its own record (F56)", () => {
  const NUL = "\\u0000";
  const HALF = "\\ud83d";
  test.each<[string, string, (id: string) => ObjectMessage]>([
    ["U+0000 in a field", NUL, (id) => partyMessage(id, "a\0b", at(1n))],
    [
      "an unpaired surrogate in JSON",
      HALF,
      (id) => ({ ...partyMessage(id, "a", at(1n)), record: { ...party(id, "a"), extensions: { "x.note": "\ud83d" } } }),
    ],
    [
      "U+0000 in an unknown enum value",
      NUL,
      (id) => ({ ...partyMessage(id, "a", at(1n)), unknowns: [{ path: "kind", value: "a\0b" }] }),
    ],
    ["U+0000 in the path of a malformed record", NUL, (id) => malformed(id, { path: "metadata.a\0b" })],
    ["U+0000 in the id of a malformed record", NUL, (id) => malformed(`${id}\0`)],
  ])("%s", async (what, bytes, message) => {
    const id = what.replaceAll(" ", "-");
    const { quarantined } = await poll(from(bytes, message(id)), partyMessage(`${id}-next`, "fine", at(1n)));
    expect(quarantined).toBe(1);
    expect(await rawOf(`${id}-next`)).toBe("{}");
  });
});
