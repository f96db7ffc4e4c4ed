import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ListedEventMessage } from "../../../src/connector-api/messages.ts";
import type { Webhook } from "../../../src/connector-api/webhook.ts";
import { deliveryId } from "../../../src/domain/delivery-id.ts";
import { noteListed } from "../../../src/ingest/webhooks/health/note-listed.ts";
import { checkWebhookHealth } from "../../../src/ingest/webhooks/health/check-webhook-health.ts";
import { settlePolls } from "../../../src/sources/poll-schedule.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { type Page, scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";

const webhook: Webhook<unknown> = {
  trust: "HINT",
  identify: () => ({ deliveryId: "", eventType: "" }),
  parse: () => [],
};
const pages: Page[] = [];
const source = scriptedSource({ pages: { a: pages }, webhook });

let engines: SyncEngines;
beforeEach(async () => {
  pages.length = 0;
  engines = await useSyncEngines();
  const engine = await engines.open(scriptedSource({ pages: {} })); // registers the source
  await engine.close();
});
afterEach(async () => {
  await engines[Symbol.asyncDispose]();
});

const updateFindings = () => checkWebhookHealth(engines.store.db, source, Date.now());
const note = (...events: ListedEventMessage[]) =>
  engines.store.db.transaction(TENANT, (tx) => noteListed(tx, source.id, events));

/** An event that the upstream lists, of that many seconds ago. */
const listed = (id: string, secondsAgo: number, eventType = "charge.updated"): ListedEventMessage => ({
  type: "listedEvent",
  deliveryId: id,
  eventType,
  at: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
});

async function deliver(...ids: readonly string[]): Promise<void> {
  await engines.query(
    `insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, received_at, status, next_attempt_at, finished_at)
     select $1, id, $2, id, 'charge.updated', '', clock_timestamp(), 'APPLIED', now(), now() from unnest($3::text[]) as id`,
    [TENANT, source.id, ids.map((id) => deliveryId(TENANT, source.id, id))],
  );
}

/** Deliveries in each minute of the last three days, except the last minutes. */
async function pastUntil(minutesAgo: number): Promise<void> {
  await engines.query(
    `insert into webhook_counts (tenant_id, source_id, at, received)
     select $1, $2, date_trunc('minute', now()) - n * interval '1 minute', 3 from generate_series($3::int, $3 + 3 * 1440) n`,
    [TENANT, source.id, minutesAgo],
  );
  await engines.query("update sources set webhook_received_at = now() - $1 * interval '1 minute'", [minutesAgo]);
}

const findings = () =>
  engines.query<{ kind: string; open: boolean; summary: string; remedy: string; evidence: Record<string, unknown> }>(
    "select kind, closed_at is null as open, summary, remedy, evidence from findings order by kind",
  );
const eventKinds = async () =>
  (await engines.query<{ kind: string }>("select kind from events order by seq")).map(({ kind }) => kind);
const catchUps = () =>
  engines.query<{ id: string }>("select id from sync_runs where trigger = 'CATCH_UP' and mode = 'INCREMENTAL'");

/** Interval that a poll sets, in tenths of the given one: jitter adds or removes a twentieth. */
async function interval(scheduleMs: number): Promise<number> {
  const { db } = engines.store;
  await registerSources(db, [{ ...source, scheduleMs }]);
  await settlePolls(db, [source.id]);
  const [row] = await db.acrossTenants<{ ms: number }>(
    "select (extract(epoch from poll_due_at - now()) * 1000)::float8 as ms from source_schedules where source_id = $1",
    [source.id],
  );
  return Math.round(((row?.ms ?? 0) / scheduleMs) * 10) / 10;
}

