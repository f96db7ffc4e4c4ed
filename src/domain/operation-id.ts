import { randomBytes } from "node:crypto";
import { OPERATION_ID_PREFIXES, type OperationType } from "./ids.ts";

/** Returns a new id, ordered by time to the millisecond so that index inserts stay at the right edge. */
export function newOperationId(type: OperationType, nowMs: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  randomBytes(10).copy(bytes, 6);
  return `${OPERATION_ID_PREFIXES[type]}_${bytes.toString("base64url")}`;
}
