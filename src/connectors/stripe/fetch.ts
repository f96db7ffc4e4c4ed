import type { FetchLimits, FetchManyInput } from "../../connector-api/connector.ts";
import type { HintMessage, ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { scopedTo, splitId } from "./account-scope.ts";
import { isMissing, rejection, stripeGet, type Query, type StripeAnswer, type StripeCall } from "./client.ts";
import type { StripeConfig } from "./config.ts";
import { impliedByState } from "./implied.ts";
import { KINDS, type ObjectName } from "./kinds.ts";
import { BALANCE_ACCOUNT_ID } from "./map/balance.ts";
import { messagesOf, type MessageContext } from "./messages.ts";
import { readPages } from "./paging.ts";
import { BALANCE_PATH } from "./read-balance.ts";
import { listWire } from "./wire/list.ts";

/** Stripe has no call for several ids: a batch is one request per id, and ends when the slowest does. */
const MAX_BATCH = 50;

/** Address of an object, and its Stripe object type there. */
interface Route {
  readonly object: ObjectName;
  readonly path: string;
  readonly query?: Query;
}

type RouteOf = (externalId: string) => Route;

function at(object: ObjectName, collection: string, query: Query = []): RouteOf {
  return (externalId) => ({ object, path: `/v1/${collection}/${encodeURIComponent(externalId)}`, query });
}

const charge = at("charge", "charges");
const paymentIntent = at("payment_intent", "payment_intents");

const ROUTES = {
  Party: at("customer", "customers"),
  // A charge without an intent is a payment by itself.
  Payment: (id) => (/^(?:ch|py)_/.test(id) ? charge(id) : paymentIntent(id)),
  PaymentAttempt: charge,
  Refund: at("refund", "refunds"),
  Dispute: at("dispute", "disputes"),
  Payout: at("payout", "payouts", [["expand[]", "destination"]]),
  LedgerEntry: at("balance_transaction", "balance_transactions"),
  // An external account has no address of its own; the payouts to it contain it.
  Account: (id) =>
    id === BALANCE_ACCOUNT_ID
      ? { object: "balance", path: BALANCE_PATH }
      : {
          object: "payout",
          path: "/v1/payouts",
          query: [
            ["destination", id],
            ["limit", "1"],
            ["expand[]", "data.destination"],
          ],
        },
} as const satisfies Partial<Record<EntityType, RouteOf>>;

type FetchableEntity = keyof typeof ROUTES;

/** Types that `fetchMany` can fetch. */
export const FETCHABLE = Object.fromEntries(
  Object.keys(ROUTES).map((entity) => [entity, { maxBatch: MAX_BATCH, idsPerCall: 1 }]),
) as Readonly<Record<FetchableEntity, FetchLimits>>; // fromEntries widens the keys to string

function isFetchable(entity: EntityType): entity is FetchableEntity {
  return Object.hasOwn(ROUTES, entity);
}

/**
 * Fetches the present state of each object, or the refunds of each charge, see `Connector.fetchMany`. The first failure
 * ends the other requests.
 */
export async function fetchMany(
  input: FetchManyInput<StripeConfig>,
): Promise<readonly (ObjectMessage | HintMessage)[]> {
  const fetchOne = fetchOf(input);
  const messages = await allOrFirstFailure(input, fetchOne);
  return [...messages, ...messages.flatMap(impliedByState)];
}

type FetchOne = (call: StripeCall, externalId: string) => Promise<readonly ObjectMessage[]>;

function fetchOf({ entity, of }: FetchManyInput<StripeConfig>): FetchOne {
  if (of !== undefined) {
    if (entity === "Refund" && of === "PaymentAttempt") return fetchRefunds;
    throw new ServiceError("INVALID_INPUT", `Stripe has no call to fetch each ${entity} of a ${of}`);
  }
  if (!isFetchable(entity)) throw new ServiceError("INVALID_INPUT", `Stripe has no call to fetch a ${entity} by id`);
  return (call, externalId) => fetchObject(call, entity, externalId);
}

async function allOrFirstFailure(
  input: FetchManyInput<StripeConfig>,
  fetchOne: FetchOne,
): Promise<readonly ObjectMessage[]> {
  const failing = new AbortController();
  const call = { ...input, signal: AbortSignal.any([input.signal, failing.signal]) };
  let failure: unknown;
  const attempt = async (externalId: string): Promise<readonly ObjectMessage[]> => {
    try {
      return await fetchScoped(call, externalId, fetchOne);
    } catch (reason) {
      if (!failing.signal.aborted) failure = reason;
      failing.abort();
      return [];
    }
  };
  const messages = await Promise.all(input.externalIds.map(attempt));
  if (failing.signal.aborted) throw failure;
  return messages.flat();
}

/** Fetches all refunds of a charge, page by page: few charges have more than a hundred. */
async function fetchRefunds(call: StripeCall, chargeId: string): Promise<readonly ObjectMessage[]> {
  const messages: ObjectMessage[] = [];
  for await (const page of readPages(call, { path: "/v1/refunds", query: [["charge", chargeId]] }, undefined)) {
    if (page === "lost" || page === "unknown") {
      throw new ServiceError("UPSTREAM_GARBLED", "Stripe's paging does not advance", {
        detail: "/v1/refunds: the refund to continue after no longer exists",
      });
    }
    const { items, version, payload } = page;
    messages.push(...messagesOfItems("refund", items, { version, raw: { payload, path: "" } }));
  }
  return messages;
}

/** Fetches by one of our ids, in the account that the id names: the messages contain our ids again. */
async function fetchScoped(
  call: StripeCall,
  externalId: string,
  fetchOne: FetchOne,
): Promise<readonly ObjectMessage[]> {
  const { account, id } = splitId(externalId);
  if (account === undefined) return fetchOne(call, externalId);
  const messages = await fetchOne({ ...call, account }, id);
  return messages.map((message) => scopedTo(account, message));
}

async function fetchObject(
  call: StripeCall,
  entity: FetchableEntity,
  externalId: string,
): Promise<readonly ObjectMessage[]> {
  if (!isAddressable(externalId)) return [unaddressable(entity, externalId)];
  const { object, path, query } = ROUTES[entity](externalId) satisfies Route as Route; // some have no query
  const answer = await stripeGet(call, path, query, [404]);
  const raw = { payload: answer.payload, path: "" };
  if (answer.status === 404) {
    if (!isMissing(answer)) throw rejection(answer, path);
    return [missingObject(entity, externalId, answer, raw)];
  }
  const messages = messagesOfAnswer(object, answer, raw);
  return answersFor(messages, entity, externalId)
    ? messages
    : [...messages, missingObject(entity, externalId, answer, raw)];
}

/** Returns the messages of one object, or of the first item of a list if a list is the only way to get it. */
function messagesOfAnswer(object: ObjectName, answer: StripeAnswer, raw: RawPointer): readonly ObjectMessage[] {
  const list = listWire.safeParse(answer.json);
  const kind = KINDS[object];
  const { version } = answer;
  if (!list.success) return messagesOf(kind, answer.json, { version, raw });
  return messagesOfItems(object, list.data.data, { version, raw });
}

function messagesOfItems(
  object: ObjectName,
  items: readonly unknown[],
  list: MessageContext,
): readonly ObjectMessage[] {
  return items.flatMap((item, index) =>
    messagesOf(KINDS[object], item, { ...list, raw: { ...list.raw, path: `/data/${index}` } }),
  );
}

/**
 * Returns true if the response contains the requested object. It does not if a charge was requested as a payment and
 * belongs to an intent, or if no payout to an account remains: such an object does not exist.
 */
function answersFor(messages: readonly ObjectMessage[], entity: EntityType, externalId: string): boolean {
  return messages.some((message) => {
    if (message.type === "malformed") return true;
    const about = message.type === "record" ? message.record : { type: message.entity, externalId: message.externalId };
    return about.type === entity && about.externalId === externalId;
  });
}

function missingObject(entity: EntityType, externalId: string, answer: StripeAnswer, raw: RawPointer): ObjectMessage {
  return { type: "tombstone", entity, externalId, version: answer.version, raw };
}

/**
 * Customer ids may be chosen freely. Only a text that cannot be part of a path is not an id: dots would lead to another
 * resource.
 */
function isAddressable(externalId: string): boolean {
  return externalId !== "" && externalId.length <= 255 && externalId.isWellFormed() && !/^\.{1,2}$/.test(externalId);
}

function unaddressable(entity: EntityType, externalId: string): ObjectMessage {
  const payload = { bytes: new Uint8Array(), mediaType: "application/json" };
  return {
    type: "malformed",
    entity,
    externalId,
    path: "id",
    problem: "must be a Stripe id",
    raw: { payload, path: "" },
  };
}
