import { expect, test } from "@jest/globals";
import { memoryAfterCollection } from "../../test/helpers/memory.ts";
import { openSources } from "./open-sources.ts";

const SOURCES = 10_000;
/** Bytes of a source beside its settings. */
const MAX_BYTES = 500;

test("a source that is not called takes less than half a kilobyte beside its settings", () => {
  const configs = Array.from({ length: SOURCES }, (_, index) => ({
    id: `source-${index}`,
    tenantId: "acme",
    connector: "plaid",
    config: { baseUrl: "https://bank.example", clientId: "client", secret: "s", accessToken: `token-${index}` },
    scheduleMs: undefined,
    budget: undefined,
    networks: [],
  }));
  const never = () => () => undefined;
  const shared = undefined as never; // an upstream is opened by its first call
  const before = memoryAfterCollection();
  const opened = openSources(configs, {
    shared,
    onCall: never,
    onBreaker: never,
    onCapped: () => undefined,
    onClosed: () => undefined,
  });
  expect((memoryAfterCollection() - before) / SOURCES).toBeLessThan(MAX_BYTES);
  expect(opened.sources.size).toBe(SOURCES);
});
