import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { ALERT_ENDPOINT_KEYS } from "../../../src/alerts/rewrap-endpoints.ts";
import { verifyStandardWebhook } from "../../../src/protocols/webhooks/standard-webhooks.ts";
import { readKeyUses, rewrapKeys } from "../../../src/sources/connected/rewrap-keys.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { type AlertReceiver, startAlertReceiver, verifyByLibrary } from "../../helpers/alert-receiver.ts";
import { type AlertWorld, findingNamed, openIn, useAlertWorld } from "../../helpers/alert-world.ts";
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

const received = (count: number, from = receiver) =>
  eventually(`${count} messages`, () => from.calls.length >= count && from.calls);
const statuses = async () => (await world.messages()).map(({ type, status }) => `${type} ${status}`);

test("a finding and its closing are one signed message each, which the library and our verifier accept", async () => {
  const { secret } = await world.endpoint(receiver.url);
  world.start();
  const findingId = await world.open("march");
  await received(1);
  await world.close("march");
  const [opened, closed] = await received(2);
  for (const call of [opened, closed]) {
    if (call === undefined) throw new Error("there are two");
    verifyByLibrary(secret, call);
    const headers = new Map(Object.entries(call.headers).map(([name, value]) => [name, [String(value)]]));
    const body = Buffer.from(call.text);
    expect(verifyStandardWebhook({ body, headers, secrets: [secret], nowMs: Date.now() } as never).scheme).toBe(
      "standard-webhooks-v1",
    );
  }
  expect(opened?.body).toMatchObject({
    type: "finding.opened",
    data: {
      findingId,
      sourceId: "main",
      kind: "STATEMENT_GAP",
      cause: "FORMAT_MISMATCH",
      severity: "CRITICAL",
      sentence: "The statement before march is missing",
      evidence: expect.arrayContaining([{ name: "expected", value: "12" }]),
      remedy: "Request the statement from the bank.",
      url: `https://sluice.example/#/findings/${findingId}`,
    },
  });
  expect(opened?.path).toBe("/hook?key=canary-in-the-url");
  expect(closed?.body).toMatchObject({ type: "finding.closed", data: { findingId, closedAt: expect.any(String) } });
  expect(closed?.id).not.toBe(opened?.id);
  await eventually("both to be recorded", async () => (await statuses()).every((one) => one.endsWith("DELIVERED")));
  expect(receiver.calls.length).toBe(2);
});

test("a finding of a transaction that is rolled back sends nothing", async () => {
  await world.endpoint(receiver.url);
  world.start();
  const failed = world.db.transaction("acme", async (tx) => {
    await openIn(tx, [findingNamed("undone")]);
    throw new Error("rolled back");
  });
  await expect(failed).rejects.toThrow("rolled back");
  await world.open("kept");
  await received(1);
  expect(receiver.calls.map(({ body }) => body.data.sentence)).toEqual(["The statement before kept is missing"]);
  expect((await world.messages()).length).toBe(1);
});

test("a finding that opens and closes before its first message is sent is not reported", async () => {
  await world.endpoint(receiver.url);
  await world.open("short");
  await world.close("short");
  await world.open("across pages");
  await world.route();
  await world.close("across pages");
  await world.route();
  await world.open("lasting");
  world.start();
  await received(1);
  expect(receiver.calls.map(({ body }) => body.data.sentence)).toEqual(["The statement before lasting is missing"]);
  expect((await statuses()).slice(0, 2)).toEqual(["FINDING_OPENED SUPERSEDED", "FINDING_OPENED SUPERSEDED"]);
});

test("a finding that opens again is reported again", async () => {
  await world.endpoint(receiver.url);
  world.start();
  await world.open("twice");
  await received(1);
  await world.close("twice");
  await received(2);
  await world.open("twice");
  const calls = await received(3);
  expect(calls.map(({ body }) => body.type)).toEqual(["finding.opened", "finding.closed", "finding.opened"]);
});

test("an endpoint gets what happens after it was made, of its sources, from its severity on", async () => {
  await world.open("before");
  await world.endpoint(receiver.url, { minSeverity: "WARNING", sourceIds: ["main"] });
  world.start();
  await world.open("elsewhere", {}, { sourceId: "other" });
  await world.open("harmless", { kind: "UNKNOWN_FIELD" });
  await world.open("warning", { kind: "WEBHOOKS_SILENT" });
  await world.close("before");
  await world.close("harmless");
  await world.open("last");
  const calls = await received(2);
  expect(calls.map(({ body }) => body.data.severity)).toEqual(["WARNING", "CRITICAL"]);
  expect((await world.messages()).length).toBe(2);
});

