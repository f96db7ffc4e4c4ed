import { expect, test } from "@jest/globals";
import { openSources } from "../sources/open-sources.ts";
import { addressesOf } from "./addresses.ts";

function addresses(count: number, name = "files") {
  const configs = Array.from({ length: count }, (_, index) => ({
    id: `s-${index}`,
    tenantId: "acme",
    connector: "iso20022-bank",
    config: { hints: false, maxFileBytes: 1_024 },
    scheduleMs: undefined,
    budget: undefined,
    networks: [],
  }));
  const never = () => () => undefined;
  const shared = undefined as never; // a source without an address has no budget
  const handlers = { onCall: never, onBreaker: never, onCapped: () => undefined, onClosed: () => undefined };
  const { sources } = openSources(configs, { shared, ...handlers });
  const url = "http://127.0.0.1:4000";
  const all = addressesOf({ url, metricsUrl: `${url}/metrics`, publicUrl: undefined, sources: sources.values() });
  return all.filter((address) => address.name === name).map(({ url: listed, note }) => `${listed} ${note}`);
}

test("the addresses of a few sources are listed one by one", () => {
  expect(addresses(2)).toEqual(["http://127.0.0.1:4000/files/s-0 by PUT", "http://127.0.0.1:4000/files/s-1 by PUT"]);
});

test("the addresses of thousands of sources are one line", () => {
  expect(addresses(5_000)).toEqual(["http://127.0.0.1:4000/files/{sourceId} by PUT, for each of 5000 sources"]);
});

test("the transports of subscriptions are listed with their addresses", () => {
  expect(addresses(1, "subscriptions")).toEqual([
    "ws://127.0.0.1:4000/graphql/ws graphql-transport-ws",
    "http://127.0.0.1:4000/graphql server-sent events, multipart, HTTP callback if allowed",
  ]);
});
