import type { Faults } from "../../shared/faults.ts";
import type { Answer } from "../../shared/write-answer.ts";
import { errorText, invalidRequest, StripeError } from "../world/errors.ts";
import type { Account } from "../operations/account.ts";
import type { Route } from "../routes/route.ts";
import { parseForm } from "../request/form.ts";
import { fingerprintOf, type IdempotencyKeys, type SavedAnswer } from "../request/idempotency.ts";
import { serverError } from "./refusals.ts";

export interface ExecuteOptions {
  readonly account: Account;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly faults: Faults;
  /** Called with every response saved under an idempotency key, before the change is committed. */
  readonly onSaved: (key: string, answer: SavedAnswer) => void;
}

/** One request during its processing. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly requestId: string;
  readonly body: string;
  /** Idempotency key; undefined without one, and for all methods except POST. */
  readonly key: string | undefined;
}

/** Response that describes an error. */
export function errorAnswer(error: StripeError, requestId: string): Answer {
  return { status: error.status, text: errorText(error, requestId), headers: error.headers };
}

/** Claims the request's key. Returns the response of an earlier request with it. @throws StripeError 400 or 409 */
export function claim({ idempotencyKeys }: ExecuteOptions, exchange: Exchange): Answer | undefined {
  if (exchange.key === undefined) return undefined;
  const saved = idempotencyKeys.claim(exchange.key, fingerprintOf(exchange.method, exchange.path, exchange.body));
  if (saved === undefined) return undefined;
  const headers = { "Idempotent-Replayed": "true", "Original-Request": saved.requestId };
  return { status: saved.status, text: saved.text, headers };
}

/**
 * Runs the route. Its changes are committed together with the response saved under its key, also when it ends in an
 * error that Stripe saves (a declined card); only rejections of the request itself leave the key unused.
 */
export function execute(options: ExecuteOptions, exchange: Exchange, found: { route: Route; id: string }): Answer {
  const { account, faults, idempotencyKeys } = options;
  const { world, ledger } = account;
  ledger.settleDue();
  world.commit();
  const isWrite = exchange.method !== "GET";
  world.setRequest({ id: isWrite ? exchange.requestId : null, idempotencyKey: exchange.key ?? null });
  const answer = run(options, exchange, found);
  const failsAfterwards = isWrite && faults.strike("error500AfterEffect", exchange.path) !== undefined;
  const final = failsAfterwards ? errorAnswer(serverError(), exchange.requestId) : answer;
  if (exchange.key !== undefined) {
    const keeps = answer.status < 400 || answer.status === 402;
    if (keeps) save(options, exchange, answer);
    else idempotencyKeys.release(exchange.key);
  }
  world.commit();
  world.setRequest({ id: null, idempotencyKey: null });
  return final;
}

function run(
  { account, faults }: ExecuteOptions,
  exchange: Exchange,
  { route, id }: { route: Route; id: string },
): Answer {
  try {
    const params = parseForm(exchange.method === "POST" ? exchange.body : exchange.query);
    if (Object.keys(params).length > 500) throw invalidRequest("Too many parameters.");
    const listFaults = {
      loop: faults.strike("loopPages", exchange.path) !== undefined,
      overlap: faults.strike("overlapPages", exchange.path) !== undefined,
      expireCursor: "starting_after" in params && faults.strike("expireCursors", exchange.path) !== undefined,
    };
    return { status: 200, text: route.handle(account, { id, params, listFaults }), headers: {} };
  } catch (reason) {
    if (reason instanceof StripeError) return errorAnswer(reason, exchange.requestId);
    throw reason;
  }
}

/** The real result is saved even when the client receives an error: a retry with the key then returns it. */
function save(options: ExecuteOptions, exchange: Exchange, { status, text }: Answer): void {
  if (exchange.key === undefined) return;
  const fingerprint = fingerprintOf(exchange.method, exchange.path, exchange.body);
  const answer = { fingerprint, status, text, requestId: exchange.requestId, at: options.account.world.now() };
  options.idempotencyKeys.save(exchange.key, answer);
  options.onSaved(exchange.key, answer);
}
