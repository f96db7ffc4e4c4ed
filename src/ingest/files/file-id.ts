import { hash } from "node:crypto";
import { OPERATION_ID_PREFIXES } from "../../domain/ids.ts";

/** The global id of a file: derived from its content, so that the primary key detects repeats forever. */
export function fileId(tenantId: string, sourceId: string, contentHash: string): string {
  const digest = hash("sha256", `${tenantId}\0${sourceId}\0${contentHash}`, "base64url");
  return `${OPERATION_ID_PREFIXES.File}_${digest.slice(0, 22)}`;
}
