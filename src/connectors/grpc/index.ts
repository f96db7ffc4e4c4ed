import { singleBucket } from "../../connector-api/budget.ts";
import type { CheckInput, Connector } from "../../connector-api/connector.ts";
import { ServiceError } from "../../domain/error.ts";
import { certificateEnd } from "../../protocols/grpc/certificate-end.ts";
import { callMethod, channelKind } from "./client.ts";
import { type GrpcConfig, grpcConfig } from "./config.ts";
import { type GrpcCursor, grpcCursor } from "./cursor.ts";
import { MAPPINGS, STREAMS, type StreamName } from "./entities/streams.ts";
import { changeFeed } from "./feed.ts";
import { FETCHABLE, fetchMany } from "./fetch.ts";
import type { StreamsSettings } from "./plan/stream-settings.ts";
import { readStream } from "./read.ts";
import { planOf } from "./source-plan.ts";

/** Connector for any gRPC server whose contract can be mapped to our entities by settings. */
export const connector: Connector<GrpcConfig, GrpcCursor> = {
  name: "grpc",
  config: grpcConfig,
  cursor: grpcCursor,
  streams: STREAMS,
  configured(config) {
    const streams = Object.entries(config.streams as StreamsSettings).flatMap(
      ([name, settings]) => (settings === undefined ? [] : [{ name: name as StreamName, settings }]), // names are those of the schema
    );
    const entities = streams.flatMap(({ name, settings }) => (settings.fetch ? [MAPPINGS[name].entity] : []));
    const watched = streams.flatMap(({ name, settings }) => (settings.watch ? [name] : []));
    return {
      streams: STREAMS.filter((stream) => streams.some(({ name }) => name === stream.name)),
      fetch: Object.fromEntries(entities.map((entity) => [entity, FETCHABLE[entity]])),
      feed: watched.length === 0 ? undefined : { ...changeFeed, streams: watched },
    };
  },
  target: ({ baseUrl, metadata, clientCertificate }) => ({
    baseUrl,
    credential: JSON.stringify([
      Object.entries(metadata).toSorted(([one], [other]) => (one < other ? -1 : 1)),
      clientCertificate ?? null,
    ]),
  }),
  credentialsEnd: ({ clientCertificate }) => certificateEnd(clientCertificate),
  channel: channelKind,
  budget: ({ requestsPerSecond, maxConcurrent }) => singleBucket({ requestsPerSecond, maxConcurrent }),
  check,
  read: readStream,
  fetch: FETCHABLE,
  fetchMany,
  feed: changeFeed,
};

/** Checks the settings against the contract, and makes one call. @throws ServiceError INVALID_INPUT | UPSTREAM_* */
async function check(input: CheckInput<GrpcConfig>): Promise<void> {
  const plan = [...(await planOf(input.config, input.signal)).values()];
  const list = plan.find(({ list: one }) => one !== undefined && one.each?.from === undefined)?.list;
  if (list !== undefined) return void (await callMethod(input, list.method, list.request(undefined), list.items));
  const fetch = plan.find((stream) => stream.fetch !== undefined)?.fetch;
  if (fetch === undefined) return;
  try {
    await callMethod(input, fetch.method, fetch.request("0"));
  } catch (reason) {
    // a refusal of the id, and not of the credentials, which is another code
    if (ServiceError.from(reason).code !== "UPSTREAM_REJECTED") throw reason;
  }
}
