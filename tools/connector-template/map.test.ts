import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parseExactJson } from "../../src/protocols/rest/exact-json.ts";
import { messageOf } from "./messages.ts";

const payment = parseExactJson(readFileSync(new URL("fixtures/payment.json", import.meta.url))) as object; // a fixture
const RAW = { payload: { bytes: new Uint8Array(), mediaType: "application/json" }, path: "/data/0" };

test("a recorded payment becomes a payment", () => {
  expect(messageOf(payment, RAW)).toMatchObject({
    type: "record",
    record: { externalId: "p_1", status: "SUCCEEDED", amount: { minor: 1250n, exponent: 2, currency: "EUR" } },
    unknowns: [],
  });
});

test("an unknown status stays raw and is reported (F26)", () => {
  expect(messageOf({ ...payment, status: "teleported" }, RAW)).toMatchObject({
    record: { status: undefined, rawStatus: "teleported" },
    unknowns: [{ path: "status", value: "teleported" }],
  });
});

test("a malformed payment stops only itself (F26)", () => {
  expect(messageOf({ ...payment, amount: "12.50" }, RAW)).toMatchObject({
    type: "malformed",
    externalId: "p_1",
    path: "amount",
  });
});
