import type { WebhookEndpoints } from "../../resolvers/context.ts";
import { findOwnSource, type SourceRegistry } from "../sources/source-registry.ts";
import { takesWebhooks } from "../sources/takes-webhooks.ts";

export interface WebhookEndpointsOptions {
  readonly sources: SourceRegistry;
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
  return {
    async find(tenantId, sourceId) {
      const source = await findOwnSource(sources, tenantId, sourceId);
      if (source === undefined || !takesWebhooks(source)) return undefined;
      const url = `${publicUrl ?? ownUrl()}/webhooks/${source.platform ?? sourceId}`;
      return { sourceId, url, isVerified: source.connector.webhook?.trust === "SIGNED" };
    },
  };
}
