import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import type { ReadMessage } from "../../connector-api/messages.ts";
import { sandboxes } from "../../../sandbox/registry.generated.ts";
import { control } from "../../../test/conformance/sandbox-control.ts";
import { cursorsOf, keysOf, openSession, type Session } from "../../../test/conformance/session.ts";
import { loadSubject } from "../../../test/conformance/load-subject.ts";
import { STRIPE_VERSION } from "./client.ts";
import { stripeConfig } from "./config.ts";
import type { StripeCursor } from "./cursor.ts";
import { pageOf, type ScriptedStripe, startScriptedStripe } from "./fixtures/list-server.ts";
import { fixture } from "./fixtures/load.ts";
import { DAY, eventOf, NOW } from "./fixtures/reading.ts";
import { connector } from "./index.ts";
import { stripeWebhook } from "./webhook.ts";

const [ONE, TWO] = ["acct_one", "acct_two"];
const STREAMS = connector.streams.map(({ name }) => name);

/** A platform with two connected accounts, each with payments. */
async function openPlatform(connectedAccounts: unknown = "all", payments = 40): Promise<Session> {
  const sandbox = sandboxes["stripe"];
  if (sandbox === undefined) throw new Error("there is a sandbox of Stripe");
  const session = await openSession(connector, sandbox, {
    payments,
    configure: (config) => ({ ...config, connectedAccounts }),
  });
  for (const id of [ONE, TWO]) await control(session.sandbox, "POST", "accounts", { id, payments });
  return session;
}

type Message = ReadMessage<unknown>;
const recordsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === "record" ? [message.record] : []));
const accountsOf = (messages: readonly Message[]) =>
  new Set(recordsOf(messages).map(({ extensions }) => extensions["stripe.account"] ?? "own"));
const findingsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === "finding" && message.finding !== undefined ? [message] : []));
const lastCursor = (messages: readonly Message[]): unknown => cursorsOf(messages).at(-1);
const listed = z.object({ objects: z.array(z.object({ id: z.string() })) });

async function chargesOf({ sandbox }: Session, account?: string): Promise<readonly string[]> {
  const query = account === undefined ? "" : `&account=${account}`;
  const { objects } = listed.parse(await control(sandbox, "GET", `objects?type=charge${query}`));
  return objects.map(({ id }) => (account === undefined ? id : `${account}/${id}`));
}

const attemptsOf = (messages: readonly Message[]) =>
  recordsOf(messages).flatMap((record) => (record.type === "PaymentAttempt" ? [record.externalId] : []));

