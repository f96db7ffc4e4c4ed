import type { AccessEndMessage, FindingMessage, StreamHintMessage } from "../../connector-api/messages.ts";
import type { DomainRecord } from "../../domain/entities.ts";
import type { StripeMessage } from "./pass.ts";

/*
 * Ids of objects of connected accounts. Our id of such an object is `acct_1/ch_1`: Stripe's own ids may repeat between
 * accounts (each has a balance, and customers' ids may be chosen freely), a child can name its parent, and a fetch
 * knows which account to query. Objects of the key's own account keep Stripe's ids.
 */

const SCOPED_ID = /^(acct_[A-Za-z0-9]{1,250})\/(.+)$/s;

/** Returns our id of an object of a connected account. */
export function scopedId(account: string, id: string): string {
  return `${account}/${id}`;
}

/** Splits one of our ids into the account, undefined for the key's own, and Stripe's id in it. */
export function splitId(externalId: string): { readonly account: string | undefined; readonly id: string } {
  const match = SCOPED_ID.exec(externalId);
  return match === null ? { account: undefined, id: externalId } : { account: match[1], id: match[2] ?? "" };
}

/** A message about an account's objects, with our ids. */
export type ScopedMessage = StripeMessage | StreamHintMessage | FindingMessage | AccessEndMessage;

/** Returns a message about objects of a connected account with our ids, and with the account on each object. */
export function scopedTo<Message extends ScopedMessage>(account: string, message: Message): Message {
  return scope(account, message) as Message; // each case returns the type that it received
}

function scope(account: string, message: ScopedMessage): ScopedMessage {
  const ours = (id: string): string => scopedId(account, id);
  switch (message.type) {
    case "record":
      return { ...message, record: scopedRecord(account, message.record) };
    case "tombstone":
    case "hint":
      return { ...message, externalId: ours(message.externalId) };
    case "malformed":
      return message.externalId === undefined ? message : { ...message, externalId: ours(message.externalId) };
    case "payoutLines":
      return { ...message, payoutExternalId: ours(message.payoutExternalId), lines: message.lines.map(ours) };
    case "listedEvent":
      // These events go to a separate endpoint: the types that arrive there are recorded separately.
      return { ...message, eventType: `${message.eventType} of connected accounts` };
    case "checkpoint":
    case "streamHint":
    case "finding":
    case "accessEnd":
    case "contract":
      return message;
  }
}

/** Every field that references an object is called `externalId`, or `…ExternalId`: src/domain/entities.ts. */
function scopedRecord(account: string, record: DomainRecord): DomainRecord {
  const fields = Object.entries(record).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "string" && /^externalId$|ExternalId$/.test(name) ? scopedId(account, value) : value,
  ]);
  const scoped = Object.fromEntries(fields) as DomainRecord; // the same fields, some with different text
  const extensions = { ...scoped.extensions, "stripe.account": account };
  if (scoped.type !== "Account" || scoped.kind !== "PROCESSOR_BALANCE") return { ...scoped, extensions };
  const identifiers = [...scoped.identifiers, { scheme: "stripe.account", value: account }];
  return { ...scoped, extensions, identifiers, name: `${scoped.name ?? "Balance"} of ${account}` };
}
