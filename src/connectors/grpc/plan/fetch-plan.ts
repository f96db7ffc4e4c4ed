import type { Contract, Method } from "../../../protocols/protobuf/contract.ts";
import { type FieldPath, fieldPath } from "../../../protocols/protobuf/field-path.ts";
import type { MessageType } from "../../../protocols/protobuf/message.ts";
import type { Place } from "../fields/place.ts";
import type { StreamCalls } from "./stream-settings.ts";
import { checkedConstants, messagePath, unaryMethod } from "./list-plan.ts";
import { tokenPath, withValue } from "./token.ts";

/** A method that returns one object by its id. */
export interface FetchPlan {
  readonly method: Method;
  /** Undefined: the response is the object. A repeated field has the object as its only element. */
  readonly item: FieldPath | undefined;
  readonly itemType: MessageType;
  /** @throws ServiceError INVALID_INPUT for an id that the field cannot contain */
  request(id: string): Uint8Array;
}

/** Checks the settings of a fetch. Undefined: there is none, or it has mistakes, which are reported. */
export function compileFetch(contract: Contract, settings: StreamCalls, place: Place): FetchPlan | undefined {
  const { fetch } = settings;
  if (fetch === undefined) return undefined;
  const at = place.in("fetch");
  const method = unaryMethod(contract, fetch.method, at.in("method"));
  if (method === undefined) return undefined;
  const isRepeated = at.in("id").attempt(() => isListOfIds(method.input, fetch.id));
  const constants = checkedConstants(method, fetch.constants, at.in("constants"));
  const path = fetch.item;
  const item = path === undefined ? undefined : at.in("item").attempt(() => messagePath(method.output, path));
  const itemType = path === undefined ? method.output : item?.field.message;
  if (itemType === undefined) return undefined;
  return {
    method,
    item,
    itemType,
    request: (id) => method.input.encode(withValue(constants, fetch.id, isRepeated === true ? [id] : id)),
  };
}

function isListOfIds(type: MessageType, path: string): boolean {
  const { desc } = fieldPath(type, path).field;
  if (desc.fieldKind === "list" && desc.listKind === "scalar") return true;
  tokenPath(type, path);
  return false;
}
