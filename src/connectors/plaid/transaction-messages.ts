import type { ObjectMessage, RawPayload, RawPointer } from "../../connector-api/messages.ts";
import type { Version } from "../../domain/version.ts";
import { fieldDifferences } from "../../protocols/rest/contract-fields.ts";
import { problemOf } from "../../protocols/rest/item-problem.ts";
import { mapTransaction } from "./map/transaction.ts";
import type { PageVersions } from "./order.ts";
import { TRANSACTION_FIELDS } from "./wire/documented-fields.ts";
import { type SyncWire, transactionIdWire, transactionWire } from "./wire/transaction.ts";

const ENTITY = "BankTransaction";

/** Yields the messages of a page, in the order in which they take effect. */
export function* messagesOfPage(page: SyncWire, payload: RawPayload, versions: PageVersions): Generator<ObjectMessage> {
  for (const list of ["added", "modified"] as const) {
    for (const [index, item] of page[list].entries()) {
      yield transactionMessage(item, versions[list], { payload, path: `/${list}/${index}` });
    }
  }
  for (const [index, item] of page.removed.entries()) {
    yield removedMessage(item, versions.removed, { payload, path: `/removed/${index}` });
  }
}

/**
 * Returns the message of one transaction. Handles every input: a transaction that is not as documented becomes a
 * `malformed` message.
 */
export function transactionMessage(item: unknown, version: Version, raw: RawPointer): ObjectMessage {
  try {
    const { record, replaces, unknowns: values } = mapTransaction(transactionWire.parse(item));
    const unknowns = [...values, ...fieldDifferences(item, TRANSACTION_FIELDS)];
    return { type: "record", record, ...(replaces !== undefined && { replaces }), version, raw, unknowns };
  } catch (reason) {
    return { type: "malformed", entity: ENTITY, externalId: idOf(item), ...problemOf(reason, item, "amount"), raw };
  }
}

/** Returns the tombstone of a transaction that the page, the last of its loop, would contain if it existed. */
export function tombstoneMessage(externalId: string, version: Version, payload: RawPayload): ObjectMessage {
  return { type: "tombstone", entity: ENTITY, externalId, version, raw: { payload, path: "" } };
}

function removedMessage(item: unknown, version: Version, raw: RawPointer): ObjectMessage {
  const externalId = idOf(item);
  if (externalId !== undefined) return { type: "tombstone", entity: ENTITY, externalId, version, raw };
  return { type: "malformed", entity: ENTITY, externalId, path: "transaction_id", problem: "must be an id", raw };
}

function idOf(item: unknown): string | undefined {
  const parsed = transactionIdWire.safeParse(item);
  return parsed.success ? parsed.data.transaction_id : undefined;
}
