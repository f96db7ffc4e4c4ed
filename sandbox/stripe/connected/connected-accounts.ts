import { mixedToken } from "../../shared/random.ts";
import { forbidden, type StripeError } from "../world/errors.ts";
import { createIdempotencyKeys, type IdempotencyKeys } from "../request/idempotency.ts";
import { type Activity, createActivity } from "../lifecycle/activity.ts";
import { seedWorld } from "../lifecycle/seed.ts";
import { accountText } from "../objects/account.ts";
import type { Account } from "../operations/account.ts";
import { type Clock, createClock } from "../world/clock.ts";
import { createLedger } from "../world/ledger.ts";
import { createObjectStore, type Entry } from "../world/object-store.ts";
import { createWorld } from "../world/world.ts";

/** An account that is connected to the platform, with a world of its own. */
export interface ConnectedAccount {
  readonly id: string;
  readonly account: Account;
  readonly activity: Activity;
  readonly idempotencyKeys: IdempotencyKeys;
  /** Text of the account object. */
  readonly text: string;
  /** True if the platform may act for it. Its owner can revoke that. */
  isAccessible: boolean;
}

export interface ConnectedAccounts {
  /** Creates an account with this many payments of the last ninety days. Ids are generated unless given. */
  create(input: { readonly id: string | undefined; readonly payments: number }): ConnectedAccount;
  find(id: string): ConnectedAccount | undefined;
  /** Accounts that the platform may act for, newest first, as Stripe lists them. */
  list(): readonly ConnectedAccount[];
  /** The account that `Stripe-Account` names. @throws StripeError account_invalid */
  require(id: string): ConnectedAccount;
  stop(): void;
}

export interface ConnectedAccountsOptions {
  readonly seed: number;
  readonly clock: Clock;
  readonly eventRetentionS: number;
  readonly pendingWebhooks: () => number;
  readonly onEvents: (events: readonly Entry[]) => void;
}

/** Creates an empty set of accounts. They are not stored in the state file. */
export function createConnectedAccounts(options: ConnectedAccountsOptions): ConnectedAccounts {
  const accounts = new Map<string, ConnectedAccount>();
  return {
    create(input) {
      const seed = options.seed * 1_000 + accounts.size + 1;
      const connected = createAccount(options, seed, input);
      accounts.set(connected.id, connected);
      return connected;
    },
    find: (id) => accounts.get(id),
    list: () => [...accounts.values()].filter(({ isAccessible }) => isAccessible).toReversed(),
    require(id) {
      const found = accounts.get(id);
      if (found === undefined || !found.isAccessible) throw invalidAccount(id);
      return found;
    },
    stop() {
      for (const { activity } of accounts.values()) activity.stop();
    },
  };
}

function createAccount(
  { clock, eventRetentionS, pendingWebhooks, onEvents }: ConnectedAccountsOptions,
  seed: number,
  {
    id = `acct_1${mixedToken(seed, 0).slice(0, 15)}`,
    payments,
  }: { readonly id: string | undefined; readonly payments: number },
): ConnectedAccount {
  const now = clock.seconds();
  const own = createClock(() => clock.seconds() * 1000); // while one world is seeded the time of the others continues
  const world = createWorld({
    seed,
    store: createObjectStore(),
    clock: own,
    serial: 0,
    eventsSince: now - eventRetentionS,
    pendingWebhooks,
    account: id,
  });
  const account = { world, ledger: createLedger(world) };
  seedWorld(account, { payments, nowS: now });
  world.onCommit(({ events }) => onEvents(events));
  return {
    id,
    account,
    activity: createActivity(account),
    idempotencyKeys: createIdempotencyKeys(() => own.seconds()),
    text: accountText(id, now),
    isAccessible: true,
  };
}

function invalidAccount(id: string): StripeError {
  const message =
    `The provided key does not have access to account '${id}' (or that account does not exist). ` +
    "Application access may have been revoked.";
  return forbidden(message, "account_invalid");
}
