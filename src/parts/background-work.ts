import type { Alerts } from "../alerts/alerts.ts";
import type { Feeds } from "../ingest/feeds/feeds.ts";
import type { Files } from "../ingest/files/files.ts";
import type { Refetcher } from "../ingest/refetch/refetcher.ts";
import type { Inbox } from "../ingest/webhooks/inbox.ts";
import type { Part } from "../runtime/parts.ts";

interface Needs {
  readonly alerts: Alerts;
  readonly inbox: Inbox;
  readonly files: Files;
  readonly refetcher: Refetcher;
  readonly feeds: Feeds;
}

/** Begins to apply deliveries, files and changes, to fetch again and to send alerts, now that the service listens. Each part ends its own. */
export const part: Part<Needs, object> = {
  name: "background work",
  async start({ inbox, files, refetcher, feeds, alerts }) {
    inbox.start();
    alerts.start();
    await files.start();
    refetcher.start();
    await feeds.start();
    return {};
  },
};
