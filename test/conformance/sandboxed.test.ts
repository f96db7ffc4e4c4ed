import { describe, expect, test } from "@jest/globals";
import { connectors } from "../../src/connectors/registry.generated.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { configuredConnector } from "../../src/sources/configured-connector.ts";
import type { EntityType } from "../../src/domain/ids.ts";
import { sandboxes } from "../../sandbox/registry.generated.ts";
import { within } from "../helpers/take.ts";
import { apply, recordsOf, type Replica } from "./replica.ts";
import { control } from "./sandbox-control.ts";
import { cursorsOf, keyOf, keysOf, openSession, type Message, type Session } from "./session.ts";
import { loadSubject } from "./load-subject.ts";
import type { ObjectKey } from "./subject.ts";
import { useWebhooks } from "./webhooks.ts";

const PAYMENTS = 250;

const loaded = await Promise.all(
  Object.values(connectors).map(async (connector) => {
    const subject = await loadSubject(connector.name);
    const sandbox = subject?.sandbox ?? sandboxes[connector.name];
    return sandbox && subject && { name: connector.name, connector, sandbox, subject };
  }),
);
const cases = loaded.filter((one) => one !== undefined);

describe.each(cases)("connector $name with its sandbox", ({ connector, sandbox, subject }) => {
  const streams = subject.streams ?? connector.streams.map(({ name }) => name);

  async function readEverything(session: Session, cursors: ReadonlyMap<string, unknown> = new Map()) {
    const messages = new Map<string, readonly Message[]>();
    for (const stream of streams) messages.set(stream, await session.readAll(stream, cursors.get(stream)));
    return messages;
  }

  const flat = (messages: ReadonlyMap<string, readonly Message[]>) => [...messages.values()].flat();
  const lastCursors = (messages: ReadonlyMap<string, readonly Message[]>) =>
    new Map([...messages].map(([stream, read]) => [stream, overTheWire(cursorsOf(read).at(-1))]));
  /** A cursor after the store has serialised it. */
  const overTheWire = (cursor: unknown): unknown => connector.cursor.parse(JSON.parse(JSON.stringify(cursor)));

  test("MUST state a budget (C-08)", async () => {
    await using session = await openSession(connector, sandbox);
    const budget = connector.budget(session.config);
    expect(budget.maxConcurrent ?? 1).toBeGreaterThan(0);
    for (const { requestsPerSecond } of Object.values(budget.buckets))
      expect(requestsPerSecond ?? 1).toBeGreaterThan(0);
    for (const method of ["GET", "POST", "DELETE"] as const) {
      const costs = budget.costs({ method, path: "/v1/anything?x=1" });
      expect(costs.length).toBeGreaterThan(0);
      for (const { bucket, weight = 1 } of costs) {
        expect(Object.keys(budget.buckets)).toContain(bucket);
        expect(weight).toBeGreaterThan(0);
      }
    }
  });

  test("MUST report no difference from the contract for objects that are as documented (C-30, F26)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 60 });
    const differences = flat(await readEverything(session)).flatMap((message) =>
      message.type === "record"
        ? message.unknowns.map(({ path, of = "value" }) => `${message.record.type}.${path}: ${of}`)
        : [],
    );
    expect([...new Set(differences)]).toEqual([]);
  });

  test("MUST refuse a setting of the wrong type, and name it (C-10)", async () => {
    await using session = await openSession(connector, sandbox);
    for (const name of Object.keys(session.sandbox.sourceConfig)) {
      const wrong = { ...session.sandbox.sourceConfig, [name]: [{ not: "a setting" }] };
      expect(connector.config.safeParse(wrong).error?.issues[0]?.path[0]).toBe(name);
    }
  });

  test("MUST report whether the credentials work (C-11)", async () => {
    await using session = await openSession(connector, sandbox);
    await expect(session.check()).resolves.toBeUndefined();
    await using wrong = await openSession(connector, sandbox, { configure: subject.withWrongCredential });
    await expect(wrong.check()).rejects.toMatchObject({ code: "UPSTREAM_UNAUTHORIZED" });
  });

  test("MUST read every object, where each stream is finite and ends with a checkpoint (C-12)", async () => {
    await using session = await openSession(connector, sandbox, { payments: PAYMENTS });
    const messages = await readEverything(session);
    for (const [stream, read] of messages) expect([stream, read.at(-1)?.type]).toEqual([stream, "checkpoint"]);
    expect(flat(messages).filter(({ type }) => type === "malformed")).toEqual([]);
    expect(keysOf(flat(messages))).toEqual(await subject.truth(session.sandbox));
  });

  test("MUST return only the entities that a stream declares (C-13)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 50 });
    for (const { name, entities } of connector.streams) {
      const kinds = new Set([...keysOf(await session.readAll(name))].map((key) => key.split(":", 1)[0]));
      expect([...entities]).toEqual(expect.arrayContaining([...kinds]));
    }
  });

  test("MUST read an empty account (C-14)", async () => {
    await using session = await openSession(connector, sandbox);
    const messages = await readEverything(session);
    for (const read of messages.values()) expect(read.at(-1)).toMatchObject({ type: "checkpoint" });
  });

  test("MUST lose nothing when it resumes after any checkpoint (C-15) (F27)", async () => {
    await using session = await openSession(connector, sandbox, { payments: PAYMENTS });
    for (const stream of streams) {
      const whole = await session.readAll(stream);
      const stops = whole.flatMap((message, index) => (message.type === "checkpoint" ? [index] : [])).slice(0, 4);
      for (const stop of stops) {
        const rest = await session.readAll(stream, overTheWire(cursorsOf(whole.slice(0, stop + 1)).at(-1)));
        expect(keysOf([...whole.slice(0, stop), ...rest])).toEqual(keysOf(whole));
      }
    }
  });

  test("MUST return later what changed meanwhile, and SHOULD read little else (C-16)", async () => {
    await using session = await openSession(connector, sandbox, { payments: PAYMENTS });
    const first = await readEverything(session);
    const changed = await subject.change(session.sandbox, 20);
    expect(changed.size).toBeGreaterThan(10);
    const second = await readEverything(session, lastCursors(first));
    expect(await keysWithRelated(session, flat(second))).toEqual(expect.arrayContaining([...changed]));
    expect(flat(second).length).toBeLessThan(flat(first).length / 2);
  });

  test("MUST return later what was deleted meanwhile (C-25)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 30 });
    const first = await readEverything(session);
    const removed = await subject.remove(session.sandbox);
    const second = flat(await readEverything(session, lastCursors(first)));
    const tombstones = second.filter((message) => message.type === "tombstone").map(keyOf);
    expect(tombstones).toEqual(removed === undefined ? [] : [removed]);
  });

  test("MUST map one state to one record, whether it is listed, changed or fetched by id (C-17) (F42)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 60 });
    const replica: Replica = new Map();
    let read = await readEverything(session);
    await apply(replica, flat(read), session);
    for (let round = 0; round < 3; round++) {
      await subject.change(session.sandbox, 40);
      await subject.remove(session.sandbox);
      read = await readEverything(session, lastCursors(read));
      await apply(replica, flat(read), session);
    }
    const reread: Replica = new Map();
    await apply(reread, flat(await readEverything(session)), session);
    expect(recordsOf(replica)).toEqual(recordsOf(reread));
  });

  const ranged = connector.streams.filter((stream) => stream.ranged).map(({ name }) => name);

  test("MUST walk a ranged stream newest first, and report its position and the next one (C-26)", async () => {
    await using session = await openSession(connector, sandbox, { payments: PAYMENTS });
    let places = 0;
    for (const stream of ranged) {
      let before = "9999";
      for (const { reached = "", next, after } of placesOf(await session.readAll(stream))) {
        places += 1;
        expect([stream, reached]).toEqual([stream, expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)]);
        expect(reached <= before).toBe(true);
        expect(connector.cursor.safeParse(next).success).toBe(true);
        expect(madeAt(after).filter((made) => made >= reached)).toEqual([]);
        before = reached;
      }
    }
    expect(places > 0 || ranged.length === 0).toBe(true);
  });

  test("MUST return by ranges the same as by one walk, for any split (C-27)", async () => {
    await using session = await openSession(connector, sandbox, { payments: PAYMENTS });
    for (const stream of ranged) {
      const whole = await session.readAll(stream);
      for (const { reached, before } of placesOf(whole)) {
        const older = await session.readRange(stream, { from: undefined, to: reached });
        const newer = await session.readRange(stream, { from: reached, to: undefined });
        expect(keysOf([...before, ...older])).toEqual(keysOf(whole));
        expect([...keysOf(before)]).toEqual(expect.arrayContaining([...keysOf(newer)]));
        expect(keysOf([...newer, ...older])).toEqual(keysOf(whole));
      }
    }
  });

  test("MUST return later what changed since a walk began, also when another read continued it (C-28)", async () => {
    await using session = await openSession(connector, sandbox, { payments: PAYMENTS });
    const cursors = new Map<string, unknown>();
    for (const stream of streams) {
      const walk = await session.readAll(stream);
      const [first] = ranged.includes(stream) ? placesOf(walk) : [];
      cursors.set(stream, overTheWire(first?.next ?? cursorsOf(walk).at(-1)));
    }
    const changed = await subject.change(session.sandbox, 20);
    const later = flat(await readEverything(session, cursors));
    expect(await keysWithRelated(session, later)).toEqual(expect.arrayContaining([...changed]));
  });

  test("MUST survive throttling and temporary failures (C-18)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 30 });
    const [stream = ""] = streams.toReversed();
    const calm = keysOf(await session.readAll(stream));
    for (const fault of [{ burst429: 2 }, { rate500: { count: 2 } }]) {
      await control(session.sandbox, "POST", "faults", fault);
      expect(keysOf(await session.readAll(stream))).toEqual(calm);
    }
  });

  test.each(["truncateBodies", "htmlBodies", "emptyBodies"])(
    "MUST NOT accept %s as a response (C-19) (F25)",
    async (fault) => {
      await using session = await openSession(connector, sandbox, { payments: 30 });
      const [stream = ""] = streams.toReversed();
      await control(session.sandbox, "POST", "faults", { [fault]: true });
      const failure = await session.readAll(stream).then(
        () => "read",
        (reason: unknown) => reason,
      );
      expect(failure).toBeInstanceOf(ServiceError);
      expect(["UPSTREAM_GARBLED", "UPSTREAM_UNAVAILABLE"]).toContain(ServiceError.from(failure).code);
      await control(session.sandbox, "DELETE", "faults");
      await control(session.sandbox, "POST", "faults", { [fault]: { count: 1 } });
      expect(keysOf(await session.readAll(stream)).size).toBeGreaterThan(0);
    },
  );

  test("MUST report a malformed item and return the others (C-20) (F26)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 30 });
    const truth = await subject.truth(session.sandbox);
    const { stream, externalId } = await subject.putMalformed(session.sandbox);
    const messages = await session.readAll(stream);
    const malformed = messages.filter((message) => message.type === "malformed");
    expect(malformed).toMatchObject([{ externalId, path: expect.any(String), problem: expect.any(String) }]);
    expect(malformed[0]?.raw.payload.bytes.length).toBeGreaterThan(0);
    const readable = messages.filter((message) => message.type === "record").map(keyOf);
    const [kind = ""] = readable[0]?.split(":", 1) ?? [];
    expect(new Set(readable)).toEqual(new Set([...truth].filter((key) => key.startsWith(`${kind}:`))));
  });

  test("MUST throw promptly when it is aborted within a page (C-21)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 30 });
    for (const stream of streams) {
      const controller = new AbortController();
      const messages = session.read(stream, undefined, controller.signal);
      controller.abort();
      const aborted = within(1000, "the abort", messages.next());
      await expect(aborted).rejects.toMatchObject({ code: "CANCELED" });
    }
    const controller = new AbortController();
    const messages = session.read(streams.at(-1) ?? "", undefined, controller.signal);
    await messages.next();
    controller.abort();
    await expect(within(1000, "the abort", messages.next())).rejects.toMatchObject({ code: "CANCELED" });
  });

  test("MUST return a result for each fetched id, and a tombstone for a missing one (C-22)", async () => {
    await using session = await openSession(connector, sandbox, { payments: 60 });
    const keys = [...keysOf(flat(await readEverything(session)))];
    const own = configuredConnector(connector, session.config);
    for (const entity of Object.keys(own.fetch) as EntityType[]) {
      const known = keys.filter((key) => key.startsWith(`${entity}:`)).map((key) => key.slice(entity.length + 1));
      const ids = [...known.slice(0, 3), ...known.slice(-2), "no_such_object"];
      const messages = await session.fetchMany(entity, [...new Set(ids)]);
      expect([...keysOf(messages)]).toEqual(expect.arrayContaining(ids.map((id) => `${entity}:${id}`)));
      const deletedKeys = messages.filter((message) => message.type === "tombstone").map(keyOf);
      expect(deletedKeys).toEqual([`${entity}:no_such_object`]);
    }
  });

  test("MUST NOT put a secret into the text of an error (C-23)", async () => {
    await using session = await openSession(connector, sandbox, { configure: subject.withWrongCredential });
    const failure = await session.check().catch((reason: unknown) => reason);
    const texts = [String(failure), JSON.stringify(failure, Object.getOwnPropertyNames(failure))].join();
    expect(failure).toBeInstanceOf(ServiceError);
    for (const secret of secretsOf(subject.secretsOf?.(session.config) ?? session.config))
      expect(texts).not.toContain(secret);
  });

  test("MUST accept deliveries of its upstream and no forged ones, and parse them (C-24) (F49)", async () => {
    const { webhook } = connector;
    if (webhook?.trust !== "SIGNED") return;
    await using session = await openSession(connector, sandbox, { payments: 10 });
    await using receiver = await useWebhooks(session.sandbox);
    const changed = await subject.change(session.sandbox, 10);
    const deliveries = await receiver.whenQuiet();
    expect(deliveries.length).toBeGreaterThan(0);
    const reported = new Set<string | undefined>();
    const hinted = new Set<string>();
    for (const { body, headers } of deliveries) {
      const unkeyed = { body, headers, config: session.config, nowMs: Date.now() };
      const call = { ...unkeyed, key: await session.keyOfCall(unkeyed) };
      expect(webhook.verify(call)).toMatchObject({ scheme: expect.any(String) });
      const forged = Buffer.concat([body, Buffer.from(" ")]);
      expect(() => webhook.verify({ ...call, body: forged })).toThrow("SIGNATURE_INVALID");
      const begun = [body, forged].map((bytes) => {
        const check = webhook.begin?.(unkeyed);
        for (let from = 0; from < bytes.byteLength; from += 1_000) check?.update(bytes.subarray(from, from + 1_000));
        return check;
      });
      expect(() => begun[0]?.end()).not.toThrow();
      expect(() => begun[1]?.end()).toThrow("SIGNATURE_INVALID");
      expect(() => webhook.begin?.({ ...unkeyed, headers: new Map() })).toThrow("SIGNATURE_INVALID");
      expect(() => webhook.begin?.({ ...unkeyed, nowMs: unkeyed.nowMs + 301_000 })).toThrow("SIGNATURE_INVALID");
      expect(webhook.identify(call)).toEqual({ deliveryId: expect.any(String), eventType: expect.any(String) });
      const raw = { payload: { bytes: body, mediaType: "application/json" }, path: "" };
      for (const message of webhook.parse(raw, session.config)) {
        if (message.type === "streamHint") hinted.add(message.stream);
        else reported.add(keyOf(message));
      }
    }
    for (const stream of hinted) expect(connector.streams.map(({ name }) => name)).toContain(stream);
    // Objects without events are only found by reading, and so are all objects where events only report that there is
    // something to read.
    const seen = [...reported].filter((key) => key !== undefined && changed.has(key));
    expect(seen.length + hinted.size * 6).toBeGreaterThan(5);
  });
});

/** The checkpoints of a walk except the last, each with the messages before it. */
function placesOf(messages: readonly Message[]) {
  return messages.flatMap((message, index) =>
    message.type === "checkpoint" && index < messages.length - 1
      ? [{ ...message, before: messages.slice(0, index), after: messages.slice(index + 1) }]
      : [],
  );
}

/** The objects of the messages, and those that belong to an object that a hint names. */
async function keysWithRelated(session: Session, messages: readonly Message[]): Promise<readonly ObjectKey[]> {
  const related: Message[] = [];
  for (const message of messages) {
    if (message.type !== "hint" || message.of === undefined) continue;
    related.push(...(await session.fetchMany(message.entity, [message.externalId], message.of)));
  }
  return [...keysOf([...messages, ...related])];
}

/** Creation times of the objects that have one. */
function madeAt(messages: readonly Message[]): readonly string[] {
  return messages.flatMap((message) => (message.type === "record" ? [message.record.createdAt ?? []].flat() : []));
}

/** Texts in the settings that are not addresses. */
function secretsOf(config: unknown): string[] {
  if (typeof config === "string") return config.startsWith("http") ? [] : [config];
  if (typeof config !== "object" || config === null) return [];
  return Object.values(config).flatMap(secretsOf);
}
