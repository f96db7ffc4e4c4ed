import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Cursors, ListScope } from "../../resolvers/context.ts";
import { ServiceError } from "../domain/error.ts";
import { canonicalJson } from "./canonical-json.ts";

/** 128 bits: a forger would need 2^127 attempts on average, each of them a request. */
const MAC_BYTES = 16;
/** Longer than any cursor of ours; longer text is rejected before it is decoded. */
const MAX_CURSOR_LENGTH = 512;
/** Cursors of recent events: each is part of the results of many documents. */
const RECENT_EVENTS = 1_000;

/** @param key secret of at least 32 bytes that all replicas share: cursors outlive the process that created them */
export function createCursors({ key: bytes }: { readonly key: Uint8Array }): Cursors {
  const key = createSecretKey(bytes);
  const recentEvents = new LRUCache<string, string>({ max: RECENT_EVENTS });

  function seal(scope: string, payload: string): string {
    return Buffer.concat([macOf(key, scope, payload), Buffer.from(payload)]).toString("base64url");
  }
  function unseal(scope: string, text: string, words: string): string {
    const invalidCursor = () => new ServiceError("INVALID_CURSOR", words);
    if (text.length > MAX_CURSOR_LENGTH) throw invalidCursor();
    const bytes = Buffer.from(text, "base64url");
    // Decoding skips characters that are not base64url: only the exact text that we would write is accepted.
    if (bytes.length <= MAC_BYTES || bytes.toString("base64url") !== text) throw invalidCursor();
    const payload = bytes.toString("utf8", MAC_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(key, scope, payload))) throw invalidCursor();
    return payload;
  }
  return {
    encodeListCursor: (scope, { at, id }) => seal(listScope(scope), `${at}|${id}`),
    decodeListCursor: (scope, text) => {
      const [at = "", id = ""] = unseal(listScope(scope), text, NO_LIST_CURSOR).split("|");
      return { at, id };
    },
    encodeEventCursor(tenantId, seq) {
      const scope = `events\0${tenantId}`;
      const payload = seq.toString();
      const recent = recentEvents.get(`${scope}\0${payload}`);
      if (recent !== undefined) return recent;
      const cursor = seal(scope, payload);
      recentEvents.set(`${scope}\0${payload}`, cursor);
      return cursor;
    },
    decodeEventCursor: (tenantId, text) => BigInt(unseal(`events\0${tenantId}`, text, NO_EVENT_CURSOR)),
  };
}

function macOf(key: KeyObject, scope: string, payload: string): Buffer {
  return createHmac("sha256", key).update(`${scope}\0${payload}`).digest().subarray(0, MAC_BYTES);
}

/** The order is in the scope only if there is one: the cursors of earlier versions, which had none, stay valid. */
function listScope({ tenantId, list, filter, order }: ListScope): string {
  const scope = `list\0${tenantId}\0${list}\0${hash("sha256", canonicalJson(filter))}`;
  return order === undefined ? scope : `${scope}\0${order}`;
}

/* Always the same text: it must not reveal whether a cursor is forged or another tenant's. */
const NO_LIST_CURSOR =
  "the cursor was not returned by this list: use a cursor of a page with the same filter and order";
const NO_EVENT_CURSOR =
  "the cursor was not returned by this event log: use the cursor of the last event that was received";
