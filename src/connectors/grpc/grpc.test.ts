import { describe, expect, test } from "@jest/globals";
import { cardProcessorSandbox } from "../../../sandbox/card-processor/index.ts";
import { control } from "../../../test/conformance/sandbox-control.ts";
import { type Message, openSession, type Session } from "../../../test/conformance/session.ts";
import type { FeedMessage } from "../../connector-api/change-feed.ts";
import { configuredConnector } from "../../sources/configured-connector.ts";
import { example, type Settings } from "./fixtures/example.ts";
import { connector } from "./index.ts";

const open = (payments: number): Promise<Session> =>
  openSession(connector, cardProcessorSandbox, {
    payments,
    configure: ({ baseUrl, apiKey }) => ({
      ...example(),
      baseUrl,
      metadata: { authorization: `Bearer ${String(apiKey)}` },
    }),
  });

const paymentsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) =>
    message.type === "record" && message.record.type === "Payment"
      ? [[message.record, message.version, message.sourceUpdatedAt] as const]
      : [],
  );

/** Problems of the example with one setting replaced. */
function problemsOf(path: string, value: unknown): readonly string[] {
  const settings = example();
  const names = path.split(".");
  const last = names.pop() ?? "";
  const parent = names.reduce((inner, name) => inner[name] as Settings, settings);
  parent[last] = value;
  return (connector.config.safeParse(settings).error?.issues ?? []).map(
    (issue) => `${issue.path.join(".")}: ${issue.message}`,
  );
}

describe("the README's example", () => {
  test("fetches a payment by its id, and quarantines one that does not exist", async () => {
    await using session = await open(5);
    const [first] = paymentsOf(await session.readAll("payments"));
    const id = first?.[0].externalId ?? "";
    expect(await session.fetchMany("Payment", [id, "pay_none"])).toMatchObject([
      { type: "record", record: first?.[0] },
      { type: "malformed", externalId: "pay_none" },
    ]);
  });

  test("returns a malformed item with its bytes and path, and the others (F26, F36)", async () => {
    await using session = await open(5);
    const bytes = Buffer.from("0a077061795f626164320431303530", "hex").toString("base64"); // an amount as text
    await control(session.sandbox, "POST", "objects", { kind: "Payment", id: "pay_bad", base64: bytes });
    const messages = await session.readAll("payments");
    expect(messages.filter(({ type }) => type === "malformed")).toMatchObject([
      { entity: "Payment", path: "amount", raw: { path: expect.stringMatching(/^\/payments\/\d$/) } },
    ]);
    expect(paymentsOf(messages)).toHaveLength(5);
  });

  test("with a method that fetches only reads nothing, and fetches by id; the check accepts its credentials", async () => {
    const settings = example();
    const { payments } = settings["streams"] as { payments: Settings };
    for (const name of ["list", "page", "since", "watch"]) delete payments[name];
    await using session = await openSession(connector, cardProcessorSandbox, {
      payments: 5,
      configure: ({ baseUrl, apiKey }) => ({
        ...settings,
        baseUrl,
        metadata: { authorization: `Bearer ${String(apiKey)}` },
      }),
    });
    await session.check();
    expect(await session.readAll("payments")).toEqual([{ type: "checkpoint", cursor: { phase: "done" }, progress: 1 }]);
    const [id = ""] = (await paymentSequences(session)).keys();
    expect(await session.fetchMany("Payment", [id])).toMatchObject([{ type: "record", record: { externalId: id } }]);
  });

  test("fails when page tokens lead back to themselves (F28)", async () => {
    await using session = await open(250);
    await control(session.sandbox, "POST", "faults", { loopPages: true });
    await expect(session.readAll("payments")).rejects.toMatchObject({ code: "UPSTREAM_GARBLED" });
  });

  test("follows the changes, and resumes after the token of the last one without a gap", async () => {
    await using session = await open(5);
    const before = await paymentSequences(session);
    let position: unknown;
    const seen = new Map<string, bigint>();
    for (let round = 0; round < 3; round += 1) {
      await using feed = openFeed(session, position);
      // a new feed begins at the present: changes before it are those of the list
      if (position === undefined) position = await firstCheckpoint(feed.messages);
      await control(session.sandbox, "POST", "activity", { count: 10 });
      const expected = [...(await paymentSequences(session))].filter(([id, version]) => before.get(id) !== version);
      const isComplete = () => expected.every(([id, version]) => seen.get(id) === version);
      for (let isStored = false; !(isStored && isComplete());) {
        const { value: message } = (await feed.messages.next()) as { value: FeedMessage<unknown> }; // it never ends
        expect(message.type).not.toBe("gap");
        if (message.type === "record") seen.set(message.record.externalId, message.version.from);
        isStored = message.type === "checkpoint";
        if (message.type === "checkpoint") position = message.cursor;
      }
    }
    expect(position).toEqual({ tokens: { "cardprocessor.v1.CardProcessor/StreamChanges": expect.any(String) } });
  });

  test("reports a gap when it continues without a token", async () => {
    await using session = await open(5);
    await using feed = openFeed(session, { tokens: {} });
    expect(await feed.messages.next()).toMatchObject({ value: { type: "gap" } });
    expect(await feed.messages.next()).toMatchObject({ value: { type: "checkpoint", cursor: { tokens: {} } } });
  });
});

