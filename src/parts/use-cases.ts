import type { UseCases } from "../../resolvers/use-cases.ts";
import type { Alerts } from "../alerts/alerts.ts";
import type { ApiKeys } from "../api-keys/api-keys.ts";
import type { EvidencePacks } from "../evidence/evidence-packs.ts";
import type { Files } from "../ingest/files/files.ts";
import type { SyncEngine } from "../ingest/polling/engine.ts";
import { discardManyQuarantined, discardQuarantined } from "../ingest/apply/discard-quarantined.ts";
import { type ReplayedMany, replayManyQuarantined } from "../ingest/polling/replay-many-quarantined.ts";
import { type ReplayedQuarantine, replayQuarantined } from "../ingest/polling/replay-quarantined.ts";
import type { Inbox } from "../ingest/webhooks/inbox.ts";
import type { DeclaredRoutes } from "../reconcile/payout-bank/declared-routes.ts";
import type { MatchByHand } from "../reconcile/payout-bank/match-by-hand.ts";
import type { WakeUps } from "../runtime/wake-ups.ts";
import type { ConnectedSources } from "../sources/connected/requests.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { Database } from "../store/database.ts";
import type { QuarantineBatch } from "../store/queries/quarantine-filter.ts";

export interface UseCaseParts {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly engine: SyncEngine;
  readonly inbox: Inbox;
  readonly connectedSources: ConnectedSources;
  readonly declaredRoutes: DeclaredRoutes;
  readonly apiKeys: ApiKeys;
  readonly alerts: Alerts;
  readonly evidencePacks: EvidencePacks;
  readonly files: Files;
  readonly matchByHand: MatchByHand;
  readonly wakeUps: WakeUps;
}

/** Returns all that the graph may change, by the part that does it. */
export function createUseCases(parts: UseCaseParts): UseCases {
  const { engine, inbox, connectedSources, apiKeys, alerts, matchByHand, evidencePacks } = parts;
  return {
    ...matchByHand,
    ...parts.declaredRoutes,
    startSync: engine.startSync,
    connectSource: connectedSources.connect,
    updateSource: connectedSources.update,
    disconnectSource: connectedSources.disconnect,
    createApiKey: apiKeys.create,
    revokeApiKey: apiKeys.revoke,
    createAlertEndpoint: alerts.createEndpoint,
    updateAlertEndpoint: alerts.updateEndpoint,
    rotateAlertSecret: alerts.rotateSecret,
    deleteAlertEndpoint: alerts.deleteEndpoint,
    muteAlerts: alerts.mute,
    unmuteAlerts: alerts.unmute,
    sendTestAlert: alerts.sendTest,
    resendAlert: alerts.resend,
    createEvidencePack: evidencePacks.create,
    cancelEvidencePack: evidencePacks.cancel,
    cancelSync: engine.cancelSync,
    pauseSource: engine.pauseSource,
    resumeSource: engine.resumeSource,
    replayDelivery: inbox.replayDelivery,
    replayDeliveries: inbox.replayDeliveries,
    discardDelivery: inbox.discardDelivery,
    discardDeliveries: inbox.discardDeliveries,
    discardQuarantined: (tenantId, ids, discard) =>
      parts.db.transaction(tenantId, (tx) => discardQuarantined(tx, ids, discard)),
    discardManyQuarantined: (tenantId, batch, discard) =>
      parts.db.transaction(tenantId, (tx) => discardManyQuarantined(tx, batch, discard)),
    replayQuarantined: (tenantId, ids) => replayRecords(parts, tenantId, ids),
    replayManyQuarantined: (tenantId, batch) => replayManyRecords(parts, tenantId, batch),
  };
}

/** Replays each record by the way in which it came. */
async function replayRecords(parts: UseCaseParts, tenantId: string, ids: readonly string[]): Promise<void> {
  const { db, sources } = parts;
  await replayWhole(parts, tenantId, await db.transaction(tenantId, (tx) => replayQuarantined(tx, sources, ids)));
}

/** Replays the records of a batch, each by the way in which it came. */
async function replayManyRecords(parts: UseCaseParts, tenantId: string, batch: QuarantineBatch): Promise<ReplayedMany> {
  const { db, sources } = parts;
  const replayed = await db.transaction(tenantId, (tx) => replayManyQuarantined(tx, sources, batch));
  await replayWhole(parts, tenantId, replayed);
  return replayed;
}

async function replayWhole(
  { inbox, files, wakeUps }: UseCaseParts,
  tenantId: string,
  replayed: ReplayedQuarantine,
): Promise<void> {
  for (const id of replayed.deliveryIds) await inbox.replayDelivery(tenantId, id);
  for (const id of replayed.fileIds) await files.replay(tenantId, id);
  for (const id of replayed.sourceIds) wakeUps.refetchNeeded({ id, tenantId });
}
