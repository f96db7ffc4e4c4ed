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
import { refreshCredentials } from "../sources/connected/refresh-credentials.ts";
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
  /** Names the credentials of the platforms' sources again, in the background: the settings file was read again. */
  readonly refreshCredentials: () => void;
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
    const refreshing = createRefreshing(needs);
    const connectedSources = createConnectedSources({
      db: dbFor("connected sources", "awaited"),
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
      refreshCredentials: refreshing.request,
      closeConnected: async () => {
        const loops = [erasures, rewrapping, refreshing];
        await Promise.all(loops.map((loop) => loop.close(PART_DRAIN_MS)));
      },
    };
  },
  close: ({ closeConnected }) => closeConnected(),
};

/** Nothing is to be refreshed until the file is read again. */
const REFRESH_IDLE_MS = 2_000_000_000;

function createRefreshing({ dbFor, keyring, fileSources, accountHash, log }: Needs) {
  let requested = 1; // the file was read at the start
  let done = 0;
  const loop = createLoop({
    pollMs: REFRESH_IDLE_MS,
    random: Math.random,
    onError(err, failures) {
      if (failures === 1) log.warn({ err }, "credentials of platforms could not be named again, trying again");
    },
    async round(signal) {
      const current = requested;
      if (done === current) return false;
      const { platforms } = fileSources;
      await refreshCredentials({ db: dbFor("connected sources"), keyring, accountHash, platforms, signal });
      done = current;
      return true;
    },
  });
  loop.start();
  return {
    request(): void {
      requested += 1;
      loop.wake();
    },
    close: loop.close,
  };
}

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
