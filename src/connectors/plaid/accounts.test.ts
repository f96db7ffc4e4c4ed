import { describe, expect, test } from "@jest/globals";
import type { Message } from "../../../test/conformance/session.ts";
import type { RecordMessage } from "../../connector-api/messages.ts";
import { decimalText } from "../../domain/money.ts";
import { FINALITY } from "../../domain/version.ts";
import { accountMessages } from "./account-messages.ts";
import { plaidConfig } from "./config.ts";
import { fetchAccounts } from "./fetch.ts";
import { cursorsIn, plain, useItem } from "./fixtures/item.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import { httpClient } from "../../../test/helpers/upstream-client.ts";

const AT = { from: 5n, until: 5n, finality: FINALITY.ordinary };
const SEEN = {
  payload: { bytes: new Uint8Array(), mediaType: "application/json" },
  version: AT,
  balances: AT,
  asOf: "2026-11-22T00:00:00.000Z",
};

const BALANCES =
  '"available": null, "current": null, "limit": null, "iso_currency_code": null, "unofficial_currency_code": null';
const ACCOUNT = {
  account_id: "acc_1",
  mask: "0042",
  name: "Everyday",
  official_name: null,
  type: "depository",
  subtype: null,
};

/** The mapped account for these fields, with `balances` written as JSON text. */
function messagesFor(balances: string, changes: Readonly<Record<string, unknown>> = {}) {
  const missing = BALANCES.split(", ").filter((field) => !balances.includes(field.split(":")[0] ?? ""));
  const text = `{${[...missing, balances.slice(1)].join(", ")}`;
  const others = JSON.stringify({ ...ACCOUNT, ...changes }).slice(1);
  return accountMessages(parseExactJson(`{"balances": ${text}, ${others}`), 3, SEEN);
}

function records(messages: readonly Message[]) {
  return messages.flatMap((message) => (message.type === "record" ? [message.record] : []));
}

/** Balances by their ids, as text. */
function balances(messages: readonly Message[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    records(messages).flatMap((record) =>
      record.type === "Balance"
        ? [[record.externalId, plain(decimalText(record.money.minor, record.money.exponent))]]
        : [],
    ),
  );
}