test("tenants are isolated: each gets only its own findings (F99)", async () => {
  await using foreign = await startAlertReceiver();
  await world.endpoint(receiver.url);
  await world.endpoint(foreign.url, {}, "umbrella");
  world.start();
  await world.open("ours");
  await world.open("theirs", {}, { tenantId: "umbrella" });
  await received(1);
  await received(1, foreign);
  expect([receiver, foreign].map(({ calls }) => calls.map(({ body }) => body.data.sourceId))).toEqual([
    ["main"],
    ["umbrella-main"],
  ]);
  const [message] = await world.messages();
  await expect(world.alerts.resend("umbrella", message?.id ?? "")).rejects.toThrow("there is no such alert");
  await expect(world.alerts.deleteEndpoint("umbrella", message?.endpointId ?? "")).rejects.toThrow(
    "no such alert endpoint",
  );
});

test("two processes send each message once, of each finding in its order", async () => {
  await world.endpoint(receiver.url);
  world.start();
  world.start();
  for (let n = 0; n < 30; n += 1) {
    await world.open(`finding-${n}`);
    if (n % 3 === 0) await world.close(`finding-${n}`);
  }
  await eventually("everything to end", async () => {
    const all = await world.messages();
    return all.length >= 30 && all.every(({ status }) => status === "DELIVERED" || status === "SUPERSEDED");
  });
  const messages = await world.messages();
  const sent = messages.filter(({ status }) => status === "DELIVERED");
  expect(receiver.calls.map(({ id }) => id).toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
  for (const calls of Map.groupBy(receiver.calls, ({ body }) => body.data.findingId as string).values())
    expect(["finding.opened", "finding.opened,finding.closed"]).toContain(calls.map(({ body }) => body.type).join());
});

test("ten thousand findings of one statement make a thousand messages and one that counts the rest", async () => {
  await world.endpoint(receiver.url);
  const findings = Array.from({ length: 10_000 }, (_, n) => findingNamed(`many-${n}`));
  await world.db.transaction("acme", (tx) => openIn(tx, findings));
  await world.route();
  const [{ count, omitted } = {}] = await world.sql(
    `select count(*)::int as count, sum(changes) filter (where type = 'FINDINGS_OMITTED')::int as omitted from alerts`,
  );
  expect({ count, omitted }).toEqual({ count: 1_001, omitted: 9_000 });
});

describe("the secret", () => {
  test("is followed by another one: for a day messages have a signature of each", async () => {
    const { id, secret } = await world.endpoint(receiver.url);
    const next = await world.alerts.rotateSecret("acme", id);
    world.start();
    await world.open("rotated");
    const [call] = await received(1);
    if (call === undefined) throw new Error("there is one");
    verifyByLibrary(secret, call);
    verifyByLibrary(next, call);
    expect(call.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
    await world.alerts.rotateSecret("acme", id);
    await world.open("rotated again");
    const [, second] = await received(2);
    expect(() => second && verifyByLibrary(secret, second)).toThrow("No matching signature found");
    if (second !== undefined) verifyByLibrary(next, second);
  });

  test("and the URL are stored encrypted, and are in no message", async () => {
    const { secret } = await world.endpoint(receiver.url);
    const [row] = await world.sql("select * from alert_endpoints");
    const text = JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    const bytes = Buffer.from((row?.["sealed"] ?? "") as Uint8Array).toString("latin1");
    for (const hidden of ["canary", secret]) expect(text.includes(hidden) || bytes.includes(hidden)).toBe(false);
    expect(row?.["origin"]).toBe(receiver.server.url);
    world.start();
    await world.open("secret");
    const [call] = await received(1);
    expect(call?.text).not.toContain("canary");
  });

  test("are encrypted with another master key while they are used (F108)", async () => {
    await world.endpoint(receiver.url);
    const old = world.keyring.current?.bytes ?? new Uint8Array();
    const keyring = createKeyring(randomBytes(32), [old]);
    const remaining: bigint[] = [];
    const { signal } = new AbortController();
    const onProgress = (left: bigint): void => void remaining.push(left);
    await rewrapKeys({ db: world.db, keyring, tables: [ALERT_ENDPOINT_KEYS], onProgress, signal });
    expect(remaining).toEqual([0n]);
    expect(await readKeyUses(world.db)).toEqual([{ keyId: keyring.current?.id, records: 1n }]);
    world.start({ keyring: createKeyring(keyring.current?.bytes, []) });
    await world.open("after the rotation");
    await received(1);
    expect(receiver.calls[0]?.body.type).toBe("finding.opened");
  });

  test("of an endpoint whose master key is missing delay nothing, and the history says so (F108)", async () => {
    await world.endpoint(receiver.url);
    world.start({ keyring: createKeyring(randomBytes(32), []), times: { pollMs: 20 } });
    await world.open("without a key");
    const failed = await eventually("the attempt to fail", async () =>
      (await world.messages()).find(({ error }) => error !== null),
    );
    expect(failed).toMatchObject({ status: "PENDING", error: expect.stringContaining("SECRETS_OLD_KEYS") });
  });
});
