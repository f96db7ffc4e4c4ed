import { mixedToken } from "../../shared/random.ts";
import { PlaidError } from "../world/errors.ts";
import type { World } from "../world/world.ts";
import type { Dispatcher, Endpoint } from "./dispatcher.ts";

/** Webhooks of the Item: to its own address, and to those that the control API adds. */
export interface Hooks {
  fire(type: string, code: string, more?: Readonly<Record<string, unknown>>): void;
  /** Sets whether the user's login at the bank works. */
  setLogin(works: boolean): void;
  /** Announces that the access ends then. Undefined: the user has renewed the consent, which no webhook says. */
  setConsentEnd(at: string | undefined, region: "EU" | "US"): void;
  /** Undefined: it has none. */
  setItemWebhook(url: string | undefined): void;
  add(url: string): Endpoint;
  remove(id: string): boolean;
  list(): readonly Endpoint[];
}

export interface HooksOptions {
  readonly world: World;
  readonly seed: number;
  readonly dispatcher: () => Dispatcher;
  /** Called for each endpoint that is added or removed. */
  readonly onEndpoint: (endpoint: Endpoint, isRemoved: boolean) => void;
  /** Endpoints of an earlier run. */
  readonly kept: readonly Endpoint[];
}

const ITEM_ENDPOINT = "item";

export function createHooks({ world, seed, dispatcher, onEndpoint, kept }: HooksOptions): Hooks {
  const endpoints = new Map(kept.map((endpoint) => [endpoint.id, endpoint]));
  let serial = Math.floor(world.state().serial) + kept.length;

  function list(): readonly Endpoint[] {
    const { webhook } = world.state();
    return [...endpoints.values(), ...(webhook === undefined ? [] : [{ id: ITEM_ENDPOINT, url: webhook }])];
  }

  function fire(type: string, code: string, more: Readonly<Record<string, unknown>> = {}): void {
    const fields = { ...more, environment: "sandbox", item_id: world.itemId, webhook_code: code, webhook_type: type };
    // Plaid indents its bodies, and signs the indented text.
    const body = JSON.stringify(fields, null, 2);
    for (const endpoint of list()) dispatcher().enqueue(endpoint, body);
  }

  return {
    fire,
    list,
    setLogin(works) {
      const error = works ? undefined : "ITEM_LOGIN_REQUIRED";
      world.setState({ error });
      world.commit();
      if (error === undefined) fire("ITEM", "LOGIN_REPAIRED");
      else fire("ITEM", "ERROR", { error: new PlaidError(error).json() });
    },
    setConsentEnd(at, region) {
      if (region === "US") {
        if (at !== undefined)
          fire("ITEM", "PENDING_DISCONNECT", { reason: "INSTITUTION_TOKEN_EXPIRATION", disconnect_time: at });
        return;
      }
      world.setState({ consentEndsAt: at });
      world.commit();
      if (at !== undefined) fire("ITEM", "PENDING_EXPIRATION", { consent_expiration_time: at });
    },
    setItemWebhook(webhook) {
      world.setState({ webhook });
      world.commit();
      if (webhook !== undefined) fire("ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", { error: null, new_webhook_url: webhook });
    },
    add(url) {
      const endpoint = { id: `hook${mixedToken(seed, 50_000 + serial++)}`, url };
      endpoints.set(endpoint.id, endpoint);
      onEndpoint(endpoint, false);
      return endpoint;
    },
    remove(id) {
      const endpoint = endpoints.get(id);
      if (endpoint === undefined) return false;
      endpoints.delete(id);
      onEndpoint(endpoint, true);
      return true;
    },
  };
}