describe("connected accounts of a platform", () => {
  test("C11: are read in every stream, and their objects have ids by account", async () => {
    await using session = await openPlatform("all", 80); // so many that each account has objects of each kind
    for (const stream of STREAMS) {
      const messages = await session.readAll(stream);
      expect([stream, accountsOf(messages)]).toEqual([stream, new Set(["own", ONE, TWO])]);
      expect(findingsOf(messages)).toEqual([]);
    }
    const messages = await session.readAll("charges");
    const truth = [
      ...(await chargesOf(session)),
      ...(await chargesOf(session, ONE)),
      ...(await chargesOf(session, TWO)),
    ];
    expect(attemptsOf(messages).toSorted()).toEqual(truth.toSorted());
  });

  test("C11: can be sources of their own, which read one account with Stripe's own ids and the platform's key", async () => {
    const sandbox = sandboxes["stripe"];
    if (sandbox === undefined) throw new Error("there is a sandbox of Stripe");
    await using session = await openSession(connector, sandbox, {
      payments: 5,
      configure: (config) => ({ ...config, account: ONE }),
    });
    await control(session.sandbox, "POST", "accounts", { id: ONE, payments: 40 });
    const first = await session.readAll("charges");
    const truth = async () => (await chargesOf(session, ONE)).map((id) => id.replace(`${ONE}/`, "")).toSorted();
    expect(attemptsOf(first).toSorted()).toEqual(await truth());
    expect(accountsOf(first)).toEqual(new Set(["own"]));
    await control(session.sandbox, "POST", `activity?account=${ONE}`, { count: 20 });
    const second = await session.readAll("charges", lastCursor(first));
    expect([...new Set([...attemptsOf(first), ...attemptsOf(second)])].toSorted()).toEqual(await truth());
    expect(() => stripeConfig.parse({ apiKey: "sk_test_1", account: ONE, connectedAccounts: "all" })).toThrow(
      "must be empty where account is given",
    );
  });

  test("C11: each have a balance account, which their ledger entries, balances and payouts name", async () => {
    await using session = await openPlatform([ONE, TWO]);
    const messages = (
      await Promise.all(["balance", "balance_transactions", "payouts"].map((one) => session.readAll(one)))
    ).flat();
    const records = recordsOf(messages);
    const balances = records.filter(({ externalId, type }) => type === "Account" && externalId.endsWith("balance"));
    expect(balances.map(({ externalId }) => externalId).toSorted()).toEqual([
      "acct_one/balance",
      "acct_two/balance",
      "balance",
    ]);
    expect(balances).toContainEqual(
      expect.objectContaining({
        name: "Stripe balance of acct_one",
        identifiers: [{ scheme: "stripe.account", value: ONE }],
      }),
    );
    const places = new Set(
      records.flatMap((record) =>
        "accountExternalId" in record
          ? [`${record.extensions["stripe.account"] ?? "own"} ${record.accountExternalId}`]
          : [],
      ),
    );
    expect(places).toEqual(new Set(["own balance", "acct_one acct_one/balance", "acct_two acct_two/balance"]));
    // Both pay out to bank accounts with one id, as in two countries' test data: they are two accounts.
    const destinations = records.flatMap((record) => (record.type === "Payout" ? [record.destinationExternalId] : []));
    expect(destinations).toEqual(
      expect.arrayContaining(["acct_one/ba_1SluiceSandboxBankUSD", "acct_two/ba_1SluiceSandboxBankUSD"]),
    );
  });

  test("C11: continue from their own cursor, and a new account is read from its beginning", async () => {
    await using session = await openPlatform();
    const first = await session.readAll("charges");
    await control(session.sandbox, "POST", `activity?account=${ONE}`, { count: 30 });
    await control(session.sandbox, "POST", "accounts", { id: "acct_three", payments: 10 });
    const second = await session.readAll("charges", lastCursor(first));
    expect(attemptsOf(second)).toEqual(expect.arrayContaining([...(await chargesOf(session, "acct_three"))]));
    expect(new Set([...attemptsOf(first), ...attemptsOf(second)])).toEqual(
      new Set((await Promise.all([undefined, ONE, TWO, "acct_three"].map((id) => chargesOf(session, id)))).flat()),
    );
    expect([...accountsOf(second)]).not.toContain(TWO);
    const third = await session.readAll("charges", lastCursor(second));
    expect(attemptsOf(third).filter((id) => id.startsWith("acct_three/"))).toEqual([]);
  });

  test("C11: lose nothing when a read is resumed after any checkpoint", async () => {
    await using session = await openPlatform();
    for (const stream of STREAMS) {
      const whole = await session.readAll(stream);
      const stops = whole.flatMap((message, index) => (message.type === "checkpoint" ? [index] : []));
      // Of the platform's own account, of a connected one, and where one account follows another.
      for (const stop of stops.slice(0, 6).filter((_, index) => index % 2 === 0)) {
        const cursor = connector.cursor.parse(JSON.parse(JSON.stringify(cursorsOf(whole.slice(0, stop + 1)).at(-1))));
        const rest = await session.readAll(stream, cursor);
        expect(keysOf([...whole.slice(0, stop), ...rest])).toEqual(keysOf(whole));
      }
    }
  });

  test("C11: continue from the cursor of a source that had none, and the own account continues too", async () => {
    await using session = await openPlatform();
    const cursor = { phase: "incremental", since: Math.floor(Date.now() / 1000) } as const;
    const messages = await session.readAll("customers", cursor);
    expect(accountsOf(messages)).toEqual(new Set([ONE, TWO]));
    expect(lastCursor(messages)).toMatchObject({
      phase: "accounts",
      own: { phase: "incremental" },
      connected: { [ONE]: { phase: "incremental" }, [TWO]: { phase: "incremental" } },
    });
    const config = stripeConfig.parse({ ...session.sandbox.sourceConfig });
    expect(config.connectedAccounts).toEqual([]);
  });

  test("C11: one that revoked access does not stop the others, and is reported once until access is restored", async () => {
    await using session = await openPlatform([ONE, TWO]);
    const first = await session.readAll("customers");
    await control(session.sandbox, "POST", `accounts/${ONE}`, { access: false });
    await control(session.sandbox, "POST", `activity?account=${TWO}`, { count: 40 });
    const second = await session.readAll("customers", lastCursor(first));
    expect([...accountsOf(second)]).toContain(TWO);
    expect(findingsOf(second)).toMatchObject([
      {
        kind: "CONNECTED_ACCOUNT_INACCESSIBLE",
        subject: ONE,
        finding: { summary: expect.stringContaining(ONE) as unknown },
      },
    ]);
    await control(session.sandbox, "POST", `accounts/${ONE}`, { access: true });
    await control(session.sandbox, "POST", `activity?account=${ONE}`, { count: 40 });
    const third = await session.readAll("customers", lastCursor(second));
    expect([...accountsOf(third)]).toContain(ONE);
    expect(third).toContainEqual({
      type: "finding",
      kind: "CONNECTED_ACCOUNT_INACCESSIBLE",
      subject: ONE,
      finding: undefined,
    });
  });

  test("C11: a range that was split off reads only the own account", async () => {
    await using session = await openPlatform();
    const input = { config: session.config, client: session.client, stream: "charges", nowMs: Date.now() } as const;
    const signal = AbortSignal.timeout(20_000);
    const range = { from: undefined, to: new Date().toISOString() };
    const part = await Array.fromAsync(
      connector.read({
        ...input,
        config: stripeConfig.parse(input.config),
        cursor: undefined,
        range,
        isPart: true,
        signal,
      }),
    );
    expect(accountsOf(part)).toEqual(new Set(["own"]));
  });

  test("C11: an object is fetched with the account that its id contains", async () => {
    await using session = await openPlatform();
    const [charge = ""] = await chargesOf(session, ONE);
    const [fetched] = await session.fetchMany("PaymentAttempt", [charge]);
    expect(fetched).toMatchObject({
      type: "record",
      record: { externalId: charge, extensions: { "stripe.account": ONE } },
    });
    expect(await session.fetchMany("Account", [`${TWO}/balance`])).toContainEqual(
      expect.objectContaining({ record: expect.objectContaining({ externalId: `${TWO}/balance` }) as unknown }),
    );
    const elsewhere = charge.replace(ONE, TWO);
    expect(await session.fetchMany("PaymentAttempt", [elsewhere])).toMatchObject([
      { type: "tombstone", entity: "PaymentAttempt", externalId: elsewhere },
    ]);
    await control(session.sandbox, "POST", `accounts/${ONE}`, { access: false });
    // An object that may not be read is unknown: it is not a deleted one.
    await expect(session.fetchMany("PaymentAttempt", [charge])).rejects.toMatchObject({
      code: "UPSTREAM_REJECTED",
      isReported: true,
    });
  });

  test("C11: do not change the result of the conformance suite for the own account", async () => {
    await using session = await openPlatform([]);
    const messages = (await Promise.all(STREAMS.map((one) => session.readAll(one)))).flat();
    const subject = await loadSubject("stripe");
    expect(keysOf(messages)).toEqual(await subject?.truth(session.sandbox));
  });
});

