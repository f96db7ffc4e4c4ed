import type { Files } from "../ingest/files/files.ts";
import type { Refetcher } from "../ingest/refetch/refetcher.ts";
import type { Inbox } from "../ingest/webhooks/inbox.ts";
import type { Part } from "../runtime/parts.ts";

interface Needs {
  readonly inbox: Inbox;
  readonly files: Files;
  readonly refetcher: Refetcher;
}

/** Begins to apply deliveries and files and to fetch again, now that the service listens. Each part ends its own. */
export const part: Part<Needs, object> = {
  name: "background work",
  async start({ inbox, files, refetcher }) {
    inbox.start();
    await files.start();
    refetcher.start();
    return {};
  },
};
