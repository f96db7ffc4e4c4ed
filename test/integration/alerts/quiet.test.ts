import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type AlertReceiver, startAlertReceiver } from "../../helpers/alert-receiver.ts";
import { type AlertWorld, QUICK, useAlertWorld } from "../../helpers/alert-world.ts";
import { eventually } from "../../helpers/eventually.ts";

let world: AlertWorld;
let receiver: AlertReceiver;
beforeEach(async () => {
  world = await useAlertWorld();
  receiver = await startAlertReceiver();
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const received = (count: number) =>
  eventually(`${count} calls`, () => receiver.calls.length >= count && receiver.calls);
const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();
const mute = (about: { sourceId?: string; kind?: string }) =>
  world.alerts.mute("acme", {
    sourceId: about.sourceId ?? null,
    kind: about.kind ?? null,
    until: IN_AN_HOUR,
    reason: "maintenance",
    createdBy: "kim",
  });
const statuses = async () => (await world.messages()).map(({ status }) => status);
const UNCHANGED = {
  name: undefined,
  url: undefined,
  minSeverity: undefined,
  sourceIds: undefined,
  mutedUntil: undefined,
  isEnabled: undefined,
};

describe("muting", () => {
  test("of a source or of a kind keeps its messages until it ends; what is over by then is never sent", async () => {
    await world.endpoint(receiver.url);
    world.start();
    const mutes = [await mute({ sourceId: "other" }), await mute({ kind: "WEBHOOKS_SILENT" })];
    await world.open("muted source", {}, { sourceId: "other" });
    await world.open("muted kind", { kind: "WEBHOOKS_SILENT" });
    await world.open("over", {}, { sourceId: "other" });
    await world.close("over", { sourceId: "other" });
    await world.open("loud");
    await eventually("the message that is not muted", async () => (await statuses()).includes("DELIVERED"));
    expect((await statuses()).toSorted()).toEqual(["DELIVERED", "MUTED", "MUTED", "SUPERSEDED"]);
    for (const id of mutes) await world.alerts.unmute("acme", id);
    const calls = await received(3);
    expect(calls.map(({ body }) => String(body.data.sentence)).toSorted()).toEqual([
      "The statement before loud is missing",
      "The statement before muted kind is missing",
      "The statement before muted source is missing",
    ]);
    await expect(world.alerts.unmute("acme", mutes[0] ?? "")).rejects.toThrow("no such muting");
  });

  test("concerns what waits already, and one of an endpoint only that endpoint", async () => {
    const { id } = await world.endpoint(receiver.url);
    await world.open("waiting");
    await world.route();
    await world.alerts.updateEndpoint("acme", id, { ...UNCHANGED, mutedUntil: IN_AN_HOUR });
    expect(await statuses()).toEqual(["MUTED"]);
    world.start();
    await world.alerts.sendTest("acme", id);
    const [test] = await received(1); // a test is sent although the endpoint is muted
    expect(test?.body.type).toBe("test");
    await world.alerts.updateEndpoint("acme", id, { ...UNCHANGED, mutedUntil: null });
    const [, finding] = await received(2);
    expect(finding?.body.type).toBe("finding.opened");
  });

  test("that ends while another one applies goes on", async () => {
    await world.endpoint(receiver.url);
    const first = await mute({});
    await mute({ sourceId: "main" });
    await world.open("twice muted");
    await world.route();
    await world.alerts.unmute("acme", first);
    world.start();
    await world.open("loud", {}, { sourceId: "other" });
    await eventually("the message that is not muted", async () => (await statuses())[1] === "DELIVERED");
    expect(await statuses()).toEqual(["MUTED", "DELIVERED"]);
  });
});

describe("the health of a source", () => {
  test("is reported when it has lasted, with the first and the last state", async () => {
    await world.endpoint(receiver.url);
    await world.health("IN_STEP", "CATCHING_UP");
    await world.health("CATCHING_UP", "OUT_OF_STEP");
    world.start();
    const [call] = await received(1);
    expect(call?.body).toMatchObject({
      type: "source.health_changed",
      data: { sourceId: "main", previous: "IN_STEP", state: "OUT_OF_STEP", severity: "CRITICAL", changes: 2 },
    });
    expect(call?.body.data.url).toBe("https://sluice.example/#/sources/main");
  });

  test("that is the same again before it has lasted is not reported", async () => {
    await world.endpoint(receiver.url);
    await world.health("IN_STEP", "OUT_OF_STEP");
    await world.health("OUT_OF_STEP", "IN_STEP");
    world.start();
    await eventually("the message to be dropped", async () => (await statuses())[0] === "SUPERSEDED");
    expect(receiver.calls).toEqual([]);
  });

  test("that changes all the time is a bounded number of messages, and one that sums up the others", async () => {
    const { id } = await world.endpoint(receiver.url);
    const states = ["OUT_OF_STEP", "IN_STEP"] as const;
    for (let n = 0; n < 12; n += 1) {
      await world.health(states[(n + 1) % 2] ?? "IN_STEP", states[n % 2] ?? "IN_STEP");
      await world.route();
      if (n < 4) await world.sql("update alerts set attempts = 1 where attempts = 0"); // as if it had been sent
    }
    const messages = await world.messages();
    expect(messages.map(({ changes }) => changes)).toEqual([1, 1, 1, 1, 8]);
    expect(messages.at(-1)?.dueInMs).toBeGreaterThan(1_800_000);
    await world.sql("update alerts set status = 'DELIVERED', due_at = null, finished_at = now() where changes = 1");
    await world.sql("update alerts set due_at = now() where changes = 8");
    await world.sql("update alert_endpoints set due_at = now() where id = $1", [id]);
    world.start();
    const [summary] = await received(1);
    expect(summary?.body.data).toMatchObject({ state: "IN_STEP", changes: 8 });
  });

  test("of an endpoint for critical messages includes the recovery", async () => {
    await world.endpoint(receiver.url, { minSeverity: "CRITICAL" });
    world.start();
    await world.health("IN_STEP", "CATCHING_UP");
    await world.health("CATCHING_UP", "OUT_OF_STEP", "other");
    await received(1);
    await world.health("OUT_OF_STEP", "IN_STEP", "other");
    const calls = await received(2);
    expect(calls.map(({ body }) => [body.data.sourceId, body.data.state])).toEqual([
      ["other", "OUT_OF_STEP"],
      ["other", "IN_STEP"],
    ]);
  });
});

test("a chat service gets sentences, in which an upstream's text can neither link nor mention (F109)", async () => {
  await world.endpoint(receiver.url, { form: "CHAT_TEXT" });
  world.start();
  const summary = "Pay <!channel> @here [now](https://evil.example/x) at www.evil.example\n*CRITICAL*: \u202efake <b>";
  await world.open("hostile", { summary });
  const [call] = await received(1);
  expect(Object.keys(call?.body ?? {})).toEqual(["text"]);
  const text = String(call?.body.text);
  const [headline, sentence] = text.split("\n");
  expect(headline).toBe("CRITICAL: STATEMENT_GAP at the source main.");
  expect(text).toMatch(/https:\/\/sluice\.example\/#\/findings\/fnd_/);
  expect(sentence).not.toMatch(/<|>|@here|https:\/\/|evil\.example|\]\(|\u202e/);
  expect(call?.headers["webhook-signature"]).toBeUndefined();
});

test("messages of an erased source are erased, and ended ones are deleted by their age", async () => {
  const { alertRetention } = await import("../../../src/alerts/retention.ts");
  await world.endpoint(receiver.url);
  world.start();
  await world.open("old");
  await received(1);
  await eventually("it to be recorded", async () => (await statuses())[0] === "DELIVERED");
  await world.sql("update alerts set finished_at = now() - interval '100 days'");
  await mute({});
  await world.open("waits");
  await eventually("the second message", async () => (await statuses()).length === 2);
  const batch = { days: 90, after: undefined, limit: undefined };
  expect((await world.db.transaction("acme", (tx) => alertRetention.deleteBatch(tx, batch))).deleted).toBe(1);
  expect(await statuses()).toEqual(["MUTED"]);
});

test("the events of a tenant without endpoints are not read, and a deleted endpoint gets nothing", async () => {
  await world.open("nobody listens");
  expect(await world.sql("select from alert_positions")).toEqual([]);
  const { id } = await world.endpoint(receiver.url);
  await world.open("waiting");
  await world.route();
  await world.alerts.deleteEndpoint("acme", id);
  expect(await world.messages()).toMatchObject([{ status: "FAILED", error: "the endpoint was deleted" }]);
  expect(await world.sql("select from alert_positions")).toEqual([]);
  world.start({ times: { ...QUICK } });
  await world.endpoint(receiver.url);
  await world.open("after");
  await received(1);
  expect(receiver.calls.map(({ body }) => body.data.sentence)).toEqual(["The statement before after is missing"]);
});
