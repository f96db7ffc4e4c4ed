import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * A caller's own request id is used, so that its log and ours can be joined; a value in any other format is ignored.
 */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Returns the id of a request: the caller's `x-request-id`, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
}
