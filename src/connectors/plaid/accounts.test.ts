import { describe, expect, test } from "@jest/globals";
import type { Message } from "../../../test/conformance/session.ts";
import type { RecordMessage } from "../../connector-api/messages.ts";
import { decimalText } from "../../domain/money.ts";
import { FINALITY } from "../../domain/version.ts";
import { accountMessages } from "./account-messages.ts";
import { cursorsIn, plain, useItem } from "./fixtures/item.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";

const AT = { from: 5n, until: 5n, finality: FINALITY.ordinary };
const SEEN = {
  payload: { bytes: new Uint8Array(), mediaType: "application/json" },
  version: AT,
  balances: AT,
  asOf: "2026-11-22T00:00:00.000Z",
};

/** What an account says whose fields are these, its `balances` written as JSON text. */
function said(balances: string, changes: Readonly<Record<string, unknown>> = {}) {
  const account = { account_id: "acc_1", mask: "0042", name: "Everyday", type: "depository", ...changes };
  return accountMessages(parseExactJson(`{"balances": ${balances}, ${JSON.stringify(account).slice(1)}`), 3, SEEN);
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

describe("an account", () => {
  test("is somebody else's, with the end of its number and what may be spent", () => {
    const json = `{"available": 100.10, "current": 1.1e2, "limit": null, "iso_currency_code": "USD"}`;
    const messages = said(json, {
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
  ])("of type %s with %s: what is owed is less than nothing", (type, current, expected) => {
    const json = `{"available": 1590, "current": ${current}, "limit": 2e3, "iso_currency_code": "EUR"}`;
    expect(balances(said(json, { type }))).toEqual(expected);
    expect(records(said(json, { type }))[0]?.extensions).toMatchObject({ "plaid.limit": "2e3" });
  });

  test("has no balance where Plaid has none, and is of no kind where its type is unknown", () => {
    const [message, ...others] = said(`{"available": null, "current": null, "iso_currency_code": "EUR"}`, {
      type: "vault",
    });
    expect(others).toEqual([]);
    expect(message).toMatchObject({ record: { kind: undefined }, unknowns: [{ path: "type", value: "vault" }] });
  });

  test("in a currency outside ISO 4217 is marked so", () => {
    const messages = said(`{"available": null, "current": 0.12345678, "unofficial_currency_code": "BTC"}`);
    expect(balances(messages)).toEqual({ "acc_1:BOOKED": "0.12345678" });
    expect(messages[0]).toMatchObject({
      record: { extensions: { "plaid.unofficialCurrencyCode": "BTC" } },
      unknowns: [],
    });
  });

  test("with one bad balance keeps the other, and itself (F26)", () => {
    const messages = said(`{"available": 99999999999999999999, "current": 1, "iso_currency_code": "USD"}`);
    expect(messages.map(({ type }) => type)).toEqual(["record", "malformed", "record"]);
    expect(messages[1]).toMatchObject({ entity: "Balance", externalId: "acc_1:AVAILABLE", path: "balances.AVAILABLE" });
  });

  test("that is none stops only itself (F26)", () => {
    expect(said(`{"available": "1"}`)).toMatchObject([
      { type: "malformed", externalId: "acc_1", path: "balances.available", raw: { path: "/accounts/3" } },
    ]);
  });
});

describe("balances", () => {
  test("of the cache are those that the truth says", async () => {
    await using item = await useItem({ payments: 200 });
    const { accounts } = await item.truth();
    const expected = accounts.flatMap(({ id, available, booked }) => [
      ...(available === null ? [] : [[`${id}:AVAILABLE`, available] as const]),
      [`${id}:BOOKED`, booked] as const,
    ]);
    expect(balances(await item.readAll("accounts"))).toEqual(Object.fromEntries(expected));
  });

  test("of the cache are dated when the bank was last read, and never replace a live one that is newer", async () => {
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

  test("of an account that was closed are gone with it", async () => {
    await using item = await useItem();
    const first = await item.readAll("accounts");
    const [account] = (await item.truth()).accounts;
    await item.control("DELETE", `accounts/${account?.id ?? ""}`);
    const second = await item.readAll("accounts", cursorsIn(first).at(-1));
    const gone = second.flatMap((message) => (message.type === "tombstone" ? [message.externalId] : []));
    expect(gone).toEqual([account?.id, `${account?.id}:AVAILABLE`, `${account?.id}:BOOKED`]);
    const third = await item.readAll("accounts", cursorsIn(second).at(-1));
    expect(third.filter(({ type }) => type === "tombstone")).toEqual([]);
  });
});

describe("fetching accounts", () => {
  test("asks the bank once for all of them, and once more when one is unknown", async () => {
    await using item = await useItem();
    const ids = (await item.truth()).accounts.map(({ id }) => id);
    const known = await item.fetchMany("Account", ids);
    expect(new Set(records(known).map(({ type }) => type))).toEqual(new Set(["Account", "Balance"]));
    expect(await item.requests()).toEqual({ "/accounts/balance/get 200": 1 });
    const [first = ""] = ids;
    const messages = await item.fetchMany("Account", ["acc_gone", first]);
    expect(messages.map(({ type }) => type)).toEqual(["tombstone", "record", "record", "record"]);
    expect(messages[0]).toMatchObject({ entity: "Account", externalId: "acc_gone" });
    expect(await item.requests()).toEqual({ "/accounts/balance/get 200": 2, "/accounts/balance/get 400": 1 });
  });

  test("is all that can be fetched", async () => {
    await using item = await useItem();
    await expect(item.fetchMany("BankTransaction", ["txn"])).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
