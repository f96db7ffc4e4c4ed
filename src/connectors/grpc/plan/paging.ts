import { ServiceError } from "../../../domain/error.ts";
import type { Method } from "../../../protocols/protobuf/contract.ts";
import { type FieldPath, fieldPath, pathError } from "../../../protocols/protobuf/field-path.ts";
import { boolReader, type FieldReader } from "../../../protocols/protobuf/field-readers.ts";
import type { MessageType, ProtoMessage } from "../../../protocols/protobuf/message.ts";
import type { Place } from "../fields/place.ts";
import type { StreamCalls } from "./stream-settings.ts";
import { tokenOf, tokenPath } from "./token.ts";

/** What the request of the next page states. */
export interface Paging {
  /** A token of the response, a field of the last item, or the number of items or pages so far. */
  readonly by: "token" | "lastItem" | "items" | "pages";
  /** Returns the position of the page after one; undefined: it was the last. @throws ServiceError UPSTREAM_GARBLED */
  next(page: Page): string | undefined;
}

/** A page that was read. */
export interface Page {
  readonly message: ProtoMessage;
  /** Encoded elements of its list. */
  readonly elements: readonly Uint8Array[];
  /** Position that it was requested with; undefined: the first one. */
  readonly position: string | undefined;
}

/** Checks the paging of a list. Undefined: it has one page, or there are mistakes, which are reported. */
export function compilePaging(
  method: Method,
  settings: NonNullable<StreamCalls["page"]>,
  elementType: MessageType | undefined,
  place: Place,
): Paging | undefined {
  const { request, response, lastItem, counts, first } = settings;
  if (request !== undefined) place.in("request").attempt(() => tokenPath(method.input, request));
  const hasMore = moreReader(method.output, settings.hasMore, place.in("hasMore"));
  if (response !== undefined) {
    const token = place.in("response").attempt(() => tokenPath(method.output, response));
    return (
      token && {
        by: "token",
        next: ({ message }) => (hasMore?.(message) === false ? undefined : tokenOf(token, message)),
      }
    );
  }
  if (lastItem !== undefined) {
    const field = elementType && place.in("lastItem").attempt(() => tokenPath(elementType, lastItem));
    return field && elementType && byLastItem(elementType, field, hasMore);
  }
  if (counts === undefined) return undefined;
  if (request !== undefined) place.in("request").attempt(() => requireNumber(method.input, request));
  return byCount(counts, first ?? (counts === "pages" ? 1 : 0), hasMore);
}

type HasMore = (message: ProtoMessage) => boolean;

function moreReader(type: MessageType, path: string | undefined, place: Place): HasMore | undefined {
  if (path === undefined) return undefined;
  const reader: FieldReader<boolean> | undefined = place.attempt(() => boolReader(type, path));
  return reader && ((message) => reader.read(message) === true);
}

/** Without a flag the list ends with an empty page: a server may return fewer items than were requested. */
function byLastItem(type: MessageType, field: FieldPath, hasMore: HasMore | undefined): Paging {
  return {
    by: "lastItem",
    next({ message, elements }) {
      if (hasMore?.(message) === false || (elements.length === 0 && hasMore === undefined)) return undefined;
      const position = elements
        .toReversed()
        .map((bytes) => positionIn(type, field, bytes))
        .find((one) => one !== undefined);
      if (position !== undefined) return position;
      throw new ServiceError("UPSTREAM_GARBLED", "the upstream's paging does not advance", {
        detail: `no item of a page has the field ${JSON.stringify(field.text)}, with which the next page begins`,
      });
    },
  };
}

/** Undefined: this item cannot be read. The page then begins with an earlier one, whose successors repeat. */
function positionIn(type: MessageType, field: FieldPath, bytes: Uint8Array): string | undefined {
  try {
    return tokenOf(field, type.decode(bytes));
  } catch (reason) {
    if (ServiceError.from(reason).code === "UPSTREAM_MALFORMED") return undefined;
    throw reason;
  }
}

function byCount(counts: "items" | "pages", first: number, hasMore: HasMore | undefined): Paging {
  return {
    by: counts,
    next({ message, elements, position }) {
      if (hasMore === undefined ? elements.length === 0 : !hasMore(message)) return undefined;
      return String(Number(position ?? first) + (counts === "pages" ? 1 : elements.length));
    },
  };
}

/** The first page of a list by numbers is requested by its number too, unless it is 0. */
export function firstPosition({ counts, first }: NonNullable<StreamCalls["page"]>): string | undefined {
  const number = counts === undefined ? 0 : (first ?? (counts === "pages" ? 1 : 0));
  return number === 0 ? undefined : String(number);
}

function requireNumber(type: MessageType, path: string): void {
  if (fieldPath(type, path).field.desc.scalar === STRING) throw pathError(path, "must be an integer, to count");
}

/** `FieldDescriptorProto.Type`: TYPE_STRING. */
const STRING = 9;
