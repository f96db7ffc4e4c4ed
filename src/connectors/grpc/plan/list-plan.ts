import type { Contract, Method } from "../../../protocols/protobuf/contract.ts";
import { type FieldPath, fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import type { MessageType, MessageValues } from "../../../protocols/protobuf/message.ts";
import type { Place } from "../fields/place.ts";
import type { StreamCalls } from "./stream-settings.ts";
import { compilePaging, firstPosition, type Paging } from "./paging.ts";
import { compileSince } from "./since.ts";
import { tokenPath, withValue } from "./token.ts";

/** A method that returns the objects of a stream. */
export interface ListPlan {
  readonly method: Method;
  readonly items: FieldPath;
  /** Message in each element of the list that is the object, or list of such messages; undefined: the element is it. */
  readonly inner: FieldPath | undefined;
  readonly elementType: MessageType;
  readonly itemType: MessageType;
  /** Undefined: the list has one page. */
  readonly paging: Paging | undefined;
  /** Values with each of which the list is called, or the stream whose ids they are; undefined: it is called once. */
  readonly each: { readonly values?: readonly string[] | undefined; readonly from?: string | undefined } | undefined;
  /** True if the server can return only what has changed since a time. */
  readonly hasSince: boolean;
  /**
   * Encodes the request of a page.
   * @param position of the page; undefined: the first one
   */
  request(position: string | undefined, which?: ListedObjects): Uint8Array;
}

/** Which objects a list returns. */
export interface ListedObjects {
  /** RFC 3339; undefined: whenever they changed. */
  readonly since: string | undefined;
  /** Value of `each`; undefined: those of the first value. */
  readonly each: string | undefined;
}

const NOTHING: ListedObjects = { since: undefined, each: undefined };

/** Checks the settings of a list. Undefined: there is none, or it has mistakes, which are reported. */
export function compileList(contract: Contract, settings: StreamCalls, place: Place): ListPlan | undefined {
  const { list, page, since, each } = settings;
  if (list === undefined || page === undefined) return undefined;
  const method = unaryMethod(contract, list, place.in("list"));
  if (method === undefined) return undefined;
  const at = place.in("page");
  const items = at.in("items").attempt(() => listOfMessages(method.output, page.items));
  const elementType = items?.field.message;
  const inner = innerOf(elementType, page.item, at.in("item"));
  const paging = compilePaging(method, page, elementType, at);
  const constants = checkedConstants(method, settings.request, place.in("request"));
  const first = withSize(method, page.size, constants, at.in("size").in("path"));
  if (each !== undefined)
    place
      .in("each")
      .in("request")
      .attempt(() => tokenPath(method.input, each.request));
  const sinceValue = compileSince(method, since, place.in("since").in("request"));
  const itemType = page.item === undefined ? elementType : inner?.field.message;
  if (items === undefined || elementType === undefined || itemType === undefined) return undefined;
  return {
    method,
    items,
    inner,
    elementType,
    itemType,
    paging,
    each,
    hasSince: since !== undefined,
    request(position = firstPosition(page), { since: time, each: value = each?.values?.[0] } = NOTHING) {
      const dated = time === undefined ? first : sinceValue(first, time);
      const values = each === undefined || value === undefined ? dated : withValue(dated, each.request, value);
      return method.input.encode(
        position === undefined || page.request === undefined ? values : withValue(values, page.request, position),
      );
    },
  };
}

function innerOf(type: MessageType | undefined, path: string | undefined, place: Place): FieldPath | undefined {
  if (type === undefined || path === undefined) return undefined;
  return place.attempt(() => messagePath(type, path));
}

function withSize(
  method: Method,
  size: NonNullable<StreamCalls["page"]>["size"],
  constants: MessageValues,
  place: Place,
): MessageValues {
  if (size === undefined) return constants;
  const values = withValue(constants, size.path, size.value);
  place.attempt(() => integerPath(method, size.path, values));
  return values;
}

function integerPath(method: Method, path: string, values: MessageValues): void {
  fieldPath(method.input, path);
  try {
    method.input.encode(values);
  } catch {
    throw pathError(path, "must be an integer that the value fits into");
  }
}

/** Returns a method that is called once for one response. */
export function unaryMethod(contract: Contract, path: string, place: Place): Method | undefined {
  const method = place.attempt(() => contract.method(path));
  if (method === undefined || method.kind === "unary") return method;
  place.report(`must be a method with one response, and is ${method.kind}`);
  return undefined;
}

/** Returns values that are the same in every request. */
export function checkedConstants(method: Method, constants: MessageValues = {}, place: Place): MessageValues {
  place.attempt(() => method.input.encode(constants));
  return constants;
}

function listOfMessages(type: MessageType, path: string): FieldPath {
  const found = fieldPath(type, path);
  const { desc } = found.field;
  if (found.selects || desc.fieldKind !== "list" || desc.listKind !== "message") {
    throw pathError(path, "must be a repeated field of messages");
  }
  return found;
}

/** Finds a message, or a list of messages. @throws ServiceError INVALID_INPUT */
export function messagePath(type: MessageType, path: string): FieldPath {
  const found = fieldPath(type, path);
  const { desc, message } = found.field;
  if (message !== undefined && desc.fieldKind !== "map" && !found.selects) return found;
  throw pathError(path, "must be a message");
}
