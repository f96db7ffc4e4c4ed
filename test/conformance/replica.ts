import type { HintMessage, ObjectMessage } from "../../src/connector-api/messages.ts";
import type { DomainRecord } from "../../src/domain/entities.ts";
import { compareVersions } from "../../src/domain/version.ts";
import { keyOf, type Message, type Session } from "./session.ts";
import type { ObjectKey } from "./subject.ts";

/** The newest state of each object: the store's rules, without the store. */
export type Replica = Map<ObjectKey, ObjectMessage>;

/** Applies messages as the store does: the newest state wins, and a conflict is resolved by a fetch. */
export async function apply(replica: Replica, messages: readonly Message[], session: Session): Promise<void> {
  for (const message of messages) {
    if (message.type === "hint") {
      await follow(replica, message, session);
      continue;
    }
    if (message.type !== "record" && message.type !== "tombstone") continue;
    const key = keyOf(message) ?? "";
    const stored = replica.get(key);
    const order =
      stored === undefined || stored.type === "malformed" ? "newer" : compareVersions(message.version, stored.version);
    if (order === "newer") replica.set(key, message);
    const ambiguous = entityOf(message);
    if (order === "conflict" && ambiguous !== undefined) resolve(replica, await session.fetchMany(...ambiguous));
  }
}

async function follow(replica: Replica, { entity, externalId, of }: HintMessage, session: Session): Promise<void> {
  const fetched = await session.fetchMany(entity, [externalId], of);
  resolve(replica, fetched);
  for (const message of fetched) if (message.type === "hint") await follow(replica, message, session);
}

/** A fetched object has the current state. */
function resolve(replica: Replica, fetched: readonly (ObjectMessage | HintMessage)[]): void {
  for (const message of fetched) if (message.type !== "hint") replica.set(keyOf(message) ?? "", message);
}

function entityOf(message: ObjectMessage) {
  if (message.type === "record") {
    // A balance is fetched with its account.
    if (message.record.type === "Balance") return ["Account", [message.record.accountExternalId]] as const;
    return [message.record.type, [message.record.externalId]] as const;
  }
  return message.externalId === undefined ? undefined : ([message.entity, [message.externalId]] as const);
}

/** The records by key, without fields that depend on the time of reading. */
export function recordsOf(replica: Replica): Readonly<Record<ObjectKey, Partial<DomainRecord>>> {
  const records = [...replica].flatMap(([key, message]) =>
    message.type === "record" ? [[key, message.record] as const] : [],
  );
  return Object.fromEntries(
    records.map(([key, record]) => [key, record.type === "Balance" ? { ...record, asOf: "" } : record]),
  );
}
