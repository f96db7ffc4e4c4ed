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

const received = (count: number, from = receiver) =>
  eventually(`${count} calls`, () => from.calls.length >= count && from.calls);
/** The first message, once it meets a condition. */
const first = (what: string, condition: (status: string, error: string | null) => boolean) =>
  eventually(what, async () => (await world.messages()).find(({ status, error }) => condition(status, error)));
const endpointOf = async (id: string) => (await world.sql("select * from alert_endpoints where id = $1", [id]))[0];

test("an endpoint that answers 500 gets the message again, under the same id, and its closing afterwards", async () => {
  await world.endpoint(receiver.url);
  receiver.answer((response) => response.writeHead(receiver.calls.length < 4 ? 500 : 200).end("no"));
  world.start();
  await world.open("retried");
  await received(1);
  await world.close("retried");
  const calls = await received(5);
  expect(calls.map(({ body }) => body.type)).toEqual([
    ...Array.from({ length: 4 }, () => "finding.opened"),
    "finding.closed",
  ]);
  expect(new Set(calls.slice(0, 4).map(({ id }) => id)).size).toBe(1);
  const [opened] = await world.messages();
  expect(opened).toMatchObject({ status: "DELIVERED", attempts: 4, responseStatus: 200, error: null });
  const [{ log } = {}] = await world.sql("select attempt_log as log from alerts order by ordinal limit 1");
  expect(log).toMatchObject([{ error: "the endpoint answered 500" }, {}, {}, { error: null, responseStatus: 200 }]);
});

test("a message is given up after ten attempts, and people can send it again", async () => {
  const { id } = await world.endpoint(receiver.url);
  receiver.answer((response) => response.writeHead(500).end());
  world.start();
  await world.open("given up");
  const failed = await first("the message to fail", (status) => status === "FAILED");
  expect(failed).toMatchObject({ attempts: 10, responseStatus: 500, error: "the endpoint answered 500" });
  expect(receiver.calls.length).toBe(10);
  expect((await endpointOf(id))?.["failures"]).toBe(10);
  receiver.answer(undefined);
  await world.alerts.resend("acme", failed.id);
  await first("the message to be delivered", (status) => status === "DELIVERED");
  expect(receiver.calls.at(-1)?.id).toBe(failed.id);
});

test("the pauses are those of Standard Webhooks, and Retry-After prolongs them", async () => {
  await world.endpoint(receiver.url);
  receiver.answer((response) => response.writeHead(429, { "retry-after": "3600" }).end());
  world.start({ times: { pollMs: 20 } });
  await world.open("limited");
  const limited = await first("an attempt to fail", (_status, error) => error !== null);
  expect(limited).toMatchObject({ status: "PENDING", attempts: 1, responseStatus: 429 });
  const HOUR = 3_600_000;
  expect(limited.dueInMs).toBeGreaterThan(HOUR / 2); // not after the 5 seconds of the schedule
  expect(limited.dueInMs).toBeLessThanOrEqual(HOUR);
});

test("an answer 410 ends the endpoint: nothing more is sent to it, and a finding says so elsewhere", async () => {
  const { id } = await world.endpoint(receiver.url);
  await using other = await startAlertReceiver();
  await world.endpoint(other.url, { name: "others" });
  receiver.answer((response) => response.writeHead(410).end());
  world.start();
  await world.open("rejected");
  await first("the message to fail", (status) => status === "FAILED");
  expect(await endpointOf(id)).toMatchObject({ status: "REJECTED" });
  const calls = await eventually("the finding", () => other.calls.length >= 2 && other.calls);
  expect(calls.map(({ body }) => String(body.data.kind)).toSorted()).toEqual(["ALERTS_UNDELIVERED", "STATEMENT_GAP"]);
  await world.open("later");
  await received(3, other);
  expect(receiver.calls.length).toBe(1);
  await world.alerts.updateEndpoint("acme", id, { ...UNCHANGED, isEnabled: true });
  await eventually("the finding to close", () => other.calls.find(({ body }) => body.type === "finding.closed"));
});

const UNCHANGED = {
  name: undefined,
  url: undefined,
  minSeverity: undefined,
  sourceIds: undefined,
  mutedUntil: undefined,
  isEnabled: undefined,
};

test("an endpoint that fails for long is a finding, which it does not get itself and which closes by itself", async () => {
  await world.endpoint(receiver.url);
  let isBroken = true;
  receiver.answer((response) => response.writeHead(isBroken ? 500 : 200).end());
  world.start({ times: { ...QUICK, reportAfterMs: 0, scheduleMs: Array.from({ length: 500 }, () => 1) } });
  await world.open("failing");
  const isOpen = async () =>
    (await world.sql("select closed_at is null as open from findings where kind = 'ALERTS_UNDELIVERED'"))[0];
  await eventually("the finding to open", isOpen);
  isBroken = false;
  await eventually("the finding to close", async () => (await isOpen())?.["open"] === false);
  await world.open("after");
  await eventually("the next message", () => receiver.calls.find(({ body }) => body.data.sentence.includes("after")));
  expect(receiver.calls.filter(({ body }) => body.data.kind === "ALERTS_UNDELIVERED")).toEqual([]);
});

