import { ALERT_ENDPOINT_KEYS } from "../alerts/rewrap-endpoints.ts";
import { connectors } from "../connectors/registry.generated.ts";
import { endFeedOfSource, registerFeed } from "../ingest/feeds/register-feeds.ts";
import { endRunsOfSource } from "../ingest/polling/end-runs-of-source.ts";
import { createLoop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { AccountHash } from "../sources/connected/account-hash.ts";
import { createConnectedSources } from "../sources/connected/connected-sources.ts";
import { deleteSource } from "../sources/connected/delete-source.ts";
import type { ConnectedSources } from "../sources/connected/requests.ts";
import { rewrapKeys } from "../sources/connected/rewrap-keys.ts";
import { findErasing, startErasures } from "../sources/erasure/erasures.ts";
import type { FileSources } from "../sources/file-sources.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import type { SharedBudgets } from "../upstream/budget/shared-budgets.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly budgets: SharedBudgets;
  readonly keyring: Keyring;
  readonly fileSources: FileSources;
  readonly accountHash: AccountHash;
  readonly reloadSource: (sourceId: string) => void;
}

interface Connected {
  readonly connectedSources: ConnectedSources;
  readonly closeConnected: () => Promise<void>;
}

/** Keys may have been changed by a restart of another process, which does this too. */
const REWRAP_EVERY_MS = 60_000;

/** Sources that are connected, changed and disconnected while the service runs, and the background work for them. */
export const part: Part<Needs, Connected> = {
  name: "connected sources",
  start(needs) {
    const { config, dbFor, budgets, keyring, fileSources, accountHash, reloadSource, log } = needs;
    const erasures = startErasures({
      db: dbFor("erasures"),
      findTenants: () => findErasing(dbFor("erasures")),
      forget: deleteSource,
      onFinished: (sourceId, tenantId) => log.info({ sourceId, tenantId }, "everything of the source is erased"),
      onProblem: (err) => log.warn({ err }, "a source could not be erased, trying again"),
      random: Math.random,
    });
    const rewrapping = startRewrapping(needs);
    const connectedSources = createConnectedSources({
      db: dbFor("connected sources"),
      keyring,
      budgets,
      file: fileSources,
      networks: config.connectNetworks,
      comparisonsEveryMs: config.reconcile.everyMs,
      accountHash,
      registerWork: (tx, { id, connector }) => registerFeed(tx, id, connectors[connector]),
      async endRuns(tx, sourceId) {
        await endFeedOfSource(tx, sourceId);
        await endRunsOfSource(tx, sourceId);
      },
      onChanged: reloadSource,
      onErasing: () => erasures.wake(),
    });
    return {
      connectedSources,
      closeConnected: async () =>
        void (await Promise.all([erasures.close(PART_DRAIN_MS), rewrapping.close(PART_DRAIN_MS)])),
    };
  },
  close: ({ closeConnected }) => closeConnected(),
};

function startRewrapping({ dbFor, keyring, log }: Needs) {
  const loop = createLoop({
    pollMs: REWRAP_EVERY_MS,
    random: Math.random,
    onError: (err) => log.warn({ err }, "credentials could not be encrypted with the new key, trying again"),
    async round(signal) {
      await rewrapKeys({
        db: dbFor("keys"),
        keyring,
        tables: [ALERT_ENDPOINT_KEYS],
        signal,
        onProgress: (remaining) =>
          log.info(
            { remaining: Number(remaining), keyId: keyring.current?.id },
            "credentials encrypted with the new key",
          ),
      });
      return false;
    },
  });
  loop.start();
  return loop;
}
