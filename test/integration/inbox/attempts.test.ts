import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startWebhookService, type WebhookService } from "../../helpers/webhook-service.ts";

/** A service whose deliveries cannot be read while `fault` is set. */
async function setUp(maxAttempts = 3) {
  const state: { fault: ServiceError | undefined } = { fault: undefined };
  const readable = plainWebhook();
  const webhook = plainWebhook({
    parse(raw, config) {
      if (state.fault !== undefined) throw state.fault;
      return readable.parse(raw, config);
    },
  });
  const service = await startWebhookService({ sources: [scriptedSource({ pages: {}, webhook })], maxAttempts });
  return { state, service };
}

const event = (id: string, name: string, moment: number) =>
  JSON.stringify({ id, type: "party", parties: [[`p-${id}`, name, moment]] });

const attempts = (service: WebhookService) =>
  service.query(
    "select number, outcome, error_code, next_attempt_at is not null as again from delivery_attempts order by delivery_id, number",
  );

async function idOf(service: WebhookService, key = "e1"): Promise<string> {
  const [row] = await service.query("select id from deliveries where delivery_key = $1", [key]);
  return String(row?.["id"]);
}

function reached(service: WebhookService, status: string, attemptsNow: number) {
  return eventually(`it is ${status}`, async () => {
    const [row] = await service.query("select status, attempts from deliveries");
    return row?.["status"] === status && row["attempts"] === attemptsNow;
  });
}

/** Makes deliveries due that wait for their next attempt. */
async function tryNow(service: WebhookService): Promise<void> {
  await service.query("update deliveries set next_attempt_at = now() where status = 'PENDING'");
}

describe("attempts to apply a delivery", () => {
  test("are stored as rows when they fail, and numbered over replays, and a first success has none until it is replayed", async () => {
    const { state, service } = await setUp();
    await using _closed = service;
    expect((await service.post(event("e1", "Ada", 1), PLAIN_HEADERS)).status).toBe(200);
    await reached(service, "APPLIED", 1);
    expect(await attempts(service)).toEqual([]);

    state.fault = new ServiceError("OVERLOADED", "busy");
    const id = await idOf(service);
    const first = await service.inbox.replayDelivery("acme", id);
    expect(first).toMatchObject({ status: "PENDING", attempts: 0, earlierAttempts: 1 });
    await reached(service, "PENDING", 1);
    await tryNow(service);
    await reached(service, "PENDING", 2);
    await tryNow(service);
    await reached(service, "PARKED", 3);
    state.fault = undefined;
    await service.inbox.replayDelivery("acme", id);
    await reached(service, "APPLIED", 1);
    expect(await attempts(service)).toEqual([
      { number: 1, outcome: "APPLIED", error_code: null, again: false },
      { number: 2, outcome: "RETRY", error_code: "OVERLOADED", again: true },
      { number: 3, outcome: "RETRY", error_code: "OVERLOADED", again: true },
      { number: 4, outcome: "PARKED", error_code: "OVERLOADED", again: false },
      { number: 5, outcome: "APPLIED", error_code: null, again: false },
    ]);
    const [row] = await service.query("select earlier_attempts, effects from deliveries");
    const effect = { kind: "CREATED", entityType: "Party", id: entityId("acme", "main", "Party", "p-e1") };
    expect(row).toEqual({ earlier_attempts: 4, effects: [effect] }); // its earlier effects, although the last attempt changed nothing
  });

  test("have a row of their own when they succeed later than the first", async () => {
    const { state, service } = await setUp();
    await using _closed = service;
    state.fault = new ServiceError("OVERLOADED", "busy");
    await service.post(event("e1", "Ada", 1), PLAIN_HEADERS);
    await reached(service, "PENDING", 1);
    state.fault = undefined;
    await tryNow(service);
    await reached(service, "APPLIED", 2);
    expect((await attempts(service)).map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, "RETRY"],
      [2, "APPLIED"],
    ]);
  });

  test("record their effects: created, updated, deleted, requested, and nothing when nothing changed", async () => {
    const { service } = await setUp();
    await using _closed = service;
    const send = async (id: string, what: object) => {
      await service.post(JSON.stringify({ id, ...what }), PLAIN_HEADERS);
      await eventually("it is applied", async () => {
        const rows = await service.query("select 1 from deliveries where delivery_key = $1 and status = 'APPLIED'", [
          id,
        ]);
        return rows.length === 1;
      });
      const [row] = await service.query("select effects from deliveries where delivery_key = $1", [id]);
      return row?.["effects"];
    };
    const party = (kind: string, externalId: string) => {
      return { kind, entityType: "Party", id: entityId("acme", "main", "Party", externalId) };
    };
    expect(await send("1", { parties: [["a", "Ada", 1]] })).toEqual([party("CREATED", "a")]);
    expect(
      await send("2", {
        parties: [
          ["a", "Ada King", 2],
          ["b", "Bob", 2],
        ],
      }),
    ).toEqual([party("UPDATED", "a"), party("CREATED", "b")]);
    expect(await send("3", { parties: [["a", "Ada", 1]] })).toBeNull(); // stale
    expect(await send("4", { parties: [["b", "Bob", 2]] })).toBeNull(); // the same
    expect(await send("5", { parties: [["b", null, 3]], changed: ["c", "c"] })).toEqual([
      party("DELETED", "b"),
      party("REFETCH", "c"),
    ]);
    expect(await send("6", { parties: [["a", "Ada Byron", 2]] })).toEqual([party("REFETCH", "a")]); // a conflict
    const many = Array.from({ length: 120 }, (_, n) => [`m${n}`, "Many", 1]);
    expect(await send("7", { parties: many })).toHaveLength(100);
  });
});
