import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { rewrap, seal, unseal } from "../sources/secrets/envelope.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { Database } from "../store/database.ts";

/** The key of the instance, the same for all replicas. */
export interface SigningKey {
  /** Raw Ed25519 key: 32 bytes. Source: RFC 8032, section 5.1.5. */
  readonly publicKey: Uint8Array;
  /** Returns a signature of 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

interface KeyRow extends Record<string, unknown> {
  readonly generation: number;
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
  readonly wrappedKey: Buffer | null;
  readonly keyId: string | null;
}

/** The key belongs to no tenant and no source. */
const CONTEXT = { tenantId: "", sourceId: "audit trail", purpose: "signing key" };
/** SubjectPublicKeyInfo of an Ed25519 key is this many bytes before the key. Source: RFC 8410, section 4. */
const SPKI_PREFIX_BYTES = 12;

/**
 * Loads the newest key, and makes one if there is none yet, or if the only one was stored without encryption and there
 * is a master key now.
 * @throws ServiceError STORE_UNAVAILABLE | SECRETS_KEY_MISSING: the key is encrypted with a master key that is not set
 */
export async function loadSigningKey(db: Pick<Database, "query">, keyring: Keyring): Promise<SigningKey> {
  for (;;) {
    const [row] = await db.query<KeyRow>(
      `select generation, public_key as "publicKey", private_key as "privateKey", wrapped_key as "wrappedKey",
         key_id as "keyId" from audit_signing_keys order by generation desc limit 1`,
    );
    if (row !== undefined && (row.keyId !== null || keyring.current === undefined)) {
      await rewrapKey(db, keyring, row);
      return openKey(keyring, row);
    }
    await insertKey(db, keyring, (row?.generation ?? 0) + 1);
  }
}

/** Of several processes that make one at the same time, the first one wins. */
async function insertKey(db: Pick<Database, "query">, { current }: Keyring, generation: number): Promise<void> {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = pair.publicKey.export({ type: "spki", format: "der" }).subarray(SPKI_PREFIX_BYTES);
  const text = pair.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
  const envelope = current && seal(current, text, CONTEXT);
  await db.query(
    `insert into audit_signing_keys (generation, public_key, private_key, wrapped_key, key_id)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [
      generation,
      publicKey,
      envelope?.sealed ?? Buffer.from(text),
      envelope?.wrappedKey ?? null,
      envelope?.keyId ?? null,
    ],
  );
}

/** As for credentials: while an old master key is still set, the data key is encrypted with the current one. */
async function rewrapKey(db: Pick<Database, "query">, keyring: Keyring, row: KeyRow): Promise<void> {
  const { current } = keyring;
  const { wrappedKey, keyId, generation } = row;
  if (current === undefined || wrappedKey === null || keyId === null || keyId === current.id) return;
  const wrapped = rewrap(keyring, current, { sealed: row.privateKey, wrappedKey, keyId }, CONTEXT);
  await db.query("update audit_signing_keys set wrapped_key = $1, key_id = $2 where generation = $3 and key_id = $4", [
    wrapped.wrappedKey,
    wrapped.keyId,
    generation,
    keyId,
  ]);
}

function openKey(keyring: Keyring, { publicKey, privateKey, wrappedKey, keyId }: KeyRow): SigningKey {
  const text =
    wrappedKey === null || keyId === null
      ? privateKey.toString()
      : unseal(keyring, { sealed: privateKey, wrappedKey, keyId }, CONTEXT);
  const key: KeyObject = createPrivateKey({ key: Buffer.from(text, "base64"), type: "pkcs8", format: "der" });
  return { publicKey, sign: (bytes) => sign(null, bytes, key) };
}
