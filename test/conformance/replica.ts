import type { ObjectMessage } from "../../src/connector-api/messages.ts";
import type { DomainRecord } from "../../src/domain/entities.ts";
import { compareVersions } from "../../src/domain/version.ts";
import { keyOf, type Message, type Session } from "./session.ts";
import type { ObjectKey } from "./subject.ts";

/** The newest that was said of each object: the store's rules, without the store. */
export type Replica = Map<ObjectKey, ObjectMessage>;

/** Applies messages as the store does: newer wins, and a doubt is settled by asking again. */
export async function apply(replica: Replica, messages: readonly Message[], session: Session): Promise<void> {
  for (const message of messages) {
    if (message.type === "hint") {
      settle(replica, await session.fetchMany(message.entity, [message.externalId]));
      continue;
    }
    if (message.type !== "record" && message.type !== "tombstone") continue;
    const key = keyOf(message) ?? "";
    const stored = replica.get(key);
    const order =
      stored === undefined || stored.type === "malformed" ? "newer" : compareVersions(message.version, stored.version);
    if (order === "newer") replica.set(key, message);
    const doubted = entityOf(message);
    if (order === "doubt" && doubted !== undefined) settle(replica, await session.fetchMany(...doubted));
  }
}

/** What was just fetched is the present state. */
function settle(replica: Replica, fetched: readonly ObjectMessage[]): void {
  for (const message of fetched) replica.set(keyOf(message) ?? "", message);
}

function entityOf(message: ObjectMessage) {
  if (message.type === "record") {
    // A balance is fetched with its account.
    if (message.record.type === "Balance") return ["Account", [message.record.accountExternalId]] as const;
    return [message.record.type, [message.record.externalId]] as const;
  }
  return message.externalId === undefined ? undefined : ([message.entity, [message.externalId]] as const);
}

/** The records by key, without what differs with the moment of reading. */
export function recordsOf(replica: Replica): Readonly<Record<ObjectKey, Partial<DomainRecord>>> {
  const records = [...replica].flatMap(([key, message]) =>
    message.type === "record" ? [[key, message.record] as const] : [],
  );
  return Object.fromEntries(
    records.map(([key, record]) => [key, record.type === "Balance" ? { ...record, asOf: "" } : record]),
  );
}
