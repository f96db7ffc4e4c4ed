import { randomUUID } from "node:crypto";
import type { Transaction } from "../store/database.ts";
import { appendEntry } from "./append-entry.ts";
import { type AuditBody, type AuditSubject, type Plain, SERVICE_PRINCIPAL } from "./entry.ts";

/** Something that the service does without a caller. */
export interface ServiceEntry {
  /** `configuration.sourceAdded`, `retention.cut` */
  readonly action: string;
  readonly arguments: Plain;
  readonly phase?: "COMPLETE" | "COUNTED";
  readonly subject?: AuditSubject;
  readonly before?: Plain | undefined;
  readonly after?: Plain | undefined;
}

/** Records what the service does by itself, in the transaction that does it. */
export function appendServiceEntry(tx: Transaction, entry: ServiceEntry): Promise<void> {
  return appendEntry(tx, serviceBody(entry));
}

/** Returns the row about something that the service does by itself. */
export function serviceBody(entry: ServiceEntry): AuditBody {
  const { action, phase = "COMPLETE", arguments: given, subject, before, after } = entry;
  return {
    operation: randomUUID(),
    phase,
    action,
    principal: SERVICE_PRINCIPAL,
    requestId: undefined,
    traceId: undefined,
    remoteAddress: undefined,
    arguments: given,
    outcome: phase === "COUNTED" ? "REFUSED" : "SUCCEEDED",
    errorCode: undefined,
    subject,
    before,
    after,
  };
}
