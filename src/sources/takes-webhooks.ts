import type { Source } from "./source.ts";

/** Returns true if the upstream of a source may send it webhooks. */
export function takesWebhooks({ connector: { webhook }, config }: Source): boolean {
  return webhook !== undefined && (webhook.isConfigured?.(config) ?? true);
}