test("an endpoint that accepts nothing for days is given up", async () => {
  const { id } = await world.endpoint(receiver.url);
  receiver.answer((response) => response.writeHead(500).end());
  world.start({ times: { ...QUICK, failAfterMs: 0 } });
  await world.open("dead");
  await first("the message to fail", (status) => status === "FAILED");
  expect(await endpointOf(id)).toMatchObject({ status: "FAILED" });
  await expect(world.alerts.sendTest("acme", id)).rejects.toThrow("enable it first");
});

test("a redirect is not followed", async () => {
  await using target = await startAlertReceiver();
  await world.endpoint(receiver.url);
  receiver.answer((response) => response.writeHead(307, { location: target.url }).end());
  world.start({ times: { pollMs: 20 } });
  await world.open("redirected");
  const failed = await first("an attempt to fail", (_status, error) => error !== null);
  expect(failed.error).toBe("the endpoint answered with a redirect (307), which is not followed");
  expect(target.calls).toEqual([]);
});

test("an endpoint that does not answer is cut off, and delays no other one", async () => {
  await using other = await startAlertReceiver();
  await world.endpoint(receiver.url, { name: "hangs" });
  await world.endpoint(other.url, { name: "answers" });
  receiver.answer(() => undefined);
  world.start({ times: { ...QUICK, callMs: 5_000, scheduleMs: [0, 3_600_000] } });
  await world.open("first");
  await received(1);
  await world.open("second");
  await received(2, other); // while the first call to the other endpoint is open
  const failed = await first("the call to be cut off", (_status, error) => error !== null);
  expect(failed.error).toContain("did not answer in time");
  await receiver.server.allClosed();
});

test("an endless answer is cut off", async () => {
  await world.endpoint(receiver.url);
  receiver.answer((response) => {
    response.writeHead(200);
    const write = (): void => {
      if (!response.destroyed) response.write("x".repeat(65_536), () => setImmediate(write));
    };
    write();
  });
  world.start({ times: { pollMs: 20 } });
  await world.open("endless");
  const failed = await first("an attempt to fail", (_status, error) => error !== null);
  expect(failed).toMatchObject({ status: "PENDING", attempts: 1 });
  await receiver.server.allClosed();
});

describe("an address that is not public", () => {
  test("of this machine is refused when the endpoint is made (F106)", async () => {
    const careful = world.start({ networks: [] });
    const request = {
      name: "x",
      form: "CHAT_TEXT",
      minSeverity: "INFO",
      sourceIds: undefined,
      createdBy: "kim",
    } as const;
    for (const url of ["http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]/x", "http://169.254.169.254/latest"])
      await expect(careful.createEndpoint("acme", { ...request, url })).rejects.toMatchObject({
        code: "INVALID_INPUT",
      });
    for (const url of ["ftp://example.com", "https://kim:secret@example.com/", "https://2130706433/", "canary"])
      await expect(careful.createEndpoint("acme", { ...request, url })).rejects.toThrow(
        /^(?!.*(canary|secret)).*input\.url/s,
      );
  });

  test("is not called, also when the setting has changed since (F106)", async () => {
    await world.endpoint("http://10.0.0.1:9/hook");
    const { id } = await world.endpoint(receiver.url);
    world.start({ networks: [], times: { pollMs: 20 } });
    await world.open("private");
    const messages = await eventually("both attempts", async () => {
      const all = await world.messages();
      return all.length === 2 && all.every(({ error }) => error !== null) && all;
    });
    const errorOf = (isOurs: boolean) => messages.find(({ endpointId }) => (endpointId === id) === isOurs)?.error;
    expect(errorOf(false)).toBe("the endpoint's address is not allowed");
    expect(errorOf(true)).toContain("unless the operator lists it in ALERT_NETWORKS");
    expect(receiver.calls).toEqual([]);
  });
});

test("a call in flight finishes before the process stops, and is not repeated by the next one", async () => {
  await world.endpoint(receiver.url);
  let finish: (() => void) | undefined;
  receiver.answer((response) => void (finish = () => response.writeHead(204).end()));
  const stopping = world.start();
  await world.open("in flight");
  await received(1);
  const closed = stopping.close(10_000);
  finish?.();
  await closed;
  expect(await world.messages()).toMatchObject([{ status: "DELIVERED" }]);
});