describe("the setting connectedAccounts", () => {
  test.each<[unknown, string]>([
    [["ch_1"], "connectedAccounts.0"],
    [["acct_1", "acct_1"], "connectedAccounts"],
    ["some", "connectedAccounts"],
    [{ acct_1: true }, "connectedAccounts"],
  ])("C11: refuses %j, and the message names the setting", (connectedAccounts, path) => {
    const parsed = stripeConfig.safeParse({ apiKey: "sk_test_1", connectedAccounts });
    expect(parsed.error?.issues[0]?.path.join(".")).toMatch(path.split(".")[0] ?? "");
    expect(parsed.error?.issues[0]?.message).toMatch(/acct_…|twice/);
  });
});

describe("one of several connected accounts", () => {
  /** A server on which one account's lists fail as configured; the others have one customer each. */
  const scripted = (failing: string, failure: { readonly status: number; readonly json: unknown }) =>
    startScriptedStripe(
      (url, headers) => {
        const account = String(headers["stripe-account"] ?? "own");
        if (url.pathname === "/v1/accounts") return { status: 403, json: { error: { type: "invalid_request_error" } } };
        if (account === failing) return failure;
        return pageOf(url, [{ ...fixture("customer"), id: `cus_${account}`, created: NOW - 60 }]);
      },
      () => NOW,
    );

  async function readCustomers(stripe: ScriptedStripe, connectedAccounts: unknown, cursor?: StripeCursor) {
    const config = stripeConfig.parse({ baseUrl: stripe.url, apiKey: "sk_test_1", connectedAccounts });
    const signal = AbortSignal.timeout(10_000);
    const { client } = stripe;
    return Array.fromAsync(
      connector.read({ config, client, stream: "customers", cursor, range: undefined, nowMs: 0, signal }),
    );
  }

  test.each([
    [
      { status: 403, json: { error: { type: "invalid_request_error", message: "no permission" } } },
      "UPSTREAM_REJECTED",
    ],
    [{ status: 200, json: { object: "customer" } }, "UPSTREAM_MALFORMED"],
    [{ status: 500, json: { error: { type: "api_error" } } }, "UPSTREAM_UNAVAILABLE"],
  ])("C11: fails (%j) without stopping the others, and keeps its position", async (failure, code) => {
    await using stripe = await scripted("acct_2", failure);
    const accounts = ["acct_1", "acct_2", "acct_3"];
    const messages = await readCustomers(stripe, accounts);
    expect(
      recordsOf(messages)
        .map(({ externalId }) => externalId)
        .toSorted(),
    ).toEqual(["acct_1/cus_acct_1", "acct_3/cus_acct_3", "cus_own"]);
    expect(findingsOf(messages)).toMatchObject([
      { kind: "CONNECTED_ACCOUNT_UNREADABLE", subject: "acct_2 customers", finding: { evidence: { code } } },
    ]);
    expect(lastCursor(messages)).toEqual({
      phase: "accounts",
      own: { phase: "incremental", since: NOW - 1 },
      connected: {
        acct_1: { phase: "incremental", since: NOW - 1 },
        acct_3: { phase: "incremental", since: NOW - 1 },
      },
      failing: ["acct_2"],
    });
  });

  test("C11: is read although the key may not list accounts, if it is already known", async () => {
    await using stripe = await scripted("none", { status: 200, json: {} });
    const connected = { acct_1: { phase: "backfill", since: NOW - DAY, after: "cus_0" } } as const;
    const messages = await readCustomers(stripe, "all", { phase: "accounts", connected, failing: [] });
    expect([...accountsOf(messages)]).toContain("own");
    expect(findingsOf(messages)).toMatchObject([{ kind: "CONNECTED_ACCOUNTS_UNLISTED" }]);
    expect(stripe.requests.length).toBeGreaterThan(2);
  });

  test("C11: stops the read when its key is refused, as the own account does", async () => {
    await using stripe = await scripted("acct_1", { status: 401, json: { error: { type: "invalid_request_error" } } });
    await expect(readCustomers(stripe, ["acct_1"])).rejects.toMatchObject({ code: "UPSTREAM_UNAUTHORIZED" });
  });

  test("C11: its listed events are separate from the own account's, so that one counts as missed only where such events are delivered", async () => {
    const theirs = { ...eventOf("evt_1", NOW - 5, "customer.updated", fixture("customer")), account: "acct_1" };
    await using stripe = await startScriptedStripe(
      (url, headers) => pageOf(url, headers["stripe-account"] === "acct_1" ? [theirs] : []),
      () => NOW,
    );
    const at = { phase: "incremental", since: NOW - 60 } as const;
    const messages = await readCustomers(stripe, ["acct_1"], {
      phase: "accounts",
      own: at,
      connected: { acct_1: at },
      failing: [],
    });
    expect(messages.filter(({ type }) => type === "listedEvent")).toEqual([
      expect.objectContaining({ deliveryId: "evt_1", eventType: "customer.updated of connected accounts" }),
    ]);
    expect(recordsOf(messages).map(({ externalId }) => externalId)).toEqual([
      `acct_1/${String(fixture("customer")["id"])}`,
    ]);
  });
});

