import pg from "pg";
import { parseConnectedSource, type SourceConfig } from "../../config.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Transaction } from "../../store/database.ts";
import { forgetErasure } from "../erasure/erasure-rows.ts";
import { shortenComparisonIntervals } from "../reconcile-schedule.ts";
import { seal } from "../secrets/envelope.ts";
import { requireCurrentKey } from "../secrets/keyring.ts";
import { checkUpstream } from "./check-upstream.ts";
import { settingsContext } from "./read-stored-source.ts";
import {
  accountInUse,
  accountOf,
  credentialOf,
  credentialsEndOf,
  idInUse,
  isAccountAmong,
  refuseContradictions,
} from "./refusals.ts";
import { type ConnectedSourceRow, registerConnected } from "./register-connected.ts";
import { hashRequest, isSameRequest } from "./request-hash.ts";
import type { ConnectedSourcesOptions, ConnectRequest } from "./requests.ts";
import { findConnectKey, findSettings, insertSettings, type NewSettings } from "./source-settings.ts";

/** See `ConnectedSources.connect`. */
export async function connectSource(
  options: ConnectedSourcesOptions,
  tenantId: string,
  request: ConnectRequest,
  signal: AbortSignal,
): Promise<string> {
  const { db, keyring, file, networks, budgets, onChanged } = options;
  const { configs: fileSources, platforms } = file;
  const needs = { keyring, platforms };
  const source = parseConnectedSource(tenantId, request, { networks, platforms });
  const masterKey = requireCurrentKey(keyring);
  const repeated = await db.read(tenantId, (tx) => findRepeated(tx, request));
  if (repeated !== undefined) return repeated;
  // A platform has an address for webhooks too.
  if (platforms.has(source.id) || fileSources.some(({ id }) => id === source.id)) throw idInUse();
  const meanwhile = await db.read(tenantId, async (tx) => {
    const inUse = await isConnected(tx, source);
    // The same request may have been committed since: the id is then in use by its own source.
    if (inUse) return requireRepeated(await findRepeated(tx, request));
    await refuseContradictions(tx, needs, fileSources, source);
    return undefined;
  });
  if (meanwhile !== undefined) return meanwhile;
  await checkUpstream(source, budgets, signal);
  // Only now: a caller without access to an account does not learn whether it is connected.
  if (isAccountAmong(fileSources, source)) throw accountInUse();
  const { idempotencyKey, ...given } = request;
  const settings: NewSettings = {
    ...source,
    sourceId: source.id,
    envelope: seal(masterKey, JSON.stringify(request.settings), settingsContext(tenantId, source.id)),
    idempotencyKey,
    requestHash: idempotencyKey === undefined ? undefined : hashRequest(given),
  };
  const sourceId = await db.transaction(tenantId, (tx) =>
    store(tx, options, { source: rowOf(options, source), settings, request }),
  );
  await shortenComparisonIntervals(db, [source], options.comparisonsEveryMs);
  onChanged(sourceId);
  return sourceId;
}

/**
 * Returns the source that an earlier request with the same key has connected.
 * @throws ServiceError CONFLICT if that was another request
 */
async function findRepeated(
  tx: Transaction,
  { idempotencyKey, ...request }: ConnectRequest,
): Promise<string | undefined> {
  const found = idempotencyKey === undefined ? undefined : await findConnectKey(tx, idempotencyKey);
  if (found === undefined) return undefined;
  if (isSameRequest(request, found.requestHash)) return found.sourceId;
  throw new ServiceError("CONFLICT", "input.idempotencyKey was already used for another request");
}

/** Returns true for an id that is certainly in use, before the upstream is called. */
async function isConnected(tx: Transaction, { id, connector }: SourceConfig): Promise<boolean> {
  const existing = await findSettings(tx, id);
  return existing !== undefined && (existing.status !== "DISCONNECTED" || existing.connector !== connector);
}

function requireRepeated(sourceId: string | undefined): string {
  if (sourceId === undefined) throw idInUse();
  return sourceId;
}

function rowOf({ accountHash }: ConnectedSourcesOptions, source: SourceConfig): ConnectedSourceRow {
  const account = accountOf(source);
  const isOfPlatform = source.platform !== undefined && account !== undefined;
  return {
    ...source,
    credential: credentialOf(source),
    credentialsEnd: credentialsEndOf(source),
    accountHash: isOfPlatform ? accountHash(source.platform, account) : undefined,
  };
}

/** Another source, of whichever tenant, has this id or reads this account: the trigger of migration 0020 sees all. */
function takenBy(reason: unknown): unknown {
  if (!(reason instanceof pg.DatabaseError)) return reason;
  if (reason.constraint === "source_id_in_use") return idInUse();
  return reason.constraint === "source_schedules_platform_account" ? accountInUse() : reason;
}

interface StoredConnection {
  readonly source: ConnectedSourceRow;
  readonly settings: NewSettings;
  readonly request: ConnectRequest;
}

async function store(
  tx: Transaction,
  { registerWork }: ConnectedSourcesOptions,
  { source, settings, request }: StoredConnection,
): Promise<string> {
  if (request.idempotencyKey !== undefined) {
    // Two requests with one key must not both store a source.
    await tx.query("select pg_advisory_xact_lock(hashtext('connectSource'), hashtext($1))", [
      `${tx.tenantId} ${request.idempotencyKey}`,
    ]);
    const repeated = await findRepeated(tx, request);
    if (repeated !== undefined) return repeated;
  }
  const version = await insertSettings(tx, settings);
  if (version === undefined) throw idInUse();
  await forgetErasure(tx, source.id);
  await registerConnected(tx, source).catch((reason: unknown) => {
    throw takenBy(reason);
  });
  await registerWork(tx, source);
  return source.id;
}
