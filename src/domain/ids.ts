import { hash } from "node:crypto";

/** Prefix of the global id of each kind of object. Never changes, because partners store ids. */
export const ID_PREFIXES = {
  Party: "pty",
  Account: "acc",
  Balance: "bal",
  Payment: "pay",
  PaymentAttempt: "att",
  Refund: "ref",
  Dispute: "dis",
  Payout: "pot",
  LedgerEntry: "led",
  BankTransaction: "btx",
  Statement: "stm",
} as const;

/** Kinds of object that are synced from a source. */
export type EntityType = keyof typeof ID_PREFIXES;
export const ENTITY_TYPES = Object.keys(ID_PREFIXES) as readonly EntityType[]; // Object.keys widens to string

/** Ids of our own operational objects. */
export const OPERATION_ID_PREFIXES = {
  SyncRun: "run",
  Delivery: "dlv",
  QuarantinedRecord: "qua",
  Finding: "fnd",
  File: "fil",
} as const;
export type OperationType = keyof typeof OPERATION_ID_PREFIXES;

const TYPE_BY_PREFIX: ReadonlyMap<string, EntityType | OperationType> = new Map(
  [...Object.entries(ID_PREFIXES), ...Object.entries(OPERATION_ID_PREFIXES)].map(([type, prefix]) => [
    prefix,
    type as EntityType | OperationType, // Object.entries widens to string
  ]),
);

/**
 * Returns the global id of an upstream's object. It is derived, so that a child can reference a parent that has not
 * been stored yet, and a replay writes to the same row. 132 bits of SHA-256 over the four parts; the tenant is one of
 * them, so ids of different tenants never collide.
 */
export function entityId(tenantId: string, sourceId: string, type: EntityType, externalId: string): string {
  const digest = hash("sha256", `${tenantId}\0${sourceId}\0${type}\0${externalId}`, "base64url");
  return `${ID_PREFIXES[type]}_${digest.slice(0, 22)}`;
}

/**
 * Returns the kind of object that a global id identifies; undefined for text that is not one of our ids. A source's id
 * is its configured name.
 */
export function typeOfId(id: string): EntityType | OperationType | "Source" | undefined {
  const match = /^([a-z]{3})_[A-Za-z0-9_-]{22}$/.exec(id);
  if (match?.[1] !== undefined) return TYPE_BY_PREFIX.get(match[1]);
  return SOURCE_ID.test(id) ? "Source" : undefined;
}

/** Format of source and tenant names. They are part of URLs and stored keys, so they must be stable and plain. */
export const SOURCE_ID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
