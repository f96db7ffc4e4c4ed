import { createPartList } from "../runtime/parts.ts";
import type { Base } from "./base.ts";

/** The service, in the order in which its parts are started. They are closed in the opposite order. */
export const SERVICE = createPartList<Base>()
  .add(() => import("./demo-owner.ts"))
  .add(() => import("./tenants.ts"))
  .add(() => import("./metrics.ts"))
  .add(() => import("./postgres.ts"))
  .add(() => import("./migrations.ts"))
  .add(() => import("./databases.ts"))
  .add(() => import("./clock.ts"))
  .add(() => import("./series.ts"))
  .add(() => import("./secrets.ts"))
  .add(() => import("./sandboxes.ts"))
  .add(() => import("./budgets.ts"))
  .add(() => import("./sources.ts"))
  .add(() => import("./audit-heads.ts"))
  .add(async () => {
    // Before the first part that works in the background: loading most of the modules takes all of the processor, for
    // longer on a slow machine than a connection to the database may take to be opened.
    await import("./server.ts");
    return await import("./connected-sources.ts");
  })
  .add(() => import("./events.ts"))
  .add(() => import("./refetcher.ts"))
  .add(() => import("./inbox.ts"))
  .add(() => import("./statistics.ts"))
  .add(() => import("./files.ts"))
  .add(() => import("./polling.ts"))
  .add(() => import("./feeds.ts"))
  .add(() => import("./source-metrics.ts"))
  .add(() => import("./invariants.ts"))
  .add(() => import("./payout-matching.ts"))
  .add(() => import("./health.ts"))
  .add(() => import("./alerts.ts"))
  .add(() => import("./read-through.ts"))
  .add(() => import("./api-keys.ts"))
  .add(() => import("./audit-trail.ts"))
  .add(() => import("./evidence.ts"))
  .add(() => import("./server.ts"))
  .add(() => import("./background-work.ts"))
  .add(() => import("./settings-file.ts"))
  .add(() => import("./announcement.ts"))
  .add(() => import("./first-sync.ts"));
