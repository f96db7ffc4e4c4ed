import { singleBucket } from "../../src/connector-api/budget.ts";
import type { Connector } from "../../src/connector-api/connector.ts";
import { exampleNameGet } from "./client.ts";
import { exampleNameConfig, type ExampleNameConfig } from "./config.ts";
import { exampleNameCursor, type ExampleNameCursor } from "./cursor.ts";
import { fetchPayments } from "./fetch.ts";
import { readPayments } from "./read.ts";

/** ExampleName, through its REST API. */
export const connector: Connector<ExampleNameConfig, ExampleNameCursor> = {
  name: "example-name",
  config: exampleNameConfig,
  cursor: exampleNameCursor,
  // `ranged: true` for lists by creation time, newest first; their checkpoints then contain `reached` and `next`.
  streams: [{ name: "payments", entities: ["Payment"], ranged: false }],
  target: ({ baseUrl, apiKey }) => ({ baseUrl, credential: apiKey }),
  budget: () => singleBucket({ requestsPerSecond: 10, maxConcurrent: 5 }),
  async check(input) {
    await exampleNameGet(input, "/v1/payments?limit=1");
  },
  read: readPayments,
  fetch: { Payment: { maxBatch: 20, idsPerCall: 1 } },
  fetchMany: fetchPayments,
};
