import type { ReadInput } from "../../connector-api/connector.ts";
import type { ObjectMessage, RawPayload, ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { encodedField } from "../../protocols/protobuf/encoded-field.ts";
import type { FieldPath } from "../../protocols/protobuf/field-path.ts";
import type { MessageType } from "../../protocols/protobuf/message.ts";
import type { ObservedSpan } from "../../protocols/rest/observed.ts";
import { type GrpcSourceCall, MEDIA_TYPE } from "./client.ts";
import type { GrpcConfig } from "./config.ts";
import type { GrpcCursor } from "./cursor.ts";
import { ItemFault } from "./fields/item.ts";
import { pagesOf, type ReadPage } from "./list-pages.ts";
import { malformed, observe, spanOf } from "./observe.ts";
import type { ListPlan } from "./plan/list-plan.ts";
import type { Plan, StreamPlan } from "./plan/plan.ts";
import { serverContracts } from "./server-contract.ts";
import { planOf } from "./source-plan.ts";

type Message = ReadMessage<GrpcCursor>;

/** Reads a stream, see `Connector.read`. A list without `since` has no order of changes, so each read reads all of it. */
export async function* readStream(input: ReadInput<GrpcConfig, GrpcCursor>): AsyncGenerator<Message, void> {
  const plan = await planOf(input.config, input.signal);
  const stream = plan.get(input.stream);
  // objects of a stream without a list come by watch or by id
  if (stream?.list === undefined) yield { type: "checkpoint", cursor: { phase: "done" }, progress: 1 };
  else yield* readList(input, plan, stream, stream.list);
}

async function* readList(
  input: ReadInput<GrpcConfig, GrpcCursor>,
  plan: Plan,
  stream: StreamPlan,
  list: ListPlan,
): AsyncGenerator<Message, void> {
  const { cursor, signal } = input;
  const call: GrpcSourceCall = cursor === undefined ? { ...input, isBackfill: true } : input;
  if (cursor === undefined && call.config.reflection) yield* serverContracts(call, plan);
  const since = list.hasSince ? cursor?.since : undefined;
  const resumed = cursor?.phase === "list" ? cursor : undefined;
  let newest = resumed?.newest;
  const values = await valuesOfEach(call, plan, list.each);
  const start = Math.max(0, values.indexOf(resumed?.each));
  for (const [index, each] of values.entries()) {
    if (index < start) continue;
    const position = resumed !== undefined && resumed.each === each ? resumed.pageToken : undefined;
    for await (const page of pagesOf(call, list, { position, since, each })) {
      for (const message of messagesOfPage(stream, list, page, each)) {
        if (signal.aborted) throw new ServiceError("CANCELED", "the read was canceled");
        if (message.type === "record") newest = later(newest, message.sourceUpdatedAt);
        yield message;
      }
      // after the last page the checkpoint of the end follows
      if (page.position === undefined && index === values.length - 1) continue;
      yield checkpointOf(list, { next: page.position, each, following: values[index + 1], since, newest });
    }
  }
  yield {
    type: "checkpoint",
    cursor: { phase: "done", since: list.hasSince ? (newest ?? since) : undefined },
    progress: 1,
  };
}

interface ReadSoFar {
  /** Position of the next page; undefined: the list of this value of `each` has ended. */
  readonly next: string | undefined;
  readonly each: string | undefined;
  /** Value of `each` after this one. */
  readonly following: string | undefined;
  readonly since: string | undefined;
  readonly newest: string | undefined;
}

function checkpointOf({ hasSince }: ListPlan, { next, each, following, since, newest }: ReadSoFar): Message {
  const times = hasSince ? { since, newest } : {};
  const place = next === undefined ? { each: following } : { each, pageToken: next };
  return { type: "checkpoint", cursor: { phase: "list", ...place, ...times }, progress: undefined };
}

/** Returns the values with each of which a list is called; undefined alone: it is called once. */
async function valuesOfEach(
  call: GrpcSourceCall,
  plan: Plan,
  each: ListPlan["each"],
): Promise<readonly (string | undefined)[]> {
  if (each === undefined) return [undefined];
  if (each.values !== undefined) return each.values;
  const stream = plan.get(each.from ?? "");
  if (stream?.list === undefined) return [];
  const ids = new Set<string>();
  for await (const page of pagesOf(call, stream.list, { position: undefined, since: undefined, each: undefined })) {
    for (const message of messagesOfPage(stream, stream.list, page, undefined)) {
      if (message.type === "record") ids.add(message.record.externalId);
    }
  }
  return [...ids].toSorted();
}

function* messagesOfPage(
  stream: StreamPlan,
  list: ListPlan,
  { page, elements }: ReadPage,
  each: string | undefined,
): Generator<ObjectMessage> {
  const payload = { bytes: page.answer.message, mediaType: MEDIA_TYPE };
  const context = { payload, span: spanOf(page.answer), each };
  for (const [index, bytes] of elements.entries()) yield* messagesOfElement(stream, list, bytes, index, context);
}

interface PageContext {
  readonly payload: RawPayload;
  readonly span: ObservedSpan;
  readonly each: string | undefined;
}

/** Returns the objects of one element of the list: itself, or the messages in it. An event about others has none. */
function messagesOfElement(
  stream: StreamPlan,
  { inner, items, elementType }: ListPlan,
  bytes: Uint8Array,
  index: number,
  { payload, span, each }: PageContext,
): readonly ObjectMessage[] {
  const place = `${pointerOf(items.text)}/${index}`;
  if (inner === undefined) return [observe(stream, bytes, { raw: { payload, path: place }, span, each })];
  const path = `${place}${pointerOf(inner.text)}`;
  try {
    const found =
      inner.field.desc.fieldKind === "list" ? elementsAt(elementType, inner, bytes) : encodedField(inner, bytes);
    if (found === undefined) return [];
    if (found instanceof Uint8Array) return [observe(stream, found, { raw: { payload, path }, span, each })];
    return found.map((one, position) =>
      observe(stream, one, { raw: { payload, path: `${path}/${position}` }, span, each }),
    );
  } catch (reason) {
    const { code } = ServiceError.from(reason);
    if (code !== "UPSTREAM_GARBLED" && code !== "UPSTREAM_MALFORMED") throw reason;
    const fault = new ItemFault(inner.text, "cannot be decoded");
    return [malformed(stream, undefined, fault, { payload, path: place })];
  }
}

function elementsAt(type: MessageType, inner: FieldPath, bytes: Uint8Array): readonly Uint8Array[] {
  const message = type.decode(bytes, { keepEncoded: [inner.field] });
  return (inner.read(message) ?? []) as readonly Uint8Array[]; // kept encoded
}

/** Both are in UTC with milliseconds, so they compare as texts. */
function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

/** Returns the JSON pointer of a path. */
export function pointerOf(path: string): string {
  return `/${path.replaceAll(".", "/")}`;
}
