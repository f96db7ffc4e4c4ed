import { describe, expect, test } from "@jest/globals";
import type { SubscribePayload } from "graphql-ws";
import { readMessage, takeRequest } from "./message.ts";

const bytes = (message: unknown): Buffer => Buffer.from(JSON.stringify(message));

describe("a message for the state machine", () => {
  test("has the known members alone", () => {
    expect(readMessage(bytes({ type: "complete", id: "1", junk: "x" }))).toEqual({ type: "complete", id: "1" });
  });

  test.each(["{", "[]", '"text"', "null", "7", JSON.stringify('{"type":"ping"}')])(
    "that is %s remains a text",
    (text) => {
      expect(readMessage(Buffer.from(text))).toBe(text);
    },
  );

  test.each([
    ["an id", { documentId: "1" }],
    ["a hash", { extensions: { persistedQuery: { version: 1, sha256Hash: "1" } } }],
    ["an id beside a null text", { documentId: "1", query: null }],
  ])("that names its document by %s has an empty text", (_name, payload) => {
    const message = readMessage(bytes({ type: "subscribe", id: "1", payload }));
    expect(message).toEqual({ type: "subscribe", id: "1", payload: { ...payload, query: "" } });
  });

  test.each([[{}], [{ query: 1, documentId: "1" }], ["text"], [null]])(
    "with the payload %j is left to it",
    (payload) => {
      const message = { type: "subscribe", id: "1", payload };
      expect(readMessage(bytes(message))).toEqual(message);
    },
  );
});

test("the request is taken out of the payload, of which nothing remains", () => {
  const variables = { a: 1, undeclared: "x" };
  const payload = { query: "{ a }", variables, operationName: null, extensions: { b: 2 }, documentId: "1", junk: "x" };
  expect(takeRequest(payload as SubscribePayload)).toEqual({
    query: "{ a }",
    variables,
    operationName: undefined,
    extensions: { b: 2 },
    documentId: "1",
  });
  expect(payload).toEqual({});
});
