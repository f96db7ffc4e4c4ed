import type { Contract, Method } from "../../../protocols/protobuf/contract.ts";
import { type FieldPath, fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import type { MessageType, MessageValues, ProtoMessage } from "../../../protocols/protobuf/message.ts";
import type { Place } from "../fields/place.ts";
import { version } from "../fields/version.ts";
import type { StreamCalls } from "./stream-settings.ts";
import { checkedConstants } from "./list-plan.ts";
import { tokenPath, withValue } from "./token.ts";

/** A server stream of changes. Streams with the same method share it. */
export interface WatchPlan {
  readonly method: Method;
  /** Token after which the changes continue. */
  readonly token: FieldPath;
  /** Undefined: the message is the object. */
  readonly item: FieldPath | undefined;
  /** Fields with the id of a deleted object, and the version of its deletion; undefined: the contract has none. */
  readonly deleted: DeletedPlan | undefined;
  readonly itemType: MessageType;
  /** A field whose presence says that changes were lost; undefined: the contract has none. */
  readonly gap: FieldPath | undefined;
  /** Encodes the request; without a token the changes begin at the present. */
  request(token: string | undefined): Uint8Array;
}

export interface DeletedPlan {
  readonly id: FieldPath;
  /** Reads the version of the deletion from a message; undefined: the time of the message orders it. */
  readonly version: ((message: ProtoMessage) => bigint | undefined) | undefined;
}

/** Checks the settings of a watch. Undefined: there is none, or it has mistakes, which are reported. */
export function compileWatch(contract: Contract, settings: StreamCalls, place: Place): WatchPlan | undefined {
  const { watch } = settings;
  if (watch === undefined) return undefined;
  const at = place.in("watch");
  const method = at.in("method").attempt(() => contract.method(watch.method));
  if (method === undefined) return undefined;
  if (method.kind !== "server_streaming") {
    at.in("method").report(`must be a server stream, and is ${method.kind}`);
    return undefined;
  }
  const { request: tokenField, gap: gapField } = watch;
  if (tokenField !== undefined) at.in("request").attempt(() => tokenPath(method.input, tokenField));
  const token = at.in("response").attempt(() => tokenPath(method.output, watch.response));
  const itemPath = watch.item;
  const item = itemPath === undefined ? undefined : at.in("item").attempt(() => singleMessage(method.output, itemPath));
  const itemType = itemPath === undefined ? method.output : item?.field.message;
  const deleted = compileDeleted(method.output, watch.deleted, at.in("deleted"));
  const gap = gapField === undefined ? undefined : at.in("gap").attempt(() => plainPath(method.output, gapField));
  const constants: MessageValues = checkedConstants(method, watch.constants, at.in("constants"));
  if (token === undefined || itemType === undefined) return undefined;
  return {
    method,
    token,
    item,
    deleted,
    itemType,
    gap,
    request: (resume) =>
      method.input.encode(
        resume === undefined || tokenField === undefined ? constants : withValue(constants, tokenField, resume),
      ),
  };
}

function compileDeleted(
  type: MessageType,
  settings: NonNullable<StreamCalls["watch"]>["deleted"],
  place: Place,
): DeletedPlan | undefined {
  if (settings === undefined) return undefined;
  const id = place.in("id").attempt(() => tokenPath(type, settings.id));
  const { version: path } = settings;
  if (path === undefined) return id && { id, version: undefined };
  const read = version.compile(path, place.in("version"), { type, currency: undefined });
  return id && read && { id, version: (message) => read({ message, observedAt: "", unknowns: [] })?.value };
}

function plainPath(type: MessageType, path: string): FieldPath {
  const found = fieldPath(type, path);
  if (!found.selects) return found;
  throw pathError(path, "must be a field, and not an element of a list or map");
}

function singleMessage(type: MessageType, path: string): FieldPath {
  const found = fieldPath(type, path);
  if (found.field.desc.fieldKind === "message" && !found.selects) return found;
  throw pathError(path, "must be one message");
}