describe("when deliveries stop arriving (F59)", () => {
  test("a finding opens, one catch-up run starts, polls are more frequent, and all of it ends when deliveries resume", async () => {
    await pastUntil(2);
    expect([await updateFindings(), await findings(), await interval(300_000)]).toEqual([false, [], 1]);
    await engines.query("update sources set webhook_received_at = now() - interval '20 minutes'");
    // Two processes at once: one of them detects it.
    expect((await Promise.all([updateFindings(), updateFindings()])).filter(Boolean)).toEqual([true]);
    expect(await findings()).toMatchObject([{ kind: "WEBHOOKS_SILENT", open: true, evidence: { refused: 0 } }]);
    expect((await findings())[0]?.remedy).toContain("/webhooks/main");
    expect(await catchUps()).toHaveLength(1);
    expect([await interval(300_000), await interval(10_000)]).toEqual([0.2, 1]);
    expect(await updateFindings()).toBe(false);
    await deliver("evt_1");
    expect(await updateFindings()).toBe(false);
    expect(await findings()).toMatchObject([{ open: false }]);
    expect(await interval(300_000)).toBe(1);
    expect(await eventKinds()).toEqual(["FindingOpened", "FindingClosed"]);
    expect(await catchUps()).toHaveLength(1);
    const silences = await engines.query("select since < until_at as over from webhook_silences");
    expect(silences).toEqual([{ over: true }]);
  });

  test("and calls are refused meanwhile, the remedy names the secret", async () => {
    await pastUntil(20);
    await updateFindings();
    await engines.query(
      `insert into webhook_counts (tenant_id, source_id, at, refused) values ($1, $2, date_trunc('minute', now()), 7)`,
      [TENANT, source.id],
    );
    await updateFindings();
    const [finding] = await findings();
    expect(finding).toMatchObject({ open: true, evidence: { refused: 7 } });
    expect(finding?.remedy).toMatch(/signing secret/);
    expect(await eventKinds()).toEqual(["FindingOpened"]);
  });

  test("no catch-up starts while the source is paused, or its credentials are refused", async () => {
    await pastUntil(20);
    await engines.query("update sources set status = 'PAUSED'");
    expect([await updateFindings(), await findings()]).toEqual([false, []]);
    await engines.query("update sources set status = 'NEEDS_CREDENTIALS'");
    expect(await updateFindings()).toBe(true);
    expect([await catchUps(), (await findings()).length]).toEqual([[], 1]);
  });

  test("the engine detects it by itself and reads the missed changes", async () => {
    pages.push(() => [partyMessage("missed", "missed", at(1n))]);
    await pastUntil(20);
    await engines.open(source);
    const [run] = await eventually("the catch-up", async () => {
      const rows = await catchUps();
      return rows.length > 0 ? rows : undefined;
    });
    expect(await engines.finished(run?.id ?? "")).toBe("SUCCEEDED");
    expect(await engines.query("select name from parties")).toEqual([{ name: "missed" }]);
  });
});

describe("events that are listed and never delivered", () => {
  test("count as missed after their deadline, and only for types that are delivered", async () => {
    await deliver("evt_1");
    await note(listed("evt_1", 400), listed("evt_0", 500), listed("other", 300, "payout.paid"), listed("young", 30));
    await note(listed("evt_2", 200), listed("evt_3", 150));
    await updateFindings();
    expect(await findings()).toMatchObject([
      { kind: "WEBHOOKS_MISSED", open: true, evidence: { count: 2, types: ["charge.updated"] } },
    ]);
    await note(listed("evt_2", 200)); // polls overlap
    await updateFindings();
    expect(await engines.query("select sum(missed)::int as missed from webhook_counts")).toEqual([{ missed: 2 }]);
    await engines.query("update listed_events set at = at - interval '2 minutes'");
    await updateFindings();
    expect((await findings())[0]?.evidence).toMatchObject({ count: 3 });
    expect(await eventKinds()).toEqual(["FindingOpened"]);
  });

  test("stay missed after one stray delivery, until later events are all delivered", async () => {
    await deliver("evt_1", "stray");
    await note(listed("evt_1", 400));
    await note(...["m1", "m2", "m3"].map((id, n) => listed(id, 300 - n)), listed("stray", 200));
    await updateFindings();
    await note(listed("stray", 200));
    await updateFindings();
    expect(await findings()).toMatchObject([{ open: true, evidence: { count: 3 } }]);
    await deliver("after");
    await note(listed("after", -1));
    await updateFindings();
    expect(await findings()).toMatchObject([{ open: false }]);
    expect(await eventKinds()).toEqual(["FindingOpened", "FindingClosed"]);
  });

  test("that are delivered after all are no longer missed", async () => {
    await deliver("evt_1");
    await note(listed("evt_1", 400), listed("late", 300));
    await updateFindings();
    expect(await findings()).toMatchObject([{ open: true }]);
    await deliver("late");
    await updateFindings();
    expect([await findings(), await engines.query("select 1 from listed_events")]).toMatchObject([
      [{ open: false }],
      [],
    ]);
  });

  test("are stored with the batch that they are read in, and are not records", async () => {
    await deliver("evt_1");
    pages.push(() => [listed("evt_1", 400), listed("gone", 300), partyMessage("p", "p", at(1n))]);
    const engine = await engines.open(source);
    const { runId } = await startRun(engine);
    expect(await engines.finished(runId)).toBe("SUCCEEDED");
    expect(await engines.query("select event_type from listed_events")).toEqual([{ event_type: "charge.updated" }]);
    expect(await engines.query("select records from sync_run_streams")).toEqual([{ records: 1n }]);
  });
});
