import type { WebhookEndpoints } from "../../resolvers/context.ts";
import type { Source } from "../upstream/source.ts";
import { takesWebhooks } from "../upstream/takes-webhooks.ts";

export interface WebhookEndpointsOptions {
  /** The configured ones. */
  readonly sources: Iterable<Source>;
  /** The address as providers reach it, without a slash at its end. Undefined: `ownUrl`. */
  readonly publicUrl: string | undefined;
  /** The address as it listens. Called when somebody asks. */
  readonly ownUrl: () => string;
}

/** What the graph tells of where sources take webhooks: what their connectors and settings say, as plain data. */
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
