import { z } from "zod";
import { ServiceError } from "../domain/error.ts";
import { type Envelope, rewrap, seal, unseal } from "../sources/secrets/envelope.ts";
import { type Keyring, type MasterKey, requireCurrentKey } from "../sources/secrets/keyring.ts";

const schema = z.object({
  url: z.string(),
  secrets: z.array(z.object({ value: z.string(), untilMs: z.number().optional() })),
});

/** What is encrypted of an endpoint. */
export type EndpointSecrets = Readonly<z.infer<typeof schema>>;

/** Columns of the encrypted part. */
export interface SealedColumns {
  readonly sealed: Uint8Array;
  readonly wrappedKey: Uint8Array;
  readonly keyId: string;
}

const contextOf = (tenantId: string, endpointId: string) => ({
  tenantId,
  sourceId: endpointId,
  purpose: "alert endpoint",
});

/** @throws ServiceError SECRETS_KEY_MISSING */
export function sealEndpoint(keyring: Keyring, tenantId: string, id: string, secrets: EndpointSecrets): Envelope {
  return seal(requireCurrentKey(keyring), JSON.stringify(secrets), contextOf(tenantId, id));
}

/** @throws ServiceError SECRETS_KEY_MISSING | INTERNAL */
export function unsealEndpoint(
  keyring: Keyring,
  tenantId: string,
  id: string,
  columns: SealedColumns,
): EndpointSecrets {
  const text = unseal(keyring, columns, contextOf(tenantId, id));
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new ServiceError("INTERNAL", "internal error", { detail: "an alert endpoint is stored in an unknown form" });
}

/** Encrypts the data key with another master key. @throws ServiceError SECRETS_KEY_MISSING | INTERNAL */
export function rewrapEndpoint(keyring: Keyring, key: MasterKey, tenantId: string, id: string, columns: SealedColumns) {
  return rewrap(keyring, key, columns, contextOf(tenantId, id));
}
