import type { ObjectMessage, RawPointer, UnknownValue } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import type { GrpcAnswer } from "../../protocols/grpc/grpc-channel.ts";
import type { ProtoMessage } from "../../protocols/protobuf/message.ts";
import { unknownValues } from "../../protocols/protobuf/unknown-values.ts";
import { observedVersion, type ObservedSpan } from "../../protocols/rest/observed.ts";
import type { MappedItem } from "./entities/entity-mapping.ts";
import { type Item, ItemFault } from "./fields/item.ts";
import type { StreamPlan } from "./plan/plan.ts";

/** Place of an item in a response, and when the response was true. */
export interface ItemContext {
  readonly raw: RawPointer;
  readonly span: ObservedSpan;
  /** Value with which the list of the item was called. */
  readonly each?: string | undefined;
}

/** Returns when the state in a response was true, in epoch milliseconds. */
export function spanOf({ metadata, sentAtMs, durationMs }: GrpcAnswer): ObservedSpan {
  return observedVersion({ headers: metadata, sentAtMs, durationMs });
}

/** Reads one item from its bytes. Total: one that is not as the contract and the settings say is malformed. */
export function observe(stream: StreamPlan, bytes: Uint8Array, { raw, span, each }: ItemContext): ObjectMessage {
  let message: ProtoMessage;
  try {
    message = stream.itemType.decode(bytes);
  } catch (reason) {
    return malformed(stream, undefined, faultOfDecoder(stream, reason), raw);
  }
  const observedAt = new Date(Number(span.until)).toISOString();
  const item: Item = { message, observedAt, each, unknowns: [] };
  try {
    const mapped = stream.reader.map(item);
    return {
      type: "record",
      record: mapped.record,
      version: versionOf(mapped, span),
      ...(mapped.updatedAt !== undefined && { sourceUpdatedAt: mapped.updatedAt }),
      raw,
      unknowns: withUnknown(item),
    };
  } catch (reason) {
    return malformed(stream, idOf(stream, item), ItemFault.of(reason, ""), raw);
  }
}

/** Returns the message of an object that cannot be read. */
export function malformed(
  { entity }: StreamPlan,
  externalId: string | undefined,
  { path, problem }: ItemFault,
  raw: RawPointer,
): ObjectMessage {
  return { type: "malformed", entity, externalId, path, problem, raw };
}

/** Returns the version of an object that a response says does not exist, among versions that are times. */
export function absenceVersion({ from, until }: ObservedSpan, isMicroseconds: boolean): Version {
  const finality = FINALITY.ordinary;
  return isMicroseconds ? { from: from * 1_000n, until: until * 1_000n + 999n, finality } : { from, until, finality };
}

function versionOf({ version }: MappedItem, span: ObservedSpan): Version {
  if (version === undefined) return { ...span, finality: FINALITY.ordinary };
  return { from: version.value, until: version.value, finality: FINALITY.ordinary };
}

/** Adds what the contract has no name for, except what the mapping has reported already. */
function withUnknown({ message, unknowns }: Item): readonly UnknownValue[] {
  const isNew = ({ path, value }: UnknownValue): boolean =>
    !unknowns.some((known) => known.path === path && known.value === value);
  return [...unknowns, ...unknownValues(message).filter(isNew)];
}

function idOf({ reader }: StreamPlan, item: Item): string | undefined {
  try {
    return reader.id(item);
  } catch (reason) {
    if (reason instanceof ItemFault) return undefined;
    throw reason;
  }
}

/** The decoder's error names the message and the path: `bank.v1.Payment: amount must be …`. */
function faultOfDecoder({ itemType }: StreamPlan, reason: unknown): ItemFault {
  const { code, publicMessage } = ServiceError.from(reason);
  if (code !== "UPSTREAM_MALFORMED") throw reason;
  const text = publicMessage.replace(`${itemType.name}: `, "");
  const [, path = "", problem = text] =
    /^([A-Za-z_][\w[\].]*) (must .*|has .*|is .*|ends .*|cannot .*|does .*)$/.exec(text) ?? [];
  return new ItemFault(path, problem);
}
