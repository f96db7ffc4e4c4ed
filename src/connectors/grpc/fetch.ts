import type { FetchLimits, FetchManyInput } from "../../connector-api/connector.ts";
import type { ObjectMessage, RawPayload } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { ProtoMessage } from "../../protocols/protobuf/message.ts";
import { callMethod, type DecodedAnswer, type GrpcSourceCall, MEDIA_TYPE } from "./client.ts";
import type { GrpcConfig } from "./config.ts";
import { MAPPINGS } from "./entities/streams.ts";
import { ItemFault } from "./fields/item.ts";
import { absenceVersion, malformed, observe, spanOf } from "./observe.ts";
import type { FetchPlan } from "./plan/fetch-plan.ts";
import type { StreamPlan } from "./plan/plan.ts";
import { pointerOf } from "./read.ts";
import { planOf } from "./source-plan.ts";

/** Each id is a call of its own. */
const LIMITS: FetchLimits = { maxBatch: 10, idsPerCall: 1 };

/** Entities that can be fetched if the settings have a method for them. */
export const FETCHABLE: Readonly<Partial<Record<EntityType, FetchLimits>>> = Object.fromEntries(
  Object.values(MAPPINGS)
    .filter(({ entity }) => entity !== "Balance")
    .map(({ entity }) => [entity, LIMITS]),
);

type FetchableStream = StreamPlan & { readonly fetch: FetchPlan };

/** Fetches the present state of objects, see `Connector.fetchMany`. */
export async function fetchMany(input: FetchManyInput<GrpcConfig>): Promise<readonly ObjectMessage[]> {
  const { config, entity, externalIds, signal } = input;
  const plan = await planOf(config, signal);
  const stream = [...plan.values()].find(
    (one): one is FetchableStream => one.entity === entity && one.fetch !== undefined,
  );
  if (stream === undefined || input.of !== undefined) {
    throw new ServiceError("INVALID_INPUT", `the settings have no method to fetch a ${entity} by id`);
  }
  return await Promise.all(externalIds.map((id) => fetchOne(input, stream, id)));
}

async function fetchOne(call: GrpcSourceCall, stream: FetchableStream, id: string): Promise<ObjectMessage> {
  const { fetch } = stream;
  const request = requestOf(fetch, id);
  if (request === undefined) {
    const raw = { payload: { bytes: new Uint8Array(), mediaType: MEDIA_TYPE }, path: "" };
    return malformed(stream, id, new ItemFault("", "the id has a form that the method's field cannot contain"), raw);
  }
  const sentAtMs = Date.now();
  const started = performance.now();
  try {
    const decoded = await callMethod(call, fetch.method, request);
    return messageOf(stream, id, decoded);
  } catch (reason) {
    if (ServiceError.from(reason).call.isNotFound !== true) throw reason;
    const durationMs = performance.now() - started;
    const payload = { bytes: new Uint8Array(), mediaType: MEDIA_TYPE };
    return absent(stream, id, payload, spanOf({ message: payload.bytes, metadata: {}, sentAtMs, durationMs }));
  }
}

function requestOf(fetch: FetchPlan, id: string): Uint8Array | undefined {
  try {
    return fetch.request(id);
  } catch (reason) {
    if (ServiceError.from(reason).code === "INVALID_INPUT") return undefined;
    throw reason;
  }
}

function messageOf(stream: FetchableStream, id: string, { answer, message }: DecodedAnswer): ObjectMessage {
  const { item } = stream.fetch;
  const payload: RawPayload = { bytes: answer.message, mediaType: MEDIA_TYPE };
  const span = spanOf(answer);
  const found = item === undefined ? message : [item.read(message)].flat().at(0);
  if (!(found instanceof ProtoMessage)) return absent(stream, id, payload, span);
  const raw = { payload, path: item === undefined ? "" : pointerOf(item.text) };
  const observed = observe(stream, found.bytes, { raw, span });
  if (observed.type === "malformed") return { ...observed, externalId: id };
  if (observed.type === "record" && observed.record.externalId === id) return observed;
  return malformed(stream, id, new ItemFault("", "the response has another object than the requested one"), raw);
}

/** An object that the upstream does not have. Its numbers have no place for that, so it cannot be ordered by them. */
function absent(
  stream: StreamPlan,
  externalId: string,
  payload: RawPayload,
  span: Parameters<typeof absenceVersion>[0],
): ObjectMessage {
  const raw = { payload, path: "" };
  if (stream.hasNumberedVersions) {
    const problem = "does not exist at the upstream, whose version numbers do not say since when";
    return malformed(stream, externalId, new ItemFault("", problem), raw);
  }
  const version = absenceVersion(span, stream.hasTimedVersions);
  return { type: "tombstone", entity: stream.entity, externalId, version, raw };
}
