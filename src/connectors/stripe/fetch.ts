import type { FetchLimits, FetchManyInput } from "../../connector-api/connector.ts";
import type { ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import { isMissing, rejection, stripeGet, type Query, type StripeAnswer, type StripeCall } from "./client.ts";
import type { StripeConfig } from "./config.ts";
import { KINDS, type ObjectName } from "./kinds.ts";
import { BALANCE_ACCOUNT_ID } from "./map/balance.ts";
import { messagesOf } from "./messages.ts";
import { BALANCE_PATH } from "./read-balance.ts";
import { listWire } from "./wire/list.ts";

/** Stripe has no call for many ids: a batch is that many requests, and ends when the slowest does. */
const MAX_BATCH = 50;

/** Where an object is, and what it is there. */
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
  // An external account has no address of its own; the payouts to it show it.
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

/** What `fetchMany` can fetch. */
export const FETCHABLE = Object.fromEntries(
  Object.keys(ROUTES).map((entity) => [entity, { maxBatch: MAX_BATCH, idsPerCall: 1 }]),
) as Readonly<Record<FetchableEntity, FetchLimits>>; // fromEntries widens the keys to string

function isFetchable(entity: EntityType): entity is FetchableEntity {
  return Object.hasOwn(ROUTES, entity);
}

/** The present state of each object, see `Connector.fetchMany`. The first failure ends the other requests. */
export async function fetchMany(input: FetchManyInput<StripeConfig>): Promise<readonly ObjectMessage[]> {
  const { entity, externalIds } = input;
  if (!isFetchable(entity)) throw new ServiceError("INVALID_INPUT", `Stripe has no way to fetch a ${entity} by id`);
  const failing = new AbortController();
  const call = { ...input, signal: AbortSignal.any([input.signal, failing.signal]) };
  let failure: unknown;
  const fetchOne = async (externalId: string): Promise<readonly ObjectMessage[]> => {
    try {
      return await fetchObject(call, entity, externalId);
    } catch (reason) {
      if (!failing.signal.aborted) failure = reason;
      failing.abort();
      return [];
    }
  };
  const messages = await Promise.all(externalIds.map(fetchOne));
  if (failing.signal.aborted) throw failure;
  return messages.flat();
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
    return [gone(entity, externalId, answer, raw)];
  }
  const messages = messagesOfAnswer(object, answer, raw);
  return answersFor(messages, entity, externalId) ? messages : [...messages, gone(entity, externalId, answer, raw)];
}

/** One object, or the first of a list where there is only that way to it. */
function messagesOfAnswer(object: ObjectName, answer: StripeAnswer, raw: RawPointer): readonly ObjectMessage[] {
  const list = listWire.safeParse(answer.json);
  const kind = KINDS[object];
  const { version } = answer;
  if (!list.success) return messagesOf(kind, answer.json, { version, raw });
  return list.data.data.flatMap((item, index) =>
    messagesOf(kind, item, { version, raw: { ...raw, path: `/data/${index}` } }),
  );
}

/**
 * Whether the answer speaks of what was asked for. It does not where a charge was asked for as a payment and belongs to
 * an intent, or where no payout to an account is left: such an object does not exist.
 */
function answersFor(messages: readonly ObjectMessage[], entity: EntityType, externalId: string): boolean {
  return messages.some((message) => {
    if (message.type === "malformed") return true;
    const about = message.type === "record" ? message.record : { type: message.entity, externalId: message.externalId };
    return about.type === entity && about.externalId === externalId;
  });
}

function gone(entity: EntityType, externalId: string, answer: StripeAnswer, raw: RawPointer): ObjectMessage {
  return { type: "tombstone", entity, externalId, version: answer.version, raw };
}

/** Customer ids may be chosen freely. Only what cannot stand in a path is no id: dots would lead to another resource. */
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
