import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { useReceiver, useSandbox, type TestSandbox } from "./testing.ts";

const countsOf = z.object({ webhooks: z.record(z.string(), z.number()) });

async function counts(sandbox: TestSandbox): Promise<Record<string, number>> {
  return countsOf.parse(await sandbox.control("GET", "counters")).webhooks;
}

async function register(sandbox: TestSandbox, url: string, more: object = {}): Promise<string> {
  return z.object({ id: z.string() }).parse(await sandbox.control("POST", "webhook-endpoints", { url, ...more })).id;
}

const idOf = (body: string): string => z.object({ id: z.string() }).parse(JSON.parse(body)).id;

describe("webhook deliveries", () => {
  test("every event is delivered once, and the official client verifies it", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver();
    await register(sandbox, receiver.url);
    await sandbox.stripe.paymentIntents.create({
      amount: 2000,
      currency: "usd",
      payment_method: "pm_card_visa",
      confirm: true,
    });
    await sandbox.control("POST", "activity", { count: 20 });
    expect(await sandbox.control("POST", "quiesce", { timeoutMs: 5000 })).toMatchObject({ quiet: true });
    const { data } = await sandbox.stripe.events.list({ limit: 100 });
    expect(receiver.received.map(({ body }) => idOf(body)).toSorted()).toEqual(data.map(({ id }) => id).toSorted());
    const [secret = ""] = sandbox.config.webhookSecrets;
    for (const { body, signature } of receiver.received) {
      const event = sandbox.stripe.webhooks.constructEvent(body, signature, secret);
      expect(event).toMatchObject({ object: "event", api_version: "2026-10-28.endive", pending_webhooks: 1 });
    }
    expect(await counts(sandbox)).toMatchObject({ events: data.length, acked: data.length, pending: 0, failed: 0 });
  });

  test("each of several secrets signs, and rotated ones replace them (F52)", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver();
    const id = await register(sandbox, receiver.url, { secrets: ["whsec_old", "whsec_new"] });
    await sandbox.stripe.customers.create({ name: "Ada" });
    await receiver.until(({ length }) => length === 1);
    await sandbox.control("POST", `webhook-endpoints/${id}`, { secrets: ["whsec_new"] });
    await sandbox.stripe.customers.create({ name: "Bob" });
    await receiver.until(({ length }) => length === 2);
    const verify = (index: number, secret: string) => () => {
      const { body = "", signature = "" } = receiver.received[index] ?? {};
      return sandbox.stripe.webhooks.constructEvent(body, signature, secret);
    };
    expect(verify(0, "whsec_old")()).toMatchObject({ type: "customer.created" });
    expect(verify(0, "whsec_new")()).toMatchObject({ type: "customer.created" });
    expect(verify(1, "whsec_new")()).toMatchObject({ type: "customer.created" });
    expect(verify(1, "whsec_old")).toThrow("signature");
    expect(receiver.received[0]?.signature).toMatch(/^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64},v0=[0-9a-f]{64}$/u);
  });

  test("a receiver that refuses an event gets it again until it accepts it", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver((_call, count) => (count <= 2 ? 503 : 200));
    await register(sandbox, receiver.url);
    await sandbox.stripe.customers.create({ name: "Ada" });
    await receiver.until(({ length }) => length === 3);
    await sandbox.control("POST", "quiesce", {});
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await counts(sandbox)).toMatchObject({ acked: 1, failed: 2, pending: 0 });
  });

  test("a receiver that was down for a while gets the events of that time", async () => {
    await using sandbox = await useSandbox();
    const stopped = await useReceiver();
    await stopped[Symbol.asyncDispose]();
    await register(sandbox, stopped.url);
    await sandbox.control("POST", "activity", { count: 10 });
    expect(await counts(sandbox)).toMatchObject({ acked: 0 });
    await using back = await useReceiver(() => 200, Number(new URL(stopped.url).port));
    const { data } = await sandbox.stripe.events.list({ limit: 100 });
    await back.until(({ length }) => length === data.length);
    expect(await sandbox.control("POST", "quiesce", {})).toMatchObject({ quiet: true });
  });

  test("a deleted endpoint gets no more events, and an endpoint with event types gets only those", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver();
    const stopped = await register(sandbox, "http://127.0.0.1:9/nobody");
    await sandbox.stripe.customers.create({ name: "Ada" });
    await sandbox.control("DELETE", `webhook-endpoints/${stopped}`);
    await register(sandbox, receiver.url, { enabledEvents: ["customer.deleted"] });
    const { id } = await sandbox.stripe.customers.create({ name: "Bob" });
    await sandbox.stripe.customers.del(id);
    expect(await sandbox.control("POST", "quiesce", { timeoutMs: 5000 })).toMatchObject({ quiet: true });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.body).toContain('"type":"customer.deleted"');
  });
});

describe("webhook faults", () => {
  test("deliveries are duplicated, lost and resent (F39, F48)", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver();
    await register(sandbox, receiver.url);
    await sandbox.control("POST", "faults", { duplicate: { count: 1 } });
    await sandbox.stripe.customers.create({ name: "twice" });
    await sandbox.control("POST", "faults", { lose: { count: 1 } });
    await sandbox.stripe.customers.create({ name: "never" });
    await sandbox.control("POST", "quiesce", {});
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
    expect(await counts(sandbox)).toMatchObject({ duplicated: 1, lost: 1, acked: 2 });
    const [lost] = (await sandbox.stripe.events.list({ limit: 1 })).data;
    await sandbox.control("POST", "resend", { event: lost?.id });
    await receiver.until(({ length }) => length === 3);
    expect(receiver.received[2]?.body).toContain("never");
  });

  test("a later event overtakes a reordered one (F42)", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver();
    await register(sandbox, receiver.url);
    await sandbox.control("POST", "faults", { reorder: { count: 1 } });
    await sandbox.stripe.customers.create({ name: "first" });
    await sandbox.stripe.customers.create({ name: "second" });
    await receiver.until(({ length }) => length === 2);
    expect(receiver.received[0]?.body).toContain("second");
    expect(receiver.received[1]?.body).toContain("first");
  });

  test("forged and stale deliveries are sent next to the genuine one, and their acceptance is counted (F49, F50)", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver((call) => {
      try {
        sandbox.stripe.webhooks.constructEvent(call.body, call.signature, sandbox.config.webhookSecrets[0] ?? "");
        return 200;
      } catch {
        return 401;
      }
    });
    await register(sandbox, receiver.url);
    await sandbox.control("POST", "faults", { forge: { count: 1 }, stale: { count: 1 } });
    await sandbox.stripe.customers.create({ name: "Ada" });
    await receiver.until(({ length }) => length === 3);
    await sandbox.control("POST", "quiesce", {});
    expect(await counts(sandbox)).toMatchObject({ forged: 1, forgedAccepted: 0, stale: 1, staleAccepted: 0, acked: 1 });
    await using anyReceiver = await useReceiver();
    await register(sandbox, anyReceiver.url);
    await sandbox.control("POST", "faults", { forge: true });
    await sandbox.stripe.customers.create({ name: "Bob" });
    await sandbox.control("POST", "quiesce", {});
    expect(await counts(sandbox)).toMatchObject({ forgedAccepted: 1 });
  });
});
