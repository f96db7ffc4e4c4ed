import { grantedScopes, type Principal } from "../../../resolvers/principal.ts";
import type { ApiKeys } from "../../api-keys/api-keys.ts";
import { ServiceError } from "../../domain/error.ts";
import type { ServedTenants } from "../../runtime/served-tenants.ts";

/** Returns the principal of an API key. */
export type KeyCheck = (text: string) => Promise<Principal>;

/**
 * Creates the check of API keys.
 * @param apiKeys undefined: none is accepted
 * @returns a function that throws ServiceError UNAUTHENTICATED | FORBIDDEN | STORE_UNAVAILABLE | OVERLOADED
 */
export function createKeyCheck(
  apiKeys: Pick<ApiKeys, "find"> | undefined,
  tenants: Pick<ServedTenants, "has">,
): KeyCheck {
  return async (text) => {
    const key = await apiKeys?.find(text);
    if (key === undefined)
      throw new ServiceError("UNAUTHENTICATED", "the API key does not exist, has expired or was revoked");
    const { id: apiKeyId, tenantId, scopes, expiresAtMs } = key;
    if (!tenants.has(tenantId)) throw new ServiceError("FORBIDDEN", "the API key's tenant is not configured here");
    return { tenantId, subject: `api-key:${apiKeyId}`, scopes: grantedScopes(scopes), expiresAtMs, apiKeyId };
  };
}
