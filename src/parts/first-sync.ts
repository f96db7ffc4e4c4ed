import { setTimeout as pause } from "node:timers/promises";
import type { DemoSandboxes } from "../demo/sandboxes.ts";
import { showFirstSync } from "../demo/show-first-sync.ts";
import { firstSteps } from "../demo/welcome.ts";
import { findFirstSyncs, type FirstSync, timeOfDatabase } from "../ingest/runs/find-first-syncs.ts";
import type { Part } from "../runtime/parts.ts";
import type { Server } from "../server/create-server.ts";
import type { FileSources } from "../sources/file-sources.ts";
import type { Database } from "../store/database.ts";
import type { Base } from "./base.ts";
import { DEMO_TENANT } from "./sandboxes.ts";

interface Needs extends Base {
  readonly db: Database;
  readonly fileSources: FileSources;
  readonly sandboxes: DemoSandboxes | undefined;
  readonly server: Server;
}

interface FirstSyncDisplay {
  /** Resolves when nothing more is displayed. */
  readonly endFirstSync: () => Promise<void>;
}

/** Interval at which the progress is read. */
const LOOK_MS = 250;

/** Shows a person how the first sync of the demo goes on, then what to try; without the demo nothing. */
export const part: Part<Needs, FirstSyncDisplay> = {
  name: "first sync",
  start(needs) {
    if (needs.sandboxes === undefined) return { endFirstSync: async () => undefined };
    const end = new AbortController();
    const signal = AbortSignal.any([needs.stopping, end.signal]);
    const displayed = show(needs, signal).catch((err: unknown) => {
      if (!signal.aborted) needs.log.warn({ err }, "the progress of the first sync can't be displayed");
    });
    return {
      endFirstSync() {
        end.abort();
        return displayed;
      },
    };
  },
  close: ({ endFirstSync }) => endFirstSync(),
};

async function show({ db, fileSources, screen, sandboxes, server }: Needs, signal: AbortSignal): Promise<void> {
  await showFirstSync(watch(db, [...fileSources.sources.keys()], signal), screen);
  screen.write(firstSteps(server.url));
  sandboxes?.playFaults(server.url); // only now: a fault in the first sync would be taken for one of ours
}

/** Reads the progress again and again until the signal is aborted: then it throws the signal's reason. */
async function* watch(
  db: Database,
  sourceIds: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<readonly FirstSync[]> {
  const since = await db.read(DEMO_TENANT, timeOfDatabase);
  for (;;) {
    yield await db.read(DEMO_TENANT, (tx) => findFirstSyncs(tx, sourceIds, since));
    await pause(LOOK_MS, undefined, { signal });
  }
}