describe("a webhook of a connected account", () => {
  const config = stripeConfig.parse({ apiKey: "sk_test_1", connectedAccounts: ["acct_1"] });
  const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body));
  const parse = (body: unknown) =>
    stripeWebhook.parse({ payload: { bytes: bytesOf(body), mediaType: "application/json" }, path: "" }, config);

  test.each(["acct_1", "org_1/acct_1"])(
    "C11: that is thin makes its object be fetched with the account (%s)",
    (context) => {
      const thin = { id: "evt_1", object: "v2.core.event", context, type: "v1.charge.succeeded" };
      expect(parse({ ...thin, related_object: { id: "ch_1", type: "charge", url: "/v1/charges/ch_1" } })).toEqual([
        { type: "hint", entity: "PaymentAttempt", externalId: "acct_1/ch_1" },
      ]);
      expect(parse({ ...thin, context: "acct_2" })).toMatchObject([{ type: "finding", subject: "acct_2" }]);
    },
  );

  test("C11: that is thin and reports a reconciled payout requests the payout_lines stream", () => {
    const thin = { id: "evt_1", object: "v2.core.event", type: "v1.payout.reconciliation_completed" };
    const related_object = { id: "po_1", type: "payout", url: "/v1/payouts/po_1" };
    expect(parse({ ...thin, context: "acct_1", related_object })).toEqual([
      { type: "hint", entity: "Payout", externalId: "acct_1/po_1" },
      { type: "streamHint", stream: "payout_lines" },
    ]);
  });

  test("C11: in two renderings makes its object be fetched with this account and no other", () => {
    const rendering = (account: string, version: string, changes: object) =>
      bytesOf({
        ...eventOf("evt_1", NOW, "customer.updated", { ...fixture("customer"), id: "cus_1", ...changes }),
        account,
        api_version: version,
      });
    const hints = (account: string) =>
      stripeWebhook.hintsOfRepeat?.(
        rendering(account, "2020-08-27", { phone: undefined }),
        rendering(account, STRIPE_VERSION, { phone: "1" }),
        config,
      );
    expect(hints("acct_1")).toEqual([{ type: "hint", entity: "Party", externalId: "acct_1/cus_1" }]);
    expect(hints("acct_2")).toEqual([]);
  });
});
