import type { BudgetOverride } from "../../connector-api/budget.ts";
import { CONNECTION, type ConnectionStatus } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { after, allows } from "../../store/status-sql.ts";
import type { Envelope } from "../secrets/envelope.ts";
import type { OwnComparisons } from "../source.ts";

/** Settings of a connected source without its credentials. */
export interface PlainSettings {
  readonly connector: string;
  /** Platform whose settings it shares; they are not stored with it. */
  readonly platform?: string | undefined;
  readonly scheduleMs: number | undefined;
  readonly budget: BudgetOverride | undefined;
  readonly networks: readonly string[];
  /** When it is compared, where that differs from the settings of all sources. */
  readonly reconcile?: OwnComparisons | undefined;
}

/** A connected source as it is stored. */
export interface StoredSettings extends PlainSettings {
  readonly status: ConnectionStatus;
  /** The connector's settings. Undefined: the source is disconnected. */
  readonly envelope: Envelope | undefined;
  readonly reconcile: OwnComparisons | undefined;
  /** Increases with every change. */
  readonly version: bigint;
}

interface Row extends Record<string, unknown> {
  readonly connector: string;
  readonly platform: string | null;
  readonly status: ConnectionStatus;
  readonly sealed: Buffer | null;
  readonly wrapped_key: Buffer | null;
  readonly key_id: string | null;
  readonly schedule_ms: bigint | null;
  readonly budget: BudgetOverride | null;
  readonly networks: string[];
  readonly reconcile: OwnComparisons | null;
  readonly version: bigint;
}

const COLUMNS =
  "connector, platform, status, sealed, wrapped_key, key_id, schedule_ms, budget, networks, reconcile, version";

/** Reads the settings of a source; undefined if it was never connected, or was erased. */
export async function findSettings(tx: Transaction, sourceId: string): Promise<StoredSettings | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from source_settings where source_id = $1`, [sourceId]);
  return row && storedOf(row);
}

/** Like `findSettings`, and keeps others from changing them until the transaction ends. */
export async function lockSettings(tx: Transaction, sourceId: string): Promise<StoredSettings | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from source_settings where source_id = $1 for update`, [
    sourceId,
  ]);
  return row && storedOf(row);
}

function storedOf({ sealed, wrapped_key, key_id, schedule_ms, budget, ...row }: Row): StoredSettings {
  return {
    connector: row.connector,
    platform: row.platform ?? undefined,
    status: row.status,
    version: row.version,
    networks: row.networks,
    reconcile: row.reconcile ?? undefined,
    scheduleMs: schedule_ms === null ? undefined : Number(schedule_ms),
    budget: budget ?? undefined,
    envelope:
      sealed === null || wrapped_key === null || key_id === null
        ? undefined
        : { sealed, wrappedKey: wrapped_key, keyId: key_id },
  };
}

/** Request that connected a source. */
export interface ConnectKey {
  readonly idempotencyKey: string;
  readonly sourceId: string;
  readonly status: ConnectionStatus;
  readonly requestHash: Buffer;
}

/** Finds the source that was connected with an idempotency key. */
export async function findConnectKey(tx: Transaction, idempotencyKey: string): Promise<ConnectKey | undefined> {
  const [row] = await tx.query<{ source_id: string; status: ConnectionStatus; request_hash: Buffer }>(
    "select source_id, status, request_hash from source_settings where idempotency_key = $1",
    [idempotencyKey],
  );
  return row && { idempotencyKey, sourceId: row.source_id, status: row.status, requestHash: row.request_hash };
}

export interface NewSettings extends PlainSettings {
  readonly sourceId: string;
  readonly envelope: Envelope;
  readonly idempotencyKey: string | undefined;
  readonly requestHash: Uint8Array | undefined;
}

/**
 * Stores the settings of a source that is not connected: a new one, or one that was disconnected and whose data is of
 * the same connector.
 * @returns the version of the settings; undefined if the id, or the key, is in use
 */
export async function insertSettings(tx: Transaction, given: NewSettings): Promise<bigint | undefined> {
  const rows = await tx.query<{ version: bigint }>(
    `insert into source_settings as existing (tenant_id, source_id, connector, status, sealed, wrapped_key, key_id,
       schedule_ms, budget, networks, reconcile, version, created_at, updated_at, idempotency_key, request_hash, platform)
     values ($1, $2, $3, ${after(CONNECTION, "connect")}, $4, $5, $6, $7, $8, $9, $10, 1, now(), now(), $11, $12, $13)
     on conflict (tenant_id, source_id) do update set status = excluded.status, sealed = excluded.sealed,
       wrapped_key = excluded.wrapped_key, key_id = excluded.key_id, schedule_ms = excluded.schedule_ms,
       budget = excluded.budget, networks = excluded.networks, reconcile = excluded.reconcile,
       version = existing.version + 1, created_at = now(),
       updated_at = now(), idempotency_key = excluded.idempotency_key, request_hash = excluded.request_hash,
       platform = excluded.platform
     where ${allows("existing.status", CONNECTION, "connect")} and existing.connector = excluded.connector
     returning version`,
    [
      tx.tenantId,
      given.sourceId,
      given.connector,
      ...sealedValues(given.envelope),
      ...plainValues(given),
      given.idempotencyKey ?? null,
      given.requestHash ?? null,
      given.platform ?? null,
    ],
  );
  return rows[0]?.version;
}

/** Replaces the settings of a connected source. @returns their new version; undefined if it was changed meanwhile */
export async function updateSettings(
  tx: Transaction,
  sourceId: string,
  given: PlainSettings & { readonly envelope: Envelope },
  version: bigint,
): Promise<bigint | undefined> {
  const rows = await tx.query<{ version: bigint }>(
    `update source_settings set sealed = $2, wrapped_key = $3, key_id = $4, schedule_ms = $5, budget = $6,
       networks = $7, reconcile = $8, version = version + 1, updated_at = now()
     where source_id = $1 and version = $9 and ${allows("status", CONNECTION, "change")} returning version`,
    [sourceId, ...sealedValues(given.envelope), ...plainValues(given), version],
  );
  return rows[0]?.version;
}

/** Deletes the credentials of a source and ends its connection. @returns the new version; undefined if it has ended */
export async function endConnection(
  tx: Transaction,
  sourceId: string,
  signal: "disconnect" | "erase",
): Promise<bigint | undefined> {
  const rows = await tx.query<{ version: bigint }>(
    `update source_settings set status = ${after(CONNECTION, signal)}, sealed = null, wrapped_key = null, key_id = null,
       idempotency_key = null, request_hash = null, version = version + 1, updated_at = now()
     where source_id = $1 and ${allows("status", CONNECTION, signal)} returning version`,
    [sourceId],
  );
  return rows[0]?.version;
}

/** Deletes the row of a source whose data was erased, so that its id may be used again. */
export async function deleteSettings(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query(`delete from source_settings where source_id = $1 and status = ${after(CONNECTION, "erase")}`, [
    sourceId,
  ]);
}

function sealedValues({ sealed, wrappedKey, keyId }: Envelope): readonly unknown[] {
  return [Buffer.from(sealed), Buffer.from(wrappedKey), keyId];
}

/** Budget and networks of a source of a platform are the platform's: a change there applies to all its sources. */
function plainValues({ platform, scheduleMs, reconcile, ...own }: PlainSettings): readonly unknown[] {
  const { budget, networks } = platform === undefined ? own : { budget: undefined, networks: [] };
  const textOf = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
  return [scheduleMs ?? null, textOf(budget), networks, textOf(reconcile)];
}