describe("a Plaid account", () => {
  test("is EXTERNAL, with the last digits of its number and its available balance", () => {
    const json = `{"available": 100.10, "current": 1.1e2, "limit": null, "iso_currency_code": "USD"}`;
    const messages = messagesFor(json, {
      official_name: "Everyday Checking",
      subtype: "checking",
      persistent_account_id: "p1",
    });
    expect(records(messages)).toEqual([
      {
        type: "Account",
        externalId: "acc_1",
        createdAt: undefined,
        ownership: "EXTERNAL",
        kind: "BANK_ACCOUNT",
        name: "Everyday",
        currency: "USD",
        ownerExternalId: undefined,
        identifiers: [
          { scheme: "masked", value: "****0042" },
          { scheme: "plaid.persistent_account_id", value: "p1" },
        ],
        extensions: {
          "plaid.type": "depository",
          "plaid.subtype": "checking",
          "plaid.officialName": "Everyday Checking",
        },
      },
      expect.objectContaining({
        externalId: "acc_1:AVAILABLE",
        money: { minor: 10010n, exponent: 2, currency: "USD" },
      }),
      expect.objectContaining({ externalId: "acc_1:BOOKED", money: { minor: 11000n, exponent: 2, currency: "USD" } }),
    ]);
  });

  test.each([
    ["credit", "410.00", { "acc_1:AVAILABLE": "1590", "acc_1:BOOKED": "-410" }],
    ["credit", "-5", { "acc_1:AVAILABLE": "1590", "acc_1:BOOKED": "5" }],
    ["loan", "20000", { "acc_1:AVAILABLE": "1590", "acc_1:BOOKED": "-20000" }],
    ["depository", "-5", { "acc_1:AVAILABLE": "1590", "acc_1:BOOKED": "-5" }],
    ["investment", "7", { "acc_1:AVAILABLE": "1590", "acc_1:BOOKED": "7" }],
  ])("of type %s with %s has a negative balance where money is owed", (type, current, expected) => {
    const json = `{"available": 1590, "current": ${current}, "limit": 2e3, "iso_currency_code": "EUR"}`;
    expect(balances(messagesFor(json, { type }))).toEqual(expected);
    expect(records(messagesFor(json, { type }))[0]?.extensions).toMatchObject({ "plaid.limit": "2e3" });
  });

  test("that has a field that Plaid does not document, or lacks one, is read, and both are reported (F26)", () => {
    const [account] = messagesFor(`{"current": 1, "iso_currency_code": "EUR"}`, { mood: "happy", subtype: undefined });
    expect(account).toMatchObject({
      type: "record",
      unknowns: [
        { path: "mood", value: "text", of: "field" },
        { path: "subtype", value: "absent", of: "missing" },
      ],
    });
  });

  test("has no balance where Plaid has none, and no kind where its type is unknown", () => {
    const [message, ...others] = messagesFor(`{"available": null, "current": null, "iso_currency_code": "EUR"}`, {
      type: "vault",
    });
    expect(others).toEqual([]);
    expect(message).toMatchObject({ record: { kind: undefined }, unknowns: [{ path: "type", value: "vault" }] });
  });

  test.each([
    ["HRK", "1.1", { minor: 110n, exponent: 2, currency: "HRK" }, 0],
    ["XCG", "15", { minor: 1500n, exponent: 2, currency: "XCG" }, 0],
    ["QQQ", "15.50", { minor: 155n, exponent: 1, currency: "QQQ" }, 1],
  ])(
    "C4: in currency %s is exact, and is marked only if neither list of ISO 4217 has the code",
    (code, current, money, unknowns) => {
      const json = `{"available": null, "current": ${current}, "iso_currency_code": "${code}"}`;
      const [account, balance] = messagesFor(json);
      expect(account).toMatchObject({ type: "record" });
      expect(account?.type === "record" && account.unknowns.length).toBe(unknowns);
      expect(balance).toMatchObject({ type: "record", record: { type: "Balance", money } });
    },
  );

  test("in a currency outside ISO 4217 is marked as such", () => {
    const messages = messagesFor(`{"available": null, "current": 0.12345678, "unofficial_currency_code": "BTC"}`);
    expect(balances(messages)).toEqual({ "acc_1:BOOKED": "0.12345678" });
    expect(messages[0]).toMatchObject({
      record: { extensions: { "plaid.unofficialCurrencyCode": "BTC" } },
      unknowns: [],
    });
  });

  test("with one malformed balance keeps the other balance and the account (F26)", () => {
    const messages = messagesFor(`{"available": 99999999999999999999, "current": 1, "iso_currency_code": "USD"}`);
    expect(messages.map(({ type }) => type)).toEqual(["record", "malformed", "record"]);
    expect(messages[1]).toMatchObject({ entity: "Balance", externalId: "acc_1:AVAILABLE", path: "balances.AVAILABLE" });
  });

  test("that is malformed does not stop the others (F26)", () => {
    expect(messagesFor(`{"available": "1"}`)).toMatchObject([
      { type: "malformed", externalId: "acc_1", path: "balances.available", raw: { path: "/accounts/3" } },
    ]);
  });
});

