import type { FetchLimits, FetchManyInput } from "../../connector-api/connector.ts";
import type { ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { MessageValues } from "../../protocols/protobuf/message.ts";
import { callList, type CardProcessorCall, type ListAnswer } from "./client.ts";
import type { CardProcessorConfig } from "./config.ts";
import { KINDS, type ObjectKind } from "./kinds.ts";
import { BALANCE_ACCOUNT_ID } from "./map/balances.ts";
import { mapBankAccount } from "./map/settlement.ts";
import { messageOf, versionOf } from "./messages.ts";
import { pageOf } from "./paging.ts";
import { fetchBalances } from "./read-balances.ts";
import { bankAccountWire } from "./wire/objects.ts";
import { plainOf } from "./wire/plain.ts";

/** The processor's maximum number of ids in one call. */
const MAX_IDS = 100;

const FETCHED = {
  Party: KINDS.cardholder,
  Payment: KINDS.payment,
  PaymentAttempt: KINDS.payment,
  Refund: KINDS.refund,
  Dispute: KINDS.dispute,
  Payout: KINDS.settlement,
  LedgerEntry: KINDS.ledger_entry,
} as const satisfies Partial<Record<EntityType, ObjectKind>>;

const LIMITS: FetchLimits = { maxBatch: MAX_IDS, idsPerCall: MAX_IDS };

/** Entities that `fetchMany` can fetch. */
export const FETCHABLE: Readonly<Partial<Record<EntityType, FetchLimits>>> = {
  ...Object.fromEntries(Object.keys(FETCHED).map((entity) => [entity, LIMITS])),
  Account: LIMITS,
};

function kindOf(entity: EntityType): ObjectKind {
  if (Object.hasOwn(FETCHED, entity)) return FETCHED[entity as keyof typeof FETCHED]; // checked on the left
  throw new ServiceError("INVALID_INPUT", `the card processor has no call to fetch a ${entity} by id`);
}

/** Fetches the present state of objects by one call, see `Connector.fetchMany`. */
export async function fetchMany(input: FetchManyInput<CardProcessorConfig>): Promise<readonly ObjectMessage[]> {
  const { entity, externalIds } = input;
  if (input.of !== undefined)
    throw new ServiceError("INVALID_INPUT", `the card processor has no call to fetch each ${entity} of a ${input.of}`);
  if (entity === "Account") return await fetchAccounts(input);
  const kind = kindOf(entity);
  const ids = entity === "PaymentAttempt" ? { authorization_ids: externalIds } : { ids: externalIds };
  const answer = await batchGet(input, kind.plural, ids);
  const { messages } = pageOf(kind, answer);
  return withMissing(entity, externalIds, messages, answer);
}

function batchGet(call: CardProcessorCall, plural: string, ids: MessageValues): Promise<ListAnswer> {
  return callList(call, `BatchGet${plural}`, ids);
}

async function fetchAccounts(input: FetchManyInput<CardProcessorConfig>): Promise<readonly ObjectMessage[]> {
  const { externalIds } = input;
  const balances = externalIds.includes(BALANCE_ACCOUNT_ID) ? (await fetchBalances(input)).messages : [];
  const ids = externalIds.filter((id) => id !== BALANCE_ACCOUNT_ID);
  if (ids.length === 0) return balances;
  const answer = await batchGet(input, "BankAccounts", { ids });
  const accounts = answer.items.flatMap((bytes, index): readonly ObjectMessage[] => {
    const raw = { payload: answer.payload, path: `/${answer.listName}/${index}` };
    const wire = bankAccountWire.parse(plainOf(answer.itemType.decode(bytes)));
    const context = { version: versionOf(answer.sequence), sourceUpdatedAt: undefined, raw };
    return mapBankAccount(wire).map((one) => messageOf(one, context));
  });
  return [...balances, ...withMissing("Account", ids, accounts, answer)];
}

/**
 * Adds a tombstone for each id that the response leaves out: as of the response's last change, the object does not exist.
 * An object that cannot be read and states no id may be any of them, so then none is deleted.
 */
function withMissing(
  entity: EntityType,
  externalIds: readonly string[],
  messages: readonly ObjectMessage[],
  { payload, sequence }: ListAnswer,
): readonly ObjectMessage[] {
  const found = new Set(messages.map((message) => idOf(entity, message)));
  const hasNameless = messages.some((message) => message.type === "malformed" && message.externalId === undefined);
  const missing = externalIds.filter((id) => !found.has(id));
  const raw: RawPointer = { payload, path: "" };
  const absent = missing.map((externalId): ObjectMessage =>
    hasNameless
      ? {
          type: "malformed",
          entity,
          externalId,
          path: "",
          problem: "the response has an object that cannot be read",
          raw,
        }
      : { type: "tombstone", entity, externalId, version: versionOf(sequence), raw },
  );
  return [...messages, ...absent];
}

function idOf(entity: EntityType, message: ObjectMessage): string | undefined {
  if (message.type === "record") return message.record.type === entity ? message.record.externalId : undefined;
  return message.entity === entity ? message.externalId : undefined;
}
