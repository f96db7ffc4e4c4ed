import type { WebhookEndpoints } from "../../resolvers/context.ts";
import type { Source } from "../sources/source.ts";
import { takesWebhooks } from "../sources/takes-webhooks.ts";

export interface WebhookEndpointsOptions {
  /** Configured sources. */
  readonly sources: Iterable<Source>;
  /** Address by which providers reach the service, without a trailing slash. Undefined: `ownUrl`. */
  readonly publicUrl: string | undefined;
  /** Returns the address that the service listens on. Called on demand. */
  readonly ownUrl: () => string;
}

/**
 * Creates the graph's view of the webhook endpoints of sources: data from their connectors and settings, as plain
 * values.
 */
export function createWebhookEndpoints({ sources, publicUrl, ownUrl }: WebhookEndpointsOptions): WebhookEndpoints {
  const taking = new Map([...sources].filter(takesWebhooks).map((source) => [source.id, source]));
  return {
    find(tenantId, sourceId) {
      const source = taking.get(sourceId);
      if (source?.tenantId !== tenantId) return undefined;
      const url = `${publicUrl ?? ownUrl()}/webhooks/${sourceId}`;
      return { sourceId, url, isVerified: source.connector.webhook?.trust === "SIGNED" };
    },
  };
}
