import type { Faults } from "../../shared/faults.ts";
import type { ConnectedAccounts } from "../connected/connected-accounts.ts";
import type { RequestCounters } from "../http/counters.ts";
import type { IdempotencyKeys } from "../request/idempotency.ts";
import type { Keys, KeyState } from "../http/keys.ts";
import type { Activity } from "../lifecycle/activity.ts";
import type { ForeignConsumers } from "../limits/foreign.ts";
import type { Limits } from "../limits/limits.ts";
import type { Account } from "../operations/account.ts";
import type { Dispatcher } from "../webhooks/dispatcher.ts";
import type { AccountVersion } from "../world/api-version.ts";
import type { Endpoint, Endpoints } from "../webhooks/endpoints.ts";

/** Everything that the control API can read and change. */
export interface ControlOptions {
  readonly account: Account;
  readonly connected: ConnectedAccounts;
  readonly keys: Keys;
  readonly endpoints: Endpoints;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly limits: Limits;
  readonly foreign: ForeignConsumers;
  readonly faults: Faults;
  readonly counters: RequestCounters;
  readonly activity: Activity;
  readonly dispatcher: Dispatcher;
  readonly version: AccountVersion;
  /** Signs deliveries to endpoints that are registered without secrets of their own. */
  readonly webhookSecret: string;
  /** The account's first key: the default key of a foreign consumer. */
  readonly apiKey: string;
  readonly signal: AbortSignal;
  readonly onKey: (key: string, state: KeyState) => void;
  readonly onEndpoint: (endpoint: Endpoint) => void;
}

/** A call of the control API. */
export interface ControlCall {
  readonly id: string;
  readonly query: URLSearchParams;
  /** Parsed JSON of the body; undefined without one. */
  readonly body: unknown;
}

/** JSON value of the response, or lines to stream. Undefined: the object does not exist. */
export type ControlAnswer =
  | { readonly json: unknown }
  | { readonly text: string }
  | { readonly lines: Iterable<string> }
  | undefined;

export type ControlRoute = (options: ControlOptions, call: ControlCall) => ControlAnswer | Promise<ControlAnswer>;
