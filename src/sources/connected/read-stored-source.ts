import { parseStoredSource, type Platforms, type SourceConfig } from "../../config.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { unseal } from "../secrets/envelope.ts";
import type { Keyring } from "../secrets/keyring.ts";
import { findSettings, type StoredSettings } from "./source-settings.ts";

/** A connected source with its decrypted settings. */
export interface StoredSource extends SourceConfig {
  /** Increases with every change of the source. */
  readonly version: bigint;
}

/** What is needed to decrypt and to complete stored settings. */
export interface StoredSourceNeeds {
  readonly keyring: Keyring;
  readonly platforms: Platforms;
}

/**
 * Reads a connected source. Undefined: it was never connected, is disconnected, or is being erased.
 * @throws ServiceError SECRETS_KEY_MISSING | INTERNAL | STORE_UNAVAILABLE | UPSTREAM_UNAUTHORIZED if the tenant may no
 * longer use the platform of the source
 */
export function readStoredSource(
  db: Pick<Database, "read">,
  needs: StoredSourceNeeds,
  tenantId: string,
  sourceId: string,
): Promise<StoredSource | undefined> {
  return db.read(tenantId, (tx) => openStoredSource(tx, needs, sourceId));
}

/** Like `readStoredSource`, in the caller's transaction. */
export async function openStoredSource(
  tx: Transaction,
  needs: StoredSourceNeeds,
  sourceId: string,
): Promise<StoredSource | undefined> {
  const stored = await findSettings(tx, sourceId);
  return stored && openSettings(needs, stored, { tenantId: tx.tenantId, id: sourceId });
}

/**
 * Decrypts and completes stored settings. Undefined: the source is not connected.
 * @throws ServiceError as `readStoredSource`
 */
export function openSettings(
  { keyring, platforms }: StoredSourceNeeds,
  stored: StoredSettings,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
): StoredSource | undefined {
  const settings = decryptSettings(keyring, stored, tenantId, id);
  if (settings === undefined) return undefined;
  const { connector, platform, scheduleMs, budget, networks, reconcile, version } = stored;
  const input = { id, tenantId, connector, platform, settings, scheduleMs, budget, networks, reconcile };
  return { ...parseStoredSource(input, platforms), version };
}

/** Purpose of the encrypted record: it is part of its associated data. */
const PURPOSE = "settings";

/** Returns the connector's settings as they were given; undefined for a source that is not connected. */
export function decryptSettings(
  keyring: Keyring,
  { envelope }: StoredSettings,
  tenantId: string,
  sourceId: string,
): Readonly<Record<string, unknown>> | undefined {
  if (envelope === undefined) return undefined;
  const text = unseal(keyring, envelope, settingsContext(tenantId, sourceId));
  return JSON.parse(text) as Record<string, unknown>; // written by us: encrypted bytes cannot be changed unnoticed
}

/** Returns what the encrypted settings of a source are bound to. */
export function settingsContext(tenantId: string, sourceId: string) {
  return { tenantId, sourceId, purpose: PURPOSE };
}