describe("Plaid balances", () => {
  test("from the cache equal those of the sandbox", async () => {
    await using item = await useItem({ payments: 200 });
    const { accounts } = await item.truth();
    const expected = accounts.flatMap(({ id, available, booked }) => [
      ...(available === null ? [] : [[`${id}:AVAILABLE`, available] as const]),
      [`${id}:BOOKED`, booked] as const,
    ]);
    expect(balances(await item.readAll("accounts"))).toEqual(Object.fromEntries(expected));
  });

  test("from the cache have the time of Plaid's last bank read, and never replace a newer live balance", async () => {
    await using item = await useItem({ payments: 20 });
    const [account] = (await item.truth()).accounts;
    const id = account?.id ?? "";
    const booked = (messages: readonly Message[]) =>
      messages.find(
        (message): message is RecordMessage =>
          message.type === "record" && message.record.externalId === `${id}:BOOKED`,
      )?.version;
    const before = booked(await item.readAll("accounts"));
    await item.control("POST", "drift", { accountId: id, amount: "12.34" });
    const live = await item.fetchMany("Account", [id]);
    const after = booked(await item.readAll("accounts"));
    expect(after).toEqual(before); // the bank was not read again
    expect(booked(live)?.from).toBeGreaterThan(after?.until ?? 0n);
    expect(balances(live)[`${id}:BOOKED`]).not.toBe(account?.booked);
    await item.control("POST", "activity", { count: 1 });
    expect(booked(await item.readAll("accounts"))?.from).toBeGreaterThan(after?.until ?? 0n);
  });

  test("of a closed account are deleted with it", async () => {
    await using item = await useItem();
    const first = await item.readAll("accounts");
    const [account] = (await item.truth()).accounts;
    await item.control("DELETE", `accounts/${account?.id ?? ""}`);
    const second = await item.readAll("accounts", cursorsIn(first).at(-1));
    const removed = second.flatMap((message) => (message.type === "tombstone" ? [message.externalId] : []));
    expect(removed).toEqual([account?.id, `${account?.id}:AVAILABLE`, `${account?.id}:BOOKED`]);
    const third = await item.readAll("accounts", cursorsIn(second).at(-1));
    expect(third.filter(({ type }) => type === "tombstone")).toEqual([]);
  });
});

describe("fetching Plaid accounts", () => {
  test("calls the bank once for all of them, and once more when one is unknown, which is deleted", async () => {
    await using item = await useItem();
    const ids = (await item.truth()).accounts.map(({ id }) => id);
    const known = await item.fetchMany("Account", ids);
    expect(new Set(records(known).map(({ type }) => type))).toEqual(new Set(["Account", "Balance"]));
    expect(await item.requests()).toEqual({ "/accounts/balance/get 200": 1 });
    const [first = ""] = ids;
    const messages = await item.fetchMany("Account", ["acc_gone", first]);
    expect(messages.map(({ type }) => type)).toEqual(["tombstone", "record", "record", "record"]);
    expect(messages[0]).toMatchObject({ entity: "Account", externalId: "acc_gone" });
    expect(await item.requests()).toEqual({ "/accounts/balance/get 200": 2 });
  });

  test("C21: needs one call where the bank updates card balances only from time to time, and uses their time", async () => {
    await using item = await useItem({ payments: 20 });
    await item.control("POST", "institution", { id: "ins_128026" });
    const ids = (await item.truth()).accounts.map(({ id }) => id);
    const messages = await item.fetchMany("Account", ids);
    const { accounts } = await item.truth();
    const expected = accounts.flatMap(({ id, available, booked }) => [
      ...(available === null ? [] : [[`${id}:AVAILABLE`, available] as const]),
      [`${id}:BOOKED`, booked] as const,
    ]);
    expect(balances(messages)).toEqual(Object.fromEntries(expected));
    const card = accounts.find(({ booked }) => booked.startsWith("-"))?.id;
    const dates = records(messages).flatMap((record) =>
      record.type === "Balance" && record.accountExternalId === card ? [Date.parse(record.asOf ?? "")] : [],
    );
    expect(dates).toHaveLength(2);
    for (const date of dates) expect(date).toBeLessThan(Date.now() - 1_800_000); // the bank was read an hour ago
    expect(await item.requests()).toEqual({ "/accounts/balance/get 200": 1 });
  });

  test("C21: does not report a missing account as deleted when another one is unreadable", async () => {
    const body = '{"accounts": [{"account_id": 7}, {"account_id": "acc_1", "type": "depository", "balances": {}}]}';
    const client = httpClient(() =>
      Promise.resolve({ status: 200, headers: {}, body: Buffer.from(body), sentAtMs: Date.now(), durationMs: 1 }),
    );
    const config = plaidConfig.parse({ clientId: "c", secret: "s", accessToken: "a" });
    const { signal } = new AbortController();
    const externalIds = ["acc_1", "acc_2"];
    expect(await fetchAccounts({ config, client, entity: "Account", externalIds, signal })).toMatchObject([
      { type: "record", record: { externalId: "acc_1" } },
      { type: "malformed", entity: "Account", externalId: "acc_2", path: "account_id", raw: { path: "/accounts/0" } },
    ]);
  });

  test("is the only supported fetch by id", async () => {
    await using item = await useItem();
    await expect(item.fetchMany("BankTransaction", ["txn"])).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
