import { singleBucket } from "../../connector-api/budget.ts";
import type { Connector } from "../../connector-api/connector.ts";
import { certificateEnd } from "../../protocols/grpc/certificate-end.ts";
import { callMethod, cardProcessorChannel } from "./client.ts";
import { type CardProcessorConfig, cardProcessorConfig } from "./config.ts";
import { type CardProcessorCursor, cardProcessorCursor } from "./cursor.ts";
import { changeFeed } from "./feed.ts";
import { FETCHABLE, fetchMany } from "./fetch.ts";
import { readStream } from "./read.ts";
import { STREAMS } from "./streams.ts";

/** Calls per second and at a time that the processor accepts from one key. */
const LIMITS = { requestsPerSecond: 50, maxConcurrent: 10 } as const;

/** Connector for a card processor, by its gRPC interface and its stream of changes. */
export const connector: Connector<CardProcessorConfig, CardProcessorCursor> = {
  name: "card-processor",
  config: cardProcessorConfig,
  cursor: cardProcessorCursor,
  streams: STREAMS,
  target: ({ baseUrl, apiKey }) => ({ baseUrl, credential: apiKey }),
  credentialsEnd: ({ clientCertificate }) => certificateEnd(clientCertificate),
  channel: cardProcessorChannel,
  budget: () => singleBucket(LIMITS),
  async check(input) {
    await callMethod(input, "GetMerchant", {});
  },
  read: readStream,
  fetch: FETCHABLE,
  fetchMany,
  feed: changeFeed,
};
