import { describe, expect, test } from "@jest/globals";
import { cardProcessorSandbox } from "../../../sandbox/card-processor/index.ts";
import { control } from "../../../test/conformance/sandbox-control.ts";
import { cursorsOf, keysOf, openSession, type Message, type Session } from "../../../test/conformance/session.ts";
import { within } from "../../../test/helpers/take.ts";
import { subject } from "./fixtures/conformance.ts";
import { connector } from "./index.ts";

const open = (payments: number, pageSize = 10): Promise<Session> =>
  openSession(connector, cardProcessorSandbox, { payments, configure: (config) => ({ ...config, pageSize }) });

/** The newest version of each payment among the messages. */
function versionsOf(messages: readonly Message[]): Readonly<Record<string, string>> {
  const versions = new Map<string, bigint>();
  for (const message of messages) {
    if (message.type !== "record" || message.record.type !== "Payment") continue;
    const { externalId } = message.record;
    const known = versions.get(externalId) ?? 0n;
    versions.set(externalId, message.version.from > known ? message.version.from : known);
  }
  return Object.fromEntries([...versions].map(([id, version]) => [id, String(version)]));
}

async function sequencesOf({ sandbox }: Session): Promise<Readonly<Record<string, string>>> {
  const truth = (await control(sandbox, "GET", "truth")) as { sequences: { Payment: Record<string, string> } };
  return truth.sequences.Payment;
}

describe("reading a list", () => {
  test("finds every payment in its newest state although payments change and appear during the read (F27)", async () => {
    await using session = await open(60);
    const messages: Message[] = [];
    const reading = { [Symbol.asyncIterator]: () => session.read("payments") };
    for await (const message of reading) {
      messages.push(message);
      if (message.type === "checkpoint" && messages.length < 400) await subject.change(session.sandbox, 3);
    }
    messages.push(...(await session.readAll("payments", cursorsOf(messages).at(-1))));
    expect(versionsOf(messages)).toEqual(await sequencesOf(session));
  });

  test("continues from the time that it has reached when the processor refuses its page token (F27)", async () => {
    await using session = await open(60);
    const whole = await session.readAll("payments");
    await control(session.sandbox, "POST", "faults", { expireCursors: { count: 2 } });
    expect(keysOf(await session.readAll("payments"))).toEqual(keysOf(whole));
    const [first] = cursorsOf(whole);
    await control(session.sandbox, "POST", "faults", { expireCursors: { count: 1 } });
    const rest = await session.readAll("payments", first);
    const before = whole.slice(
      0,
      whole.findIndex(({ type }) => type === "checkpoint"),
    );
    expect(keysOf([...before, ...rest])).toEqual(keysOf(whole));
  });

  test("of pages that lead back to themselves fails, and a repeated object does no harm (F28)", async () => {
    await using session = await open(60);
    const whole = await session.readAll("payments");
    await control(session.sandbox, "POST", "faults", { overlapPages: true });
    expect(keysOf(await session.readAll("payments"))).toEqual(keysOf(whole));
    await control(session.sandbox, "DELETE", "faults");
    await control(session.sandbox, "POST", "faults", { loopPages: true });
    await expect(session.readAll("payments")).rejects.toMatchObject({ code: "UPSTREAM_GARBLED" });
  });

  test("finds a change that became visible after later ones were read", async () => {
    await using session = await open(20);
    const cursor = cursorsOf(await session.readAll("payments")).at(-1);
    await subject.change(session.sandbox, 10);
    const next = cursorsOf(await session.readAll("payments", cursor)).at(-1);
    const json = { amount: "100", currency: "EUR", status: "PAYMENT_STATUS_AUTHORIZED" };
    const updatedAtMs = Date.now() - 10_000;
    await control(session.sandbox, "POST", "objects", { kind: "Payment", id: "pay_late", json, updatedAtMs });
    expect(keysOf(await session.readAll("payments", next))).toContain("Payment:pay_late");
  });

  test("returns the malformed item of a page with its bytes and path, and the others (F26)", async () => {
    await using session = await open(5);
    const bytes = Buffer.from("0a077061795f626164320431303530", "hex").toString("base64"); // an amount as text
    await control(session.sandbox, "POST", "objects", { kind: "Payment", id: "pay_bad", base64: bytes });
    const messages = await session.readAll("payments");
    expect(messages.filter(({ type }) => type === "malformed")).toMatchObject([
      { entity: "Payment", path: "amount", raw: { path: expect.stringMatching(/^\/payments\/\d$/) } },
    ]);
    expect(Object.keys(versionsOf(messages))).toHaveLength(5);
  });

  test("lists the ledger entries that each settlement paid out, in as many parts as pages", async () => {
    await using session = await open(120, 3);
    const messages = await session.readAll("settlements");
    const truth = (await control(session.sandbox, "GET", "truth")) as {
      objects: { LedgerEntry: { id: string; settlementId?: string }[] };
    };
    const lines = new Map<string, string[]>();
    for (const message of messages)
      if (message.type === "payoutLines")
        lines.set(message.payoutExternalId, [...(lines.get(message.payoutExternalId) ?? []), ...message.lines]);
    expect(lines.size).toBeGreaterThan(10);
    for (const [settlement, ids] of lines) {
      const expected = truth.objects.LedgerEntry.filter(({ settlementId }) => settlementId === settlement);
      expect(ids.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    }
  });
});

describe("a call (F35)", () => {
  test.each([
    ["RST_STREAM before it was processed", { resetStreams: { count: 1 } }],
    ["GOAWAY after an answer", { goAway: true }],
    ["connections that are closed after an answer", { halfClose: true }],
    ["connections that are lost instead of an answer", { dropAfterEffect: { count: 2 } }],
    ["UNAVAILABLE", { rate500: { count: 2 } }],
    ["RESOURCE_EXHAUSTED with pushback", { rate429: { count: 1, retryAfter: "20" } }],
    ["damaged bytes", { malformedBodies: { count: 1 } }],
  ])("is repeated after %s", async (_what, fault) => {
    await using session = await open(30);
    const whole = keysOf(await session.readAll("payments"));
    await control(session.sandbox, "POST", "faults", fault);
    expect(keysOf(await session.readAll("payments"))).toEqual(whole);
  });

  test("with a response over 4 MiB fails, and the next one works (F36)", async () => {
    await using session = await open(5);
    await control(session.sandbox, "POST", "faults", { hugeBodies: { count: 1 } });
    const failure = session.readAll("payments");
    await expect(failure).rejects.toMatchObject({ code: expect.stringMatching(/^UPSTREAM_(MALFORMED|REJECTED)$/) });
    expect(keysOf(await session.readAll("payments")).size).toBeGreaterThan(0);
  });

  test("that is never answered ends when it is aborted", async () => {
    await using session = await open(5);
    await control(session.sandbox, "POST", "faults", { neverRespond: true });
    const controller = new AbortController();
    const reading = session.read("payments", undefined, controller.signal).next();
    setImmediate(() => controller.abort());
    await expect(within(5_000, "the abort", reading)).rejects.toMatchObject({ code: "CANCELED" });
  });
});
