import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { connect } from "node:net";
import { migrate } from "../../../src/store/migrate.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";
import { eventually } from "../../helpers/eventually.ts";
import { customer, deliver, eventBody, type SignedDelivery, sign } from "../../helpers/stripe-deliveries.ts";

const SECRET = "whsec_of_acme";
const OTHER_SECRET = "whsec_of_umbrella";
const START_SECONDS = 1_790_000_000;

let database: TestDatabase;
let service: InboxService;
let nowMs = START_SECONDS * 1000;

beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const config = (webhookSecrets: readonly string[]) => ({
    baseUrl: "http://127.0.0.1:9",
    apiKey: "sk_test_1",
    webhookSecrets,
  });
  service = await startInboxService({
    connection: database.connection,
    sources: [
      { id: "stripe-acme", tenantId: "acme", config: config([SECRET, "whsec_the_next_one"]) },
      { id: "stripe-umbrella", tenantId: "umbrella", config: config([OTHER_SECRET]) },
      { id: "stripe-mute", tenantId: "acme", config: config([]) },
    ],
    now: () => nowMs,
    idle: true,
  });
});
beforeEach(async () => {
  nowMs = START_SECONDS * 1000;
  for (const tenant of ["acme", "umbrella"]) {
    await service.db.transaction(tenant, (tx) =>
      tx.query("with gone as (delete from deliveries) delete from delivery_bodies"),
    );
  }
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

async function stored(tenantId = "acme"): Promise<Record<string, unknown>[]> {
  return service.db.read(tenantId, (tx) =>
    tx.query(
      `select delivery_key, event_type, status, source_id, body from deliveries join delivery_bodies bodies on delivery_id = id
       order by deliveries.received_at, id`,
    ),
  );
}

const body = (id: string) =>
  eventBody({ id, type: "customer.updated", object: customer("cus_1", "Ada"), created: START_SECONDS });

describe("POST /webhooks/{sourceId}", () => {
  test("answers after the delivery is stored, byte for byte", async () => {
    const signed = sign(body("evt_1"), SECRET, START_SECONDS);
    const response = await deliver(service.url, "stripe-acme", signed);
    expect([response.status, await response.text()]).toEqual([200, '{"received":true}']);
    expect(await stored()).toEqual([
      {
        delivery_key: "evt_1",
        event_type: "customer.updated",
        status: "PENDING",
        source_id: "stripe-acme",
        body: Buffer.from(signed.body),
      },
    ]);
    expect(await stored("umbrella")).toEqual([]);
  });

  test("accepts the bytes with any content type, or without one", async () => {
    for (const [index, type] of [
      undefined,
      "text/plain",
      "application/xml",
      "application/x-www-form-urlencoded",
      "///;;",
    ].entries()) {
      const { body: text, signature } = sign(body(`evt_type_${index}`), SECRET, START_SECONDS);
      const response = await fetch(`${service.url}/webhooks/stripe-acme`, {
        method: "POST",
        headers: { "stripe-signature": signature, ...(type !== undefined && { "content-type": type }) },
        body: Buffer.from(text),
      });
      expect([type, response.status]).toEqual([type, 200]);
    }
    expect(await stored()).toHaveLength(5);
  });

  test("stores many concurrent deliveries, and answers a duplicate like the first (F40)", async () => {
    const signed = Array.from({ length: 200 }, (_, index) =>
      sign(body(`evt_many_${index % 100}`), SECRET, START_SECONDS),
    );
    const responses = await Promise.all(signed.map((delivery) => deliver(service.url, "stripe-acme", delivery)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const rows = await stored();
    expect(rows).toHaveLength(100);
    // Many are committed together: each keeps its own bytes.
    const own = rows.filter((row) => String(row["body"]) === body(String(row["delivery_key"])));
    expect(own).toHaveLength(100);
    nowMs += 40 * 86_400_000;
    const late = sign(body("evt_many_7"), SECRET, START_SECONDS + 40 * 86_400);
    expect((await deliver(service.url, "stripe-acme", late)).status).toBe(200);
    expect(await stored()).toHaveLength(100);
  });

  test("keeps the first of two bodies with the same id, and counts the conflict (F41)", async () => {
    const before = service.inbox.stats().conflicting;
    await deliver(service.url, "stripe-acme", sign(body("evt_same"), SECRET, START_SECONDS));
    const other = body("evt_same").replace("Ada", "Eve");
    expect((await deliver(service.url, "stripe-acme", sign(other, SECRET, START_SECONDS))).status).toBe(200);
    expect(service.inbox.stats().conflicting).toBe(before + 1);
    expect(await stored()).toMatchObject([{ body: Buffer.from(body("evt_same")) }]);
  });

  test("stores signed bytes that are not an event under their hash (F56)", async () => {
    const bodies = ["{", "\u{feff}nothing", '{"id":"evt_\\u0000"}', '{"id":"\\ud800","type":"a\\u0000b"}', ""];
    for (const text of bodies) {
      expect((await deliver(service.url, "stripe-acme", sign(text, SECRET, START_SECONDS))).status).toBe(200);
    }
    const rows = await stored();
    expect(rows).toHaveLength(bodies.length);
    for (const row of rows) expect(row["delivery_key"]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("refuses forged signatures with the same message and stores nothing (F49)", async () => {
    const text = body("evt_forged");
    const { signature } = sign(text, SECRET, START_SECONDS);
    const hex = signature.split("v1=")[1] ?? "";
    const forged: Record<string, string | undefined> = {
      "no header": undefined,
      empty: "",
      "only a time": `t=${START_SECONDS}`,
      "empty signature": `t=${START_SECONDS},v1=`,
      "too short": `t=${START_SECONDS},v1=${hex.slice(0, 62)}`,
      "too long": `t=${START_SECONDS},v1=${hex}00`,
      "upper case": `t=${START_SECONDS},v1=${hex.toUpperCase()}`,
      "one digit changed": `t=${START_SECONDS},v1=${hex.startsWith("0") ? "1" : "0"}${hex.slice(1)}`,
      "another time": `t=${START_SECONDS + 1},v1=${hex}`,
      "another scheme": `t=${START_SECONDS},v0=${hex}`,
      "another tenant's secret": sign(text, OTHER_SECRET, START_SECONDS).signature,
      "another body": sign(`${text} `, SECRET, START_SECONDS).signature,
    };
    const answers = new Set<string>();
    for (const [what, header] of Object.entries(forged)) {
      const response = await fetch(`${service.url}/webhooks/stripe-acme`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(header !== undefined && { "stripe-signature": header }) },
        body: text,
      });
      expect([what, response.status]).toEqual([what, 401]);
      const { errors } = (await response.json()) as { errors: { extensions: object }[] }; // from our own server
      answers.add(
        JSON.stringify(errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: "" } }))),
      );
    }
    expect([...answers].map((text): unknown => JSON.parse(text))).toEqual([
      [
        {
          message: "the webhook signature is not valid",
          extensions: {
            code: "SIGNATURE_INVALID",
            cause: "WEBHOOK",
            source: null,
            retryable: false,
            retryAfterMs: null,
            requestId: "",
          },
        },
      ],
    ]);
    expect(await stored()).toEqual([]);
    expect((await deliver(service.url, "stripe-acme", { body: text, signature })).status).toBe(200);
  });

  test("accepts a signature of 299 s ago as a duplicate, refuses 301 s ago and 301 s ahead (F50)", async () => {
    const signed = sign(body("evt_old"), SECRET, START_SECONDS);
    const at = async (offsetSeconds: number) => {
      nowMs = (START_SECONDS + offsetSeconds) * 1000;
      return (await deliver(service.url, "stripe-acme", signed)).status;
    };
    expect([await at(0), await at(299), await at(300), await at(301), await at(-301), await at(-300)]).toEqual([
      200, 200, 200, 401, 401, 200,
    ]);
    expect(await stored()).toHaveLength(1);
  });

  test("accepts either of two secrets during a rotation (F52)", async () => {
    const next = sign(body("evt_next"), "whsec_the_next_one", START_SECONDS);
    expect((await deliver(service.url, "stripe-acme", next)).status).toBe(200);
  });

  test("answers for a source that does not exist, or has no secrets, as for a bad signature (F110)", async () => {
    const signed = sign(body("evt_lost"), SECRET, START_SECONDS);
    const answerOf = async (id: string, delivery: SignedDelivery) => {
      const response = await deliver(service.url, id, delivery);
      const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "date"));
      return { status: response.status, headers, text: (await response.text()).replace(/"requestId":"[^"]+"/, "") };
    };
    const forged = await answerOf("stripe-acme", { ...signed, body: `${signed.body} ` });
    expect(forged).toMatchObject({ status: 401, text: expect.stringContaining("SIGNATURE_INVALID") });
    for (const id of ["stripe-nobody", "__proto__", "stripe-mute", "%00"])
      expect([id, await answerOf(id, signed)]).toEqual([id, forged]);
    expect(await answerOf("stripe-mute", sign(body("evt_lost"), "", START_SECONDS))).toEqual(forged);
    expect(await stored()).toEqual([]);
  });

  test("a call is refused by its headers alone before its body has arrived, whether the source exists or not (F110)", async () => {
    const { signature } = sign("x", SECRET, START_SECONDS);
    const old = sign("x", SECRET, START_SECONDS - 301).signature;
    for (const id of ["stripe-acme", "stripe-nobody"]) {
      for (const header of ["", `Stripe-Signature: ${old}\r\n`, `Stripe-Signature: ${signature}0\r\n`]) {
        const head = `POST /webhooks/${id} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n${header}\r\n`;
        expect([id, header, await firstLine(head)]).toEqual([id, header, "HTTP/1.1 401 Unauthorized"]);
      }
    }
  });

  test.each(["stripe-acme", "stripe-nobody"])(
    "a forged body is hashed piece by piece as it arrives, and is not read when the headers are invalid: %s (F110)",
    async (id) => {
      const pieces = Array.from({ length: 16 }, () => Buffer.alloc(64 * 1024, " "));
      const workFor = async (header: string | undefined) => {
        const work = { bodiesRead: 0, piecesHashed: 0 };
        const headers = new Map(header === undefined ? [] : [["stripe-signature", [header]]]);
        const readBody = (onPiece: ((piece: Uint8Array) => void) | undefined) => {
          work.bodiesRead += 1;
          for (const piece of pieces) if (onPiece !== undefined) work.piecesHashed += (onPiece(piece), 1);
          return Promise.resolve(Buffer.concat(pieces));
        };
        await expect(service.inbox.ingest(id, { headers, readBody })).rejects.toMatchObject({
          code: "SIGNATURE_INVALID",
        });
        return work;
      };
      const unread = { bodiesRead: 0, piecesHashed: 0 };
      expect(await workFor(undefined)).toEqual(unread);
      expect(await workFor("v1=00")).toEqual(unread);
      expect(await workFor(sign("x", SECRET, START_SECONDS - 301).signature)).toEqual(unread);
      expect(await workFor(sign("x", SECRET, START_SECONDS).signature)).toEqual({ bodiesRead: 1, piecesHashed: 16 });
    },
  );

  test("accepts a large body that arrives in pieces, and refuses one whose sender disconnects (F55)", async () => {
    const text = " ".repeat(900_000);
    const { signature } = sign(text, SECRET, START_SECONDS);
    const head = `POST /webhooks/stripe-acme HTTP/1.1\r\nHost: x\r\nConnection: close\r\nStripe-Signature: ${signature}\r\n`;
    const chunks = text.match(/.{100000}/gs) ?? [];
    const chunked = chunks.map((chunk) => `186a0\r\n${chunk}\r\n`).join("");
    expect(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunked}0\r\n\r\n`)).toContain("HTTP/1.1 200 ");
    expect(await stored()).toMatchObject([{ body: Buffer.from(text) }]);
    const { refused } = service.inbox.stats();
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head}Content-Length: 900000\r\n\r\n${text.slice(0, 1000)}`, () => socket.destroy());
    });
    await eventually("the call is refused", () => service.inbox.stats().refused === refused + 1);
    expect(await stored()).toHaveLength(1);
  });

  test("refuses a body above 1 MiB, and accepts one just below it (F55)", async () => {
    const large = sign(" ".repeat(1024 * 1024 + 1), SECRET, START_SECONDS);
    const response = await deliver(service.url, "stripe-acme", large);
    expect([response.status, JSON.parse(await response.text())]).toMatchObject([
      413,
      { errors: [{ extensions: { code: "PAYLOAD_TOO_LARGE" } }] },
    ]);
    const whole = sign(" ".repeat(1024 * 1024), SECRET, START_SECONDS);
    expect((await deliver(service.url, "stripe-acme", whole)).status).toBe(200);
  });

  test("refuses a signature header that is sent twice, and ignores a header named __proto__ (F51) (F62)", async () => {
    const { body: text, signature } = sign(body("evt_twice"), SECRET, START_SECONDS);
    const head = `POST /webhooks/stripe-acme HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
    const once = `Stripe-Signature: ${signature}\r\n`;
    expect(await raw(`${head}${once}${once}\r\n${text}`)).toContain("HTTP/1.1 401 ");
    expect(await stored()).toEqual([]);
    expect(await raw(`${head}${once}__proto__: x\r\n\r\n${text}`)).toContain("HTTP/1.1 200 ");
  });
});

/** Sends bytes and returns the first line of the response. */
function firstLine(request: string): Promise<string> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk: Buffer) => {
      resolve(chunk.toString("latin1").split("\r\n", 1)[0] ?? "");
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

/** Sends bytes and returns the complete response. */
function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}
