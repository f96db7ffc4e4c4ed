import { z } from "zod";
import type { Keys } from "../webhooks/keys.ts";
import type { Hooks } from "../webhooks/hooks.ts";
import { syncPage } from "../world/sync.ts";
import type { World } from "../world/world.ts";
import { accountsAnswer } from "./accounts.ts";
import { PlaidError } from "../world/errors.ts";
import { itemJson } from "./item.ts";
import { accountJson, transactionJson } from "./json.ts";

export interface RouteOptions {
  readonly world: World;
  readonly keys: Keys;
  readonly hooks: Hooks;
  /** Maximum number of transactions on a page; undefined: as many as requested. */
  readonly pageSize: () => number | undefined;
}

/** Handler of a path. The keys have already been checked. */
export type Route = (options: RouteOptions, body: unknown) => Readonly<Record<string, unknown>>;

const syncBody = z.object({ cursor: z.string().nullish(), count: z.int().min(1).max(500).default(100) });
const keyBody = z.object({ key_id: z.string() });
const webhookBody = z.object({ webhook: z.url({ protocol: /^https?$/u }).nullish() });
const fireBody = z.object({ webhook_type: z.string().default("TRANSACTIONS"), webhook_code: z.string() });

/** Paths that need no access token. */
export const WITHOUT_ITEM: ReadonlySet<string> = new Set(["/webhook_verification_key/get"]);
/** Paths that also work for an Item that cannot be read. */
export const WITHOUT_LOGIN: ReadonlySet<string> = new Set([
  ...WITHOUT_ITEM,
  "/item/get",
  "/item/webhook/update",
  "/sandbox/item/reset_login",
  "/sandbox/item/fire_webhook",
]);

export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["/item/get", ({ world }) => ({ item: itemJson(world), status: statusJson(world) })],
  ["/accounts/get", ({ world }, body) => accountsAnswer(world, body, "cached")],
  ["/accounts/balance/get", ({ world }, body) => accountsAnswer(world, body, "live")],
  ["/transactions/sync", sync],
  [
    "/webhook_verification_key/get",
    ({ keys }, body) => {
      const jwk = keys.publicKey(keyBody.parse(body).key_id);
      if (jwk === undefined) throw new PlaidError("INVALID_WEBHOOK_VERIFICATION_KEY_ID");
      return { key: jwk };
    },
  ],
  [
    "/item/webhook/update",
    ({ world, hooks }, body) => {
      const { webhook } = webhookBody.parse(body);
      hooks.setItemWebhook(webhook ?? undefined);
      return { item: itemJson(world) };
    },
  ],
  [
    "/sandbox/item/reset_login",
    ({ hooks }) => {
      hooks.setLogin(false);
      return { reset_login: true };
    },
  ],
  [
    "/sandbox/item/fire_webhook",
    ({ hooks }, body) => {
      const { webhook_type: type, webhook_code: code } = fireBody.parse(body);
      hooks.fire(type, code);
      return { webhook_fired: true };
    },
  ],
]);

function statusJson(world: World): Readonly<Record<string, unknown>> {
  const { updatedAtMs } = world.state();
  const at = updatedAtMs === 0 ? null : new Date(updatedAtMs).toISOString();
  return { transactions: { last_successful_update: at, last_failed_update: null }, last_webhook: null };
}

function sync({ world, pageSize }: RouteOptions, body: unknown): Readonly<Record<string, unknown>> {
  const { cursor, count } = syncBody.parse(body);
  const page = syncPage(world, cursor ?? "", Math.min(count, pageSize() ?? count));
  const full = (list: (typeof page)["added"]) => list.map((one) => transactionJson(world, one));
  return {
    accounts: world.accounts().map((account) => accountJson(world, account, "cached")),
    added: full(page.added),
    modified: full(page.modified),
    removed: page.removed.map(({ id, accountId }) => ({ transaction_id: id, account_id: accountId })),
    has_more: page.hasMore,
    next_cursor: page.nextCursor,
    transactions_update_status: "HISTORICAL_UPDATE_COMPLETE",
  };
}