function openFeed(session: Session, position: unknown) {
  const ending = new AbortController();
  const feed = connector.feed?.open({
    config: session.config as never, // parsed by the connector's schema
    client: session.client,
    sourceId: "grpc",
    position,
    nowMs: Date.now,
    signal: AbortSignal.any([ending.signal, AbortSignal.timeout(60_000)]),
  });
  if (feed === undefined) throw new Error("the connector has no feed");
  const messages = feed.messages[Symbol.asyncIterator]();
  return {
    messages,
    async [Symbol.asyncDispose]() {
      ending.abort();
      await messages.return?.();
    },
  };
}

async function firstCheckpoint(messages: AsyncIterator<FeedMessage<unknown>>): Promise<unknown> {
  const { value } = (await messages.next()) as { value: FeedMessage<unknown> }; // it never ends
  if (value.type !== "checkpoint") throw new Error("a new feed must begin with a checkpoint");
  return value.cursor;
}

async function paymentSequences({ sandbox }: Session): Promise<ReadonlyMap<string, bigint>> {
  const truth = (await control(sandbox, "GET", "truth")) as { sequences: { Payment: Record<string, string> } };
  return new Map(Object.entries(truth.sequences.Payment).map(([id, version]) => [id, BigInt(version)]));
}

test("a source has the streams, fetches and feed of its settings", () => {
  const own = configuredConnector(connector, connector.config.parse(example()));
  expect(own.streams.map(({ name }) => name)).toEqual(["payments"]);
  expect(Object.keys(own.fetch)).toEqual(["Payment"]);
  expect(own.feed?.streams).toEqual(["payments"]);
  const settings = example();
  delete (settings["streams"] as Record<string, Settings>)["payments"]?.["watch"];
  expect(configuredConnector(connector, connector.config.parse(settings)).feed).toBeUndefined();
});

test("a folder of .proto files is compiled by the check, which reports every mistake", async () => {
  const settings: Settings = { ...example(), proto: "src/connectors/card-processor/contract" };
  delete settings["descriptorSet"];
  const { payments } = settings["streams"] as { payments: { fields: Settings } };
  Object.assign(payments.fields, { externalId: "idd", description: "descriptio" });
  const input = { config: connector.config.parse(settings), client: {} as never, signal: AbortSignal.timeout(60_000) };
  const text = /externalId: .*did you mean "id".*description: .*did you mean "description"/;
  await expect(connector.check(input)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    publicMessage: expect.stringMatching(text),
  });
});

test.each<[string, unknown, string]>([
  [
    "streams.payments.list",
    "cardprocessor.v1.CardProcessor/ListPayment",
    'did you mean "cardprocessor.v1.CardProcessor/ListPayments"?',
  ],
  ["streams.payments.page.items", "payment", 'did you mean "payments"?'],
  ["streams.payments.page.request", "page_tokn", 'did you mean "page_token"?'],
  ["streams.payments.page.response", "payments", "must be a string, bytes or an integer"],
  ["streams.payments.page.size.path", "page_token", "must be an integer"],
  ["streams.payments.watch.method", "cardprocessor.v1.CardProcessor/ListPayments", "must be a server stream"],
  ["streams.payments.watch.item", "refund", "must return cardprocessor.v1.Payment"],
  ["streams.payments.fetch.id", "idds", 'did you mean "ids"?'],
  ["streams.payments.fields.externalId", "idd", 'did you mean "id"?'],
  ["streams.payments.fields.amount", { path: "amount" }, "minorUnits, unitsNanos, decimal or money"],
  ["streams.payments.fields.amount", { path: "description", as: "minorUnits" }, "must be an integer"],
  ["streams.payments.fields.amount", { path: "amount", as: "decimal" }, "must be a string"],
  ["streams.payments.fields.createdAt", { path: "id", as: "timestamp" }, "must be a google.protobuf.Timestamp"],
  ["streams.payments.fields.version", "authorizations", "must be an integer, a google.protobuf.Timestamp, or text"],
  ["streams.payments.fields.version", undefined, "must be given with watch"],
  ["streams.payments.fields.currency", undefined, "needs the field currency"],
  [
    "streams.payments.fields.status.map",
    { PAYMENT_STATUS_CAPTURD: "SUCCEEDED" },
    'did you mean "PAYMENT_STATUS_CAPTURED"?',
  ],
  ["streams.payments.pag", {}, 'there is no setting "pag"; did you mean "page"?'],
  ["streams.payments.page.requst", "x", 'there is no setting "requst"; did you mean "request"?'],
  ["streams.payments.fields.amout", "x", 'there is no setting "amout"; did you mean "amount"?'],
  ["streams.payments.fields.amount.ass", "x", 'there is no setting "ass"; did you mean "as"?'],
  ["descriptorSet", "no-such-file.binpb", "must be a file that can be read, got ENOENT"],
])("%s = %j is refused with the path of the setting", (path, value, problem) => {
  const problems = problemsOf(path, value);
  expect(problems).toContainEqual(expect.stringContaining(problem));
  expect(problems.every((one) => one.startsWith(path.split(".").slice(0, 2).join(".")))).toBe(true);
});
